"""助力, 砍价, 拆红包, 集卡: friends are asked to push something along. Allowed on our own site where the rules are plain."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.channels import EVERYWHERE, Channel
from renmai.policy.linting.patterns.types import Pattern
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_HELP = _("Do not ask friends for help here; run it on our own site, with its rules.")
_LURE = _("Say what is certain: how many helpers it takes, the floor price, and that it may fail.")

_OUTSIDE_WEB = EVERYWHERE - {Channel.WEB.value}
_row = partial(
    Pattern, family=Family.ASSIST, rule_key="wechat.bargain_assist", outcome=Outcome.REFUSE, advice=_HELP, channels=_OUTSIDE_WEB
)
_english = partial(_row, language="en")

CHINESE: tuple[Pattern, ...] = (
    _row(
        code="assist.cut",
        expression=r"(?:好友|帮|互|群友|亲友|朋友|家人|召唤|大家)<12>砍(?!骨|柴|树|伐|掉|甘蔗|椰|排骨|肉|断)|砍(?!骨|柴|树|伐|掉中|甘蔗|椰|排骨|肉|断)<12>(?:好友|互砍|助|群友|亲友|0元|零元|免费|链接发|最低)|砍(?:我|他|她|ta)(?=一|[,!。~]|$)|补(?:一|两|几)?刀|砍一刀|砍(?:几|两|三|最后一?)刀|帮<3>砍(?!骨|柴|树)|(?:好友|朋友|亲友|家人|群友|大家|一起|人)<4>(?:来|帮忙)?砍(?:价|到|成|掉|下|几|一|$|[!,~])|砍(?:价)?(?:到|至|成)\s*(?:0|零|底价|\d|最低)|砍价?(?:免费|0元|零元)(?:拿|得|领|购)?|(?:发起|参与|邀请|快来|继续|开启|点击|好友|链接)<4>砍价|砍价<4>(?:链接|进度|成功|活动|助力|团|群|神器|免费|好友|帮|享|赢|大战|拿)",
        unless=r"砍价?(?:骨|柴)|(?:老板|摊主|菜场|市场|供应商|厂家|采购|工厂|跟人)<8>砍",
        matches="帮我砍一刀，就差你了",
        spares="跟老板砍价砍了半天，这把砍骨刀终于拿下",
    ),
    _row(
        code="assist.help",
        expression=r"(?:{buddies}|邀请?|找|请|求|来|喊|叫|拉|为我|为ta|替我|给我|互相|互|帮(?:我|忙|他|她)?|点(?:击|一下|个)?|一键|快来)<5>助力(?!{worthy}|车|器|转向|带|泵)|助(?:我|他|她|ta|你)?(?:一|个|把|一把|一下|个小)+(?:力|臂之力)|助<1>(?:我|他|她)<2>一臂|助阵|助攻(?!王)|膨胀(?:红包|金|券)|(?:支持|投|给)我<2>(?:一|投|1)(?:一)?票|(?:好友|朋友)<4>(?:提速|续命|复活)|助力<6>(?:好友|免费|领|得(?!到)|享|解锁|砍|红包|成功|值|{number}人|满|进度|链接|榜|一下|我|码|享价|次数|人数|达)|{number}(?:人|位|个|名|次)?(?:好友)?助力(?!{worthy})",
        unless=r"助力<4>{worthy}",
        matches="邀请3位好友助力，0元领电饭煲",
        spares="每一单都是助力乡村振兴，感谢大家",
    ),
    _row(
        code="assist.red_packet",
        expression=r"(?:帮<3>|好友<3>|邀请<6>|一起|组队|合体|合力|组团|拉人|喊人)(?:拆|开|抢|瓜分|平分|分|领)<10>(?:红包|现金|宝箱|盲盒|礼包|福袋)|(?:拆|开|抢|瓜分|合体)<3>(?:红包|宝箱)<12>(?:好友|邀请|帮|组队|拉|还差|喊)|瓜分<8>(?:红包|现金|万|元|奖金|大奖|积分)|(?:裂变|拼手气|组队|合体|膨胀)红包",
        unless=r"拆封|一起拆快递|客服",
        matches="邀请好友一起拆红包，最高88元",
        spares="年会红包由老板在现场发给同事",
    ),
    _row(
        code="assist.collect",
        expression=r"集(?:齐|满|够|全)<12>(?:卡(?!路里|车|包|片机)|碎片|拼图|徽章|福字|能量)<20>(?:{get}|瓜分|平分|好友|群友|换|兑|合成|免费|赠|大奖|抽)|集(?:齐|满|够|全|到)?\s*(?:{number})?\s*(?:张|个|枚|款|种|块)?<2>(?:福|五福|福卡|福字|卡片|字卡|碎片|拼图|徽章|生肖卡|卡(?!路里|车|包|片机))<14>(?:{get}|瓜分|好友|兑|合成|免费|赠)|(?:好友|互相|互|找人)<4>(?:换卡|赠卡|送卡|要卡|集卡|集福|集碎片)|(?:差|缺|少)<3>(?:一|1|\d)?(?:个|张)?<5>(?:字|卡|福|片)<14>(?:送|换|给|凑)|(?:卡片?|福字?)<4>(?:缺|差|少)<14>(?:换|送|要|给)|凑齐<6>(?:分|领|换|得|兑|拿|赢)(?!享)|缺<6>(?:福|卡|碎片)<8>(?:换|送|求)|分<2>(?:\d+)?(?:亿|千万|百万)(?:元|现金|红包)|集(?:五福|福分|五福分|卡片?)(?:活动|瓜分|赢|领|换|送|兑|抽)",
        matches="集齐五张福卡瓜分现金，找好友换卡更快",
        spares="收集了一套集邮册送给爷爷",
    ),
    _row(
        code="assist.click",
        expression=r"还差<2>{number}<1>(?:个|位|名)?(?:好友|朋友)|好友<6>(?:偷|收|浇|喂|养)<4>(?:能量|水|菜|鸡|猪|树|果)|(?:帮|给)(?:我|我的|我家)<6>(?:喂|浇|戳|加油|打call)|(?:\d+号|选手|参赛)<8>(?:加油|投|一票|打call)|(?:每天|一天|每日|每人|每号)<3>(?:一|1|\d)票|给我<3>投|(?:大赛|比赛|评选|萌宝)<12>投<2>票|(?:还差|就差|只差|差)<4>\d+(?:[.]\d+)?(?:元|块)<4>(?:提|就|好友)|(?:帮(?:我|忙|个忙)|请帮|求|麻烦)<8>点(?:一|个)?(?:下|击|开|进)<10>(?:链接|就(?:行|好|能)|免费|加速|取|领|解锁|谢)|帮<4>(?:加速|浇(?:个)?水|施肥|点一下|点个|戳一下|戳个|投(?:一|个)?票|解锁|冲榜|打榜|充能|拆|开(?:个)?(?:盒|箱)|抢票|凑(?:个|一)?(?:数|人头)|点点)(?!客服|餐|单)|(?:好友|朋友|邀请)<4>(?:加速|浇水|投票|打榜|充能|解锁)|(?:求|拉|刷)(?:个)?(?:投)?票(?!务|据|根)|(?:还差|就差|只差|差)<4>(?:刀|(?:个|位|人|次)?(?:助力|点击|加速)|0[.]\d+元|你的?一(?:点|票|下))",
        unless=r"客服|退款|发票|帮您|帮你|为您|确认|收货|评价",
        unless_near=r"成团|参团|拼团",
        matches="帮我点一下加速，就差一票了",
        spares="客服会帮您加速处理退款",
    ),
    _row(
        code="assist.lure",
        channels=EVERYWHERE,
        rule_key="copy.false_statement",
        advice=_LURE,
        expression=r"(?:砍|助力|拆|邀请)<10>(?:必成|包成|稳成|百分百成功|100%成功|一定成功|必得|必中|秒成|保证成功)|(?:只差|还差|就差|仅差)<4>0?[.]0?\d+(?:元|%|金币)",
        matches="砍价百分百成功，只差0.01元",
        spares="砍价可能不成功，您随时可以按当前价购买",
    ),
)

ENGLISH: tuple[Pattern, ...] = (
    _english(
        code="assist.en_cut",
        expression=r"\b(?:help|friends?|let|ask|get|need|invite|please|tap|one more|with|click)\b<w6>(?:cut|slash|chop|knock|bargain|lower|hack|push|bring|drop)\b<w4>(?:the |my |its |this |our )?(?:price|down|to (?:zero|0|¥0|\$0|free)|for me)|\b(?:one|1|last|more) (?:more )?(?:cut|chop|slash)(?:es|s)?\b(?! of|ting)|\b(?:bargain|slash) (?:with|link|game)\b|\bslash (?:it|this|the price) (?:to|down)|\b(?:slash|cut|chop|bargain)\b<w3>for me\b|\b(?:cut|slash|chop|bargain)(?:ting|ping|ing)?\b<w4>(?:to|down to) (?:zero|0|¥0|\$0|free)\b",
        unless=r"we (?:cut|lower|slash)|help (?:you|farmers)|supplier",
        matches="Help me cut the price, I only need one more friend",
        spares="We cut the price of rice this week to help you save",
    ),
    _english(
        code="assist.en_help",
        expression=r"\b(?:click|tap|vote|boost)\b<w2>for me\b|\bgive me a (?:boost|vote|tap|hand|click)\b|\b(?:each|every|one) (?:tap|click|boost|vote)\b<w4>(?:knocks|takes|cuts|off|lowers|brings|closer)|\b(?:\d+|one|two|three|four|five) friends? (?:left|to go|short|missing)\b|\bcut cut\b|\bvote for (?:entry|number|no|me|us|our)|\bone more (?:person|friend)\b<w4>(?:withdraw|unlock|free|get|mine)|\bboost (?:link|code|page)|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)<w1>friends\b<w4>(?:and|then)<w4>(?:is|are) (?:free|mine|yours)|\b(?:\d+|one|two|three|four|five) more (?:clicks?|taps?|friends?|boosts?|votes?|helpers?|assists?|cuts?)\b|\b(?:vote for|water) my\b|\bmissing<w3>(?:card|letter|piece)s?\b|\b\d+ (?:clicks|taps|boosts|votes|assists)\b<w3>(?:from|by)<w2>(?:friends|others|people)|\b(?:help|boost|tap|click|vote|support|assist)\b<w4>(?:me|my)\b<w8>(?:unlock|win|get|boost|claim|free|reach|level|price|link|finish|complete|red (?:packet|envelope)|gift|prize|votes?)\b|\b(?:need|only|just|get|ask|invite|with|have)\b<w4>{e_number}<w3>(?:friends?|helpers?|people|taps?|boosts?|votes?)\b<w8>(?:to )?(?:help|boost|tap|assist|click|vote|support)\b|\b{e_number} (?:more )?(?:helpers|boosts|assists|helping (?:friends|hands|taps))\b",
        unless=r"customer service|staff|our team|{e_order}",
        matches="Tap to help me unlock the free rice cooker",
        spares="Can somebody help me choose a size?",
    ),
    _english(
        code="assist.en_collect",
        expression=r"\bcollect\b<w6>(?:cards?|letters|pieces|fragments|stamps|puzzle)\b<w8>(?:friends?|swap|trade|win|share of|split|prize|free|cash)|\b(?:swap|trade|exchange)\b<w3>cards<w4>friends|\b(?:open|split|crack|grab)\b<w4>(?:red (?:packet|envelope)s?|treasure|hongbao|lucky bag)\b<w8>(?:friends?|together|with|team|help)|\b(?:friends?|team|squad)\b<w6>(?:open|split|crack)\b<w4>(?:red (?:packet|envelope)|treasure|cash|pot|jackpot)",
        matches="Collect all five cards with your friends and split the cash",
        spares="Collect your parcel at the counter",
    ),
    _english(
        code="assist.en_lure",
        channels=EVERYWHERE,
        rule_key="copy.false_statement",
        advice=_LURE,
        expression=r"\b(?:only|just)\b<w3>(?:¥|\$|rmb )?0?\.0\d+(?: (?:yuan|%))?<w4>(?:away|left|to go|short|more)|\b(?:cut|bargain|boost|help)\w*\b<w10>(?:100% success|guaranteed to (?:work|succeed)|always (?:works|succeeds))",
        matches="You are only ¥0.01 away from a free phone",
        spares="A bargain may end above the floor price; you can buy at any time",
    ),
)

_told = partial(_row, outcome=Outcome.REVIEW)

_WHO = r"(?:亲戚|街坊|老铁|{buddies}|老同学|微信好友|亲友|新人|新面孔|新用户|哪位|兄弟|姐妹|宝妈|大伙|七大姑|各位|谁)"
_E_WHO = r"(?:friends?|pals?|contacts?|neighbou?rs?|cousins?|mums?|mates?|buddies|classmates|colleagues|family|aunties|somebody|anyone|phones?|new users?|old users?|each of you|whoever)"
_E_PUSH = r"(?:taps?|opens?|scans?|press(?:es)?|push(?:es|ing)?|pokes?|rattles?|whacks?|feeds?|cuts?|climbs?|draws?|votes?|boosts?|peels?|shakes?|clicks?|hearts?|thumbs|powers?|lights?)"
_E_GAIN = r"(?:free|zero|nil|nothing|yours|mine|0 yuan|1 yuan|takes? (?:the \w+ )?home|hamper|prize|half cost|is gone|drops?|chops?|blanket|stroller|card|packet|kibble|art bundle|baby)"

TOLD: tuple[Pattern, ...] = (
    _told(
        code="assist.frame",
        expression=rf"{_WHO}<s30>(?:戳|爬(?!山)|投(?:票|她|他|我)|点(?:一|几)?(?:下|点)|点亮|扫你的码|冲一冲|助(?:一|我|您)|抽一次|进来(?!看|坐|聊|逛))<s30>(?:免费拿|0元|白(?:上|拿|送|吃)|到手|拿走|掉到|掉二|券就|奖|抱走|\d折|送你|归)|(?:还需|还差|就差|差)<3>(?:\d+|[一二两三四五六七八九十]+)(?:个)?(?:人|位|朋友|好友|朵|颗)<4>(?:助|点|帮|戳|投|扫)|(?:大赛|比赛|评选|榜)<s24>(?:票(?:数|多)|投票)<s24>(?:前|第一|拿走|送|奖)|一臂之力|动动手指头?<16>前[三五十]名|票多的|召唤好友|(?:戳|点|吹|浇)(?:一哈|够)|撬开一半|帮浇|(?:需要?|还缺)<2>\d+个人?<3>(?:戳|点|帮|浇|按|掷)|互[点浇按]|(?:给|帮)我加人气|浇个水|(?:每天|一天)能?(?:点|投)<2>(?:\d|[一二三四五])(?:回|次|票)",
        unless=r"{order}|客服|收货|快递|取货|自提",
        unless_near=r"公益|不设奖|食堂|业委会",
        matches="私教课299，发到家庭群让大伙儿轮流点一点，掉到0就白上",
        spares="业委会投票：请各位进来点一下，周日公布结果",
    ),
    _told(
        code="assist.en_frame",
        language="en",
        expression=rf"\b{_E_WHO}\b[^\n]{{0,60}}?\b{_E_PUSH}\b[^\n]{{0,60}}?\b{_E_GAIN}\b|\b{_E_PUSH}\b[^\n.]{{0,30}}?\b{_E_WHO}\b[^\n]{{0,60}}?\b{_E_GAIN}\b",
        unless=r"{e_order}|refund|courier|parcel|pick-?up|receipt|door|light bulb|scissors|knife|feeds? (?:two|three|four|\d)",
        unless_near=r"recipe|opening hours|open (?:from|until|daily|at)",
        matches="Three friends have to rattle your mystery box, then the gift is yours",
        spares="Friends can open the box at the counter and see what is inside",
    ),
    _told(
        code="assist.each_push",
        expression=r"每(?:来|有|喊|点|按|戳|多|扫|撕|敲|砸|加|添|增加)<2>(?:一|1)?(?:位|个|下|次|人|口|票|回)?<24>(?:掉(?!色|毛|渣|队)|便宜|涨|(?<!不)少|降(?!温)|(?<!不)减|前进|升高|升温|加温|得)<3>(?:\d|一截|一点|[一二两三四五六七八九十几]+(?:元|块|毛|度|米|格))",
        unless=r"件|买|满\d|斤|份|箱|盒|瓶|包|{order}",
        matches="喊街坊来点，每点一下便宜四块，点到零就归你",
        spares="每多买一件便宜四块，三件为限",
    ),
    _told(
        code="assist.for_me",
        expression=r"(?:帮|替|给)(?:我|俺|咱|忙|手|ta|他|她|个忙)<6>(?:划|敲|㩒|戳|撕|抬|喂|哈|k|顶|掰|捅|凿|搓|吹|推)(?:上)?<1>(?:一|1|几|两|个)(?:刀|下|口|把(?!手)|杠|锤|角|气|票|斧)|(?:砍|刀|削)我一下|(?:帮|替)(?:我|俺|ta|他|她|你|您)<3>(?:解冻|拆开(?=就)|吹(?:气球|口)|鼓|开个?(?:箱|盒|锁|罐)|加温|加热|点亮|续火|添(?:把|个)?柴)|一把小?锤子",
        unless_near=r"师傅|客服|快递|电梯|后背|敲门|老师",
        matches="谁有空进来帮我划一刀",
        spares="请师傅帮我敲一下门框，看看松不松",
    ),
    _told(
        code="assist.crowd",
        expression=r"(?:喊|叫|找|拉|发动|动员|邀请|请|让|差|靠|等)<8>(?:亲戚|街坊|老铁|{buddies}|老乡|亲|人)<8>(?:点|按|扫|撕|戳|摇|敲|哈|添|加温|掰|吐|抬|盖|浇|推|吹|削|揭)(?:(?:一|1|几|两)?(?:下|角|口|次|把|扫|气|盏|票|格|回)|亮|您一|你一|链接)|(?:喊|叫|找|拉|邀请?|请|靠|等|要|求|差|缺|再来|发给|丢给)<6>(?:{number}|[左各]邻?|几)?(?:位|个|名)?<4>(?:微信)?(?:{buddies}|街坊|亲友|网友|人|朋友)<8>(?:替|帮|来|一块儿?|一起|当场)<6>(?:拆(?!封|洗|箱验)|揭|吹|浇|推一|点?亮|加.?油|打call|投(?!诉|保)|添|砍|撕|确认)|(?:小树|果树|树苗|能量值?|进度条?|格子|水壶|气球|蜡烛)<s20>(?:帮|浇|吹|推|朋友|好友)<8>(?:浇|水|吹|推|一下|一口|一格|亮)",
        unless=r"客服|收货|快递|订单|下单|买|电话|名字",
        unless_near=r"数量|清点|核对|阳台|花盆|盆栽|浇花|生日",
        matches="喊八个亲戚来点一下，这口锅就归你",
        spares="请大家把箱子打开点一下数量",
    ),
    _told(
        code="assist.until_full",
        expression=r"(?<!满)(?:点|攒|凑|抬|扫|按|摇|戳|敲|撕|吹|亮|加温|升)(?:满|够|到|齐|起)<3>(?:\d+|[二两三四五六七八九十百]+|零|满格)(?:个|下|盏|字|人|票|格|度|口|℃)?<14>(?:归你|归您|归我|就归|免单|白拿|白送|拿走|带回家|请我|端走|抱走|开出|免费)",
        unless=r"{order}|积分|印花|章|元|杯",
        matches="好友扫码点亮，点满15盏灯，四件套带回家",
        spares="攒满10个杯子印花，第11杯免费",
    ),
    _told(
        code="assist.votes",
        expression=r"(?:榜(?!单|样)|评选|代言[人照]|大赛|比赛|名次|票数|参选|编号|萌[娃宝]|最美|前(?:三|五|十|\d+)(?:名|位)?)<s24>(?:(?:按|点|投|戳)(?:上)?(?:一|1|个|几)(?:下|票|回|次|个)|(?:投|扫码投)(?:票|她|他)|(?:一天|每天)能投|打call|按个?手印|(?:每天|每日|天天)<4>(?:都能|可以|能按|能点|能投)|拉(?:一)?票)|(?:(?:按|点|投)(?:一|1|个)(?:下|票))<s24>(?:前(?:三|五|十|\d+)(?:名|位)?|名次|第[一二三]名)<8>(?:送|有|奖|拿)",
        unless=r"课文|考试|期末",
        matches="我娃在萌宝榜上第十二，亲们进去按一下",
        spares="今年的榜单按实际销量排，数据截至周五",
    ),
    _told(
        code="assist.short_of",
        expression=r"(?:差|缺|剩)<2>(?:最后)?<2>(?:\d+(?:[.]\d+)?%?|[一二两俩三四五六七八九十]+)<1>(?:个|块|口|下|张|字|人|步|刀|角|毛)<s24>(?:帮(?!您|你)|戳|划|喂|谁(?:来|的|有)|送我|点(?:我|一下|进)|替我|救|掰|敲)|(?:我|俺|就|只)(?:就)?(?:差|缺)(?:个|一|张|个)?[一-鿿]{1,2}[,、]<s16>(?:送|换|给|让)给?我|卡(?:在)?(?:\d+|两|几)天?了<6>救",
        unless=r"成团|拼成|参团|订|件|份|{order}|客服|补发",
        matches="就差一口饲料下蛋了，点进来喂一下",
        spares="还差两个人成团，今晚不满自动退款",
    ),
    _told(
        code="assist.in_return",
        expression=r"(?:点|抬|砍|按|戳|敲|k|投|顶|撕)完?<6>(?:我也|回去|也给你|也帮你|去)<3>(?:点|抬|砍|按|戳|敲|投|顶|撕)你|(?:新号|老号)<8>(?:点|顶|砍|助)|集齐?<14>(?:讨要|要一张|找<3>要)",
        unless=r"老板|柴",
        matches="抬够三十个人，抬完我也去抬你的",
        spares="按完门铃请稍等，我下楼去接你",
    ),
    _told(
        code="assist.en_each_push",
        language="en",
        expression=r"\b(?:each|every|per)\b<w4>(?:taps?|presses|press|clicks?|pals?|cousins?|friends?|shakes?|neighbou?rs?|helpers?|votes?|ticks?|boosts?|push(?:es)?)\b<w5>(?:knocks?|takes?|cuts|lowers?|drops?|shaves?|chips?|melts?|warms?|off)\b|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|few)<w2>(?:taps?|openers?|shakes?|presses|boosts?|nudges|knocks?|ticks?|pushes)\b<w8>(?:free|yours|mine|opens?|=|unlocks?|zero|and<w2>(?:coins|you)|crack|or)\b|\b(?:taps?|boosts?|shakes?|votes?) (?:and|=|\u2192)<w4>(?:free|yours|mine|0|zero)\b",
        unless=r"{e_order}|water tap|kitchen tap|bathroom",
        matches="Every cousin who taps takes four yuan off my rice cooker",
        spares="Each tap comes with two washers and a spanner",
    ),
    _told(
        code="assist.en_rally",
        language="en",
        expression=r"\b(?:more of your|ask|get|mobili[sz]e|rally|call|round up|needs?|lend)\b<w5>(?:pals|friends|relatives|neighbou?rs|classmates|mates|cousins|people|of you|me)\b<w4>(?:a |an |each |hit |to )*(?:press|tap|click|tick|shake|cut|vote|knock|boost|crack|hit|ray)\b|\b(?:hit|press|tap|click|tick|shake|knock)\w*\b<w12>\bi(?:'ll| will| also| can)\b<w4>(?:press|tap|click|help|boost|hit|tick|do)\w*<w2>(?:back|yours?|you)\b|\b[¥$]?(?:rm|rs|rmb)? ?\d[\d.]* away from (?:a |your )?(?:free|zero)|\bone knife\b|\bstuck at \d+ ?%|\bcan (?:anyone )?spare me\b|\bswap (?:stickers|cards|duplicates)\b|\b(?:each|every) friend (?:adds|who opens)\b|\bnew accounts push\b|\b(?:cards?|letters?|stickers?|zodiac)\b<w12>(?:short of|from friends|friends'|classmates|swap the set|full set)|\btap,? tap\b|\b(?:friends?|pals?|contacts|neighbou?rs|people|of you|cousins)\b<w6>(?:tap|peel|press|scan|chip|splash|blow|click)s?\b<w10>(?:opens?|open|price|too|it|off|away|nearer|zero|nothing|before midnight)\b|\bchip(?:s|ped)?\b<w6>(?:to (?:zero|nothing)|the price|off your)|\bopens? (?:once|when)\b<w4>(?:friends?|contacts|pals)\b|\b(?:missing|holding|short of)\b<w2>(?:kiwi|dragon|tiger|rabbit|stamp|card|letter)\b|\b(?:photo|baby|pup|entry|number|no\.?)\b[^\n]{0,50}?\b(?:vote daily|vote every|you can go every day|one tap per|top (?:three|ten) (?:win|get|eat))|\b(?:watering cans?|splash of water)\b",
        unless=r"{e_order}|staff|support|our team|open (?:day|house)",
        matches="Mobilise your relatives to tick our stall every day",
        spares="Ask our people to open the box at the counter",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH, *TOLD)
