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
        expression=r"(?:{buddies}|邀请?|找|请|求|来|喊|叫|拉|为我|为ta|替我|给我|互相|互|帮(?:我|忙|他|她)?|点(?:击|一下|个)?|一键|快来)<5>助力(?!{worthy})|助(?:我|他|她|ta|你)?(?:一|个|把|一把|一下|个小)+(?:力|臂之力)|助<1>(?:我|他|她)<2>一臂|助阵|助攻(?!王)|膨胀(?:红包|金|券)|(?:支持|投|给)我<2>(?:一|投|1)(?:一)?票|(?:好友|朋友)<4>(?:提速|续命|复活)|助力<6>(?:好友|免费|领|得(?!到)|享|解锁|砍|红包|成功|值|{number}人|满|进度|链接|榜|一下|我|码|享价|次数|人数|达)|{number}(?:人|位|个|名|次)?(?:好友)?助力(?!{worthy})",
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
        expression=r"\b(?:click|tap|vote|boost)\b<w2>for me\b|\bgive me a (?:boost|vote|tap|hand|click)\b|\b(?:each|every|one) (?:tap|click|boost|vote)\b<w4>(?:knocks|takes|cuts|off|lowers|brings|closer)|\b(?:\d+|one|two|three|four|five) friends? (?:left|to go|short|missing)\b|\bcut cut\b|\bvote for (?:entry|number|no|me|us|our)|\bone more (?:person|friend)\b<w4>(?:withdraw|unlock|free|get|mine)|\bboost (?:link|code|page)|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)<w1>friends\b<w4>(?:and|then)<w4>(?:is|are) (?:free|mine|yours)|\b(?:\d+|one|two|three|four|five) more (?:clicks?|taps?|friends?|boosts?|votes?|helpers?|assists?|cuts?)\b|\b(?:vote for|water) my\b|\bmissing<w3>(?:card|letter|piece)s?\b|\b\d+ (?:clicks|taps|boosts|votes|assists)\b<w3>(?:from|by)<w2>(?:friends|others|people)|\b(?:help|boost|tap|click|vote|support|assist)\b<w4>(?:me|my)\b<w8>(?:unlock|win|get|boost|claim|free|reach|level|price|link|finish|complete|red (?:packet|envelope)|gift|prize|votes?)|\b(?:need|only|just|get|ask|invite|with|have)\b<w4>{e_number}<w3>(?:friends?|helpers?|people|taps?|boosts?|votes?)\b<w8>(?:to )?(?:help|boost|tap|assist|click|vote|support)\b|\b{e_number} (?:more )?(?:helpers|boosts|assists|helping (?:friends|hands|taps))\b",
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

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH)
