"""Invented prices, invented scarcity, invented people."""

import re
from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.linting.amounts import fen_of
from renmai.policy.linting.patterns.types import Pattern
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_PRICE = _("Compare only with a price at which the goods were really sold, and be able to show it.")
_SCARCE = _("Show stock and time as they are.")
_PEOPLE = _("Count only people who really took part, and orders that were really placed.")
_PRESSURE = _("Say until when the offer holds; leave out the drama.")

SUSPICIOUS_RATIO = 8

_row = partial(Pattern, family=Family.FALSE_PRICE, rule_key="price.invented_original", outcome=Outcome.REFUSE, advice=_PRICE)
_english = partial(_row, language="en")


def is_too_good(match: re.Match[str]) -> bool:
    """Whether the price before is so many times the price now that it was hardly ever paid."""
    before, now = fen_of(match["before"]), fen_of(match["now"])
    return now > 0 and before >= SUSPICIOUS_RATIO * now


_REFERENCE = (
    r"(?:原价|划线价|市场价|吊牌价|专柜价|标价|官方价|零售价|门市价|参考价|售价|市价|定价|牌价|官网价|日常价|门店价|正价)"
)
_AMOUNT = r"\d[\d,]*(?:[.]\d+)?"

CHINESE: tuple[Pattern, ...] = (
    _row(
        code="prices.invented",
        expression=rf"{_REFERENCE}<12>想(?:写|标|填)多少|(?:虚(?:标|构|高|拟|报|假)|随便(?:写|填|标)|随意(?:写|填|标)|故意(?:写|标|抬|把)?高?|编(?:个|造|一个)|乱(?:标|写)|瞎(?:编|写|标)|造个|杜撰|假的?)<6>{_REFERENCE}|{_REFERENCE}<10>(?:虚(?:标|构|高|报)|随便|随意|写高|标高|调高|抬高|提高(?!了品)|上调|改(?:成|高)|翻(?:一|两|三)?倍|往高|往上|编|乱写|瞎|从(?:来)?(?:未|没|没有)<4>(?:卖|成交|售)|没(?:有)?卖过|假的)|(?:先|提前|活动前|节前|临时|偷偷|悄悄|暗中)<4>(?:涨价?|提价|加价|抬价|调高|提高<2>价|抬高|把价格?<2>(?:涨|提|调|抬))<14>(?:再|后|然后|才|接着)<4>(?:打折|降|\d?折|促销|优惠|减|打)|(?:价|标价)?先<4>(?:改|标|调|涨|提|写|加)<8>(?:再|后|然后|接着)<4>(?:打|\d?折|降|减)|明降实涨|先涨后降|先提后降",
        matches="把原价随便写高一点，先涨价再打五折",
        spares="原价为近30天最低成交价，从未虚构",
    ),
    _row(
        code="prices.too_good",
        outcome=Outcome.REVIEW,
        expression=rf"{_REFERENCE}\s*[:为]?\s*[¥]?\s*(?P<before>{_AMOUNT}万?)\s*元?[^\d。!?\n]{{0,18}}(?:(?<=[¥价要卖需仅收到])\s*|(?=[\d.]+\s*(?:元|块)))(?P<now>{_AMOUNT})(?!\s*(?:件|个|天|人|小时|分钟|月|日|号|年|折|送|盒|瓶|份(?!装)))",
        only_if=is_too_good,
        matches="原价1999元，今天只要99元",
        spares="原价199元，今天只要99元",
    ),
    _row(
        code="prices.scarcity",
        rule_key="flash.false_scarcity",
        advice=_SCARCE,
        expression=r"倒计时<10>(?:重置|循环|重新开始|重来|重启|自动(?:续|加|延)|归零后|自动再|再来|永远|假|是假|刷新就|刷新后|做做样子|跑完)|(?:库存|剩余|名额|数量|余量|限量)<6>(?:虚(?:标|假|构)|是?假的?|随便|随意|调(?:低|成|少)|改(?:成|少|低)|设(?:成|为|置成)|写成|造假|写少|做(?:成|假)|标成)|(?:永远|一直|始终|每次|每天|天天|长期|无论何时)<6>(?:显示|写|说|是|标|打出|喊)<6>(?:仅剩|只剩|最后|剩余?|倒计时|限时|售罄|抢光|抢完)|(?:只剩|仅剩|最后|剩余|售罄|限时|倒计时)<12>(?:一直|永远|天天|每天|长期|始终)<4>(?:挂|放|显示|写|留|不变|有|在)|(?:让人|让大家|让顾客|让客户)(?:急|慌|着急|紧张|赶紧下单)|(?:最后|仅剩|今日)<12>明天(?:接着|继续|再|照样)<2>(?:写|发|用|说)|饥饿营销|(?:制造|营造|假装|装作|伪造|谎称|故意)<6>(?:紧张|稀缺|抢购|恐慌|缺货|断货|售罄|抢光|热销|火爆|限量|库存)|(?:其实|实际|真实)<6>(?:库存|有货|仓库|还有)<6>(?:多|充足|几万|几千|几百|上万|\d{3,}|够|一大堆|堆)|假(?:倒计时|限量|限时|清仓|促销)|(?:仅剩|只剩|显示<4>剩)<12>(?:其实|实际|仓库里?还|后台|自动补)",
        matches="页面一直显示仅剩3件，其实仓库里还有几千件",
        spares="仅剩3件，卖完后下周补货",
    ),
    _row(
        code="prices.made_up",
        rule_key="copy.false_statement",
        advice=_PEOPLE,
        outcome=Outcome.REVIEW,
        expression=r"(?:假(?!日|期|如)|虚(?!心)|伪造|谎报|谎称|人为|故意|随便|后台)<5>(?:原价|划线价|库存|人数|销量|评价|倒计时|名额|好评|订单量|热度|围观)|(?<![牙毛粉鞋锅漆浴])刷<2>(?:销量|评价|人数|好评|热度|人气)|(?:库存|人数|销量|评价|倒计时|好评|热度|围观)<5>(?:是?假的|虚的|编的|刷的|凑的|骗人|随便填|随便改|人为)|(?:免费送|免费领|[0零]元(?:购|领|拿)|白送)<16>(?:只需|仅需|只付|需付|自付)<4>(?:邮费|运费|包装费|手续费|工本费|\d+元)",
        matches="围观人数都是编的，显得热闹",
        spares="假日照常营业，库存见页面",
    ),
    _row(
        code="prices.pressure",
        rule_key="flash.false_scarcity",
        advice=_PRESSURE,
        outcome=Outcome.REVIEW,
        expression=r"跳楼价|亏本(?:甩|清|大甩|卖|跳|促|冲)|血亏|亏到|(?:厂家|工厂|公司|店铺|门店)<2>(?:破产|倒闭|关门)|厂房抵押|欠债跑路|老板<4>(?:跑路|疯了|哭|破产|不干了|吐血)|(?:倒闭|破产|拆迁|跑路)<6>(?:清仓|甩|处理|大甩|亏|抛)|(?:低于|跌破|击穿|不到|跌穿)<2>(?:成本|底价|出厂)价?|(?:错过|过了今天|今天不买|现在不买|今天不抢)<8>(?:再等|后悔|等\d|等[一十百]|再也|一年|一辈子|终身|永远|拍大腿)|(?:永不|绝不|再也不|不会再|从此不再)<2>(?:补货|上架|有这个?价|降价|返场|有了|出现)|仅此一次|(?:最后|仅有)(?:一|1)次机会|(?:全球|全国|全网)(?:仅|只)(?:剩|有|此)?<2>\d+<1>(?:件|套|份|盒|瓶|个)|(?:每|1|一)(?:秒|分钟)<6>(?:卖出|售出|抢购|有\d+人)|(?:秒没|疯抢|抢疯了|抢爆)<10>(?:仅剩|只剩|最后|马上没)|(?:已有?|超过?|突破)<2>(?:\d{2,}万|[一二三四五六七八九十百]+万|百万|千万|上亿|\d{6,})<2>(?:人|单|件|家庭|用户)?<4>(?:购买|抢购|已抢|疯抢|拼团|参团|下单|都在)",
        matches="老板跑路，跳楼价清仓，错过再等十年",
        spares="活动今晚24点结束，明天恢复69元",
    ),
    _row(
        code="prices.invented_people",
        rule_key="groupbuy.invented_people",
        advice=_PEOPLE,
        expression=r"(?:数据|评论|销量|好评)<3>(?:可以|能|随便|都是)<2>(?:刷|买)|(?:单|销量|量|人数|评价|人气)(?:先)?刷<3>(?:到|成|够|满|上)|机器人<6>(?:撑|刷|凑|充|填|下单|参团|拼(?!图|装))|小号<4>(?:拼|下单|参|开|刷|评|凑|冲)|评(?:价|论)<4>(?:不够|太少|不足)<12>(?:写|刷|买|安排)|(?:安排|让|叫|发动|组织)<8>(?:写|刷|留)<6>(?:条|个)?(?:好评|评价|评论)(?!真实)|(?:虚拟|机器人|假(?!期|日|如)|僵尸|系统|后台|自动|小号|马甲|水军|内部(?:员工|人员)?|员工|刷|自己人|补|凑)<4>(?:成团(?!后|的|失败|啦|即)|凑团|凑(?:人|单|满|数|够)|参团|拼团|开团|补(?:人|位|单|满|齐|足)|冒充|充当|充数|假装|团员|买家|拼友|头像|人数|下单(?!后|的|时|成功)|刷|好评|五星)(?!优惠|享|退款)|虚假(?:成团|交易|销量|评价|订单|宣传|库存|人数|团)|刷(?:单|销量|好评|评论|评价|量(?!杯)|信誉|人气|数据|满团|成交|几单|些单|一批)|(?:销量|人数|评价|好评|已售|参团人数|热度|围观|订单|购买记录|成交|浏览量|数字)<6>(?:写死|固定的|定死|模拟|随机生成|自动(?:增加|上涨|加|涨)|造假|作假|注水|虚(?:增|构|高|报|假|拟)|刷(?:出来|上去|到|高|起来)|改成|随便|调(?:高|到|成)|设成|写成|编|后台(?:加|改)|(?:都|全)?是?假的?)|(?:找|请|雇|花钱买|安排|放)<6>(?:托(?!运|管|儿所|盘)|水军|人刷|演员|粉丝刷)|(?:那几个|都是|全是)<6>自己人|当托|(?:做|当)气氛组|凑人头|(?:不足|不够|不满|未满|没满|差人|没人|凑不齐|凑不够)<12>(?:系统|自动|后台|机器人|平台)<4>(?:成团|补|拼成|凑)|伪造<6>(?:订单|评价|记录|截图|成交|聊天|好评|销量|买家)|(?:编|造|写)<2>(?:几十|几百|几条|一批|一些|\d+条|假)<3>(?:评价|好评|买家秀|聊天记录)|编造?<3>(?:评价|好评|买家秀|聊天记录)|(?:p|ps|做)<2>(?:几张|一张|些)?<2>(?:收款|转账|提现|收入|成交|到账)(?:截图|记录)|(?:截图|记录)生成器",
        unless=r"系统(?:自动)?<4>(?:退款|关闭|取消|通知)",
        unless_near=r"满\s*{number}\s*人<4>(?:自动|系统)|人满<4>自动|付款人数",
        matches="人数不够时用机器人补位成团，销量后台改成一万",
        spares="满3人系统自动成团，人数不足自动退款",
    ),
)

ENGLISH: tuple[Pattern, ...] = (
    _english(
        code="prices.en_invented",
        expression=r"\b(?:invent(?:ed)?|make up|made[- ]up|fake|false|fictitious|inflated?|inflating|padded|pretend|phantom|imaginary|pump(?:ed)? up|bump(?:ed)? up|jack(?:ed)? up|mark(?:ed)? up|higher|any)\b<w4>(?:original|reference|list|retail|market|regular|was|crossed-out|struck-through|old|tag|strike-?through)[- ]?prices?\b|\b(?:original|reference|list|retail|market|regular|crossed-out|struck-through|strike-?through|tag)[- ]prices?\b<w8>(?:whatever|anything|any (?:number|figure)|looks good|out of thin air|invented|made up|inflated?|fake|never (?:sold|charged|paid)|doubled?|tripled?|random|whatever|raise[d]?|higher first|nobody ever paid|double)|\bmark(?:ed)?\b<w2>up\b<w10>(?:sale|discount|off|promotion)|\b(?:nobody|no one|no customer) (?:has )?(?:ever|actually) paid\b|\b(?:raise|raised|increase|double|hike|lift|mark(?:ed)? up|bump|put up)\b<w4>(?:the |our |all )?prices?\b<w8>(?:then|before|and then|and)<w4>(?:discount|\d+ ?%|sale|cut|slash|half|off|lower|promotion|promo|drop)",
        unless=r"supplier|compared? with|increase in|raw materials?",
        matches="Double the price first, then give 50 % off the invented original price",
        spares="The original price is what we charged in October",
    ),
    _english(
        code="prices.en_too_good",
        outcome=Outcome.REVIEW,
        expression=rf"\b(?:was|were|used to (?:be|cost)|original(?:ly)?(?: price)?|retail(?:s|ing)?(?: price| value)?(?: at| of)?|regular(?:ly)?|usually|list price|worth|rrp|normally|valued at|market price|regular price)\W{{0,3}}(?:of |at |is )?(?:¥|\$|rmb |cny |€|£)?(?P<before>{_AMOUNT})\b[^\d\n]{{0,40}}?\b(?:now|today|only|just|for|yours for|tonight|at)\b[^\d\n]{{0,12}}?(?:¥|\$|rmb |cny |€|£)?(?P<now>{_AMOUNT})(?! ?(?:%|pieces|pcs|people|left|days?|hours?|boxes))",
        only_if=is_too_good,
        matches="Originally ¥1,999, now only ¥99",
        spares="Originally ¥199, now only ¥149",
    ),
    _english(
        code="prices.en_scarcity",
        rule_key="flash.false_scarcity",
        advice=_SCARCE,
        expression=r"\b(?:whatever|regardless of|no matter)<w2>(?:stock|inventory|warehouse)\b|\b(?:countdown|timer|clock)\b<w8>(?:resets?|restarts?|loops?|fake|never (?:ends|reaches)|starts over|again|for every visitor|is not real|keeps)|\b(?:fake|false|pretend(?:ed)?|invented|artificial|bogus|phony|phoney|make[- ]believe)\b<w3>(?:countdown|timer|scarcity|urgency|stock|shortage|sold[- ]out|clearance|limit|deadline|low[- ]stock|sale|demand)|\b(?:always|still|keeps?|permanently|every day|forever|constantly|set (?:it )?to|make it)\b<w4>(?:say(?:s|ing)?|show(?:s|ing)?|display(?:s|ing)?|read(?:s)?|write)\b<w5>(?:only|last|left|few|sold out|ends|final|limited)|\b(?:only|just)\b<w2>\d+<w3>left\b[^\n]{0,30}\bnever (?:changes|updates|moves)|\b(?:banner|counter|badge|label|number|text)\b<w2>never (?:changes|updates|moves)|\b(?:only|just)\b<w2>\d+<w3>left\b<w10>(?:warehouse|really|actually|in fact|although|though|but we|plenty|thousands|hundreds|full)|\b(?:actually|really|in fact)\b<w5>(?:plenty|thousands|hundreds|full|tons|loads)<w5>(?:stock|warehouse|left|boxes|units)",
        matches="The countdown resets for every visitor and the page always says only 2 left",
        spares="Only 2 left in blue; more arrive on Monday",
    ),
    _english(
        code="prices.en_pressure",
        rule_key="flash.false_scarcity",
        advice=_PRESSURE,
        outcome=Outcome.REVIEW,
        expression=r"\b(?:never (?:again|be repeated|come back|return|restock\w*|this (?:cheap|low))|once (?:it'?s |they'?re )?gone,? (?:it'?s |they'?re )?gone forever|last chance (?:ever|in your life|of a lifetime)|(?:miss(?:ed)?|skip) (?:it|this|out|today)\b<w4>(?:regret|forever|wait (?:a|ten|another)|never)|(?:going|gone) (?:bust|bankrupt|out of business)|closing down forever|below (?:our )?cost|(?:losing|lose) money on every|bankruptcy|boss (?:has )?(?:gone|went|is) (?:mad|crazy)|you(?:'ll| will) regret)\b|\b(?:[5-9]\d\d,\d{3}|\d,\d{3},\d{3}|\d+ (?:million|billion))\b<w4>(?:people|customers|buyers|families|users)\b<w6>(?:bought|joined|ordered|already|today)|\b(?:one|1) sold every (?:second|minute)",
        matches="The factory is going bust, we lose money on every piece, this price will never be repeated",
        spares="The offer ends tonight; tomorrow the price is 69 yuan again",
    ),
    _english(
        code="prices.en_invented_people",
        rule_key="groupbuy.invented_people",
        advice=_PEOPLE,
        expression=r"\b(?:fake|bots?|robots?|dummy|virtual|phantom|ghost|invented|imaginary|made[- ]up|bogus|sock ?puppets?|our own|staff|system|simulated|paid (?=review|shill|actor|poster|commenter|fan|follower)|shill|house|automated?)\b<w3>(?:accounts?|members?|buyers?|users?|participants?|people|orders?|customers?|reviews?|reviewers?|names|profiles|ratings|avatars|joiners?|sales|testimonials?|purchases|followers|fill|join|top up|complete)\b|\b(?:fill|filled|fills|complete[sd]?|top(?:ped)? up|pad(?:ded)?|inflate[sd]?|boost(?:ed)?|bump(?:ed)?)\b<w6>(?:group|groups|team|sales (?:figures?|numbers?|counts?)|order count|counter|numbers?|ratings?|reviews?)\b<w6>(?:with|by|using|to look|so (?:it|that))<w4>(?:bots?|robots?|fake|dummy|our own|virtual|staff|accounts|names|invented|popular|bigger|busy|busier)|\b(?:number|counter|count|figure)s?\W+(?:is|are|was)\W+(?:just |simply |completely )?(?:random|fake|made[- ]up|invented|fictional|fixed|hard-?coded|simulated)|\b(?:counter|count|sales|number)\b<w2>starts? (?:at|from) \d{3,}|\baccounts of our own|\bbrush(?:ing)? (?:orders|sales|reviews)|\b(?:buy|buying|order|hire|pay for|purchase)\b<w3>(?:reviews|ratings|fake|followers|positive reviews|testimonials|water army)|\b(?:sales|order|buyer|member|sold|review)\b<w2>(?:counts?|numbers?|counter|figures?)\b<w6>(?:made up|invented|random|fake|whatever|edit(?:ed)?|inflate[d]?|faked|fudge[d]?)|\b(?:write|post|make up|invent|copy)\b<w5>(?:fake |some |a few |\d+ )?(?:glowing )?(?:reviews|testimonials)\b<w5>(?:yourself|ourselves|ourself|for (?:us|the shop)|as if|under different|from other)|\b(?:photoshop|fake|edited|doctored)\w*\b<w3>(?:screenshots?|receipts?|payouts?|proof)",
        unless=r"{e_order}<w2>(?:refund|system)|order system|virtual gift|staff (?:orders|members|discount|member)|paid (?:orders?|members|members?hip|customers|by|purchases|buyers|participants)|system (?:fills in|orders)|our own (?:customers|people|staff|names?|orders)|every paid",
        matches="If the group is short, bots fill it with invented names so it looks busy",
        spares="If the group is short, every paid order is refunded",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH)
