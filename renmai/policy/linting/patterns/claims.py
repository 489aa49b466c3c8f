"""绝对化用语: the best, the first, the only, of national rank. Dates, sizes, one's own shop and plain praise are not meant."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.linting.patterns.types import Pattern
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_RANK = _("Say what is special about the goods instead of ranking them above all others.")
_LOWEST = _("Name the price and the period you compare it with.")
_SURE = _("Promise only what can be shown to be true of every piece.")

_row = partial(Pattern, family=Family.ABSOLUTE_CLAIM, rule_key="copy.absolute_claim", outcome=Outcome.REFUSE, advice=_RANK)
_english = partial(_row, language="en")

_OWN = r"(?:本店|我家|我们家|店里|店内|自家|家里|个人|我觉得|我认为|心目中|心中|我心|力求|争取|追求|努力|希望|尽量|尽力|哪个|哪款|哪种|什么|怎么|谁|什么时候|对我|对你|对您|自己|孩子|宝宝|妈妈)"
_BEST = (
    r"(?:佳(?!赏味|食用|饮用|品尝|品鉴|保存|使用|观赏|拍摄|种植|采摘|时间|时期|时机|时段|温度|状态|口感期|搭配|拍档|员工|球员|风味|尝鲜|入口|储存|观看|位置|体验期|(?:冲泡|存放|送达))"
    r"|好(?!别|不要|能|先|在|是|提前|用|放|当天|尽快|于|把|冷藏|冷冻|趁|避免|事先|配|一次|朋友|今天|明天|不|选|带|穿|拍|让|还是|早|的(?:朋友|自己|礼物|安排|时光|回忆|祝福|一天|时候|年纪|陪伴|爱|告白|结果|办法|状态|方式|证明|感谢|报答|鼓励|奖励|问候))|好(?:吃|喝|用(?![\d温冷热开凉清流专软湿干微小])|看|玩|闻)(?!的是)"
    r"|优(?!惠券|选)|优惠|强(?!烈)|高级|高端|高品质|高档|先进|便宜|实惠|划算|低价|权威|专业|安全|有效|正宗|顶级|靠谱|给力|健康|畅销|受欢迎|火爆|火的|牛|顶尖|优质|优秀|时尚|美味|纯(?:净|正|天然)?|天然|营养|甜|新鲜|耐用|省钱|大牌|赞的|舒服|舒适|完美|值得(?!一提|庆)|奢华|豪华|厉害|棒|聪明的选择|超值|可靠|地道|好卖|热销|省心|顶|低的?价格?|低价|大的?(?:优惠|折扣|力度|品牌|平台|厂家|供应商|福利))"
)

CHINESE: tuple[Pattern, ...] = (
    _row(
        code="claims.superlative",
        expression=rf"最(?:为|具)?{_BEST}",
        unless_near=rf"{_OWN}<c8>最|最(?:好|优|划算)的?(?:凑单|买法|组合|方案|算法|搭配|路线)|最低价格?(?:保护|补差)|(?:\d+|三十|七)\s*(?:[天日]|个月)(?:内|里|以来)?的?.{{0,8}}最低|最.{{0,14}}(?:个人|各凭|各有)|最值得(?:回忆|珍惜)|最.{{1,3}}的(?:一批|一次|时候|季节|那|部分|时节|月份|几天|一年|地方|部位)|(?:卖|长|睡|吃|配|搭|反响|评价)<2>得?最好|最甜的(?:话|笑|回忆)|最强(?:大脑|音)",
        matches="全城最好吃的牛肉面，品质最佳",
        spares="最近到货，最佳食用期7天，最好冷藏，最多买两份",
    ),
    _row(
        code="claims.lowest_price",
        rule_key="copy.absolute_claim",
        advice=_LOWEST,
        expression=r"(?:全网|全国|全城|全市|全球|全行业|同行|史上|历史|有史以来|整个行业|市面上?|各大平台|全平台|同城|行业)<2>(?:最低|底价|超低价|最便宜|最优惠|最划算|最大(?:优惠|力度))|价格(?:全网|全国)?最低|最低价(?!格?保护|补)(?=[!,。~]|$|格?[!,。]|保证|全网)|最低价<4>(?:保证|承诺)|找不[到出](?:第二|更(?:低|便宜|好|优惠))|没有第二家|别无(?:二家|分店)|没有比(?:这|我们|本店|我家)<4>(?:便宜|更低|低)|买贵<4>(?:十倍|百倍)",
        unless=r"\d+\s*[天日]内?<4>最低|最低<4>[天日]",
        unless_near=r"近?(?:\d+|三十|七|一)\s*(?:[天日]|个月)内?的?(?:真实)?<6>最低|本店<8>最低",
        matches="全网最低，买到就是赚到",
        spares="划线价为近30天最低成交价",
    ),
    _row(
        code="claims.first",
        expression=r"(?:全国|全网|中国|世界|全球|行业|业内|同类|类目|亚洲|国内|全省|全市|全城|东半球|地球|宇宙|销量|销售|口碑|质量|品质|排名|人气|市场占有率|市占率|占有率|好评率|评分|回购率|复购率|天猫|京东|淘宝|抖音|服务|技术|效果|品牌|实力)<6>(?:第一(?!次|天|批|时间|步|件|代|季|届|人民|中学|小学|医院|口|个|名|线|轮|期|位|责任|手|眼)|no[.·\s]?1(?!\d)|top\s?1(?!\d)|排名首位|位居榜首|稳居榜首|冠军(?!代言|选手|队|杯|赛))|第一(?:品牌|名牌|大(?:品牌|品类)|神器|美味|好吃|好喝|大牌|良心)|天下第一|(?:no[.·\s]?|top\s?)1(?:品牌|级|的?(?:品质|面霜|选择|销量|产品))|no[.]1(?![\d号楼栋-])(?! ?(?:road|street|lane|avenue|building|middle|shop))|首屈一指|独占鳌头|(?:行业|业界|全球|世界)(?:领导者|领军|老大|领袖|之巅|巅峰|顶流)|(?:领导|领袖|王者|霸主)品牌|遥遥领先|领先(?:全球|世界|全国|同行|全行业|全网)|(?:世界|全球|国内|国际|行业|全网)(?:遥遥)?领先|销量(?:之)?(?:王|冠)|(?:界|行业|中|品)(?:的)?(?:爱马仕|劳斯莱斯|天花板)|首选品牌|(?<!百兽)(?<!狮子)之王(?!者|牌|府)|没有对手|无对手|没有之一",
        unless=r"评分标准|质量第一[,、]?(?:信誉|服务|用户|顾客)?第一的?(?:原则|宗旨|理念)|服务第一的?(?:原则|宗旨|理念)|安全第一",
        unless_near=r"(?:本|上|这个?)(?:周|月|店|季)<12>销量",
        matches="全网销量第一的面膜",
        spares="第一次来的朋友请先看说明，第一时间发货",
    ),
    _row(
        code="claims.rank",
        expression=r"国家级(?!非|文物|景区|风景|自然|公园|森林|湿地|实验|期刊|运动|职业|教练|裁判|开发|经开|经济|高新|示范|地理|检测|质检|龙头|农业|重点|大师|工程|水产|保护|贫困|奖|项目|技能|美术|传承|名录|评茶|品酒|标准|课题|科研|媒体|比赛|赛事|中心|良种|原种|畜禽)|(?:世界|全球|宇宙|国际|殿堂|航天|军工|神)级(?!赛|遗产|比赛|大赛|机场|酒店|标准件|城市|会议)(?=.{0,8}(?:品质|产品|享受|工艺|面料|食材|美味|体验|护|水准|标准|味道|好物|配方|零食|茶|奢))|最高级|(?:史诗|天花板)级|顶级(?!域名|赛事|大厨讲)|顶尖(?!高校|大学)|极品(?!飞车)|至尊(?!会员|宝|版|vip)|登峰造极|巅峰之作|绝无仅有|独一无二(?!的你)|无与伦比|史无前例|前无古人|空前绝后|举世无双|无人能[及敌]|无可比拟|无可替代|天下无双|无出其右|独步天下|世间仅有|(?:全球|世界|国内|行业|全国)首(?:款|创|个|家|例)(?!店)|鼻祖|独一份|只此一家|绝无第二|宇宙最|无可挑剔|无懈可击|极致(?:享受|体验|奢华|口感|品质|工艺|美味)|无敌(?!破坏)|王炸|超越(?:所有|一切)|公认(?:的)?(?:最|第一|好)|填补<6>空白|(?:全国|全球|国内|行业|全网|中国|世界)(?:独家|唯一|首创|首家|仅有|独有)(?!首发)|唯一(?:的)?<2>(?:品牌|正品|指定|有效|能|一家|官方认证|授权|天然|正宗|一款|产品)",
        unless=r"唯一<2>(?:编号|码|标识|地址|入口)|独一无二的(?:你|您|他|她|孩子|编号|邀请码|手工纹理)|全国独家代理权",
        unless_near=r"每<8>(?:都|均)?(?:是)?独一无二|纹理|釉",
        matches="国家级品质，顶级享受",
        spares="国家级非遗传承人手工制作，每只杯子的釉色独一无二",
    ),
    _row(
        code="claims.certain",
        rule_key="copy.false_statement",
        outcome=Outcome.REVIEW,
        advice=_SURE,
        expression=r"(?:100%|百分之?百|百分百|绝对|保证|永久|彻底|完全)<2>(?:有效|安全(?!带|座|包装)|无害|无(?:任何)?副作用|零?无?残留|好评|满意(?!再付款|为止)|天然无|见效|成功|无风险|不反弹|回购|祛|消除|不坏|不过敏|无添加|升值|零风险|杀菌|纯天然|白|瘦)|(?:万能|神奇)(?:神器|药|膏|水|功效|配方)|无效(?:全额)?(?:退款|退|包退|赔)|(?:一|1)(?:用|抹|喷|擦|贴|吃|喝)<2>(?:就|即)(?:见效|白|瘦|没|好|消失|除)|(?:零|0|无任何|没有任何)(?:副作用|风险)|永不(?:褪色|变形|磨损|过时|破损|反弹)|(?:全网|全民|百万人|人人)<2>(?:疯抢|断货王)|秒杀(?:一切|所有|大牌|专柜)|吊打<4>(?:大牌|专柜|同行|一切|所有|品牌|同类)|完爆|碾压<4>(?:同行|大牌|同类|所有)|史上最(?!差|不|烂)",
        matches="百分百有效，无任何副作用",
        spares="100%棉，彻底清洗后再用",
    ),
)

ENGLISH: tuple[Pattern, ...] = (
    _english(
        code="claims.en_superlative",
        expression=r"\b(?:the )?(?:world'?s|china'?s|nation'?s|country'?s|planet'?s|market'?s|industry'?s|asia'?s|city'?s|town'?s|internet'?s)<w1>(?:best|finest|first|leading|greatest|strongest|purest|most|number|no|top|only|cheapest|tastiest|healthiest|safest|favou?rite|lowest|richest|softest)\b|\b(?:the )?(?:(?:very|absolute(?:ly)?(?: the)?) )?(?:best|finest|greatest|purest|tastiest|safest|strongest|cheapest|softest|healthiest|freshest|sweetest|highest[- ]quality|most \w+)\b<w5>(?:in (?:the )?(?:world|china|country|market|town|city|industry|nation|asia|universe|business|history|entire)|on (?:the )?(?:market|earth|planet|internet|web|wechat)|anywhere|ever (?:made|sold|seen|created|tasted)|ever(?=[!.,]|$)|of all time|money can buy|worldwide|nationwide|you(?:'ll| will) ever|there is|in existence)\b|\b(?:is|are|simply|absolutely|truly|sells?|offers?|our|have|of)\W+(?:simply |absolutely |truly |still |just )?the (?:best|finest|greatest|ultimate|purest|cheapest)\b(?! (?:way|time|part|thing|of both|before|gift|we can|day|moment|place to|present|one for you|for you|before|seller))|\bthe best (?:product|brand|quality|tea|skincare|cream|choice|mask|rice|oil|shop|store|price|deal|value|prices|deals|fruit|coffee|honey|formula)\b|\bbest quality\b|\bbest[- ]in[- ]class|\bthe (?:highest|top) (?:quality|grade|standard)\b|\b(?:peerless|incomparable|matchless)\b|\bsupreme quality|\b(?:absolute|very) best\b|\bbest<w1>(?:ever|guaranteed)\b(?! \d)|\bunbeatable|\bunrivall?ed|\bunmatched|\bunparalleled|\bsecond to none|\bwithout (?:equal|rival)\b|\bnothing (?:else )?(?:comes close|compares|beats)|\bbeats (?:every|all|any) (?:other )?(?:brands?|competitors?|rivals?|products?|shops?)|\bperfect(?:ion)? in every way|\bthe ultimate\b",
        unless=r"(?:do|doing|try|trying|did) (?:our|my) (?:very )?best|best (?:before|wishes|regards|served|enjoyed|eaten|kept|used|seller|sellers|friends?|way to|time to)|most of|at most|in my|our shop|our best|your best|i (?:think|find)|worst|first come",
        matches="The best tea in the world, unbeatable quality",
        spares="Best before May 2027, best served chilled; we do our best to ship today",
    ),
    _english(
        code="claims.en_first",
        expression=r"\b(?:no\.? ?|number[- ]?|#|nr\.? ?)(?:1|one)\b(?! ?(?:road|street|lane|avenue|building|middle|gate|,|in line|reason|question|priority|to \d|size))<w3>(?:brand|choice|in(?! the (?:\w+ )?(?:queue|line|list|row))|seller|selling|product|tea|cream|quality|rated|ranked|shop|store|worldwide|skincare|mask|best|supplier|trusted|rice|honey|supplement|recommended|rating|$|[!.])|\b(?:we are|is|are|ranked|ranks|rated|it's|we're|the)\W+(?:the )?(?:no\.? ?1|number one|#1)\b(?! (?:in|on) the (?:\w+ )?(?:queue|line|list|row|map))|\b(?:only|leading|top)[- ]?(?:ranked|rated|class)?\W+(?:brand|supplier|producer|manufacturer|company|shop)\b<w4>(?:in|of|worldwide|nationwide|that|to)|\b(?:national|state|world|country)[- ](?:level|class|grade|leading|first)\b(?! (?:heritage|intangible|park|reserve|school|exam|athlete|team|player|museum|university))|\btop[- ]?(?:rank(?:ed|ing)|1)\b<w4>(?:in|on|of|brand|worldwide)|\bthe only\b<w4>(?:brand|product|cream|tea|shop|one|company|mask|formula)\b<w4>(?:that|which|in|to|with|you)|\b(?:the|always|as|your|our|a) (?:world[- ])?leading (?:brand|shop|store|supplier|name)\b|^number one\b|\bworld-class leader|\bindustry[- ]lead(?:er|ing)|\bmarket leader|\bking of\b<w2>(?:teas?|fruits?|skincare|creams?|rice|oils?|snacks|honey|coffee|masks?)|\bunprecedented\b|\bonce[- ]in[- ]a[- ]lifetime",
        unless=r"only one (?:per|each)|only one left|one in stock|national park|the only one (?:who|at home)",
        matches="The No.1 brand in China, world-class quality",
        spares="Our shop is at No. 1 Garden Road; one voucher per person",
    ),
    _english(
        code="claims.en_lowest_price",
        advice=_LOWEST,
        expression=r"\b(?:lowest|cheapest|best|rock[- ]bottom|unbeatable)\b<w1>(?:prices?|deals?|offers?)\b<w3>(?:anywhere|ever|guarantee\w*|online|in|on|of|nationwide|around|you|across|period|$|[!])|\b(?:cheaper|lower)\b<w2>than (?:anywhere|everyone|anyone|all|any (?:other|shop|store|competitor))|\bnobody (?:sells|offers|is|can)\b<w3>(?:cheaper|lower|less|beat)|\b(?:all-time|record|historic(?:al)?) low(?:est)?\b|\b(?:lowest|cheapest)\b<w3>(?:in (?:history|the (?:world|country|city|market|whole))|on the (?:market|internet|web)|anywhere)",
        unless_near=r"(?:30|thirty|60|90) days|\blast\b<w2>days",
        matches="Lowest price anywhere, guaranteed",
        spares="The struck-through price is the lowest of the last 30 days",
    ),
    _english(
        code="claims.en_nothing_beats",
        advice=_LOWEST,
        is_literal=True,
        expression=r"\b(?:can'?t|cannot|won'?t|will not|never|could not|couldn'?t|impossible to)\W+(?:find|get|buy|see|beat)\b<w4>(?:cheaper|lower|better (?:anywhere|prices?|deals?|quality|than|value|offers?|[!.]|$)|this price|it anywhere|anywhere)|\bnothing\b<w5>(?:comes close|compares|beats|matches)\b|\b(?:nobody|no one|no (?:other|shop|brand|store))\b<w4>(?:cheaper|lower|better|beats?|match(?:es)?|compares?|comes close)\b|\bthere is (?:no|nothing) better\b",
        unless=r"better (?:later|than cure)|get better soon",
        matches="You will not find a lower price anywhere",
        spares="We cannot get better apples before October",
    ),
    _english(
        code="claims.en_certain",
        rule_key="copy.false_statement",
        outcome=Outcome.REVIEW,
        advice=_SURE,
        expression=r"\b(?:100%|100 percent|totally|completely|absolutely|guaranteed?|always|permanent(?:ly)?)\W+(?:to )?(?:be )?(?:effective|safe|harmless|risk-?free|side[- ]effect[- ]free|successful|works?|results?|natural and safe|satisfaction rate|positive|whiten\w*|fairer)\b|\b(?:no|zero|without(?: any)?) side[- ]effects?\b|\bworks (?:for everyone|every time|instantly|overnight|100%)|\bmiracle\b<w2>(?:cream|cure|product|drink|tea|oil|pill|weight|formula|patch|serum|results?)|\bmagic (?:cream|pill|formula|cure|drink)|\b(?:instant|overnight) (?:results|whitening|cure|effect)|\bnever (?:fades|breaks|wears out|fails)\b|\bresults (?:are )?guaranteed",
        matches="100% effective with no side effects",
        spares="100% cotton, machine washable",
    ),
)

TOLD: tuple[Pattern, ...] = (
    _row(
        code="claims.told",
        outcome=Outcome.REVIEW,
        expression=r"头一(?:份|号)|头把交椅|认第二<6>第一|(?:全国|全网|全中国|同城|天下|地球|世上|这世上|业界)<12>(?:找不[出到着]|没有?(?:一个)?<3>(?:能)?(?:打得过|比得?[过上])|没有第二|你找得到)|没(?:有)?人能超过|再没比<3>好|(?:米|面|果|肉|茶|鸡|鱼)(?:里的皇上|王(?=[,。!]|$))|第一就是第一|打遍<4>无敌手|没有更(?:低|好|便宜)的|(?:后头|别家)的?<4>(?:吃灰|靠后|让道|往后靠)|地球上也?没有|顶到?天花板|(?:届|界|的|真的?)[—\-,]*天花板(?!灯|吊|漏|上|高|风扇)|王者中的王者|(?:喊|叫)它(?:祖宗|爷爷)|没一个够它?打|排老二没人|没人排在我们前|谁也比不了|谁都得?往后站|冠绝|史低|有史以来<6>最|世界上(?:做得)?最(?!大的|小的|远|近)|更低<2>算我输|没有之一|当今最|没有哪家比|绝对领导者|唯一(?:真正|做到)|世界上最(?!大的|小的|远|近)|排头一名|没有比(?:我|它|这)<2>再?低|(?:搵|找)(?:唔|不)到第二|完美无缺|极致(?:柔软|丝滑|轻薄)|排在它后面|(?:全球|宇宙|全网|全国|世界)第1|(?:业内|全球|国内|首家)[、,]?唯一|至高水准|(?:全网|价钱<6>)垫底|(?:全城|全国|全市|全省|全镇|市面上|同行里)<12>最[一-鿿](?!近|后|多|少|低温|高温|晚|早|新|远|大的?(?:湖|公园|水库|菜场|医院))",
        unless_near=r"头一份(?:订单)?来自|头一份(?:礼物|工作|订单|工资|早餐|快递)|头一号(?:病|麻烦)",
        matches="咱家的羊肉全国头一份，别家都得往后靠",
        spares="今天开张，头一份订单来自三号楼",
    ),
    _english(
        code="claims.en_told",
        outcome=Outcome.REVIEW,
        expression=r"\bundisputed (?:king|queen|champion|leader|no)\b|\bking of (?:all )?(?:vacuum|\w+ flasks?|\w+s)\b(?= ?[:!.])|\brank(?:ed|s)? (?:one|first|no\.? ?1) (?:for|in)\b|\blowest across (?:all|every)|\b(?:purest|finest|softest|warmest|freshest|cheapest|strongest|sweetest) (?:of all|in existence|of them all|in all)\b|\bzero flaws\b|\b(?:no|isn'?t a second|not a second)\b<w3>(?:in (?:the market|asia|china|the world))<w2>(?:is |at )?(?:warmer|softer|better|this level|fresher)|\brivals can'?t copy|\bahead of all of them\b|\bpeak of the peak\b|\bmost superior\b|\btop1\b|\bextreme-level\b|\bsecond class\b|\bno blanket in the\b|\bnumber uno\b|\bthe single (?:most|best)\b|\bonly one\b<w4>(?:in (?:this|the) country)\b|\b(?:cheapest|finest|best|purest)\b<w2>in all (?:of )?\w+|\bno \w+ (?:made|sold)? ?(?:today|anywhere)?<w1>(?:outperforms?|beats|matches)\b|\bwon'?t find a\b<w8>(?:better|out better|warmer|softer)|\bsimply isn'?t one\b|\bevery other brand is\b|\bi close shop\b|\b(?:will not|won'?t) find a (?:finer|better)|\b(?:nobody|no one|no factory|no) \w*<w6>(?:surpass|go below|close behind|can reach|stand next|better \w+ (?:\w+ )?exists)|\b(?:sharpest|finest|purest|softest|most (?:advanced|delicious) [\w ]{0,24})\b<w6>(?:ever (?:produced|made)|known to science|existing|universe|by mankind)|\bking of kings\b|\b(?:numba|number) wan\b|\bfirst and only\b|\bno finer\b|\bthe one and only\b|\bnot find a (?:fresher|better|finer)|\branked above all\b|\bevery other \w+ is second\b|\bhighest in the country\b|\bonly (?:truly|one champion)\b|\bchampion \w+ (?:\w+ )?in the world\b|\bcheapest \w+ in \w+\b|\brock bottom of the\b|\bzero (?:faults|rival)",
        is_literal=True,
        unless_near=r"second class (?:ticket|mail|post|stamp|train|seat)",
        matches="Purest of all. Rank one for heat, rank one for looks",
        spares="Post it second class mail, it is not in a hurry",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH, *TOLD)
