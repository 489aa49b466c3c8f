"""传销: pay per head, entry fees, pay on other people's teams, many levels, income without work."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.linting.patterns.types import Pattern
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_HEADS = _("Pay for orders that were kept, never for people who join.")
_FEE = _("Let people join free of charge and without buying.")
_TEAM = _("Pay only for a person's own sales: nothing for what a team or a line below sells.")
_LEVELS = _("Pay commission to one level only.")
_INCOME = _("Do not promise an income: say what one order earns, and that it depends on what is sold.")
_SCHEME = _("Sell goods, not places, points or returns on money.")

_row = partial(Pattern, family=Family.PYRAMID, rule_key="reward.per_recruit", outcome=Outcome.REFUSE, advice=_HEADS)
_english = partial(_row, language="en")

_RECRUIT = r"(?:拉|推荐|介绍|发展|带|招(?:募|收|到)?|直推|邀请|引荐|裂变)"
_RECRUITED = r"(?:人(?!气|心|间|类|民)|代理|会员|店主|下级|合伙人|加盟商|团长|推广员|经销商|微商|新店主|成员|队员|伙伴|创客)"

CHINESE: tuple[Pattern, ...] = (
    _row(
        code="pyramid.heads",
        expression=r"拉人头|人头(?:费|奖|提成|税|收益|佣金)|按(?:人头|拉来?的?人)|拉新(?:奖|费|提成|佣金|返)|(?:直推|间推|招商|招募|育成|伯乐)奖|推荐奖(?!励)|每(?:直推|推荐|发展|招|拉|介绍|邀请)",
        unless=r"推荐奖项|每推荐一(?:本|款)",
        matches="靠拉人头就有提成",
        spares="按订单结算佣金，与带来多少人无关",
    ),
    _row(
        code="pyramid.per_recruit",
        expression=rf"(?!邀请人|推荐人|介绍人){_RECRUIT}<3>(?:{{number}}|n)?(?:个|名|位)?(?:新)?{_RECRUITED}<10>(?:奖(?!项)|提成|返(?!回)|得(?:到)?\d|赚|送|拿\d|提\d|给(?:你|您)?\d|收益|分红|{{number}}元|{{number}}块|抽成|分润|躺|管道|晋升|升级)",
        unless=r"{order}|{settled}|招人手|一起",
        matches="每发展一名代理奖励200元",
        spares="邀请朋友参团，成团即发货",
    ),
    _row(
        code="pyramid.taking_in_and_taking_from",
        rule_key="commission.depth",
        advice=_TEAM,
        outcome=Outcome.REVIEW,
        expression=r"{recruit}<20>{pie}|{pie}<20>{recruit}",
        unless_near=r"{settled}|下单|实际|免费申请|免费开通|{order}后",
        matches="先做代理，再带人，年底坐收分红",
        spares="做代理免费申请，佣金按签收的订单算，没有团队业绩",
    ),
    _row(
        code="pyramid.entry_fee",
        outcome=Outcome.REVIEW,
        rule_key="join.fee",
        advice=_FEE,
        expression=r"(?:入门|门槛|入会|入伙|入盟|加入|激活|开店|代理|加盟|资格|上车|占位)费|(?:交|缴|付|打款|转账?|投|投资|充值?|支付|花|只需|只要|仅需)<5>(?:\d[\d,.]*万?|[一二三四五六七八九十百千万几两]+)(?:元|块|w|万|保证金|费用)?<10>(?:成为|成|当|做|升级?(?:为|到|成)?|开通|取得|获得|拿到?|享(?:有|受)?|加入|激活)<8>{seller}|(?:老板|店主|代理|合伙人|总裁|董事|会长|站长)(?:身份|资格|席位|名额|权限)<4>(?:\d{2,}|[一二三四五六七八九十]+万)|{number}万?<3>(?:锁定|独占|买断|拿下)<6>(?:县|市|省|区域|区)<2>(?:独家|代理)|(?:保证金|押金)<3>越(?:高|多)|{seller}<6>(?:保证金|门槛费|激活费|押金)|(?:升级?|晋升|晋级|升为)<10>(?:缴|交|打款|补|充值?|拿货|囤|保证金|押金|首批)|(?:缴|交|押)<6>保证金<14>(?:代理|升级|等级|级别|高级|晋升|合伙)",
        unless=r"退店|无理由|会员价|生鲜|平台(?:按|收取)商家|入驻|店铺保证金|酒店",
        matches="交398元成为钻石代理，保证金越高级别越高",
        spares="年费会员88元，享全年包邮",
    ),
    _row(
        code="pyramid.entry_purchase",
        rule_key="join.required_purchase",
        advice=_FEE,
        expression=r"(?:分销|推广|代理|店主|合伙人)(?:权限?|资格|身份|权益|功能)<6>(?:需|须|要|必须|前提)<4>(?:购买|买|消费|充值|缴|付|囤)|(?:购买|买(?!家)|消费|购|拿货|进货|囤货?|首单|下单|首批)<12>(?:成为|升级?(?:为|到|成)?|当|做|开通|取得|获得|获|拿到?|享|才能|即可|才可|解锁|激活)<6>{seller}|(?:拿|囤|进|压|备)<4>(?:\d+|[一二三四五六七八九十百几]+)(?:套|箱|件|盒|单|万|组)<12>(?:代理|升级|级别|总代|合伙人|省代|资格|招人|下级|官方)|(?:压货|囤货)<6>(?:代理|升级|资格|起步|才能|万)|(?:首批|起步)(?:拿货|进货)<8>(?:万|元|起)|{seller}<4>(?:须|需|要|必须)<3>(?:购买|先买|拿货|进货|囤|消费|购)",
        unless=r"(?:不需|无需|不用)|积分|成长值|普通会员|黄金会员|会员(?:等级|生日|折扣)|邮",
        matches="购买399元大礼包即可成为店主，获得推广资格",
        spares="消费满500元升级为银卡会员，享九五折",
    ),
    _row(
        code="pyramid.team_pay",
        rule_key="commission.depth",
        advice=_TEAM,
        expression=r"团队(?:计酬|奖(?!杯|状)|业绩(?!报告|目标)|提成|佣金|收益|流水|分红|收入|返点|返利|管理奖|津贴|裂变|长奖)|(?:管理|级差|极差|平级|培育|领导|培训|培养|辅导|孵化|见点|对碰|层碰|碰撞|量|小区|大区|感恩|辅导|服务中心|报单)(?:奖(?!品|状|杯)|津贴|奖励)|(?:全国|全球|区域|市级|省级|平台|股东)(?:代理)?(?:加权)?分红|双轨|矩阵(?:制|模式|排位)|公排|滑落|见点|五级三(?:阶|晋)|太阳线|伞下|(?:提|抽|拿|享受?|分)<6>(?:整个|全部|所有)?(?:团队|下级|下线|整条线|伞下)<8>(?:\d+%|提成|佣金|业绩|收益|利润|销售额|分红|点|流水)",
        unless=r"团建|我们团队(?:业绩|收入)为|客服团队",
        matches="团队业绩满10万，享受管理奖和平级奖",
        spares="我们的客服团队周末也在线",
    ),
    _row(
        code="pyramid.downline",
        rule_key="commission.depth",
        advice=_TEAM,
        expression=r"(?:介绍|推荐|邀请|拉来?|发展|带来?)的人<4>(?:介绍|推荐|邀请|拉|再|又|发展)|(?:推荐|介绍)人的(?:推荐|介绍)人|(?:你|您|我)(?:的)?下面<3>(?:有|的)<4>人|层层<2>(?:分红|返|奖励|提成|佣金)|代代相传|多招多得|团队(?:成员|队员)<8>(?:订单|业绩|销售)<8>(?:奖|佣金|提成)|推荐名额|(?:拉|带|推荐|邀请|招)的?人<2>越多|(?:其|他们?|她|对方|下级|店主|代理)<4>(?:佣金|收益|利润|业绩)的?\s*\d+%|业绩<4>(?:也|都|全|统统)?(?:算|归)(?:你|您|我)|奖给?<1>(?:推荐|介绍|引荐|上级)人?|不限(?:层级|级数|代数|层数)|下级(?:店主|代理|会员|团长|成员|合伙人)|享<3>团队|(?:发展|招|拉|裂变|培养|带|找|建立|拥有|有|多少|{number})<4>(?:下线|下级(?!法院|单位|菜单)|下家|子代理|下下级)|(?:下线|下级代理|下家|下级)(?:的|每|消费|业绩|拿货|购买|下单|卖|出单|提成|收益|越多|人数|赚|再|也|都)|上线(?:拿|抽|提|吃|分)|(?:上级|上家)<6>(?:抽成|提成|拿|分润|返|差价)|(?:推荐|直推|间推|裂变)<4>(?:关系|人|代理)?<4>(?:永久|终身|世代)<6>(?:提成|佣金|收益|锁定)|(?:\d|[一二三四五六七八九])\s*(?:变|带|生|传|推)\s*\d+[,、;]\s*\d+\s*(?:变|带|生|传|推)\s*\d+|(?:朋友的朋友|(?:他|她|ta)(?:们)?(?:的)?(?:朋友|再|又|也)?<3>(?:推荐|买|消费|下单|带|发展|拉))<6>你(?:也|还|照样|都|依然|一样|同样)<3>(?:有|赚|拿|得|提)|(?:带|招|拉)(?:的)?人<8>业绩|(?:人传人|一传十<4>十传百|{number}个带{number}个|一带[二三十]|倍增(?:学|模式|裂变)?|几何(?:级)?(?:倍)?增)",
        unless=r"产品下线|活动下线|下线时间|几何(?:图|形)",
        matches="发展5个下线，下线再发展下线，躺着拿钱",
        spares="旧款活动已下线，线下门店照常营业",
    ),
    _row(
        code="pyramid.levels",
        rule_key="commission.depth",
        advice=_LEVELS,
        expression=r"(?:三|四|五|六|七|八|九|十|多|无限|[3-9]|1\d|\d{2})\s*(?:级|层|代)(?!人|店|头|年|表|楼|抽|蛋糕|牛|面|加|压|真|以内亲|阶梯|文具|教师|职称|火锅|台|置物|架|收纳|床|防|过滤|保温|油|纱|口罩|能效|抗|跳|风|地震|纸|钢|锅|学|水|海|产|品质|等|设计|棉|丝|包浆|世|大)<5>(?:分销|返佣|返利|返现|代理|提成|佣金|收益|奖励|分润|裂变|分红|关系|下线|拿|赚|提|结算|团队|收入|推广|奖|有钱|都有|抽(?=成|佣|点|水|\d+%))|(?:分销|返佣|返利|提成|佣金|奖励|分润|裂变|分红)<6>(?:三|四|五|六|七|八|九|十|多|无限|[3-9]|1\d)\s*(?:级|层|代)|无限(?:代|级|层|裂变)|(?:三|多)级(?:分销|返|代理|佣金)|第?(?:三|3)(?:级|层|代)<4>(?:还|也|再|拿|提|返)<3>(?:\d|有|拿|提)|(?:一|1)级<4>\d<6>(?:二|2)级<4>\d<6>(?:三|3)级",
        matches="三级分销，第三级还能拿5%",
        spares="三层加厚纸巾，三级净水更放心",
    ),
    _row(
        code="pyramid.two_levels",
        rule_key="commission.depth",
        advice=_LEVELS,
        outcome=Outcome.REVIEW,
        expression=r"(?:二|两|2)\s*级(?:分销|返佣|返利|佣金|提成|分润)|(?:间接|间推|朋友的朋友|好友的好友|下级的?订单)<6>(?:佣金|提成|返利|收益|奖励)",
        matches="二级佣金照样拿",
        spares="二级净水，一级能效",
    ),
    _row(
        code="pyramid.income",
        rule_key="copy.income_promise",
        advice=_INCOME,
        expression=r"躺(?:赚|着(?:就|也|都)?(?:能|可以|可)?(?:赚|收|数|拿|挣|有(?:收入|钱))|平(?:也)?(?:能)?(?:赚|收))|睡后(?:收入|收益)|(?:被动|管道|持续性?|永续|终身)(?:收入|收益|分红)|(?:静态|动态)<6>(?:\d+(?:[.]\d+)?%|推荐奖)|(?:静态|动态)(?:收益|分红|奖|收入|回报)|(?:稳赚|只赚不|包赚|保赚)(?=$|[!,~。])|(?:稳赚|只赚不|包赚|包赔|保赚|稳定日|零风险|无风险|0风险|保本|保底)<4>(?:不赔|不亏|高?收益|回报|赚|入(?!口)|利|付息|收入|返)|稳赚(?!不到)|只赚不赔|一本万利|入股<4>分红|(?:每天|每日|每月)<2>(?:固定|稳定)<2>(?:收益|分红|返|回报|收入)|(?:教你|学会|靠)<3>裂变|人脉<4>(?:钱脉|变现)|一次<2>终身<2>(?:受益|收益)|坐收(?:分成|渔利|佣金|其成)|坐享其成|睁眼就是钱|净赚|(?:立即|马上|即可|就能?|轻松|当月|当天|快速)回本|(?:只要|只需|只管)(?:带|拉|招|邀)人|(?:转介绍|推荐|介绍)<5>(?:套|单|人|位|个)<4>(?:免费|免单|回本|白拿)|放着(?:就|也)?(?:有|能)?<2>(?:钱|赚|收)|什么都不(?:用|需要)?(?:干|做|管)|回本快?<4>(?:稳赚|招人|躺)|招人<6>回本|坐(?:等|着|在家)<4>(?:收钱|分红|数钱|赚钱|拿钱|收租)|(?:日|月|周|年)(?:入(?!住|园|口|库|冬|夏|秋|春)|赚|收入|收益|挣)(?!不到|不了|多少)<5>(?:过|上|破|超|达|可达|轻松|稳定)?(?:\d|[一二三四五六七八九十百千万几数]{1,3}(?:万|千|百|元|块|k|w|不是梦|以上|\+)|万|千|k|w|百)|躺赢|日进(?:斗金|百|千|\d)|月薪<2>过万|赚到手软|数钱数到|赚翻|闭眼赚|(?:\d+|[三一两半几])个?(?:天|周|月)<4>回本|(?:副业|兼职)<6>(?:月入|日入|过万|日赚|月赚)|轻松赚(?:钱|\d|取)|(?:财务|财富)自由|(?:一夜|快速)?暴富|空手套|发家致富|(?:轻松|天天|在家)<4>(?:月入|日入|赚(?!口碑)|收入过|挣)<4>(?:\d|万|千|钱)|不(?:用|需要|必)(?:卖货|干活|努力|上班|工作|出力|囤货|投资)<10>(?:赚|收入|收益|有钱|拿钱|分红|月入|日入)|(?:改变命运|实现财富|逆袭)<8>(?:项目|平台|赚|代理|加入|机会)|(?:高额|超高|丰厚)(?:回报|收益|返利|分红)|(?:回报率|收益率|年化)<4>\d+",
        unless=r"月入园|稳赚口碑|平均.{0,6}实际|如实",
        unless_near=r"支出|结余|义卖|账目",
        matches="加入就能躺赚，月入过万不是梦",
        spares="佣金以实际结算订单为准，我们不承诺收入",
    ),
    _row(
        code="pyramid.scheme",
        rule_key="copy.income_promise",
        advice=_SCHEME,
        expression=r"(?:抢(?:占|先)?|占|卡)(?:个)?(?:点位|排位|席位占位|位置)<10>(?:赚|分红|下线|收益|滑落|越早)|(?:排位|占位|点位)(?:费|分红|奖|赚|越早)|越早(?:加入|进场|上车|入局|占位)<6>(?:赚|收益|位置|受益|越)|消费(?:返本|增值|全返|养老|即投资|等于投资|=投资)|(?:(?:买|消费|花|充)多少<2>(?:返|还|送)多少|全额返还(?!运费|定金|押金|订金)|消费全返|本金返还|返本销售)|(?:拆分盘|资金盘|互助盘|虚拟币|数字货币|原始股|内部股|期权币|挖矿)<8>|(?:投资|投|充|存)<4>(?:\d[\d,.]*万?|[一二三四五六七八九十百千万]+)(?:元|块|万)<8>(?:返|回报|收益|变成|翻|月返|日返|分红|拿回)|(?:利润|收益|收入|营业额|流水)<6>\d+%<6>分给?<2>(?:会员|用户|代理|股东|大家|你)|共享股东|消费股东|(?:国家|央企|政府)<4>(?:秘密|暗中|背后)?<2>(?:扶持|支持)<4>(?:的)?(?:新零售|分享经济|直销)?项目",
        unless=r"挖矿机?玩具",
        matches="抢占点位，越早加入赚得越多",
        spares="退货后全额返还定金",
    ),
)

ENGLISH: tuple[Pattern, ...] = (
    _english(
        code="pyramid.en_heads",
        expression=r"\b(?:every|each) time you<w2>(?:bring in|recruit|sign up|enrol|add)\b|\b(?:for |with |after )?(?:one|two|three|five|ten|\d+) referrals?\b<w6>(?:free|back|earn|rank|level|pays?|profit|and)|\b(?:get|earn)<w3>(?:back|money back)<w3>by<w1>(?:bringing|recruiting|referring)|\b(?:recruit|recruits|recruiting|recruited|recruitment|sign(?:ing|s)? up|enrol(?:l|ls|ling)?|sponsor|bring(?:ing)? in|introduce|add)\b<w5>(?:people|person|friends?|members?|agents?|others|new|two|three|five|ten|\d+|sellers?|partners?|distributors?|resellers?|someone|everyone|under you|below you)\b<w12>(?:earn|earns|get|gets|paid|pay|bonus|commission|reward|¥|\$|yuan|income|cash|receive|collect|level|rank|promot)|\b(?:earn|paid|pay|pays|bonus|commission|reward|receive|get|yuan|¥\d+|\$\d+|rmb|cash|dollars)\b<w6>(?:for|per|on|each time|every time)<w3>(?:recruits?|head|sign-?ups?|new (?:member|agent|recruit|seller|partner|reseller|distributor)s?|(?:person|people|agent|member|partner|friend)s?<w3>(?:recruit|bring in|sign|enrol|join|below|under|you bring|who joins))|\bper[- ]head\b|\bheadcount bonus|\b(?:\d+|one|two|three|five|ten) recruits\b|\brecruitment (?:bonus|fee|reward|commission)|\breferral bonus<w6>(?:join|sign|register|recruit)",
        unless=r"{e_order}<w6>(?:settled|kept)",
        matches="Earn 200 yuan for every new agent you recruit",
        spares="Earn commission when an order is kept, however many people you know",
    ),
    _english(
        code="pyramid.en_entry_fee",
        outcome=Outcome.REVIEW,
        rule_key="join.fee",
        advice=_FEE,
        expression=r"\b(?:become|be|join as|upgrade to)<w4>(?:partner|agent|distributor|reseller|dealer|director|ambassador)s?\b<w4>(?:for |¥|\$)?\d[\d,]{2,}|\b(?:pay|deposit|invest)\b<w3>(?:¥|\$)?\d[\d,]*<w3>to (?:join|start|activate|enter)\b<w8>(?:earn|back|bring|recruit|commission|income)|\b(?:upfront|up front)\b<w4>(?:dividends?|lifetime|partner|agent)|\b(?:just|only|for)<w1>(?:¥|\$)?\d[\d,]*<w4>(?:money back|back)<w3>(?:after|with)<w2>referrals?|\b(?:deposit|pay|invest|transfer|top up|buy)\b<w6>(?:promot\w+|upgrad\w+|rank\w*)\b<w5>(?:director|manager|agent|partner|level|rank|diamond|gold|leader|distributor)|\b(?:joining|join|entry|entrance|enrol?lment|sign-?up|activation|membership|registration|start-?up|franchise|agent|licen[cs]e|starter)[- ](?:fee|deposit|payment|cost|charge|kit|pack|package)s?\b<w12>(?:agent|seller|partner|distributor|reseller|earn|commission|start|team|upgrade|rank|level|become|join|required|recoup|back)|\b(?:agents?|sellers?|partners?|distributors?|resellers?|ambassadors?)\b<w6>(?:pay|pays|paying|deposit|buy|invest)\b<w5>(?:fee|deposit|¥|\$|\d+|yuan|kit|package|stock)|\b(?:pay|deposit|invest|top up|transfer|put down|buy in(?:to)?|buy-in)\b<w8>(?:to (?:become|join|be|start|unlock|upgrade|qualify|activate|get)|and (?:become|join|you are|you're|start|unlock))\b<w6>(?:agent|seller|partner|distributor|reseller|ambassador|team|vip|gold|diamond|silver|level|rank|tier|commission|earning|selling|leader)|\b(?:pay|buy)\b<w6>(?:joining|entry|entrance) fee|\b(?:an?|the|small|one-?time|of) (?:joining|sign-?up|agent) (?:fee|deposit)|\b(?:an?|small|one-?time) entry (?:fee|deposit)",
        unless=r"free shipping|free delivery|museum|park|ticket|\brun\b|race|marathon|contest|tournament|event",
        matches="Pay a joining fee of 399 yuan to become a gold agent",
        spares="Membership costs 88 yuan a year and brings free delivery",
    ),
    _english(
        code="pyramid.en_entry_purchase",
        rule_key="join.required_purchase",
        advice=_FEE,
        expression=r"\b(?:agent|seller|partner|distributor|reseller|ambassador|dealer)\b<w1>(?:status|rank|rights?|licen[cs]e|level|place)\b<w6>(?:purchase|buy|buying|order|spend)|\b(?:buy|purchase|order|stock up(?: on)?|first order|take)\b<w10>(?:to (?:become|join|be|start|unlock|upgrade|qualify|activate)|and (?:become|join|you become|you are|you're|unlock|qualify)|before you (?:can|may))\b<w6>(?:agent|seller|partner|distributor|reseller|ambassador|team|diamond|rank|commissions?|earning|selling|dealer|recruit|shop owner)",
        matches="Buy the 399 yuan starter box to become a seller",
        spares="Buy two and become part of our spring recipe club mailing list",
    ),
    _english(
        code="pyramid.en_team",
        rule_key="commission.depth",
        advice=_TEAM,
        expression=r"\bdown-?lines?\b|\bup-?lines?\b|\b(?:team|group|network|leadership|matching|binary|override|generation|pairing|management)[- ](?:commissions?|bonus(?:es)?|override|income|volume|pay|earnings|cut|royalt\w+)\b|\b(?:earn|get|cut|percent|%|share|take|commission|paid|slice)\b<w6>(?:(?:everything|all|whatever|what|anything|sales?|whole|entire)\b<w5>)?(?:your (?:whole |entire )?(?:team|network|recruits|people|line|organi[sz]ation)|people (?:below|under|beneath) you|they recruit|their recruits|your friends'? (?:friends|sales)|everyone (?:below|under|beneath))\b|\bbring\b<w3>(?:they|each)<w3>(?:brings?|recruits?|signs?)|\b(?:every|each|all) levels? (?:of|in) your\b|\bno limit (?:on|to) (?:the )?(?:depth|levels)|\boverrides?\b<w3>(?:on|from)|\bthey sign up\b|\b(?:join|joined|joins|signed|recruits?|people|members) under you\b|\b(?:income|earnings|pay) (?:doubles|multiplies|triples)|\binvite sellers|\b(?:people|those|everyone|everybody|agents|members) (?:below|under|beneath) you\b|\bfriends'? (?:of your )?friends'?\b<w6>(?:buy|order|sales|earn|commission|too|as well|pay)|\b(?:earn|paid|commission|income|cut|percent)\b<w4>(?:on|from|when)<w3>(?:their|your) friends\b<w8>their friends|\byour (?:recruits?|team|network|people)\b<w4>(?:work|sell|works|sells)\b<w6>(?:you|and you)<w3>(?:collect|earn|get|cash|profit|relax)|\bbuild (?:your|a) (?:own )?(?:team|network|organi[sz]ation)\b<w10>(?:earn|income|commission|paid|profit|rich|bonus)",
        matches="Get a team bonus on everything your downline sells",
        spares="Our service team answers at the weekend",
    ),
    _english(
        code="pyramid.en_levels",
        rule_key="commission.depth",
        advice=_LEVELS,
        expression=r"\b(?:three|3|four|4|five|5|six|6|seven|7|eight|8|nine|9|ten|10|multiple|multi|many|unlimited|infinite|endless)[- ](?:levels?|tiers?|generations?|layers?)\b(?! (?:of (?:filter|protection|padding|paper|security|spice|care|cake)|cake|shelf|rack|filter|box|stand|bag|paper|mask))<w8>(?:commission|earn|deep|income|referral|bonus|team|pay|pays|paid|marketing|down|network|distribution|reward|profit|below|recruit)|\b(?:commissions?|earn|income|bonus(?:es)?|paid|pays?|rewards?|profit)\b<w8>(?:three|3|four|4|five|5|six|6|seven|7|eight|8|nine|9|ten|10|multiple|unlimited|infinite|all)[- ](?:levels?|tiers?|generations?|layers?)\b|\bmulti-?level\b|\bmlm\b|\b(?:levels|tiers|generations) deep\b|\bpyramid\b<w3>(?:plan|income|earn)|\b(?:third|fourth|fifth|3rd|4th|5th)[- ](?:level|tier|generation)\b<w6>(?:commission|earn|pays?|too|bonus|\d)",
        unless=r"one level",
        matches="Earn commission on three levels of referrals",
        spares="A three-tier cake stand, and one level of commission",
    ),
    _english(
        code="pyramid.en_income",
        outcome=Outcome.REVIEW,
        rule_key="copy.income_promise",
        advice=_INCOME,
        expression=r"\bturn (?:¥|\$)?\d[\d,.]*k? (?:yuan )?into (?:¥|\$)?\d|\b(?:salary|income|pay|money|bonus|earnings)\b<w5>for life\b|\bsit back\b<w8>(?:earn|collect|selling|sell|money|income|work)|\bretire (?:early|rich|young)|\bpassive(?:ly)? (?:income|earn\w*|money|cash)\b|\b(?:earn|earning|earns|money|income|cash|paid|profit|profits)\b<w4>(?:while|when|as) you(?:'re| are)? (?:sleep|asleep|rest|do nothing|lie|travel|relax)|\b(?:guaranteed|risk-?free|effortless|unlimited|limitless|easy|fixed|lifetime|residual|recurring|steady)\b<w2>(?:dividends?|income|profits?|returns?|earnings?|money|cash|salary)\b|\bget rich\b|\bfinancial(?:ly)? free(?:dom)?\b|\bquit (?:your|the) (?:day )?job\b|\b(?:six|five|seven|6|5)[- ]figures?\b<w3>(?:income|month|year|earn\w*|salary)?|\b(?:earn|make|making|earning|pocket|take home)\b<w5>(?:¥|\$|rmb ?)?\d[\d,.]*k?<w3>(?:a|per|every|each|/)\W*(?:day|week|month|year|hour)\b|\bmake\b<w2>(?:thousands|millions|a fortune|big money|easy money)\b|\bdo(?:ing)? nothing and (?:earn|get paid)|\bmoney (?:rolls|flows|pours|comes) in\b|\bdouble your (?:money|investment|income)\b|\bfire your boss\b|\bno (?:selling|work|effort) (?:needed|required|involved|at all)?\b<w10>(?:earn|income|money|paid|cash|profit|rich)",
        unless=r"easy money back|not typical|under|less than|fewer|no more",
        unless_near=r"don'?t quit|before costs|after costs",
        matches="Earn passive income while you sleep",
        spares="What agents earn depends on what they sell; most earn little",
    ),
    _english(
        code="pyramid.en_scheme",
        rule_key="copy.income_promise",
        advice=_SCHEME,
        expression=r"\b(?:invest|deposit|put in|top up)\b<w5>(?:¥|\$|rmb ?)?\d[\d,.]*k?<w10>(?:return|get back|receive|back|daily|monthly|double|profit|dividend|earn)|\bearly (?:joiners?|birds? who join|members|positions?)\b<w6>(?:earn|profit|higher|more|top|spillover)|\bspill-?over\b|\b(?:full|100%) (?:rebate|cash ?back) on everything you (?:spend|buy)|\bthe (?:earlier|sooner) you (?:join|start|sign)\b<w6>(?:more|higher|better|bigger)\b<w4>(?:earn|position|place|income|profit|cut|get|make)?|\b(?:secure|lock in|grab) your (?:position|spot|place)\b<w6>(?:above|tree|matrix|line|team|pyramid|others|before)",
        matches="The earlier you join, the more you earn: secure your position in the matrix",
        spares="Deposit 20 yuan now, pay the rest on Friday; the deposit is taken off the price",
    ),
)

_told = partial(_row, outcome=Outcome.REVIEW)

_BELOW = r"(?:(?:你|您|我|她|他|手|谁)?(?:们)?(?:的)?(?:下面|底下|手底下|名下))"

TOLD: tuple[Pattern, ...] = (
    _told(
        code="pyramid.people_below",
        rule_key="commission.depth",
        advice=_TEAM,
        expression=rf"{_BELOW}<3>(?:谁|的?(?:人|姐妹|店主)|再|每|几个人头|又|交了?钱)<12>(?:出(?:一)?单|坐|出(?:\d|三)个|有(?:钱|你|我)|挣|替你|交钱|交了|开<3>(?:店|代)|业绩|还有)|(?:人|姐妹|她们|她)(?:又|再)?各带各的|(?:她|他|下)们?(?:下面|底下)还有(?:姐妹|人)|(?:找|带|拉|推荐)(?:俩|两个?|三个?|\d个?)[,、]<4>(?:俩|两个?|三个?)?(?:再|又)(?:找|带|拉)|[a-z](?:进来|找的[a-z])给你|第[三四五六]层<8>(?:辞职|钱|有|还)|逐级<4>计|闺蜜的闺蜜|(?:整条线|整盘|全盘|总盘子|她那|她们那)<6>(?:提|吃|分|有你|里有|点)|人<3>(?:都|全)算(?:你|我)的|(?:后头|后面)来?的人<6>(?:算你|抬轿|给前头)|层层都?有|整组(?:流水|业绩)|组长的组长|(?:银卡|金卡)推的|挂我?(?:底下|名下)|往[你您]名下排|(?:左边|右边)放一个|两边<3>碰<4>(?:出|有|就)<2>(?:钱|奖)|(?:拉|带)\d+个<6>[=升]|[升成](?:了)?(?:v\d|银|金|经理|主管|董事)<14>(?:团队|整条|全盘|\d?个?点|提)|引荐的?<4>(?:服务商|伙伴)|挂[你您]?(?:下面|这条线)|滚到你|底下<3>(?:百|十|几)?来?号人|动态<3>看|找俩[,、]?俩(?:再)?找|(?:第[四五六]|几)排<4>(?:多少)?人|间推|三推|下面<2>几代|名下<3>(?:人头|挂够|越旺)|(?:卖出去|招|带)<4>再卖|(?:招|带来?)一个(?:店长|师弟|徒弟|店主)<16>(?:是你|退你|归你)|拉满<3>(?:合伙人|店主)|(?:她|他)们(?:每人)?又?带(?:了?<2>[四五六几]|的(?:人|也))|a带b|(?:他|她)们再各带|垫在[你您]下面|辖下所有|副团再|(?:他|她)再推一位|卖课的人<6>(?:再|去)?找|往下放的|介绍(?:两|三)位<6>(?:赚|回本)",
        unless_near=r"{settled}|楼下|店铺下面|床|柜|抽屉",
        matches="我带了六个姐妹，她们又各带各的，下面谁出一单我都有钱",
        spares="柜子下面还有两层抽屉，拉开就能看到",
    ),
    _told(
        code="pyramid.way_in",
        rule_key="join.required_purchase",
        advice=_FEE,
        expression=r"(?:交|垫|打|拿|投|买)<4>(?:\d[\d,.]*万?|[一二两三四五六七八九十百千万几]+)(?:块|元|万)?<10>(?:算自己人|(?:成|是)自己人|上岗|(?:占|锁)(?:一)?(?:个)?(?:左边|位|窝|县|席)|开通后台|户头|进货资格|就上岗|换一个位置)|(?:诚意金|启动金|入门金|创业礼包|取得地盘|激活身份|不激活没有|买了课才|入场券|上岗押金|上车费|资格费)|拿(?:够|满)<8>(?:货|套|箱|万)<12>(?:才算|算自己|锁|级|沾)|先?(?:拿货|吃下|压)<6>(?:箱|套|货|万|上车)<10>(?:才(?:开通|算)|车上|开通)|卖(?:的是)?[“\"「]?资格|一份资格|不拿<4>(?:钱|沾)|不囤<6>拿不到|(?:自购|先)<2>满\d{3,}<4>才激活|货<6>(?:压着|堆在|不卖也行|给外人看)|先压着",
        unless=r"退货|{settled}|客服",
        matches="头一回拿够三套面膜才算自己人",
        spares="拿够三套面膜再付款，省一次运费",
    ),
    _told(
        code="pyramid.heads_told",
        expression=r"(?:填|进|领|邀|拉|带|推荐|引荐)(?:进(?:门|来)的?)?(?:一|1|每)?(?:个|位)(?:同级)?(?:人|伙伴|店主|闺蜜)?<6>(?:给(?:你)?|返(?:你)?|奖|结|得|押金翻倍|当日返)<2>(?:\d+|[一二三四五六七八九十百]+)|挣的?是人头|来一个人你就有|拉进来一个<4>账上|一个人头\d+|(?:关键|要紧的?)是(?:人|位置)|人越多我?越轻松|看人数不看货|(?:每|一)个人<8>(?:里有你|有你)|(?:l|la|拉)人?头<4>(?:结|给|有)|l@?人|(?:名下|按)<3>(?:几个)?人头(?:算|分)|人实名就行",
        unless=r"{order}|{settled}|优惠券",
        matches="你就往里填人，填一个给八十",
        spares="进一位客人扫一次码，排队请耐心",
    ),
    _told(
        code="pyramid.asleep",
        rule_key="copy.income_promise",
        advice=_INCOME,
        is_literal=True,
        expression=r"(?:睡醒|睁眼|每天醒来|坐在家里|早上醒来|啥也没卖|没卖<6>光|啥子都不干|啥也不用?(?:干|做)|什么也不用?干|我现在躺着|不用(?:你)?(?:上班|卖货|囤货|说话))<s16>(?:有钱|钱(?:响|进|是)|账户<3>涨|手机<3>响|分红|叮一声|替你(?:赚|跑|挣)|给他跑|够还|在动|乐)|(?:系统|她们|别人|下面的?人)替你(?:赚|跑|挣)|(?:钱)?(?:是)?(?:下面|底下)的?<4>替我挣|(?:一天|每天)(?:\d{3,}|[一二三四五六七八九]百)(?:块|元)<10>(?:在家|上岗|宝妈|手机)|(?:在家|动动手机)<8>一天(?:\d{3,}|[一二三四五六七八九]百)|没有穷人|分车分房|配车|卡里准时响",
        unless=r"电费|水费",
        matches="加入后让系统替你赚，每天醒来账户都在涨",
        spares="每天醒来先看一眼账户余额和订单",
    ),
    _told(
        code="pyramid.en_people_below",
        language="en",
        rule_key="commission.depth",
        advice=_TEAM,
        expression=r"\b(?:their|my|your) girls?\b<w6>(?:sell|have girls|you (?:still )?eat)|\b(?:sister'?s|mate'?s|your) branch\b<w12>slice|\bfinds? (?:two|three)\b<w3>finds? (?:two|three)|\bin your tree\b|\bline's line\b|\b(?:people|seats|members) sit under you\b|\bintroductions introduce\b|\bteam's turnover\b|\bthe tree orders\b|\bpeople end up under\b|\bones beneath them\b|\bright to sell the\b|\bsell it on\b<w4>slice|\blevel one\b<w8>level two|\bdepth bonus|\b(?:seats?|places?|chairs?|layers?) (?:below|under) (?:me|you|u|yours)\b|\ball legs of\b|\bunlimited depth\b|\bchain does the rest\b|\bwhen (?:their|your) (?:girls|people) sell\b|\b(?:they|she) built theirs\b|\bfloats up to\b",
        matches="When your girls sell, you eat. When their girls sell, you eat",
        spares="Two seats beside you are free, bring the girls",
    ),
    _told(
        code="pyramid.en_heads_told",
        language="en",
        expression=r"\b(?:bucks|yuan|dollars|[$¥]\d+|points)(?: \w+)? ?(?:a|per|/) ?head\b|[$¥]\d+ ?/ ?head\b|\bhead ?count decides\b|\bwhat counts is heads\b|\bfill your list with names\b|\byou bring one,|\beach (?:girl|person|one) you bring\b|\brecruiters receive\b|\bevery head you bring\b|\border of your own first\b|\bhold a seat\b<w4>bring|\bsign others up\b|\binner circle\b<w12>(?:cases|recruits|stock)|\bnew recruits\b|\bsigns on i\b|\bten people\b<w8>ten times\b|\b(?:bring|fill)<w3>(?:beside|below) you\b<w8>yours|\b(?:starter|founding|joining) (?:kit|box|pack)\b[^\n]{0,50}?\b(?:seat|ticket in|earn|founding|partner|table)|\bpaid for my pack\b|\bto get your seat\b|\bwithout the kit you can'?t earn\b|\bbought two cases\b",
        unless_near=r"lunch|dinner is|catering|buffet|ticket price",
        matches="50 bucks a head, bring them in",
        spares="The buffet costs 50 yuan a head, children half",
    ),
    _told(
        code="pyramid.en_frame",
        language="en",
        rule_key="commission.depth",
        advice=_TEAM,
        is_literal=True,
        expression=r"\b(?:don'?t|no need to|never|nobody has to|don'?t know how to|doesn'?t) (?:have to )?sell\b[^\n]{0,80}?\b(?:bring|heads?|doors?|seats?|bodies|sign)\b|\b(?:first|second|third|1st|2nd|3rd) (?:layer|ring|leg)\b|\b(?:left|right|three|both) legs?\b<w8>(?:people|ppl|balance|bonus|payout)|\blegs, keep them balanced|\b(?:children|circle'?s circle), ?(?:grandchildren|and)|\b(?:seat|seats|captain|badge|box|pack|crate|trunk)\b[^\n]{0,80}?\b(?:is yours|of hers is|of that is yours|u keep|you keep|your \d+ drops|worth \$?\d+ to you|your seat at)\b|\b(?:income|money|payout|dripping|sleep)\b[^\n]{0,60}?\b(?:in hospital|lying down|all night|even u sleep|even while|wake|team was moving|monthly)\b|\b(?:whole|everyone'?s?|your) (?:group|crew|postcode|underneath)\b<w6>(?:\d+ ?%|generation)|\b\d+ ?% of (?:her|his|your|their) (?:whole )?(?:group|crew|team)|\b(?:one|per) (?:head|a mum)\b<w3>(?:\d+|sold)|\bbring(?: me)? (?:head|ten live)|\b(?:buy|take|grab|pay)\b<w8>(?:first|yourself first)\b[^\n]{0,60}?\b(?:code|seat|recruit|captain|reseller)\b|\brefer a captain\b|\b\d become \d",
        unless=r"{e_settled}|chair|trousers|table leg|sofa|nobody sells|daily milk",
        unless_near=r"sofa|chair|stool|tablecloth|trousers|cake|netball",
        matches="No need to sell anything, just bring heads, one head 50",
        spares="The sofa has three legs on the left and a seat for two",
    ),
    _told(
        code="pyramid.en_asleep",
        language="en",
        rule_key="copy.income_promise",
        advice=_INCOME,
        is_literal=True,
        expression=r"\bpassive (?:payout|income|money)\b|\b(?:haven'?t|have not) (?:packed|sold)\b<w4>(?:since|in)\b|\b(?:no selling|don'?t sell|never sell)\b<w8>(?:dog|earn|slice|pays?|money)|\bwake up to<w3>(?:slice|money|payout)|\bwhether or not a<w2>(?:box|thing|item) is sold|\bjust collects\b|\bwhy work\?|\bdaily slice\b|\bstop fretting about selling",
        matches="Park 12,000 with us and wake up to your daily slice, for life",
        spares="We haven't packed your order yet, it goes out tomorrow",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH, *TOLD)
