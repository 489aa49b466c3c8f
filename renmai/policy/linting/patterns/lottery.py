"""Draws: on group purchases, with prizes above the limit, or with a luck that is no luck."""

import re
from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.linting.amounts import fen_of
from renmai.policy.linting.patterns.types import Pattern
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_GROUP = _("Let everybody who paid get the goods, or the money back: no draw among buyers.")
_BIG = _("Offer prizes worth at most 50,000 yuan.")
_SURE = _("Say how many prizes there are and how likely one is; promise luck to nobody.")
_GAMBLING = _("Do not sell chances.")

PRIZE_LIMIT_FEN = 5_000_000

_row = partial(Pattern, family=Family.LOTTERY, rule_key="groupbuy.lottery", outcome=Outcome.REFUSE, advice=_GROUP)
_english = partial(_row, language="en")


def is_above_limit(match: re.Match[str]) -> bool:
    """Whether the amount of the match is more than a prize may be worth."""
    return fen_of(match["amount"]) > PRIZE_LIMIT_FEN


_DRAW = r"(?:抽奖|开奖|中奖|摇号|摇奖|抽签|幸运儿|锦鲤(?!每|尾|鱼|池|苗|[\d一二三四五六七八九十]+尾|图|刺绣|印花|纹)|抽免单|随机免单|幸运免单|盲抽|转盘|随机<2>(?:选|抽)<3>{number}\s*(?:人|位|名|单|个)|抽(?:出|取|中)?\s*{number}\s*(?:人|位|名|单)|中签|抽(?:出)?幸运)"

CHINESE: tuple[Pattern, ...] = (
    _row(
        code="lottery.group_draw",
        expression=rf"(?:拼团|参团|开团|成团|拼购|拼单)<4>(?<!不)抽(?!纸|查|检|样|真空|屉|绳|成)|(?:满|每满)<5>人<4>开<3>奖|(?:拼团|参团|成团|开团|拼单|团购|拼购|团员|拼满|满团)<24>{_DRAW}|(?<!拼团)(?<!参团)(?<!团购){_DRAW}<16>(?:拼团|参团|成团|开团|拼单|团购|拼购|团员)",
        matches="1元拼团，成团后抽1人发货",
        spares="三人成团，人人发货，不成团全额退款",
    ),
    _row(
        code="lottery.group_lot",
        expression=r"幸运(?:团员|买家|顾客|客户|用户)<6>(?:得|免单|获得|拿|独享)|{number}人<2>(?:得|拿|中)<4>(?:货|机|商品|奖|走)?[,、]\s*<4>{number}人<3>(?:得|退|拿)|每团<3>随机|随机<4>(?:人|位|名)<3>(?:0元|零元|免单|免费)|(?:未|没)(?:抽|拼|摇)?中<6>(?:退|补|返|得|送)|(?:拼中|未拼中|没拼中|拼不中|不中(?:者|的)?(?:退|返|全)|未中(?:奖|者|签)?的?<4>(?:退|返|补|红包)|没(?:抽)?中<6>(?:退款|退|补贴|返))|(?:只|仅)(?:发|有)<2>(?:一|1|两|2)(?:单|份|人|件|位)<14>(?:其余|其他|剩|退|手气|运气|拿货)|(?:手气|运气)<6>(?:好|佳|王)?<4>(?:拿货|得货|中签|归(?:你|他|她|谁)|拿走)|(?:随机|抽|摇|选)(?:取|出|中)?<4>{number}(?:人|位|名)<4>(?:发货|得(?:商品|货|到)|拿货|获得商品|中)<12>(?:其余|其他|剩下|另外|余下|退)",
        matches="没拼中的退款再补1元红包",
        spares="没抢到的朋友下周还有一批",
    ),
    _row(
        code="lottery.big_prize",
        rule_key="prize.max",
        advice=_BIG,
        expression=r"(?:抽(?!纸|屉|检)|中奖|大奖|奖品|头奖|特等奖|一等奖|锦鲤|赢取?|奖金|开奖|转盘|送出|有机会|机会获得)<20>(?P<amount>(?:\d[\d,.]*|[一二三四五六七八九十百千两]+)\s*(?:十|百|千|万|亿|w(?![a-z]))*)\s*(?:元|块|现金|大奖|奖金|(?<=[万亿])|的?(?:奖品|奖金|大礼|豪车|汽车|轿车|黄金|金条)|人民币|红包|rmb)",
        only_if=is_above_limit,
        unless=r"总(?:价值|额|奖池|计|共)|累计|(?:共|合计)\d",
        matches="下单抽奖，头奖价值88000元",
        spares="下单抽奖，头奖价值880元，名额与规则见活动页",
    ),
    _row(
        code="lottery.big_prize_before",
        rule_key="prize.max",
        advice=_BIG,
        expression=r"(?:价值|高达|最高|现金|奖金)\s*(?P<amount>(?:\d[\d,.]*|[一二三四五六七八九十百千两]+)\s*(?:十|百|千|万|亿|w(?![a-z]))*)\s*(?:元|块|人民币|rmb)?<10>(?:大奖|奖品|等你(?:抽|拿|赢|来)|抽奖|抽|头奖|奖池|锦鲤|免费抽|一人独得)",
        only_if=is_above_limit,
        unless=r"总价值|累计|抽纸",
        matches="价值10万元大奖等你抽",
        spares="价值100元奖品等你抽，规则见活动页",
    ),
    _row(
        code="lottery.up_to",
        rule_key="prize.max",
        advice=_BIG,
        expression=r"(?:最高|至高)可?(?:得|领|中|抢|抽|获|赢|拿|提|达)<2>(?P<amount>(?:\d[\d,.]*|[一二三四五六七八九十百千两]+)\s*(?:十|百|千|万|亿|w(?![a-z]))*)",
        only_if=is_above_limit,
        unless_near=r"转速|像素|毫安|流明|千米|公里|步|粉丝|目|倍|度",
        matches="砸金蛋，最高可中88888元",
        spares="会员日满减，最高可得88元券",
    ),
    _row(
        code="lottery.dear_things",
        rule_key="prize.max",
        advice=_BIG,
        outcome=Outcome.REVIEW,
        expression=r"(?:抽|中奖|大奖|头奖|特等奖|一等奖|锦鲤|赢取?|转盘|开奖|有机会|机会获得|可中|刮中)<14>(?:宝马|奔驰|奥迪|特斯拉|保时捷|豪车|小汽车|汽车(?!脚垫|香水|模型|玩具|用品|挂件)|轿车|suv|一套房|公寓|住宅|商铺|房产|房子|别墅|海景房|金条|劳力士)(?!模型|玩具)",
        matches="下单就有机会赢取宝马一辆",
        spares="抽取三位车主送汽车脚垫一副",
    ),
    _row(
        code="lottery.sure_win",
        rule_key="prize.terms_published",
        advice=_SURE,
        outcome=Outcome.REVIEW,
        expression=r"(?:100%|百分之?百|百分百|人人|必|包|稳|次次|抽抽|每抽必|单单|保证|个个)<2>(?:中奖|中大奖|有奖|都中|抽中)|(?:张张|抽抽|单单|个个|回回)有奖|(?:无|没有|绝无)空奖|中奖率<4>(?:100|高|\d{2,}%|百分之|翻|超|接近|达|提升)|必中(?!间)|抽了就(?:中|有)|(?:零|0|绝|永)不?落空|绝不落空|不落空|必出|保中|百抽百中|十抽九中|中奖概率<6>(?:翻倍|提高|高达)",
        matches="百分百中奖，抽到就是赚到",
        spares="中奖名单已公布，未中奖的朋友下次再来",
    ),
    _row(
        code="lottery.gamble",
        advice=_GAMBLING,
        expression=r"(?:一|1|十|10|0[.]1)元(?:夺宝|云购|抽(?!纸)|赌|博)|免费抽(?!纸)<6>(?:iphone|苹果|手机|大奖|汽车|黄金)|搏一搏|单车变摩托|夺宝(?!奇兵)|云购|竞猜<6>(?:赢|押|下注|翻倍)|下注|押注|以小博大|(?:付|花|充|充值|交)<4>(?:元|块|金币)<4>抽(?!纸)<4>(?:一次|\d次|奖|手机|iphone|大奖)|买(?:得|的)?越多<4>(?:中奖|几率|机会)",
        matches="一元夺宝，苹果手机等你拿",
        spares="一元换购抽纸一包，限会员",
    ),
    _row(
        code="lottery.bait",
        rule_key="prize.terms_published",
        advice=_SURE,
        outcome=Outcome.REVIEW,
        expression=r"(?:转发|分享|拉人|邀请|集赞|扩散)<20>(?:抽(?!纸)|锦鲤|开奖|中奖)|(?:锦鲤|幸运(?:大)?转盘|大转盘|刮刮乐|刮奖|摇一摇抽|盲盒抽)<16>(?:转发|分享|拉人|邀请|好友)|内定|(?:被|已|荣幸)?(?:抽中|选中|中(?:了|得|获)?[一二三特\d]等奖)<24>(?:点击|缴|支付|付邮|填写<4>(?:资料|信息|银行)|手续费|邮费|保证金|税)|(?:获得|中了?|抽中|赢得)<12>(?:缴纳?|支付|付|补交?|垫付)<4>(?:运费|邮费|手续费|税|保证金|激活费)|(?:选为|成为|评为|随机抽取为)<8>幸运<3>(?:客户|用户|观众|粉丝|顾客)|(?:幸运号|恭喜您?|您已)<8>(?:中奖|被抽中|选中|抽中)<20>(?:点击|领取|缴|付|填写|联系|手续费|邮费|税)",
        matches="恭喜您被抽中为幸运用户，点击填写银行卡领取奖品",
        spares="抽奖规则与中奖名单公示在活动页",
    ),
)

ENGLISH: tuple[Pattern, ...] = (
    _english(
        code="lottery.en_group_draw",
        expression=r"\b(?:team up|strangers|system)\b<w6>draws?\b<w6>(?:one|1|winner|who)|\b(?:group (?:buy|purchase|order|deal)s?|(?:buying )?groups?|team (?:buy|deal)|group members|buyers|members)\b<w14>(?:lottery|raffle|lucky draw|enters? (?:a|the) draw|only the winner|drawn|draw (?:one|1|a)|lucky (?:one|winner|member|buyer)|randomly|at random|by lot|picks? (?:one|a) (?:winner|member)|wins? the (?:item|product|phone|prize)|spin)|\b(?:lottery|raffle|lucky draw|draw|random(?:ly)?)\b<w10>(?:group (?:buy|purchase|order|member)s?|every (?:full )?group|each (?:full )?group|when the group)",
        unless=r"nobody is drawn",
        matches="Join the group buy: one lucky member gets the phone, the rest are refunded",
        spares="Join the group buy: when it is full everybody gets the tea, otherwise everybody is refunded",
    ),
    _english(
        code="lottery.en_lot",
        expression=r"\bone (?:keeps|gets|wins|takes)\b<w6>(?:\d+|four|nine|two|three|seven|others?|rest)\b<w1>(?:gets?|receives?)|\bonly (?:the|one) (?:winner|lucky)<w6>(?:shipped|gets?|receives?)|\b(?:only )?(?:one|1|two|some|lucky|three|a few)\b<w6>(?:gets?|receives?|wins?|is shipped|takes?)\b<w10>(?:others?|rest|everyone else|remaining|losers)\b<w6>(?:refund|money back|coupon|red packet|compensat)|\b(?:losers|not (?:chosen|drawn|picked|lucky))\b<w6>(?:refund|money back|coupon|red packet)",
        matches="One buyer gets the headphones, the others receive a refund and a coupon",
        spares="Two buyers share one parcel, the others have their own",
    ),
    _english(
        code="lottery.en_big_prize",
        rule_key="prize.max",
        advice=_BIG,
        expression=r"\b(?:win|wins|winner|prize|prizes|draw|raffle|lottery|jackpot|giveaway|grand prize|lucky)\b<w10>(?:¥|rmb |cny |\$|€|£)?(?P<amount>\d[\d,.]*(?: ?(?:k|thousand|million))?)\b[- ]?(?:yuan|rmb|cny|dollars|usd|euros|cash|in cash|$|[!.,]|grand|prize|jackpot|to )",
        only_if=is_above_limit,
        unless=r"in total|total value|followers|customers|members|orders",
        matches="Order today and enter the draw: grand prize worth ¥88,000!",
        spares="Order today and enter the draw: three prizes worth ¥880, rules below",
    ),
    _english(
        code="lottery.en_big_prize_before",
        rule_key="prize.max",
        advice=_BIG,
        expression=r"(?:¥|rmb |cny |\$|€|£)?\b(?P<amount>\d[\d,.]*(?: ?(?:k|thousand|million))?)\b[- ]?(?:yuan|rmb|cny|dollars?|usd|euros)?<w4>(?:grand prize|prize|jackpot|top prize|first prize|giveaway|lucky draw|up for grabs)\b",
        only_if=is_above_limit,
        unless=r"in total|total",
        matches="A 100,000 yuan jackpot is waiting for one lucky buyer",
        spares="A 100 yuan prize is drawn on Friday; see the rules",
    ),
    _english(
        code="lottery.en_dear_things",
        rule_key="prize.max",
        advice=_BIG,
        outcome=Outcome.REVIEW,
        expression=r"\b(?:win|wins|prize|draw|raffle|jackpot|lottery|giveaway|drive (?:home|away|off))\b<w8>(?:a|an|your|brand[- ]new|new|the)<w3>(?:car|bmw|tesla|mercedes|audi|porsche|apartment|flat|house|villa|gold bar|rolex|suv)\b(?! (?:mat|model (?:car|kit|toy)|toy|seat|charger|plant|key|wash|freshener))",
        matches="Place an order and you could win a brand-new BMW",
        spares="Win a car freshener in our small draw, rules on the page",
    ),
    _english(
        code="lottery.en_sure_win",
        rule_key="prize.terms_published",
        advice=_SURE,
        outcome=Outcome.REVIEW,
        expression=r"\bno blanks\b|\ball<w3>(?:cards?|tickets?|spins?|entries|draws)<w1>win\b|\b(?:100%|100 percent|guaranteed|sure(?:-fire)?|always|certain)<w3>(?:to win|win|wins|winning|prize|winner|chance of winning|jackpot)\b|\b(?:everyone|everybody|every (?:ticket|spin|draw|order|player|buyer|entry)|nobody|no one)\b<w2>(?:wins|is a winner|a winner|leaves empty|loses|goes (?:home )?empty)|\b(?:can'?t|cannot|impossible to) lose\b|\bwinning (?:rate|odds)\b<w3>(?:\d\d+ ?%|doubled?|guaranteed)",
        matches="Spin the wheel: 100% chance of winning",
        spares="Ten of about four hundred entries win; the odds are on the page",
    ),
    _english(
        code="lottery.en_gamble",
        advice=_GAMBLING,
        expression=r"\b(?:buy|bought|pay|spend|each|every|more)\b<w6>(?:lottery tickets?|raffle tickets?|chances?|lucky (?:numbers?|codes?|tickets?)|draws|spins)\b(?! (?:holder|case|wallet|printer))<w8>(?:win|prize|phone|jackpot|iphone|better|odds)|\b(?:one|1)[- ](?:yuan|dollar)\b<w3>(?:treasure|lottery|raffle|draw|gamble|bet)\b|\bplace (?:your )?bets?\b|\bgambl(?:e|ing)\b",
        matches="Buy more lucky numbers and win the phone: one-yuan raffle tonight",
        spares="A case that holds every ticket of your trip",
    ),
    _english(
        code="lottery.en_bait",
        rule_key="prize.terms_published",
        advice=_SURE,
        outcome=Outcome.REVIEW,
        expression=r"\b(?:congratulations|you have been|you'?ve been|you are|your number)\b<w8>(?:selected|chosen|drawn|the winner|a winner|lucky (?:winner|user|customer)|won)\b<w14>(?:click|tap|pay|fee|fill|bank|card|claim|details|contact|postage|tax)",
        matches="Congratulations, you have been chosen as a lucky winner: pay the postage to claim it",
        spares="Congratulations to the winners; the list is on the page",
    ),
)

_told = partial(_row, outcome=Outcome.REVIEW)

TOLD: tuple[Pattern, ...] = (
    _told(
        code="lottery.rest_refunded",
        expression=r"(?:拼|团|上车|凑|付款|一起买|里头?|一元购)<s40>(?:另外|其余|剩下|余下|其他|没(?:中签|点到|摇到|抱走)的|陪跑的)<3>(?:的|\d+|[两俩二三四五六七八九十]+)?(?:个|人|位|单|嘛|名团员)?<8>(?:退(?!货|休)|拿回|钱退|返(?!回|程)|补一?(?:块|元|\d)|安慰|照常(?:发|收)|照付|攒到|收货|下把|正常缴)|抽一个拿货",
        unless=r"未成团|不成团|没成团|不满|没拼成|缺货|坏果|尾款",
        matches="三个人付款一个人拿到电饭煲，另外俩退钱再给两毛",
        spares="拼团缺货的退全款，其余照常发货",
    ),
    _told(
        code="lottery.chosen_one",
        expression=r"(?:拼|团|接龙|凑够|凑足|凑满|付款|下单|上车|订单|小票|单号)<s40>(?:抓阄|摇(?:一|两|三|\d+)位|摇(?:出来|号)|点(?:出)?一位|点出一人|挑(?:一|两|三)(?:个|位)|挑一个幸运|砸(?:中|到)|开一?次奖|双色球|福彩|尾号<4>(?:摇|挑|对|免)|幸运池|入池|进池子?|电脑(?:点|选|抽)|系统(?:选定|随机挑)|里头?(?:捞|随机选)|选谁凭|抽出一位|随机点名|点到谁|摸到|掷(?:骰|中)|摇(?:球|到谁)|点着谁|闭眼点名|谁是<1>锦鲤|翻到谁|免单王|谁的单子<2>白送|都进奖池|手气好的|幸运号|随机产生<2>(?:1|一|\d+)名|摇一个出来|抽到红签|都有份儿?摇|得号码一枚|剪成条|塞了一张金)|(?:抓阄|抓着的|摇中|砸中|摇不中|抓不着)<s24>(?:领走|拿走|退|免单|发|归)|(?:最后|第)一(?:位|个)<3>付款的?<10>免单|看手气|手气<2>不?好的?<4>(?:拿|领|归|当|给)|玩的(?:就)?是心跳|奖<4>号码当场揭",
        unless=r"不成团|分配自提|排号|发货顺序|打印|取餐|座位",
        matches="这团大米成了以后，按订单尾号挑三位免单",
        spares="取餐请报订单尾号，先到先取",
    ),
    _told(
        code="lottery.no_blanks",
        rule_key="prize.terms_published",
        advice=_SURE,
        is_literal=True,
        expression=r"百发百中|没有空奖|抽就中|百分百中|张张都?中|人手一奖|人人有份的?(?:刮|奖|抽)|没有.?(?:空着?手|空枪|空签|谢谢惠顾)|不放空|点一下中一下|(?:每一位|个个)<3>中奖(?:人|者)|没印<2>谢谢|谁来都不空手|空蛋0个|刮出谢谢惠顾|bai分百中奖|刮开必有|没有人会被?落下",
        matches="转盘百发百中，没有空着手出去的",
        spares="签到抽奖，中奖率8%，没中也别灰心",
    ),
    _told(
        code="lottery.dear_prize",
        rule_key="prize.max",
        advice=_BIG,
        expression=r"(?:抽|奖|锦鲤|刮|头名|入池|幸运|小票|机会|入围|转盘|赢|全城见证)<s30>(?:suv|车钥匙|首付|小?两居|小公寓|小?(?:轿车|汽车)|十[一二三五八]万八?的?|(?:合计|价值)\d{3},000元|价值[6-9][.]\d万|黄金一公斤|一公斤黄金|房租<8>车贷|[一二三\d]+万的?(?:那辆|车|suv)|市值<4>\d+(?:[.]\d+)?万|总值<2>\d+(?:[.]\d+)?万)|(?:suv|车钥匙|首付|黄金一公斤|一年的房租)<s30>(?:小票|抽|头名|入池|锦鲤|对得上|手气)",
        unless_near=r"模型|玩具|钥匙扣",
        matches="国庆逛店，车钥匙就挂在收银台上，看谁的小票号对得上",
        spares="抽三位送车钥匙扣一个",
    ),
    _told(
        code="lottery.en_rest_refunded",
        language="en",
        expression=r"\b(?:group|team|buy|join|pay|teammates|trio|bulk buy|order)\b[^\n]{0,90}?\b(?:(?:the )?(?:other|others|rest|losers|unlucky)\b<w4>(?:\w+ )?(?:get|gets|money back|cash back|store credit|refund\w*|pay as usual|consolation)|(?:other people|nine|rest)<w2>(?:get their )?money (?:back|come back))|\b(?:nine|nineteen|four|two|rest|others) get<w3>money back\b|\bwheel decides\b",
        unless=r"not fill|short of|is not full|out of stock",
        matches="Ten of us buy the tea set, nine get their money back plus a dollar and one takes it home",
        spares="If the group is not full, the others get their money back",
    ),
    _told(
        code="lottery.en_chosen_one",
        language="en",
        expression=r"\b(?:group|pin order|order|pool|pay|paid|club together|chip in|team|bulk buy|of us|of you|crab|all pay|pay|teammates)\b[^\n]{0,90}?\b(?:one (?:lucky|of the|buyer|person|walks|takes|eats)|lucky (?:order|person|people|one)|one of you (?:is drawn|gets)|(?:a few|two|one) of (?:you|us) (?:with|gets?|drinks?)|one household|pull a name|that family|system picks who|whose it is|raffle number|lucky number|last two digits|who is chosen|one number at random|roll dice|(?:in|into) my hat|one name|app picks|computer (?:chooses?|picks?|hands?|refunds?|draws?)|in the hat|enter the pot|last digit|which of the)\b[^\n]{0,60}?\b(?:free|nothing|home|refunds?|ring|gets|console|handbag|gold|full|back|nothing|full\.)|\bonly one (?:person|buyer) (?:out )?of (?:each|every)\b",
        unless=r"one of the (?:best|most)|{e_settled}",
        matches="Join the rice group and you're in the hat, the computer refunds one lucky order in full",
        spares="Join the rice group; when it is full, all of us get the price",
    ),
    _told(
        code="lottery.en_no_blanks",
        language="en",
        rule_key="prize.terms_published",
        advice=_SURE,
        is_literal=True,
        expression=r"\bno blanks\b|\bevery (?:single )?(?:ticket|hand|spin|pull|card)\b<w6>(?:is a winner|wins?|comes out with)|\bnobody (?:walks|goes) home empty|\b100% (?:hit|win(?:ning)?) rate|\bno losing (?:slice|slot)s?|\bevery slot wins|\bvisitor goes home with|\bnobody leaves<w6>empty|\bevery (?:spin|scratch|ticket) pays|\bwin for sure\b|\ball (?:[\d,]+) of you win|\b(?:you'?ve|have) already won|\b(?:no|got no) empty slot|\beveryone gets something\b|\ball customers sure\b|\bnobody go home\b|\bprize guaranteed\b|\bguaranteed prize",
        matches="No blanks in our lucky box, every single ticket is a winner",
        spares="Tickets are drawn on Friday, one in twelve wins",
    ),
    _told(
        code="lottery.en_dear_prize",
        language="en",
        rule_key="prize.max",
        advice=_BIG,
        expression=r"\b(?:win|wins?|winner|drives? away|driv(?:e|ing) (?:off|away)|grand prize|jackpot|draw|prize|spin|slice|entry)\b<w12>(?:hatchback|electric suv|tesla|porsche|rolex|deposit on a house|apartment|year'?s rent|caravan|round-the-world|new car|apartment|house worth|sports car|motorhome|gold bar)\b",
        unless_near=r"model|toy",
        matches="One buyer drives away in a new hatchback",
        spares="Win a toy caravan for the children's room",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH, *TOLD)
