"""Ban risk: threats and rumours, borrowed authority, tricks against WeChat's checks, ways around the platform."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.channels import EVERYWHERE, Channel
from renmai.policy.linting.patterns.types import Pattern, Row
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_THREAT = _("Say what it is; frighten and shame nobody into passing it on.")
_RUMOUR = _("Leave out what cannot be shown to be true.")
_OFFICIAL = _("Speak in your own name: not in that of WeChat, of a bank or of an authority.")
_EVASION = _("Write plainly and link openly: what is disguised to get past checks gets accounts and domains blocked.")
_AROUND = _("Let people order and pay in the shop, where they are protected.")

_SIGNED = r"(?:^|\n)[^\n]{0,4}【[^】\n]{0,6}(?:微信|腾讯|支付宝|银行|银联|公安|社保|医保|etc|京东|淘宝|天猫|拼多多|抖音|美团|12306|税务|法院|海关|民政|教育局|财政|人社|工商|市场监管)[^】\n]{0,8}】"
"""A message signed as an authority. It is not ours to send."""

_CAREFUL = EVERYWHERE - {Channel.WEB.value}
_row = partial(Pattern, family=Family.BAN_RISK, rule_key="copy.threat", outcome=Outcome.REFUSE, advice=_THREAT)
_english = partial(_row, language="en")

_AUTHORITY = r"(?:国家|政府|公安(?:局|部|机关)?|警方|市场监管(?:总)?局|工商局|税务局|海关|法院|社保(?:局|中心)?|医保(?:局|中心)?|人社(?:局|部)|民政(?:局|部)|财政(?:局|部)|卫健委|疾控中心|央视|cctv|新华社|人民日报|银行|银联|支付宝|腾讯|微信(?:官方|团队|支付|安全中心|平台|总部)|银保监会|教育局|商务部|发改委|(?:淘宝|京东|拼多多|抖音)官方)"

DISGUISE = Row(
    code="pressure.disguise",
    family=Family.BAN_RISK,
    rule_key="wechat.evasion",
    outcome=Outcome.REVIEW,
    advice=_EVASION,
    channels=_CAREFUL,
)
"""A word written so that checks miss it. Not an expression: ``normalising.disguise`` finds it while it writes the text plainly."""

CHINESE: tuple[Pattern, ...] = (
    _row(
        code="pressure.threat",
        outcome=Outcome.REVIEW,
        is_literal=True,
        expression=r"不(?:是|配(?:当|做|为)?)(?:个)?中国人|不转(?:发|出去|走)?(?:就)?(?:不是|不配|不孝|倒霉|死|遭|后悔|没良心|会|天打|愧对|对不起|枉为|断|穷|破财)|(?:不转|不分享|不扩散)<8>(?:报应|厄运|倒霉|出事|生病|破财|诅咒|后悔|不孝|没良心|冷血|七天|灾)|(?:转|转发|分享|扩散)<6>(?:保平安|积德|行善积德|好运(?:连连|一年|来)|发财|转运|心想事成|福报|灵验|全家平安|功德)|(?:发|转|传)给?<4>\d+<2>(?:个)?(?:人|群|好友|朋友)<14>(?:奇迹|好运|会员|余额|图标|变色|发财|实现|好事|灵)|微信<6>(?:收费|要关闭|要倒闭)|(?:发|转|传)<16>(?:菩萨|佛祖|老天爷?|上天|观音|财神|祖先|神明)<8>(?:保佑|看着|显灵|庇佑)|(?:菩萨|佛祖|老天爷?|上天|观音|财神|祖先|神明)<8>(?:保佑|看着|显灵|庇佑)<20>(?:转|发|传)|(?:的|人)<1>都<1>(?:该|应该?|要|得|会)转(?!账|接|移)|长命百岁<10>转|是<1>(?:兄弟|姐妹|朋友|父母|妈妈|爸爸|爷们|男人|女人|老师|人)<2>(?:就|都)<3>(?:转|顶|扩|分享)|(?:冷漠|没人性|良心|人性|没爱心|有爱心)<12>(?:转(?!账)|分享|扩)|(?:是中国人|有良心的?|爱国的?|孝顺的?|为人父母的?|当妈的?|有孩子的?)<8>(?:就|都|请|必须|一定)<4>(?:转|扩散|分享|传)",
        unless_near=r"不(?:转|发|分享)也(?:没|不|一样|可以|行)|不看这个|不是什么",
        matches="不转不是中国人",
        spares="喜欢可以转给家人，不方便也没关系",
    ),
    _row(
        code="pressure.urgent",
        outcome=Outcome.REVIEW,
        advice=_RUMOUR,
        expression=r"(?:紧急|火速|赶紧|赶快|速速?|马上|立刻|疯狂|全民|火急|求|急)(?:扩散|转发|转告|转给|传给|通知(?:家人|亲友|身边))|转发?<2>(?:救命|救人|保命|警示)|(?:喝|吃)死人|(?:紧急|重要|重磅)(?:通知|提醒|消息)<s40>(?:转发|扩散|转给|转告|速转)|(?:必有|定有|会有)好(?:事|运)|内部(?:消息|人士|渠道透露)|(?:可靠|小道)消息|刚(?:得到|收到|接到)(?:消息|通知)|快告诉<3>(?:大家|所有|亲|家|朋友|身边)|没转的|(?:赶快|赶紧|火速|都快?|快快?)转(?=[!,。~]|$|起来|吧|走)|十万火急|速转|疯转|转疯了|(?:快|赶紧|赶快|一定要?|务必|马上)<2>(?:告诉|通知|提醒)(?:家人|亲友|朋友|身边|爸妈|老人)<10>$|(?:马上|即将|快要?|就要|很快|分分钟|(?:过)?一?会儿?|待会儿?)<3>(?:就)?(?:会|要|可能)?被?(?:删除?|封(?!箱|口|装)|和谐|屏蔽)|(?:删|封|屏蔽|和谐)(?:除|掉)?(?:前|之前)<4>(?:赶紧|快|速|看|存|转|收藏|领)|看(?:完|到)<2>(?:马上|立刻|赶紧|必|一定要?|请|务必)?(?:转|扩散)|不看后悔|(?:惊天|惊人|重大|绝密|内部)(?:秘密|内幕|黑幕|消息|曝光|爆料)|(?:刚刚|央视|官方|紧急)<4>(?:曝光|爆出|宣布|证实|通报)<16>(?:转|扩散|别再吃|不能吃|致癌|有毒|停产|告诉)|(?:致癌|有毒|致命|毒死|会死人)<16>(?:转|扩散|告诉|通知|别再|千万别)|(?:千万别|别再)吃<14>(?:致癌|有毒|转|扩散)",
        unless=r"急求转让|马上转(?:人工|接)|封箱|封口|转(?:人工|接|账)",
        matches="刚刚宣布这种水果致癌，紧急扩散给家人",
        spares="马上转接人工客服，请稍等",
    ),
    _row(
        code="pressure.official",
        rule_key="copy.state_name",
        advice=_OFFICIAL,
        expression=rf"{_AUTHORITY}<6>(?:通知|公告|紧急|发放|发钱|派发|补贴发|红包|福利|推荐|指定|认证|授权|唯一|免检|联合|特批|背书|力荐|合作(?:项目|活动|伙伴)|内部|钦定|力推|赞助|中奖)(?!支付)<30>|(?:系统|平台|官方|客服)<2>(?:通知|提醒|公告|升级)<20>(?:账号|账户|实名|认证|验证)<20>(?:点|扫|登录|填写|否则|逾期)|(?:账号|账户|微信|用户)<10>(?:否则|逾期|过期)<8>(?:封号|冻结|停用|注销|封停|封禁)|{_AUTHORITY}<2>(?:提醒|提示|发布|证实|警告)<40>(?:转|扩散|告诉|传)(?!账|接|载)|{_AUTHORITY}<4>(?:补贴|补助)<16>(?:点|链接|登记|填写|转发|扫码|限时|身份证)|(?:您|你)的?<4>(?:白条|花呗|借呗|贷款|账单|保单|微信|账户|账号|帐户|银行卡|医保卡?|社保卡?|etc|积分|信用卡|公众号|支付宝|实名)<8>(?:逾期|异常|冻结|被封|封停|过期|停用|违规|风险|失效|注销|受限|限制|清零|到期)<24>(?:点击?|链接|验证|登录|认证|联系|填写|输入|解除|解封|扫码|回复)",
        unless=r"国补|以旧换新|服务通知|银行卡支付|支付方式|微信支付<4>(?:付款|收款|优惠|立减|红包封面)|按|根据|依据|遵守|规定|备案|许可证|批准文号|{settled}",
        matches="微信官方紧急通知：您的账号异常，点击链接验证",
        spares="根据国家规定，收货后7天内可无理由退货",
    ),
    _row(
        code="pressure.signed",
        rule_key="copy.state_name",
        advice=_OFFICIAL,
        is_literal=True,
        expression=_SIGNED,
        unless=r"商城|旗舰店|超市|优选|小店|便利店",
        matches="【医保局】您的医保卡需要更新，请登录",
        spares="【果园】微信支付已到账，明早发货",
    ),
    _row(
        code="pressure.state_goods",
        rule_key="copy.state_name",
        advice=_OFFICIAL,
        expression=r"(?:国家机关|中南海|人民大会堂|国宴|部队|军队|军区|机关|政府|领导人?|首长|中央|国务院|钓鱼台|外交部|省委|市委)<4>(?:特供|专供|专用|指定|内供|特制|同款|招待|御用|推荐|用(?:酒|茶))|(?:特供|内供|专供)(?:酒|茶|烟|版)|(?:国家|中央|老)领导(?:人)?|首长<4>(?:喝|用|吃|推荐)|(?:质量|国家)免检|(?:央视|cctv)(?:上榜|展播|推荐|优选|认证|广告)(?:品牌|产品)?|中国驰名商标|驰名商标|国家(?:专利)?(?:金奖|认证推荐|推荐产品)",
        matches="人民大会堂国宴指定用酒",
        spares="给政府食堂送过货，也给小区送货",
    ),
    _row(
        code="pressure.evasion",
        rule_key="wechat.evasion",
        advice=_EVASION,
        expression=r"防(?:封(?!层|口|边)|屏蔽|和谐|红(?!外|酒|枣|薯|眼|血)|拦截|举报|折叠)|(?:避免|防止|怕|免得|为了不|以免|为防|谨防)<4>(?:被)?(?:微信|平台|系统|官方)?<2>(?:封(?!口|装|箱)|屏蔽|拦截|和谐|检测|识别|删除|限流|折叠|举报|抓|查到|发现)|(?:躲|绕|避|逃|骗|突破|规避|过)(?:过|开|避|掉|得过)?<5>(?:微信|平台|系统|官方|腾讯|广告)?<3>(?:检测|审核|屏蔽|限制|拦截|监管|封控|查封|识别|规则|监控|风控)|(?:敏感|违禁|关键)(?:词|字)<8>(?:代替|替换|换成|拆开|谐音|用|拼音|隔开|避开|规避)|(?:用|换成|打)<4>(?:谐音|拼音|暗号|暗语|火星文|缩写)<10>(?:代替|免得|避免|防|以免|发|说)|(?:让|使|叫|令)<4>(?:系统|微信|机器|平台|审核|腾讯)<4>(?:不|看不|认不|识别不|发现不|查不|抓不|检测不)|(?:内容|文字|口令)?看谐音|(?:免得|以免|避免|防止|不然|不会|才不会|容易|不被)<6>被?<3>(?:判定|检测|屏蔽|封号|拦截|限流|折叠|识别)|(?:换|改|用)<2>(?:错别字|别的字|同音字|谐音|表情|符号|火星文)<8>(?:代替|替|发|写|说)|二维码<8>(?:拆|拼起|切|打码|分两)|某(?:宝|东|信|付宝)|拼夕夕|(?:橙色|蓝色|绿色|黄色)(?:软件|聊天)|绿泡泡|别让<4>(?:平台|微信|系统|官方)<3>(?:知道|发现|看到|查)|(?:加|换)<1>(?:新|小|备用|另一个)号|检测<3>严|(?:审核|系统|机器|微信)<3>(?:认|看|识别|查|检测)不出|拆成<10>(?:发|写|打)|(?:链接|文字|图片|内容)<6>加<4>(?:表情|符号|空格|水印|干扰)<4>再?(?:发|转)|群<4>(?:随时|可能|快要?|要|会)<3>(?:炸|封)|(?:微信|被)<3>(?:封|拦截|屏蔽|和谐)<8>(?:复制|浏览器|换|备用|新链接|打开)|(?:群控|爆粉|清粉|多开(?!窗|门|会|几|一|口|心|朗|花|放)|外挂|虚拟定位|加粉软件|养号|自动(?:加(?:人|好友|粉)|群发))|(?:小号|马甲|换号)<6>(?:群发|轮发|轮流|转发|发广告|继续发|拉人|加人)|(?:软件|机器人|脚本)<6>(?:批量|自动)?<2>(?:加人|加好友|群发|拉人|养号|爆)|(?:别|不要|勿|禁止)(?:在群里|在这里|直接)?(?:提|说|打|发|出现)<6>(?:微信|钱|价格|转账|付款|代理|返利|红包)<1>(?:二字|二个字|这(?:两|三|几)个字|两个字|字样|的字)|被<3>(?:腾讯|微信|平台|系统)<3>(?:封(?!面|口)|拦|屏蔽|和谐)|新域名|懂的(?:私|来|进|加)|(?:勿|别|不要)(?:谈|提|聊|问)<3>(?:价|钱|链接)<8>(?:私|懂)|(?:域名|链接|网址)<6>(?:被封|轮换|防封|跳转|被拦|天天换|换新|短链|隐藏|伪装)",
        unless=r"防封口|防红外|防晒红|路线限制",
        matches="链接用短链防封，避免被微信拦截",
        spares="防晒霜防水防汗，包装防压",
    ),
    _row(
        code="pressure.outlink",
        rule_key="wechat.evasion",
        advice=_EVASION,
        channels=_CAREFUL - {Channel.SMS.value},
        expression=r"(?:粘|贴|拷|复制|放)<4>(?:到|进|去)<6>浏览器|停止访问|(?:复制|长按|拷贝)<12>(?:浏览器|淘口令|口令|(?:打开|去|到|切换到?)(?:淘宝|支付宝|天猫|拼多多|抖音|京东|别的app|其他app))|(?:右上角|三个点|\.\.\.|菜单)<10>(?:浏览器|用.{0,4}打开)|(?:用|在|到|去|选择)<4>(?:手机|自带|外部|其他|系统|默认|qq|uc)?浏览器<3>(?:中|里)?(?:打开|访问|粘贴)|(?:用|在|到|去)<4>(?:safari|chrome|夸克|uc|火狐|edge)<4>(?:打开|访问|看)|(?:跳出|跳转出|离开)微信|淘口令|吱口令|(?:链接|网址|网页)?(?:打不开|被拦截|打开不了)<10>(?:复制|换|浏览器|备用|右上角)|备用(?:链接|域名|网址|号|群|二维码)",
        matches="长按复制这段话，去浏览器打开领券",
        spares="复制快递单号到订单页查询",
    ),
    _row(
        code="pressure.around",
        rule_key="wechat.evasion",
        outcome=Outcome.REVIEW,
        advice=_AROUND,
        expression=r"(?:绕过|绕开|避开|不走|跳过|不经过?|脱离|撇开)平台|(?:私下|平台外)<4>(?:转账|付款|交易|支付|打款|成交|结算|微信转|收款)|(?:转我|转给我|直接转|转账给我)<8>(?:便宜|优惠|立减|少|打折|返)|走(?:微信|转账|私下|线下)<4>(?:优惠|便宜|更低|返|价)|(?:微信|支付宝|直接|私)转(?:账|钱|给我)<6>(?:便宜|优惠|更低|少收|打折|发货|立减|返)|(?:加|＋)(?:我)?(?:微信|v)?<4>(?:私下|绕开|避开平台|单独便宜|私聊转账)",
        matches="加我微信私下转账，比平台便宜20元",
        spares="所有款项都经平台支付",
    ),
)

ENGLISH: tuple[Pattern, ...] = (
    _english(
        code="pressure.en_threat",
        outcome=Outcome.REVIEW,
        is_literal=True,
        expression=r"\b(?:bad luck|misfortune|cursed?|regret it|karma|something (?:bad|terrible))\b<w10>(?:share|forward|repost|pass|send|ignore|break)|\b(?:if you (?:don'?t|do not)|who(?:ever)? (?:does not|doesn'?t|don'?t|ignores)|those who (?:don'?t|do not)|not|unless you|ignore|without|dare not|refuse to)\b<w4>(?:share|sharing|forward|forwarding|repost|reposting|pass(?:ing)?|send|break(?:ing)?)\b<w12>(?:bad luck|not (?:a )?(?:real|true|good)|heartless|regret|misfortune|curse|shame|lose|suffer|no (?:love|heart|conscience)|don'?t (?:love|care)|do not (?:love|care)|unpatriotic|die|harm|bad things?|years)|\b(?:heaven|god|buddha|karma|ancestors|the gods)\b<w4>(?:watch|see|bless|punish|protect|reward)\w*<w8>(?:share|forward|pass|send)|\bif you (?:really |truly )?(?:love|care|respect|have a heart|have any)\b<w8>(?:share|forward|repost|pass|send)|\b(?:real|true|good|every|any) (?:chinese|patriots?|mothers?|mums?|parents?|sons?|daughters?|friends?|citizens?)\b<w4>(?:will|must|should|would|always|has to|have to)?\W?(?:share|shares|forward|forwards|repost|reposts|pass)|\b(?:scroll(?:ing)? past|keep scrolling)\b<w10>(?:heart|love|share|bad|god|luck|regret)|\b(?:good luck|blessings?|fortune|miracles?|wish(?:es)?)\b<w10>(?:if|when|after|once|by|to those who|for those who|everyone who)<w2>(?:you )?{e_share}|\b(?:break|breaks|broke|breaking) the chain\b|\bthe chain (?:is )?(?:broken|stops)|\b(?:share|forward|repost|pass (?:it|this) on)\b<w8>(?:or (?:else|you|your)|good luck|blessings?|fortune|protects? your)",
        matches="Forward this or you will have bad luck for seven years",
        spares="Share it if you like, no harm if you do not",
    ),
    _english(
        code="pressure.en_urgent",
        outcome=Outcome.REVIEW,
        advice=_RUMOUR,
        expression=r"\b(?:before|until) (?:it|this|the (?:post|link|message|page)|they|wechat)<w4>(?:deleted?|taken down|removed?|blocked|banned|censored|delete|remove|block|ban|disappears)\b|\b(?:urgent(?:ly)?|emergency|quick(?:ly)?|immediately|asap|hurry)\b<w6>(?:share|forward|repost|pass (?:it|this) on|spread|tell everyone|warn)|\b(?:share|forward|repost|spread|pass)\b<w6>(?:urgently|immediately|asap|before it'?s too late|as (?:fast|widely) as)|\b(?:causes? cancer|poisonous|toxic|deadly|contaminated)\b<w14>(?:share|forward|repost|tell|warn|pass|spread)|\b(?:what (?:they|the government|big pharma|doctors) (?:don'?t|do not|won'?t) (?:want|tell)|leaked|insider (?:secret|news|information)|shocking (?:truth|secret|news))\b",
        matches="Shocking truth about tap water, forward it before they delete it",
        spares="Order before Friday; stock is limited to 300 boxes",
    ),
    _english(
        code="pressure.en_official",
        rule_key="copy.state_name",
        advice=_OFFICIAL,
        expression=r"\bverify\b<w6>(?:wallet|account|identity|card)\b<w10>(?:frozen|locked|lose|suspended|closed|blocked|expires?)|\b(?:wechat|tencent|alipay|bank|police|tax|customs)\b<w1>(?:customer care|customer service|team|support|cent(?:re|er)|security|service|helpdesk|office)\b<w12>(?:confirm|verify|lose|click|tap|locked|frozen|suspended|expire)|\b(?:official (?:notice|notification|announcement|warning|message)|notice|message|announcement|notification|alert)\b<w3>(?:from|by|of)<w1>(?:wechat|tencent|alipay|the (?:bank|police|government|ministry|tax|court|customs)|police|government|your bank|customs|ministry)|\b(?:wechat|tencent|alipay|the (?:bank|police|government|ministry)|government|state|police|ministry|cctv|bank)\b<w2>(?:official|officially|security|notice|notification|announce[sd]?|approved|certified|endorsed?|recommend(?:s|ed)|designated|authori[sz]ed|gives?|giving|subsid(?:y|ies)|grants?|exempted|backed)\b<w12>|\byour (?:wechat |bank |alipay |medical |social |shop )?(?:account|card|insurance|wallet|parcel)\b<w6>(?:deactivated|terminated|limited|suspended|frozen|closed|blocked|abnormal|expire[sd]?|locked|restricted|at risk|violat\w+|deactivated)\b<w16>(?:click|tap|verify|log ?in|link|confirm|scan|reply|enter|update)",
        unless=r"wechat (?:pay|official account)|state of|bank (?:holiday|transfer)|licen[cs]e|registered|required by|under the law|government (?:office|canteen)|official wechat account",
        matches="Official notice from WeChat: your account will be frozen, click to verify",
        spares="Pay with WeChat Pay or by bank transfer",
    ),
    _english(
        code="pressure.en_state_goods",
        rule_key="copy.state_name",
        advice=_OFFICIAL,
        expression=r"\b(?:state|national|government|great hall|army|military|presidential|leaders'?|party|diplomatic)\b<w3>(?:banquets?|special supply|supplied|exclusive supply|reserved|specially made for|chosen by)\b|\b(?:served|supplied|reserved|made) (?:at|to|for|exclusively for) (?:the )?<w2>(?:great hall|state (?:banquets?|leaders)|government leaders|army|president|party leaders|national leaders)|\b(?:seen|featured|recommended|endorsed|approved|chosen) (?:on|by) (?:the )?(?:cctv|government|state|ministry|police|central|national|people\'s daily)|\bexempt(?:ed)? from (?:quality )?inspection",
        matches="The liquor served at state banquets in the Great Hall",
        spares="We also deliver to the canteen of the town hall",
    ),
    _english(
        code="pressure.en_evasion",
        rule_key="wechat.evasion",
        advice=_EVASION,
        expression=r"\b(?:avoid|bypass|evade|dodge|get (?:around|past|through)|getting (?:around|past)|fool|trick|beat|slip (?:past|through|by)|escape|circumvent|outsmart|prevent|hide from|sneak past)\b<w5>(?:filters?|detection|censors?|censorship|wechat(?:'s)?(?! (?:pay|fees))|block(?:ing|ed|s)?|ban(?:ned|s)?|review|moderation|checks?|the platform|algorithm|keywords?|reviewers?|moderators?|rules|audit)|\b(?:cloaked|masked|disguised?|hidden|rotating|anti-?ban|anti-?block\w*|backup|mirror|spare)\b<w2>(?:links?|domains?|urls?|groups?|accounts?)\b|\b(?:links?|domain|url)\b<w6>(?:gets? (?:blocked|banned)|is (?:blocked|banned)|blocked|rotates?|changes every)|\b(?:rotat\w+|switch\w*|swap\w*|chang\w+)<w3>(?:domains?|links?|urls?)\b|\b(?:sensitive|banned|forbidden|blocked|flagged) (?:words?|keywords?|terms?|characters?)\b|\b(?:otherwise|or else|or)<w3>(?:systems?|wechat|platform|bots?|filters?|algorithm)\b<w2>(?:flags?|blocks?|bans?|deletes?|catch(?:es)?|closes?)|\b(?:bulk|mass|auto)[- ]?(?:add|messag\w+|send|sender|invite|friend\w*)\b<w5>(?:tool|software|bot|script|contacts|strangers|groups?)|\b(?:don'?t|do not|never) (?:type|write|say|mention|use)\b<w4>(?:the word|word|wechat|money|payment|price|reward)\b|\bso (?:that )?<w3>(?:bots?|filters?|systems?|wechat|checks?|censors?|algorithms?|moderators?|reviewers?|platform)\b<w4>(?:doesn'?t|don'?t|won'?t|can'?t|cannot|never|misses|fails)<w3>(?:notice|see|catch|detect|find|flag|block|read|recogni[sz]e)?|\bso<w3>(?:nobody|no one|they)<w3>(?:notices?|sees?|finds?)|\b(?:pictures|images|screenshots|voice|photos)\b<w2>instead of<w2>(?:text|words|links?|typing)\b|\brobots? (?:stay )?blind|\buse (?:code ?words?|pinyin|emoji|homophones?|symbols)\b<w6>(?:instead|so that|to avoid|for|because)",
        unless=r"avoid block(?:ed|ing) (?:drains?|pores|nose)|fees",
        matches="Use this cloaked link so we get past WeChat's filters",
        spares="The filter is easy to clean and avoids spills",
    ),
    _english(
        code="pressure.en_blocked_here",
        rule_key="wechat.evasion",
        advice=_EVASION,
        channels=_CAREFUL - {Channel.SMS.value},
        is_literal=True,
        expression=r"\bwechat<w2>(?:blocks?|bans?|can'?t scan|cannot scan|will block|won'?t (?:open|let)|restricts?)\b<w10>(?:browser|open|copy|use|link|safari|chrome|page)|\b(?:browser|open|copy|use|link|page)\b<w10>wechat<w2>(?:blocks?|bans?|can'?t scan|cannot scan|will block|won'?t (?:open|let)|restricts?)\b|\b(?:use|open|via)\b<w4>(?:system|external|default) browser\b",
        matches="Don't open it here, WeChat will block you; use the system browser",
        spares="WeChat blocks spam, and so do we",
    ),
    _english(
        code="pressure.en_outlink",
        rule_key="wechat.evasion",
        advice=_EVASION,
        channels=_CAREFUL - {Channel.SMS.value},
        expression=r"\b(?:copy|paste|open|opens?|switch)\b<w8>(?:in(?:to)?|to|with|using)<w3>(?:browser|chrome|safari)\b|\b(?:copy|paste)\b<w8>(?:taobao|alipay|tmall|pinduoduo|jd app|other app|another app)\b|\bthree dots\b<w6>browser|\bleave wechat\b",
        matches="Copy this link and open it in your browser to get the voucher",
        spares="Copy the parcel number into the search field of the order page",
    ),
    _english(
        code="pressure.en_around",
        rule_key="wechat.evasion",
        outcome=Outcome.REVIEW,
        advice=_AROUND,
        expression=r"\b(?:pay|transfer|deal|send (?:the )?money|settle)\b<w5>(?:privately|directly to me|off[- ](?:the )?platform|outside (?:the )?(?:platform|shop|app)|to my (?:personal )?(?:wechat|account|card))\b|\boff[- ]platform (?:payment|deal|transfer|sale)|\b(?:skip|outside|without) the platform\b<w6>(?:cheaper|discount|pay|save|price)",
        matches="Transfer directly to me off the platform and save 20 yuan",
        spares="Every payment goes through the shop",
    ),
)

_told = partial(_row, outcome=Outcome.REVIEW)

TOLD: tuple[Pattern, ...] = (
    _told(
        code="pressure.private_pay",
        rule_key="wechat.evasion",
        advice=_AROUND,
        expression=r"(?:付|钱|余款|尾款|剩下的?|差价|款子?)<10>(?:转|打|扫|走|给)<4>(?:我|俺|咱|老婆|老公|老板娘?|财务|个人|私人|那个号|单独|手里|桌上)<8>(?:码|号|账|卡|微信|支付宝|$|[,。!])|走<4>(?:个人|私人|老公|老婆)<3>(?:账|码|收款)|(?:拍|下单|付)<6>(?:一|1)(?:块|元|分)钱?的?<3>(?:链接|形式|走|占)|走<3>(?:一|1)(?:块|元|分)钱?的?形式|(?:余款|尾款)<6>(?:单独|微信|私)|备注<3>(?:别写|不要写|不写|写[“\"「]?(?:还|借|饭))|(?:平台|后台|系统)<3>(?:看不(?:出|到|见)|不知道|那边当没|那道(?:手续|费))|熟客都走我|拍下后取消|绕开(?:商城|小程序|店铺)|(?:别|不)(?:在|走)<3>(?:这儿?|这里|平台|小程序|商城)<4>(?:付|下单|点|买)<20>(?:便宜|现金|转|省|优惠)|票(?:就)?不开|走平台(?:要)?被?(?:抽|扣)|写[“\"「](?:还款|还(?:你)?饭钱|借款)",
        unless=r"提现|佣金|退款|退回|退给|扣款|任何",
        unless_near=r"退款|自动退|请(?:不要|勿)|任何个人|不会(?:让|叫)|才有售后",
        matches="在这儿拍一块钱链接，剩下的转我个人，后台看不出来",
        spares="佣金结算后可提现到个人微信，到账有通知",
    ),
    _told(
        code="pressure.spare_account",
        rule_key="wechat.evasion",
        advice=_EVASION,
        expression=r"(?:号|群)<6>(?:活不过|撑不(?:过|了|住)|(?:估计|快|要)(?:要|会)?没了|没几天了?|保不住)|备胎(?!车|盖|架|罩)|(?:几个|多个|小)号<3>(?:轮|换着)|封(?:了|过|我)<3>(?:[一二两三四五\d]+|好几|几)[次回]|(?:被)?(?:吞|拦|和谐)(?:了)?(?:好几|[两三四五\d])[次回]|公众号被?封过",
        unless=r"轮胎|汽车",
        matches="这个号估计活不过周末，先加上我的备胎",
        spares="这个号周末休息，急事请加值班客服",
    ),
    _told(
        code="pressure.code_words",
        rule_key="wechat.evasion",
        advice=_EVASION,
        expression=r"(?:走|报|对)<3>暗号|(?:说|写|打|发)[“\"「『]<6>[”\"」』][,]?<4>我就懂|别打那(?:俩|两|几)?个?字|那(?:俩|两)字|不(?:让|能)(?:发|写|说|上架)的?(?:词|那个|东西)|(?:图|码)<4>(?:存下来|存相册|转个?圈)|识别不了<4>正常|自己(?:们)?(?:改回去|拼(?:一下|起来|[,。!])|认(?=[,。!~]|$))|(?:字|内容)<3>(?:全)?(?:塞|藏)(?:进|在)图|拆(?:成|开|两|三)<4>(?:截|段)?<2>(?:写|发(?!出|货))|查得?(?:太)?(?:严|紧)|(?:不然|免得|小心|要)<2>风控|(?:会|要|得)被?(?:拦|吞掉|吃掉)|系统<2>(?:瞎|看不|认不)|整段<4>(?:复制|拷)<12>(?:粘|贴)|蓝色小飞机|(?:这屋|群里|这里)<2>有耳朵|查不到(?:咱|我)们?|懂的?d(?![a-z])|(?:把)?点(?:写|换|改)成|被?(?:误杀|吞掉?)了?<8>(?:挪|换|喊|改)|拷过去<6>跳|那几个字不能打|大号(?:被限|又进去)|各备一个小号|被限了<6>备用|发票就别要|别提.?群|每行(?:头|第)一个?字|(?:商城|平台)里?那单<4>取消",
        unless_near=r"安检|海关|质检|快件|高速",
        matches="遇到不让发的词就拆开写，系统瞎了，客户不瞎",
        spares="质检查得严，这批有三箱没放行，明天补上",
    ),
    _told(
        code="pressure.system_notice",
        rule_key="copy.state_name",
        advice=_OFFICIAL,
        is_literal=True,
        expression=r"[【\[(](?:系统(?:消息|提示|通知)|安全中心|风控中心|官方通知)[】\])]|系统(?:消息|提示|通知)<3>[:]?<30>(?:点击|点此|立即|点开)|(?:一笔)?(?:待领|未领取|待领取)的?<3>(?:转账|款项|款|钱|余额)|退款未领|(?:收到|寄存了?|存了)<1>一笔<8>(?:转账|款|钱)|(?:包裹|快递)<24>(?:支付|付)<3>(?:1|一)?元?<6>(?:激活|派送|会员)|有人@[你您]|自动清理相册|清空没点过|(?:账号|账户|(?<!货)号|医保卡|社保卡|信用卡|内存|手机)<10>(?:异常|冻结|违规|停用|清零|被封)<s30>(?:购|买|下单|商城|本店|礼包|认证包|到店|满减|征信)|(?:冻结|停用|清零|封号)<8>(?:购|买|到店|商城)",
        unless=r"以旧换新|退款|别点|骗|不会让",
        matches="【安全中心】您的账户已被标记异常，请在本店购买任意商品完成核验",
        spares="【果园】您有一笔退款已到账，金额12元",
    ),
    _told(
        code="pressure.consequence",
        is_literal=True,
        expression=r"(?:往下传|不往<6>发|不(?:出声|吱声)|滑走的?|往外送|发出去|送出去|传出去|告诉<3>人|留在<4>手机|划走|装作没看见|不送的|不传的|没转的?|没传的?|看完不)<s30>(?:受罪|不顺|破财|报应|倒霉|遭殃|出事|跑<4>医院|掂量|算不得|化解|化煞|没得好|点炮|绕着你|出了事|别怪我)|(?:妈祖|菩萨|佛祖|老天爷?|祖宗)<6>看着|是<6>(?:人|儿女|老乡|爷们)的?<2>(?:就|都)<16>(?:送出去|发出去|传出去)",
        unless_near=r"不转也|也没关系|不用转",
        matches="看完就划走、不往外送的，家里老人今年怕是要受罪",
        spares="把旧书送出去，别让它在家里落灰",
    ),
    _told(
        code="pressure.hearsay",
        advice=_RUMOUR,
        expression=r"(?:派出所|银行|海关|厂里|内部|部队|腾讯|政府|局里|卫健委|电视台)的?<4>(?:朋友|亲戚|表哥|表姐|熟人|同学|战友|的人)<4>(?:透的?(?:底|风)|说|讲(?!防|座|课|解)|透露|悄悄|告诉)|听<3>(?:派出所|内部|局里|上面|卫生系统|单位)<8>(?:说|讲)|播了又删|(?:消息|报道|新闻|电视|上头|报纸)<4>(?:(?:被|给)?压(?:下|着)|不(?:敢|让|许)(?:播|报|讲))|压着不让(?:讲|说|报)|别外传|(?:别|不要)声张|(?:今晚|今夜|[一二两三]天后)<4>(?:全网)?(?:会被?)?(?:删(?!除地址|掉)|和谐)(?=$|[,。!除])|话不能说太?明|(?:全城|全国|超市|自来水|下周起|下月起|明天起)<8>(?:断(?!码)|缺)(?:货|盐|药|水|半|供|粮)?|(?:有毒|塑料|吃出人命|出大事|检出|致癌)<s48>(?:我们?家|咱家)<14>(?:放心|保险|能吃|能喝|自己养)",
        unless=r"检修|停水通知|谣|辟",
        matches="银行的表哥悄悄说的，下月起零钱取不出来了，别外传",
        spares="自来水公司通知：周三检修，请提前接水",
    ),
    _told(
        code="pressure.borrowed",
        rule_key="copy.state_name",
        advice=_OFFICIAL,
        expression=r"(?:民警|派出所|街道(?:办)?|社区|央行|市场局|公安局|市场监督管理局|商务局|市监局|工商(?!银行|户)|卫健委|公家|居委会|城管|国字号)<10>(?:特批|刚下的?文|让我(?:们)?代收|推荐放心|放心购|掏(?:一半|钱)|联合推荐|劝[您你]|给你出|授权|的品质|指定|名单<8>凭|统一扫码)|警民联合|(?:反诈|禁毒)<2>(?:指定|推荐)<4>|(?:工商|穿制服)<10>(?:封存|没来|还没来)|(?:部队|军区|机关)<6>流出|首长点头",
        unless=r"停水|停电|通知(?:停|检修)|办事|防诈|提醒",
        matches="商务局特批的惠民补贴，买一件公家给你出一半",
        spares="社区民警提醒：陌生链接不要点",
    ),
    _told(
        code="pressure.en_private_pay",
        language="en",
        rule_key="wechat.evasion",
        advice=_AROUND,
        expression=r"\b(?:pay|send|zelle|transfer|cash|settle|venmo|pays|p@y)\b<w8>(?:straight (?:over|to)|(?:me )?direct(?:ly)?(?= (?:me|to me)|,)|my (?:other|second|private|cousin|aunt|sister|wife|husband)\b|quietly|second number|crypto)|\bpay me direct\b|\bto my personal (?:code|qr|account)\b|\bremit me directly\b|\bwire it to my\b|\bprivate pay code\b|\b(?:app|platform) takes (?:its|a) cut\b|\bno paper trail\b|\b(?:pay|transfer) there, i give\b|\bcheck out in the mini\b|\bskip(?:ping)? (?:the )?(?:checkout|shop'?s? fees?|platform)\b|\bto skip the shop|\b(?:platform|app|shop|system) (?:doesn'?t|does not|won'?t|needn'?t) (?:need to )?(?:know|see|find)|\bno record in the|\bplatform sees\b|\bas [\"“']?(?:dinner|loan|gift|rent) money",
        unless=r"refund|donat",
        matches="Skip checkout, Zelle my cousin and I will take 15% off",
        spares="The platform sends the refund straight to your bank card",
    ),
    _told(
        code="pressure.en_spare_account",
        language="en",
        rule_key="wechat.evasion",
        advice=_EVASION,
        expression=r"\b(?:account|group|main|number|this one)\b<w4>(?:won'?t (?:last|survive)|got (?:nuked|banned|blocked|killed)|nuked|banned again)|\b(?:add|save|join|follow) (?:my |the |our )?(?:backup|spare)\b(?! (?:batter|power|drive|charger|key))|\b(?:robot|bot|filter|scanner)s?\b<w3>(?:reads? (?:text only|gibberish|only)|can'?t read|sees? nothing)|\b(?:slips?|sneaks?)<w2>past\b|\bput (?:the letters|the text|the words)<w2>(?:in|into) (?:a |an )?(?:picture|image)|\bput it back together\b|\bspell\w* it with (?:a )?(?:zero|dot|symbols?|stars?)|\bcrop off\b<w6>(?:logo|corner)|\bsh0p\b|\bspare acc(?:ount)?\b|\bmain(?: one| account)?\b<w3>(?:jailed|naughty corner|in jail)|\b(?:censor|review|bots?)\b<w3>(?:can'?t|will) (?:read|catch)|\bc0py\b|\bchr0me\b|\bgot zapped\b|\bcode word\b|\bsay nothing (?:on|in) here|\b(?:copy|paste)\b<w8>safari\b|\bopen safari\b|\bd0t\b",
        is_literal=True,
        matches="This account won't last the week, add my backup now",
        spares="Add the backup battery to your order, the main one lasts a week",
    ),
    _told(
        code="pressure.en_notice",
        language="en",
        rule_key="copy.state_name",
        advice=_OFFICIAL,
        expression=r"\b(?:system message|final notice from|bank alert|police advisory|by order of the (?:ministry|district|government|health|police|city|bureau|state|county|office)|wechat team)\b|\b(?:account|sim|card|wallet)\b<w5>(?:will be|has been|is) (?:restricted|deactivated|suspended|frozen|limited|blocked)\b[^\n]{0,100}?\b(?:order|shop|store|purchase|top(?:ping)? up|bundle|buy)|\bunusual login\b|\bcard frozen\b|\bwallet will be (?:paused|frozen)\b|^\[system\]|\byour bank asked\b|\bvirus found on\b|\bhead office told\b|\bwechat will charge\b|\b(?:hmrc|irs|tax bureau|inland revenue|ministry)\b<w8>(?:approved|rebate|qualify|voucher)|\brebate is cancel|\byou'?re owed a (?:rebate|refund)|\brefund of<w3>(?:is )?waiting",
        unless=r"not (?:us|ours)|scam",
        matches="System message (1): your refund of $86 is waiting, upgrade to claim it",
        spares="Your order has been sent, we will let you know when it arrives",
    ),
    _told(
        code="pressure.en_consequence",
        language="en",
        is_literal=True,
        expression=r"\b(?:scrolls? past|walks? past|ignored? (?:this|the)|let (?:this|it)<w2>die|don'?t buy\?|didn'?t (?:share|forward|pass))\b[^\n]{0,90}?\b(?:bad luck|rotten (?:year|luck)|heaven|watching|guess what happened|fell (?:off|ill)|sorry|regret|cursed?|next morning)\b|\bshare or be sorry|\bdon'?t buy\?\W{1,2}bad luck|\bheaven is watching\b|\b(?:scroll|walk(?:ed)?) on by\b<w12>(?:exams|crying|luck|sour)|\b(?:dies in your chat|lets this post die)\b|\bkeep the chain\b|\bscroll past without sending\b|\bscrolls past this without\b|\bshare if you love\b|\bluck dries up\b",
        matches="Those who walk past, heaven is watching",
        spares="People walk past our window every day; come in and say hello",
    ),
    _told(
        code="pressure.en_hearsay",
        language="en",
        advice=_RUMOUR,
        expression=r"\b(?:cousin|friend|uncle|aunt|brother|nephew|someone)\b<w3>(?:works? )?(?:in|at|from) (?:the |a )?(?:county|port|warehouse|customs|ministry|bank|police|government|city hall|factory|authority)\b<w5>(?:says?|said|told|tells)|\b(?:hiding it from|hush(?:ed)?(?: it)? up|told to hush|before shelves are bare|papers were told)\b|\b(?:salt|water|rice|milk powder|oil|filters?)\b<w8>(?:runs? out by|going to be banned|about to (?:outlaw|be banned)|will be banned)|\babout to outlaw|\b(?:water is|is) poisoned\b|\bsaid on the quiet\b|\bdon'?t want it out\b",
        matches="My cousin works in customs and says imported milk powder is going to be banned",
        spares="My cousin at the bank bought two boxes of this rice",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH, *TOLD)
