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
        expression=r"倒计时<10>(?:重置|循环|重新开始|重来|重启|自动(?:续|加|延)|归零后|自动再|再来|永远|假|是假|刷新就|刷新后|做做样子|跑完)|(?:库存|剩余|名额|数量|余量|限量)<6>(?:虚(?:标|假|构)|是?假的?|随便|随意|调(?:低|成|少)|改(?:成|少|低)|设(?:成|为|置成)|写成|造假|写少|做(?:成|假)|标成)|(?:永远|一直|始终|每次|每天|天天|长期|无论何时)<6>(?:显示|写|说|是|标|打出|喊)<6>(?:仅剩|只剩|最后|剩余?|倒计时|限时|售罄|抢光|抢完)|(?:只剩|仅剩|最后|剩余|售罄|限时|倒计时)<12>(?:一直|永远|天天|每天|长期|始终)<4>(?:挂|放|显示|写|留|不变|有|在)|(?:让人|让大家|让顾客|让客户)(?:急|慌|着急|紧张|赶紧下单)|(?:最后|仅剩|今日)<12>明天(?:接着|继续|再|照样)<2>(?:写|发|用|说)|饥饿营销|(?:制造|营造|假装|装作|伪造|谎称|故意)<6>(?:紧张|稀缺|抢购|恐慌|缺货|断货|售罄|抢光|热销|火爆|限量|库存)|(?:其实|实际|真实(?!库存))<6>(?:库存|有货|仓库|还有)<6>(?:多|充足|几万|几千|几百|上万|\d{3,}|够|一大堆|堆)|假(?:倒计时|限量|限时|清仓|促销)|(?:仅剩|只剩|显示<4>剩)<12>(?:其实|实际|仓库里?还|后台|自动补)",
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
        expression=r"跳楼价|亏本(?:甩|清|大甩|卖|跳|促|冲)|血亏|亏到|(?:厂家|工厂|公司|店铺|门店)<2>(?:破产|倒闭|关门)|厂房抵押|欠债跑路|老板<4>(?:跑路|疯了|哭|破产|不干了|吐血)|(?:倒闭|破产|拆迁|跑路)<6>(?:清仓|甩|处理|大甩|亏|抛)|(?:低于|跌破|击穿|(?<!砍)不到|跌穿)<2>(?:成本|底价|出厂)价?|(?:错过|过了今天|今天不买|现在不买|今天不抢)<8>(?:再等|后悔|等\d|等[一十百]|再也|一年|一辈子|终身|永远|拍大腿)|(?:永不|绝不|再也不|不会再|从此不再)<2>(?:补货|上架|有这个?价|降价|返场|有了|出现)|仅此一次|(?:最后|仅有)(?:一|1)次机会|(?:全球|全国|全网)(?:仅|只)(?:剩|有|此)?<2>\d+<1>(?:件|套|份|盒|瓶|个)|(?:每|1|一)(?:秒|分钟)<6>(?:卖出|售出|抢购|有\d+人)|(?:秒没|疯抢|抢疯了|抢爆)<10>(?:仅剩|只剩|最后|马上没)|(?:已有?|超过?|突破)<2>(?:\d{2,}万|[一二三四五六七八九十百]+万|百万|千万|上亿|\d{6,})<2>(?:人|单|件|家庭|用户)?<4>(?:购买|抢购|已抢|疯抢|拼团|参团|下单|都在)",
        unless_near=r"一年就|时令|下市|产季",
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

_told = partial(_row, outcome=Outcome.REVIEW)

TOLD: tuple[Pattern, ...] = (
    _told(
        code="prices.never_charged",
        is_literal=True,
        expression=r"(?:吊牌|标价|标签|划掉|专柜|原价|划线|牌子上|正装)<20>(?:哪卖过|没(?:按|人)<4>(?:卖|买|当真)|(?:一天|一次)也?没<3>卖|从来没|没卖过|随手填|看着(?:爽|好看|便宜)|好看<4>没人|显得<4>(?:便宜|让利|划算)|挂着没货|反正也?没有专柜|不会真去|别管在?哪|你去哪查|想出来的|仅供衬托|从(?:来都|未)<4>(?:卖|以)\d*<6>(?:卖|销售)?|(?:写|标)个?\d+<2>好看|随手印|别当真|划一道好看|实际一直|其实一直|本店未设专柜)|(?:专柜|商场)(?:卖|要)<6>\d*<14>(?:专柜在哪|没有专柜|别管|不会真)|(?:标价|标签|吊牌|价)<4>(?:改到|往上调|调到|上调)<14>(?:再|到那天)<6>(?:打|\d?折|三折|对折)|以前没卖过|编(?:得|的)我都信|恕量",
        unless=r"我们不会|从未虚",
        unless_near=r"(?:已经?|所以)<8>(?:去掉|取消|不标|不写|不再)",
        matches="吊牌打的1280，我哪卖过那个价，反正你们看着爽就行",
        spares="吊牌价是工厂印的，我们一直按店内标价128元卖",
    ),
    _told(
        code="prices.same_again",
        rule_key="flash.false_scarcity",
        advice=_SCARCE,
        is_literal=True,
        expression=r"倒计时<s24>(?:再(?:给[您你])?续|从头|重新走|再走|续个)|(?:最后|仅剩|只剩|就剩|限量|仅限|仅此|清仓|甩卖|关门|到期|倒了|跑路?了?|亏|恢复原价|涨回)<s36>(?:昨天也|上周也|每个群都|第[二三四五六七八九十]+[年季次]|本月第|每季度|每天(?:早上)?换|每晚都?发|天天(?:滚|挂|发)|长年如此|常年如此|去年<6>(?:起|挂)|自去年|明天还有明天|昨天说的|今年还拆|每日发送|每个人看都是|每次(?:打开|刷新)|刷新<6>重新计时|注意:<3>留空|每周自己填|就让它一直|一直显示|固定显示\d|谁来都说|从没卖过|一直都是|长期展示|又找出来)|所有人<6>都是第|(?:卖完|补完)<4>再补<10>(?:还是|又是)<4>限量|(?:数字|库存|名额|仅剩<6>)<8>(?:固定写|写死|没有上限)|(?:差的?那?一个|差1人)<6>永远|(?:刷新|打开|扫码)<6>重新计时|为[您你]延时|这话<6>说了?<4>遍|(?:其实|实际)(?:后面|后台|箱子|库房)<6>(?:还有|不限|有)|日日最后|天天清仓|没单时也|不用管真假|涨不涨的?<3>到时候|每期都说还剩",
        unless_near=r"不会重新|不延长|不重置",
        matches="含泪清仓，今天真是最后一天！去年中秋起就是最后一天了哈哈",
        spares="清仓到周日，剩多少页面实时显示",
    ),
    _told(
        code="prices.told_stock",
        rule_key="flash.false_scarcity",
        advice=_SCARCE,
        expression=r"(?:仓库|库里|库存|货)<6>(?:还有|其实|有|里)<4>(?:\d+|[一二两三四五六七八九十几]+)(?:来|多)?(?:百|千|万)?<1>(?:来|多)?(?:箱|件|套|条|单|盒)?<s20>(?:对外|页面|先这么发|催一催|跟(?:客户|客人|人家)|就讲|就说|慢慢放|喊|写)<4>(?:剩|余|只|讲|说|放|没)|(?:对外|跟(?:客户|客人|人家)|对(?:客户|客人)|在客人面前)<6>(?:就)?(?:说|讲|写|喊)<6>(?:剩|余|只有|快没|最后|专柜|原价|磨下来)|(?:每隔|隔|每)<4>(?:分钟|小时)<4>(?:往下)?减<2>(?:一|1|两)件|写余\d+<8>(?:紧张|下单)|最后一个名额<14>(?:话术|就这么发)|后头仓<4>[几三\d]千|其实仓库<4>(?:塞|堆|多|满)|弄了个跳数|话术(?:就|在|我|[:])|假装(?:拦|抢|下单|问)|(?:库存|货)<6>一单一单放",
        unless=r"盘点|实时",
        matches="仓库还有两千件，对外就讲剩七件",
        spares="仓库还有两千件，页面库存每小时同步",
    ),
    _told(
        code="prices.staged_people",
        rule_key="groupbuy.invented_people",
        advice=_PEOPLE,
        expression=r"(?:小号|马甲|机器号)<8>(?:问|补|下单|喊|顶|评|抢|接)|(?:买家秀|晒单图?|素材)<24>(?:换好|改个头像|打个?码|当<3>(?:客户|顾客)|别撞)|名字(?:从词库|换一换)|网上扒|假团友|插件自己滚|随机跳|写小作文|一晚上敲的|照片网上找|先下单再退|(?:评|好评)<4>有人写|刷个?<3>\d*[一二两三百]*单|带带?节奏|(?:好评|买家秀)<s24>(?:下周|即将)<3>(?:首发|开售|上市)|其实(?:昨天|今天|刚)<2>才?上架|(?:头像|名字|名单)<8>(?:图库|小二配|程序|随便(?:编|配)|换过|演示|编的)|(?:名字|人)<6>(?:我)?先?帮<3>填上|是我编的|(?:聊天|好评|晒单)截图<12>(?:改|换|拿去|现成)|去(?:个|掉)?水印<8>(?:配|发|用)|先?编<2>(?:\d+|[一二三四五六七八九十几]+)条<8>(?:使用感受|评价|好评|感受)|(?:当|冒充|扮)(?:成)?<2>自己客户|配合(?:她|他|一下)(?=[,。!]|$)<0>|(?:喊|刷)[“\"「]<4>我要<6>|(?:没|不)下单也行<8>气氛|把?(?:气氛|节奏)<3>炒|(?:销量|已拼|已售|数字|那个[“\"「])<18>(?:设计|美工)<2>(?:给)?填|由?(?:系统|程序)<3>(?:随机|写死)<4>(?:滚动|显示|配|弹|生成)|(?:写|打)(?:两|几)句好评|自己人<3>(?:先)?接龙|别说破|评价由<8>撰写|热热场子|显(?:得|着)<3>好卖|往上调过|差评<8>压<4>(?:好的|下去)|(?:好评|评价)模板|货不用真收|(?:\d{2},\d{3}|\d{4,}|万)<3>(?:人|位|件)<8>(?:抢购|下单|带走)<s16>(?:今日首次|首次上架|今日首发|才上架|上架第一天)|(?:昨日售价|原价)<16>新店<6>首日|(?:涨价函|单子|聊天记录)<4>p(?:好|图|的)",
        unless=r"抽奖|随机发货|颜色",
        matches="群里那几个抢单的用小号问“还有吗”，名字是我编的",
        spares="系统随机发货，颜色不能指定",
    ),
    _told(
        code="prices.drama",
        rule_key="flash.false_scarcity",
        advice=_PRESSURE,
        expression=r"(?:老板|厂长)<4>(?:小姨子|小舅子)|(?:厂子?|工厂|店)<4>(?:明儿|明天)?<2>(?:就没了|倒了|撑不下去|黄了)|含泪(?!推荐|吃)|抵工资|(?:亏|跌)(?:穿|到)<3>(?:地心|姥姥)|卖一单亏|错过<4>(?:永久|永远)",
        matches="厂长跟小舅子打架，货款结不了，明儿厂子就没了",
        spares="店里装修，明天休息一天",
    ),
    _told(
        code="prices.en_never_charged",
        language="en",
        is_literal=True,
        expression=r"\b(?:nobody|no one)(?: ever)? paid (?:it|that|this|full|\d|[$¥£€])|\bimagin(?:ed|ary) (?:figure|price)|\bwho (?:checks|will check|is going to check)\b|\b(?:raise|lift|mark up|bump)\b<w4>(?:tag|label|tags|labels|price|prices)\b<w16>(?:half|slash|cut|off|discount)|\bi printed it (?:this|last)\b|\bcounter price\b[^\n]{0,40}\bwhich counter\b|\bstrike-?through\b<w4>(?:fun|looks)|\b(?:we|i) just made (?:that|it) up|\bit has been \d+ since we opened|\bokay it was never\b|\bonly ever sold it at\b|\b(?:a |is a )number we picked|\bany old .was. price|\blooks? (?:nice|good) crossed out|\bnever was \d+|\bnever sold for that\b|\bcrossed-out number\b|\bmade up the (?:rrp|price)|\bnobody remembers when|\b(?:raise to|put it up to)\b<w4>\d+<w10>(?:slash|drop|back)",
        matches="Was £240 (nobody ever paid it), now £39",
        spares="Was £49 until Sunday, now £39",
    ),
    _told(
        code="prices.en_same_again",
        language="en",
        rule_key="flash.false_scarcity",
        advice=_SCARCE,
        is_literal=True,
        expression=r"\b(?:closing|shutting|stock bar|only until|go tonight|final|last \d+ (?:hrs|hours|days)|only \d+ left|reserved price|\d\d:\d\d left|final days|farewell|hits zero|last (?:chance|day)|must go|going bankrupt|bankrupt|countdown|clock|timer|left|goes back up|running out|looking at this)\b[^\n]{0,70}?\b(?:again\)|as we have every|(?:second|third|fourth|happy) (?:happy )?year of|like last month|back up every morning|same banner|swap the date|restarts each time|from launch to finish|worked in \w+, worked in|same (?:final|as i said)|as yesterday|hung since|(?:it|counter) (?:loops|resets)|tomorrow also \d|everyone gets this|every day till further|till further notice|rolls? back|refresh and|it'?s always|since 20\d\d|same (?:like|as) last|year running|farewell sale this year|timer'?s back|we say it to everyone|widget picks|ticks down by itself|full pallet|no really|last midnight too|see you next|we type that|on every page)|\brolls back to\b<w6>(?:zero|hours)|\bkeep (?:saying|the banner)\b",
        matches="CLOSING FOREVER!! (again) Everything must go",
        spares="Closing on Sunday for the holidays, open again on the 8th",
    ),
    _told(
        code="prices.en_staged_people",
        language="en",
        rule_key="groupbuy.invented_people",
        advice=_PEOPLE,
        expression=r"\b(?:names?|avatars?) (?:are|is) (?:picked|chosen|generated) at random|\bsmall accounts\b|\bnames we made up\b|\brandom (?:names?|number)\b|\bnumber generated for\b|\bpretend names\b|\bpick any surname\b|\btyped up \w+ happy\b|\bbut who'?s counting\b|\bsomebody real will bite\b|\bnothing has shipped\b|\bno parcel yet\b|\bship empty\b|\bchange the name each time\b|\b(?:my|your) (?:other|second) accounts?\b|\bpost these as customers\b|\bsay it'?s your customer\b|\bblur the name\b|\bwrite me some reviews\b|\bto rave about\b|\bdown to (?:two|three|four|five)\b[^\n]{0,40}\bpallet\b|\bopen a few accounts\b|\b(?:we|you) (?:post|send|ship) an empty box\b|\b(?:write|paste)\b<w6>(?:glowing|these into the comments|reviews?)\b<w10>(?:refund|accounts|top you up)|\bis a script\b|\bnot even launched\b|\b(?:tell|say|saying)\b<w4>(?:everyone |them |customers )?<w3>(?:there'?s |we'?ve )?(?:only )?(?:two|three|four|five|few|\d+)(?: left)?\b[^\n]{0,40}\b(?:pallets|warehouse|hundreds|thousands|sounds better)|\b(?:pallets|warehouse full|thousands) of (?:it|them|the stuff)\b[^\n]{0,40}\b(?:tell|say|sounds)\b",
        matches="We've got pallets of it. Tell them four",
        spares="We've got pallets of rice in the warehouse, no hurry",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH, *TOLD)
