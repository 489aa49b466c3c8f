"""Personal data for no need, other people's data, and children."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.linting.patterns.types import Pattern
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_LESS = _("Ask only for what this purpose needs, and say what it is for.")
_OTHERS = _("Do not ask for other people's data: let them come themselves.")
_SECRET = _("Never ask for passwords or codes.")
_CHILDREN = _("Speak to the parents, not to the children.")

_row = partial(Pattern, family=Family.PRIVACY, rule_key="privacy.needless_data", outcome=Outcome.REFUSE, advice=_LESS)
_english = partial(_row, language="en")

_NEED = r"(?:清关|跨境|海关|报关|保税|进口|实名认证|实名制|提现|扣税|个税|纳税|报税|开户|合同|药品|处方|加密|脱敏|保险(?!箱)|火车票|机票|入住|酒店|签证|出行|门票|失主|失物)"

CHINESE: tuple[Pattern, ...] = (
    _row(
        code="privacy.contacts",
        expression=r"(?:上传|授权|读取|同步|导入|获取|开启|允许|开放|访问|扫描|共享|提交|导出|打包|交出)<8>(?:通讯录|联系人|手机联系人|通话记录|短信(?:内容|记录)?|相册|好友列表|聊天记录|群成员|位置信息)|(?:通讯录|联系人|通话记录|好友列表|群成员)<8>(?:上传|授权|同步|导入|导出|发给|发我|提交|打包|群发|轰炸|全部?给)",
        unless=r"上传<4>相册(?:照片)?<4>(?:退货|凭证|售后)|保存到相册|相册<4>(?:选择|选取)<6>(?:凭证|图片)",
        matches="授权读取通讯录，领取专属红包",
        spares="保存到相册后出示给店员",
    ),
    _row(
        code="privacy.identity",
        outcome=Outcome.REVIEW,
        expression=r"(?:上传|提供|填写|填|发送|发|提交|拍|拍照|登记|输入|录入|绑定|报|交|出示|验证|留下|晒|收集|手持|采集|刷|扫|凭|附上|告知|把|将|要|需)<10>(?:身份证(?!件?号不)|户口本|银行卡(?!支付|付款)|信用卡|卡号|社保卡|人脸|面部|指纹|护照|房产证|工资|病历|家庭住址和|征信|学历证|结婚证)",
        unless_near=_NEED + r"|退款|原路|返回您",
        matches="上传身份证正反面即可参与抽奖",
        spares="跨境商品清关需要填写收货人身份证号，仅用于报关",
    ),
    _row(
        code="privacy.secrets",
        advice=_SECRET,
        expression=r"(?:告诉|发给|提供|输入|填写|报|给|发|告知|说出|发送|截图)<8>(?:验证码|密码(?!锁|箱|本)|支付码|付款码|短信码|动态码|cvv|口令密码)|(?:验证码|密码|支付码|付款码)<4>(?:发|给|报|传)<3>(?:客服|我|我们|店家|群主|老师)|(?:验证码|密码|支付码|付款码)<6>(?:回复|回传|发给|告诉|发我|给我|报给|发到|截图|转发|私聊|提供给|发来)",
        unless_near=r"登录页|登录框|登录窗口|输入<4>验证码<4>(?:登录|完成|即可登录|注册)|重置密码|修改密码|找回密码",
        matches="把收到的验证码发给客服领奖品",
        spares="在登录页输入短信验证码完成登录",
    ),
    _row(
        code="privacy.others",
        advice=_OTHERS,
        expression=r"(?:提供|填写|填|留下|提交|发|报|交|登记|写下|上传|给我|收集|搜集|要到|整理|留)<10>(?:好友|朋友|亲友|家人|同事|邻居|同学|亲戚|他人|别人|群友|老人|孩子|父母|客户|顾客|用户)<8>(?:手机号|电话|号码|微信号|联系方式|姓名和|住址|地址|资料|信息|身份|生日)<12>(?:领|得|送|换|奖|即|就|可|卖|给我|打包|名单|发来|抽|回访|推销|营销|优惠|返|用来|统一)|(?:买|卖|出售|购买|倒卖|转卖|收购|交换|共享|泄露|互换|批发)<6>(?:客户|用户|顾客|个人|群友|粉丝|买家|手机号|业主|宝妈|学生|老人|会员)<4>(?:信息|资料|数据|名单|电话|号码|隐私)|(?:转让|出售|卖|低价出|收购)<12>(?:客户|用户|母婴|业主|宝妈|股民|学生|老人|会员|粉丝|车主|患者)<4>(?:数据|名单|信息|电话|号码|资源)|(?:客户|用户|买家|业主|群友|粉丝|会员)(?:的)?(?:信息|资料|数据|名单|电话|手机号)<8>(?:出售|卖|低价|打包|转让|共享给|互换|\d+元一?条|换)|(?:偷拍|爬取|抓取|采集|扒)<8>(?:手机号|用户|客户|群成员|信息|联系方式|微信号)|(?:人|好友|朋友)的(?:号码|电话|手机号|微信号)<4>(?:给|发|报)(?:我|客服)|(?:大家|群友|客户|业主|顾客|邻居)的(?:电话|手机号|微信号?|信息|资料)<10>(?:整理|卖|\d+块|\d+元|谁要|打包)|(?:精准)<2>(?:客户|业主|宝妈|股民)<2>(?:数据|名单|电话|资料)",
        unless=r"收货|快递|{settled}|不会|寄到",
        matches="填写三位朋友的手机号即可领取礼品",
        spares="请填写收货人的手机号，方便快递联系",
    ),
    _row(
        code="privacy.sensitive",
        outcome=Outcome.REVIEW,
        expression=r"{private}<16>(?:领取|参与|抽奖|进群|入群|报名|送|奖|红包|礼品|激活|解锁|试用|福利|补贴)|(?:登记|填写|填|提供|提交|留下|报名|收集)<12>(?:家庭(?:收入|年收入|成员)|婚姻(?:状况)?|收入证明|月收入|病史|体检报告|健康状况|怀孕|孕周|宗教|政治面貌|民族|学校班级|孩子(?:的)?(?:姓名|学校|班级|照片|身份证)|宝宝(?:的)?(?:姓名|出生证|照片)|车牌号?|社交账号|家庭住址|详细住址|身份证号码?|实名信息)<12>(?:领|得|送|换|抽|即|就|可|才|参|进群|优惠|福利|试用|礼|活动|红包|券|奖)?",
        unless_near=_NEED + r"|收货|配送|寄送|寄出",
        matches="填写家庭收入和婚姻状况即可领取试用装",
        spares="填写收货地址即可寄出试用装",
    ),
    _row(
        code="privacy.children",
        rule_key="copy.minors",
        advice=_CHILDREN,
        outcome=Outcome.REVIEW,
        expression=r"(?:小朋友|小学生|同学们|孩子们|宝贝们|小伙伴|学生党|未成年)<12>(?:快?(?:让|叫|求|缠着|催|拉着|喊)(?:爸爸?妈?妈?|妈妈?爸?爸?|家长|父母|爷爷|奶奶)(?!爸|妈|来(?:问|定|挑|选|决)|陪|一起|带|决定)|零花钱|压岁钱|(?:用|拿|偷)<4>(?:爸|妈|家长|父母)<4>手机|背着家长|瞒着)|(?:让|叫|求|缠着)(?:爸爸?妈妈?|爸妈|家长|父母)<6>(?:买|下单|付款|给你买|掏钱)|(?:没有|不买|没买)<8>(?:同学|小朋友)<6>(?:笑|看不起|不和你|嘲笑)|(?:学生|未成年|中学生|小学生|大学生)<6>(?:贷|分期|兼职刷|做代理|当代理|也能?(?:做|当)代理|赚零花)",
        matches="小朋友快让爸爸妈妈给你买一个",
        spares="给小朋友的绘本，家长请陪同阅读",
    ),
)

ENGLISH: tuple[Pattern, ...] = (
    _english(
        code="privacy.en_contacts",
        expression=r"\b(?:upload|sync|import|export|share|give|grant|allow|read|access|send|hand over|connect|link|submit|scan|harvest|scrape|download)\b<w6>(?:contacts|contact list|address book|phone ?book|call (?:log|history)|text messages|photo (?:album|library)|friends? list|chat history|member list)\b",
        unless=r"contact us|contact details for delivery|customer service|emergency contact|delivery",
        matches="Upload your contacts to claim the bonus",
        spares="Share the contact of our customer service if a parcel is late",
    ),
    _english(
        code="privacy.en_identity",
        expression=r"\b{e_private}\b<w8>(?:to|and|for) (?:win|claim|enter|join|unlock|get|receive|collect|register)\b|\b(?:text|email|dm|upload|send|give|enter|submit|provide|fill in|photo(?:graph)?|show|type|register|scan|with|bring|message|post|tell|leave|need|hold(?:ing)?)\b<w7>(?:id[- ]?cards?|id number|identity (?:card|number|document)s?|passport|bank[- ]?(?:card|account)(?: number)?|credit card(?: number)?|card number|cvv|face scan|selfie with|social security|fingerprints?|medical records?|salary slip|family income|household income|marital status|(?:child|kid|son|daughter)(?:ren)?'?s'? (?:school|class|name|photo|teacher))\b",
        unless_near=r"customs|cross-?border|tax|withdraw\w*|invoice|contract|import(?:ed|s)?\b|refund to|pay (?:by|with)|id badge",
        matches="Send a photo of your ID card to enter the giveaway",
        spares="Imported goods need the recipient's ID number for customs, and for nothing else",
    ),
    _english(
        code="privacy.en_secrets",
        advice=_SECRET,
        expression=r"\b(?:send|tell|text|give|message|forward|reply with|share|text|type|provide|read out|hand)\b<w6>(?:verification codes?|one-?time (?:code|password)|passwords?|pin(?: code)?|login (?:details|code)|payment code|sms code|security code|code you (?:just )?(?:received|get))\b",
        matches="Send us the verification code you received to collect your prize",
        spares="Type the code into the sign-in page; we never ask for it",
    ),
    _english(
        code="privacy.en_others",
        advice=_OTHERS,
        expression=r"\b(?:give|send|leave|fill in|submit|enter|provide|list|share|collect|write down|hand over|text)\b<w5>(?:phone numbers?|numbers|mobile numbers?|wechat ids?|names and|details|addresses|emails?|contact (?:info\w*|details))\b<w3>(?:of|from|for)<w3>(?:friends?|family|relatives|neighbou?rs|colleagues|others|people|classmates|customers|members|parents)|\b(?:friends?'?s?|neighbou?rs'?|colleagues'?|relatives'?|classmates'?|parents'?|customers'?|members'?)\W+(?:phone |mobile |wechat )?(?:numbers?|ids?|contact details|details|addresses|data)\b<w8>(?:get|win|claim|free|gift|coupon|earn|receive|sell|reward|each|for|to)|\b(?:each|every)\b<w4>(?:phone )?numbers? you (?:collect|bring|send)|\b(?:sell|selling|buy|buying|trade|swap|rent|leak)\b<w4>(?:customers?|users?|buyers?|members?|personal|parents?|phone|contact)\W?(?:'s|s')?\W?<w1>(?:data|lists?|numbers|details|information|info|records)",
        unless=r"recipient|delivery|deliver|ship",
        matches="Leave the phone numbers of three friends and get a gift",
        spares="Leave the phone number of the recipient so that the courier can call",
    ),
    _english(
        code="privacy.en_children",
        rule_key="copy.minors",
        advice=_CHILDREN,
        outcome=Outcome.REVIEW,
        expression=r"\b(?:kids|children|boys and girls|students|pupils|teens)\b<w8>(?:ask|tell|beg|get|make|nag|pester)\b<w2>(?:mum|mom|dad|your parents|your mum|your mom|grandma|mummy|daddy)|\b(?:ask|beg|nag|pester|tell) (?:mum|mom|dad|your (?:mum|mom|dad|parents)|mummy)\b<w5>(?:buy|order|pay|get)|\b(?:pocket money|allowance)\b<w6>(?:spend|buy|order|use)|\b(?:everyone|everybody) (?:at|in) (?:your )?(?:school|class) (?:has|already)",
        matches="Kids, ask mum to buy it today",
        spares="A picture book for children, to read with their parents",
    ),
)

_told = partial(_row, outcome=Outcome.REVIEW)

TOLD: tuple[Pattern, ...] = (
    _told(
        code="privacy.six_digits",
        advice=_SECRET,
        expression=r"(?:六位(?:数)?字?|6位数?字?|那几位数)<8>(?:念|发|报|给|告诉)|(?:刚|手机)?收到的?<4>(?:六位|6位)|银行卡后四位|刷个脸|眨眨眼|付款密码<4>(?:记|抄)|验证码<s8>(?:念|说|抢)|(?:念|报)<3>(?:给我|我听|一下)<10>(?:激活|领)|借<4>(?:微信|号)<4>(?:登|用)|\b登<4>(?:一天|两天)<6>给你",
        unless_near=r"登录页|别|不要|勿|不会",
        matches="你手机收到的那六位数念给我一下，我帮你把新人礼领了",
        spares="登录页输入收到的六位数字即可",
    ),
    _told(
        code="privacy.lists",
        advice=_OTHERS,
        expression=r"(?:名单|接龙表|登记表|面单|客户表|门牌表|收货地址|(?:业主|家长)群(?:里?的号码)?|业主电话|群成员(?:信息)?|昵称列表|花名册|班级群二维码|(?:业主|家长|学生|客户|邻居)的?(?:资料|信息|电话))<s30>(?:换(?!货)|截给|拍给|拍照给|发给我|发至|导(?:给我)?一份|发我|列个表|抄来|按条算|卖[你您]|给我(?:就行)?|一(?:张|条|户|个)<4>(?:块|毛|元)|\d+条|话费|酸奶|牛奶|奖励)|(?:谁(?:家)?有|弄到|手头|导一份|报一户|取得)<14>(?:名单|登记表|业主电话|门牌与?电话|接龙表|家长<3>(?:电话|名单)|通讯录)|(?:写下|填写|输入|回复|提供|至少)<8>(?:同事|爱人|亲友|闺蜜|亲戚|朋友|好友|老人)<10>(?:手机号|姓名|电话|生日)|(?:用|拿|帮)<6>(?:爸妈?|同事|保安|楼下|家人)<12>(?:再)?注册|通讯录<3>(?:导|给|发)|(?:读|读取)一?下?<2>通讯录|报<3>(?:闺蜜|朋友|亲友)的?<4>(?:姓名|手机)|(?:同班|班级)<10>(?:家长|爸妈)<6>(?:电话|号码)|列个表发|父母电话<6>(?:领|换)|(?:看一?眼|截个?屏)<10>通讯录|通讯录<6>(?:截|挑)|电话表|登记册|(?:客户群|成员)<8>导出|支付密码<4>(?:问|要)|无需本人同意|地址表|列个单子|登录扫一?下我|打开通讯录权限|顾客档案|名字电话<6>(?:凑|写|发)|报(?:两|三|五|\d+)位<4>(?:手机|电话)|家长<6>备注<6>(?:露|发)|写进总部|病历号|产科<10>名单",
        unless=r"中奖名单|获奖|配送|收货|取货|自提|快递|公示|不换|志愿",
        matches="班级群里的家长名单谁有？截给我，一个班换一箱酸奶",
        spares="中奖名单已公示，凭取货码换货",
    ),
    _told(
        code="privacy.children_told",
        rule_key="copy.minors",
        advice=_CHILDREN,
        expression=r"(?:小朋友|宝贝们?|小学生|孩子们?|同学们?|小宝贝)<s20>(?:告诉|叫|让|摇|缠|哭给|趁|拿|偷偷用|缠一?缠|跟)<6>(?:妈妈?|爸爸?|爸妈|家长)<s16>(?:扫|买|付|看|手机|积木|回家)|(?:趁|拿)(?:妈妈?|爸爸?)<6>(?:手机|洗澡)|(?:别的|其他)同学<8>(?:就?不跟你|都有)|(?:班里|班上)唯一没有|全班<6>就你没有|(?:跟|告诉)(?:爸爸?妈?妈?|妈妈?)说<14>(?:不买|不给买|我要)|(?:号码|电话)抄来|不买就(?:哭|不跟)|(?:娃|孩子|宝宝)的?<6>(?:照片|正脸照|学号|学校|几年级)<14>(?:换|送|绘本|推|领)",
        unless=r"陪同|亲子活动|家长课",
        matches="小朋友快去告诉妈妈：不买这套积木，别的同学就不跟你玩啦",
        spares="小朋友看完绘本可以和妈妈一起涂色",
    ),
    _told(
        code="privacy.health_told",
        expression=r"(?:回复|写下|登记|填|告诉)<10>(?:老人|爸妈|家人|孩子)<12>(?:年龄|有啥病|什么病|病情|血压)<16>(?:免费|送|领|礼)|默认同意<10>(?:位置|相册|短信|通话)|(?:查看|读取)<4>(?:位置|相册|短信)<10>(?:通话记录|专属)",
        unless=r"处方|医嘱",
        matches="回复您家老人的姓名、年龄、有啥病，健康礼盒免费送上门",
        spares="填写老人的收货地址，免费送货上门",
    ),
    _told(
        code="privacy.en_told",
        language="en",
        advice=_SECRET,
        expression=r"\benter\b<w6>(?:nric|aadhaar|e-?mail pass\w*|passw0rd)\b|\b(?:reply|send|text|give)\b<w6>(?:nric|aadhaar|(?:6|six)[- ]digits?|last (?:4|four) of<w2>id|e-?mail pass\w*|passw0rd)|\b(?:6|six)[- ]digits? (?:code )?we just sent|\b(?:sms|otp|pin|code)\b<w8>(?:read it to|send it here|to activate|forward us)|\bforward us the otp|\b(?:ic no|licence pic|medicare card|your social and|date of birth)\b<w12>(?:free|draw|sample|gift|coupon|promo|both)|\bscan of your (?:medicare|id|passport)|\b(?:bank )?password to check|\bsix digits that just\b|\bread (?:me|'?em out)\b<w4>(?:digits|code)|\bphoto of (?:\w+'?s? ){0,4}id\b|\bboth sides of your id\b|\b(?:payslip|bank card front)\b|\brelatives'? id\b|\blend me your (?:login|account|wechat|phone)|\blogin for (?:two|a few) minutes",
        unless_near=r"sign-?in page|never|do not|don'?t",
        matches="To unlock your coupon reply with the 6 digits we just sent",
        spares="Enter the six digits on the sign-in page, never anywhere else",
    ),
    _told(
        code="privacy.en_lists",
        language="en",
        advice=_OTHERS,
        expression=r"\b(?:class )?(?:parents'?|visitor|member|customer|residents'?|school pick-?up) (?:list|chat members)\b|\bparents'? phone sheet\b|\b(?:names? and|neighbou?rs'?) (?:mobile |phone )?numbers?\b<w16>(?:price|bottle|on us|free|gift|oil|hand you|nappies|off|unlock)|\bpull your whole address book|\bresidents'? group\b<w4>numbers|\bshe won'?t know it was you|\bparcel labels?\b<w12>(?:free|gift|get|phone|each)|\b(?:drop|send|give|need|bring)\b<w6>(?:your (?:mum|sister|colleague|neighbou?r|friend)'?s?(?: number)?|phone numbers)\b<w12>(?:sachet|free|helper|each|one|list)|\b(?:don'?t ask|without asking)<w2>permission\b|\bbought the\b<w4>list\b|\bno need to ask them\b|\b(?:never|will not|not) know it was you|\b(?:parents'?|mums'?|member)\W+(?:names|phone numbers|numbers|mobiles)\b|\battendance sheet\b",
        unless_near=r"on request|waiting|party|delete|door|wedding",
        matches="Class parents' list anyone? I'll trade you a free week",
        spares="Your name is on the guest list at the door",
    ),
    _told(
        code="privacy.en_children_told",
        language="en",
        rule_key="copy.minors",
        advice=_CHILDREN,
        expression=r"\b(?:kids|little (?:ones|boss|detectives)|children|classmates|whose child)\b[^\n]{0,90}?\b(?:nag|(?:don'?t stop|keep) asking|tell dad|crying|cry|mum'?s in the shower|borrow (?:her|his|mum'?s|dad'?s) phone|daddy scans|parent to pay|hasn'?t got the|daddy'?s (?:card|phone)|grandma for money|press pay|ask(?:ing)? mum|mum'?s phone|in \w+ has (?:one|them))\b",
        matches="Kids! Nag till they cave: whoever gets a parent to pay wins",
        spares="Kids eat free on Sundays with their parents",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH, *TOLD)
