"""Ordinary goods that are said to treat, cure or prevent an illness, or to change the body."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.linting.patterns.types import Pattern
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_CURE = _("Say what the goods are made of and how they taste or feel; leave out illnesses and cures.")
_BODY = _("Leave out effects on the body unless an approval for them can be named.")
_DOCTOR = _("Leave out doctors, patients and trials.")

_row = partial(Pattern, family=Family.EFFICACY, rule_key="copy.medical_claim", outcome=Outcome.REFUSE, advice=_CURE)
_english = partial(_row, language="en")

_ILLNESS = r"(?:癌(?:症|细胞)?|肿瘤|糖尿病|高血压|高血糖|高血脂|三高|血压(?!计)|血糖(?!仪|指数)|血脂|尿酸|胆固醇|心脏病|冠心病|脑梗|中风|血栓|关节炎|关节痛|类风湿|风湿(?:病|痛)?|颈椎病?|腰椎|腰间盘|腰疼|腰痛|膝盖疼|骨质疏松|骨刺|痛风|失眠|便秘|胃病|胃炎|胃痛|肠炎|肝炎|脂肪肝|肾虚|肾病|前列腺|妇科(?:病|炎症)?|宫寒|痛经|结节|囊肿|肌瘤|鼻炎|咽炎|哮喘|支气管炎|肺炎|咳嗽|感冒|流感|发烧|新冠|病毒感染|湿疹|皮炎|荨麻疹|牛皮癣|银屑病|脚气|灰指甲|痔疮|近视|白内障|青光眼|飞蚊症|脱发|白发|抑郁症?|焦虑症|老年痴呆|帕金森|癫痫|多动症|自闭症|贫血|疼痛|偏头痛|头痛|炎症|皮肤病|疾病|百病|各种病|顽疾|慢性病|牙周炎|口腔溃疡|静脉曲张|甲状腺|阳痿|早泄|不孕|风寒|湿气|过敏(?:性鼻炎)?|痘痘|黄褐斑|老年斑|幽门螺杆菌|椎间盘突出|多动|厌食|老寒腿|口臭|打鼾|打呼噜?|更年期|手脚冰凉|体寒|健忘|耳鸣|眩晕|头晕|结石|肠胃(?:炎|病)|干眼症?|飞蚊|口疮|冻疮|鸡眼|狐臭|白癜风|红血丝|甲沟炎|腱鞘炎|肩周炎|骨质增生|半月板|滑膜炎|盆腔炎|尿频|尿急)"
_CARE = r"(?:注意|保暖|提醒|多喝水|加衣|就医|洗手|大家<2>(?:预防|小心)|祝|愿|早日康复|慎用|禁用|禁忌|患者(?:请|慎|应|不宜|勿|需)|人群(?:请|慎|不宜|勿|需)|者(?:请|慎|不宜|勿|禁)|咨询医生|(?:听|问|找)医生|(?<!不用)(?<!不去)看医生|遵医嘱|(?:请|得|要|还是|尽快)(?:去|到|上)(?:医院|皮肤科|门诊)|{settled})"

CHINESE: tuple[Pattern, ...] = (
    _row(
        code="efficacy.treats",
        outcome=Outcome.REVIEW,
        expression=rf"(?:清|稳|控|平|调|护)(?:血脂|血压|血糖|尿酸|三高|心脑|血管)|(?:治(?!安|理|学|水|沙|愈系)|治疗|医好|医治|根治|主治|防治|专治|攻克|逆转|战胜|克服|根除|杀死|抑制|抗|防|祛|消除|消灭|击退|告别|远离|摆脱|赶走|再见|预防|改善|缓解|减轻|调理|修复|降(?:低)?|对抗|解决|搞定|摆平|对付|克制|清除|化解|有效|拯救)<6>{_ILLNESS}",
        unless_near=_CARE,
        matches="这款茶能治疗糖尿病，远离高血压",
        spares="天冷了，大家注意保暖，预防感冒",
    ),
    _row(
        code="efficacy.illness_gone",
        expression=rf"{_ILLNESS}<14>(?:往下[走掉]|见好|好多了|又能|(?:提升|恢复|下降|降了?|升)\d|贴好|都?(?:管用|好使|能治|能喝好|再也没|没再|拜拜|再见|说再见|全消|全无|退散|走开|全跑|有奇效|有救|好了|全好|没了|消失|康复|痊愈|见效|根除|断根|不见了|降下来|降了|降到|正常了|恢复正常|稳定了|不犯|没再犯|不再(?!是)|治好|一扫而光|一去不|有救|的?(?:克星|救星|福音|杀手|天敌|终结者|特效|良药|偏方)|患者?的?(?:福音|首选|救星)|(?:明显|大大|立刻|马上)?(?:改善|缓解|减轻|好转)|停药|不用吃药|消(?:退|除)))",
        unless_near=_CARE,
        matches="喝了半个月，我妈的血压就降下来了，药都停了",
        spares="高血压患者请遵医嘱，本品为普通食品",
    ),
    _row(
        code="efficacy.cure_words",
        outcome=Outcome.REVIEW,
        expression=r"根治|(?:完全|彻底|能|可|可以|帮您?|保证|快速)治愈|(?:膝盖|腿|腰|关节)<2>又?能(?:爬|走|跑|蹲|弯)|治愈率|治愈(?:率|了?(?:多年|顽固|我|他|她|无数|上万|\d))|治好(?:了)?(?!拖延|选择)|再也(?:没|不)<3>(?:生|得|犯|发)<2>(?:病|烧|炎|过敏|感冒)|(?:腿|腰|膝盖|关节|肩膀?|颈椎|脖子|头|胃|牙|脚|手|背|全身|老寒腿|骨头|老毛病)<3>(?:再也)?(?:不(?:疼|痛|酸|麻|肿|犯|晕)了?|利索了)|(?:治|贴|喝|吃|用)好为止|包治|药到病除|(?:祖传|宫廷|独家|民间|家传|老中医)(?:的)?(?:秘方|偏方|药方|神方|验方)|(?:永|再)?不复发|断根|(?:能|可以|可|有效|帮您?|快速|真正|辅助)治疗|治疗(?:效果|作用|功效|功能|率|各种|多种|一切)|疗效|医治好|特效药|神药|灵丹妙药|起死回生|华佗|(?:替|代)代?<2>(?:药物?|吃药|胰岛素|降压药|手术|打针)|(?:不用|无需|不必|告别|停掉?|扔掉|省去)<3>(?:吃药|打针|手术|住院|去医院|输液|药罐|降压药|胰岛素|药了)|药(?:都)?停了|停药",
        unless=r"疗效因人|遵医嘱|咨询医生|代购|拖延症|选择困难",
        matches="祖传秘方，三天断根，不用吃药",
        spares="这首歌很治愈，适合配一杯热茶",
    ),
    _row(
        code="efficacy.body",
        advice=_BODY,
        outcome=Outcome.REVIEW,
        expression=r"(?:养|护|补|强|健|疏通|修复|调理|保护|滋养|软化|激活|净化)<2>(?:肝|肾|肺|脾|心脏|血管|关节|气血|经络|肠道|血液|子宫|卵巢|前列腺|甲状腺|淋巴|细胞|大脑|脑力|视力|听力)|疗程|有效率|痊愈|(?:提高|增强|提升|增加|激活|改善|加强)<3>(?:免疫力?|抵抗力|性功能|性能力|记忆力|智力|视力|新陈代谢|内分泌|细胞活力)|抗衰老|逆龄|逆生长|延年益寿|长生不老|返老还童|年轻\d+岁|(?:排|清|解)(?:出|除)?<4>(?:体内|肠道|肝脏|血管)?<2>(?:毒素|宿便|垃圾)|排毒(?!餐|柜|锅)|解酒护肝|护肝|养肝|清肺|润肺止咳|补肾|壮阳|滋阴|补气血|气血双补|活血化瘀|活血|祛湿|除湿气|健脾|驱寒祛湿|通经活络|(?:疏通|打通)<2>(?:经络|血管)|软化血管|清理?血管|溶栓|丰胸|增高(?!鞋|垫|款|凳|\d)|长高\d|(?<![卫学医先陌产发])生发(?![布现展货生送票起给来出])|(?:白发|白头发)<4>(?:变黑|转黑|返黑)|祛(?:斑|疤|痘|皱)|减肥(?=茶|药|神|咖啡|效果|成功|必|利器|快|特效|圣品|贴|不|瘦身|胶囊|果|糖|酵素)|(?:能|可以|帮你?|助|轻松|躺着|快速|有效)<2>减肥|(?:燃|溶|刮)(?:脂|油)|减脂(?!餐|期|人群)|(?:暴|狂|月|躺|周|日|秒|快速|轻松|立刻|睡着)瘦|(?:瘦|减|掉)(?:了|掉|下)?<2>(?:\d+|[一二三四五六七八九十几]+)(?:多)?(?:斤|公斤|kg)|不(?:节食|运动|吃药|打针)<8>(?:瘦|减)|(?:\d+|[一二三四五六七八九十半两])(?:天|周|个月)<3>瘦|肉<3>自己掉|不反弹|消炎|镇痛|止痛|止咳|化痰|平喘|退烧|抗病毒|抗菌消炎|美白(?:针|丸)|(?:干细胞|磁疗|量子|负离子|远红外|太赫兹)<8>(?:治|疗|修复|养生|保健|激活|理疗)|细胞再生|修复(?:dna|细胞|肝|胃|关节|软骨)|(?:保健|养生|药用)(?:功效|疗效|作用|价值|奇效)|奇效|神效|速效|强效(?!去污|清洁)|安神助眠|治失眠|一觉到天亮|益智|(?:促进|帮助)<4>(?:伤口愈合|骨骼生长|长高|发育|排毒|血液循环)|养胃护胃|调理(?:肠胃|身体|脾胃|气血|内分泌|体质|月经)|改善睡眠|暖宫|调经(?![济理营费常])|(?<!交)通便(?!利|捷)|清肠|明目(?!张胆)|强身健体|百病不侵|催奶|下奶(?![茶粉牛油酪昔])|安胎|视力<3>(?:恢复|回到|提升|变好)|摘掉?眼镜|乌发|黑发再生|育发",
        unless=r"(?:油污|去污|污渍|水垢)|减肥(?:失败|也能吃)|{settled}",
        matches="每天一杯，排毒养颜，一个月瘦20斤不反弹",
        spares="版型显瘦，面料柔软，强效去污",
    ),
    _row(
        code="efficacy.doctor",
        advice=_DOCTOR,
        outcome=Outcome.REVIEW,
        expression=r"(?:医生|专家|医院|教授|院士|医学|老中医|药师|护士|营养师)<4>(?:推荐|都在(?:用|吃|喝)|力荐|认证|证实|指定|也说|都说|亲测|研发)|临床<4>(?:验证|证明|证实|试验|测试|数据|有效)|(?:患者|病人|病友)<10>(?:见证|反馈|康复|推荐|都说|亲测|好转)|(?:药监局|国药|械字号|妆字号|健字号)<6>(?:认证|批准|推荐)<6>(?:治|疗|有效)|科学(?:证明|证实|研究(?:表明|证明|发现))<14>(?:治|疗|癌|病|免疫|寿|衰老|瘦)",
        unless=r"咨询<4>医生|遵医嘱|{settled}",
        matches="三甲医院专家推荐，临床验证有效",
        spares="如有不适请停用并咨询医生",
    ),
)

_E_ILLNESS = r"(?:cancers?|tumou?rs?|diabet\w+|(?:high )?blood (?:pressure|sugar|fat|lipids)|hypertension|cholesterol|heart (?:disease|attack)|strokes?|arthritis|rheumati\w+|joint pain|back pain|neck pain|pain|gout|insomnia|constipation|gastritis|ulcers?|hepatitis|fatty liver|kidney (?:disease|stones)|infertility|impotence|asthma|bronchitis|pneumonia|coughs?|colds?|(?:the )?flu|fever|covid\w*|virus(?:es)?|infections?|eczema|psoriasis|acne|allerg\w+|h(?:a)?emorrhoids|myopia|short-?sighted\w*|cataracts?|hair loss|baldness|gr[ae]y hair|depression|anxiety|dementia|alzheimer\w*|parkinson\w*|epilepsy|adhd|autism|an(?:a)?emia|migraines?|headaches?|inflammation|disease[s]?|illness(?:es)?|ailments?|disorders?|wrinkles|toxins)"

ENGLISH: tuple[Pattern, ...] = (
    _english(
        code="efficacy.en_treats",
        expression=rf"\b(?:cures?|cured|curing|heals?|healed|treats?|treating|treatment (?:for|of)|prevents?|preventing|fights?|fighting|reverses?|reversed?|eliminates?|relieves?|relief (?:from|for)|eases?|lowers?|lower|lowered|reduces?|reducing|controls?|kills?|destroys?|stops?|remed(?:y|ies) (?:for|against)|wards? off|protects? (?:you )?(?:against|from)|gets? rid of|banish(?:es)?|beats?|ends?|say goodbye to|goodbye|removes?|clears?|flush(?:es)?|regulates?|shrinks?|cleanses?|good for|no more|helps? with|rid(?:s)? (?:you|your body) of|normali[sz]es?|combats?|improves?)\b<w5>{_E_ILLNESS}\b",
        unless=r"consult|doctor's advice|not (?:intended|meant)|sunburn|wash your hands|pain au|kills time|cold (?:drinks?|brew|weather|days?|winter|hands|feet|water|nights?|morning)|tea cold",
        matches="This herbal tea cures diabetes and lowers blood pressure",
        spares="This tea is a food and is not intended to treat any disease",
    ),
    _english(
        code="efficacy.en_gone",
        expression=rf"\b(?:my|his|her|your|their|the|mum'?s|mother'?s|father'?s|dad'?s|grandma'?s|grandpa'?s)\b<w3>{_E_ILLNESS}\b<w8>(?:gone|disappeared|vanished|cured|went away|dropped|normal|better|no longer|healed|improved|fell|shrank|shrunk|smaller|history|a thing of the past|behind (?:you|him|her|me))|\b(?:cures?|heals?)\b<w3>(?:everything|all|any|anything|almost|many|within|in \d|overnight|completely|you)\b|\bmiracle cure|\bcure-all|\bcure rate|\b(?:secret|ancient|family|imperial)\b<w2>(?:remedy|cure|formula|prescription)\b<w8>(?:cure|heal|treat|pain|illness|disease|health|body|centuries|for)",
        unless=r"cured (?:ham|meat|sausage|bacon|fish|pork)",
        matches="After two weeks her arthritis was gone and she stopped her medication",
        spares="Cured ham from the mountains, sliced to order",
    ),
    _english(
        code="efficacy.en_no_medicine",
        is_literal=True,
        expression=r"\b(?:stop(?:ped)?|no (?:more|need for)|no longer needs?|throw away|threw away|replace[sd]?|instead of|without|give up|gave up|off (?:his|her|my|your|the)|forget|ditch(?:ed)?)\b<w3>(?:medication|medicines?|pills?|insulin|drugs|surgery|injections?|hospitals?|tablets)\b",
        unless=r"(?:not|never|cannot|can't|don't) (?:stop|replace|throw|give)|without consulting",
        unless_near=r"\b(?:not|never|cannot|can't|don't|doesn't)\b<w3>(?:stop|replace|substitute|instead|throw|give up)",
        matches="One spoon a day and no more insulin",
        spares="This tea does not replace medication",
    ),
    _english(
        code="efficacy.en_body",
        advice=_BODY,
        outcome=Outcome.REVIEW,
        expression=r"\b(?:supports?|improves?|protects?|repairs?|cleans(?:es)?|strengthens?|restores?|heals?|nourish(?:es)?)\b<w2>(?:liver|kidneys?|heart|lungs?|joints?|bones?|blood|circulation|hormones?|eyesight|brain|arteries|immune)\b|\b(?:symptoms?|course of treatment)\b<w6>(?:gone|vanish|disappear|improve|relief|days?)|\b(?:boosts?|strengthens?|improves?|enhances?|increases?|supercharges?)\b<w3>(?:immun\w+|metabolism|fertility|libido|virility|sexual|memory|iq|intelligence|eyesight|vision)\b|\b(?:lose|losing|lost|shed|drop|dropp?ed|burn|melt)\b<w4>(?:\d+|ten|twenty|five|several) ?(?:kg|kilos?|kilograms?|pounds?|lbs|jin)\b|\b(?:burns?|melts?|burning|melting|dissolves?) (?:away )?(?:belly )?fat\b|\bslim(?:s|ming)? (?:down )?(?:without|in|fast|tea|while|effect)|\bweight[- ]loss\b|\blose weight\b|\bdetox\w*\b|\banti-?ag(?:e)?ing\b|\breverses? ag(?:e)?ing|\b(?:look|looks|become|years)\b<w2>\d+ years younger|\b(?:grows?|regrows?|regrow) (?:back )?(?:your )?hair\b|\bgrow (?:\d+ (?:cm|centimet\w+)|taller)|\b(?:breast|bust|penis) enlarg\w+|\baphrodisiac|\bcleanses? (?:your )?(?:liver|blood|colon|body|arteries)|\b(?:unclogs?|unblocks?|cleans?) (?:your )?(?:arteries|blood vessels)|\b(?:whitens?|lightens?|bleach\w*) (?:your )?skin in|\blive (?:longer|to (?:be )?\d+)|\bprolongs? life|\b(?:therapeutic|medicinal|curative|healing)\b<w2>(?:effects?|properties|powers?|benefits?|value)|\bsleep through the night guaranteed",
        matches="Boosts your immune system and helps you lose 10 kg in a month",
        spares="A loose cut that is comfortable all day",
    ),
    _english(
        code="efficacy.en_doctor",
        advice=_DOCTOR,
        outcome=Outcome.REVIEW,
        expression=r"\b(?:doctors?|experts?|physicians?|hospitals?|professors?|scientists?|nutritionists?|dermatologists?|dentists?)\b<w2>(?:recommend(?:s|ed)?|approved?|endorsed?|agree|swear|prescribe[ds]?|confirm(?:ed)?|prove[dn]?|use it)\b|\b(?:recommended|approved|endorsed|trusted|prescribed) by<w2>(?:doctors?|experts?|physicians?|hospitals?|dermatologists?|professors?)|\b(?:clinically|scientifically|medically) (?:proven|tested|shown|proved|verified)\b|\b(?:patients?|studies)\b<w5>(?:recovered|cured|prove|healed|confirm)",
        matches="Recommended by doctors and clinically proven",
        spares="If your skin reacts, stop using it and ask a doctor",
    ),
)

_told = partial(_row, outcome=Outcome.REVIEW, unless_near=_CARE)
_told_english = partial(_english, outcome=Outcome.REVIEW)

TOLD: tuple[Pattern, ...] = (
    _told(
        code="efficacy.pills_gone",
        expression=r"(?<!吃)(?:药(?:片|瓶|瓶子|丸)?|安定片?|胰岛素的?针?|降压片|吸入器|血压仪|拐杖|眼镜)<5>(?:就|都|也|早|可以|慢慢)<3>(?:扔(?!垃圾)|停(?!售|产)|放下|戒|收(?:进|起|了)|丢了?|不用(?:吃|戴|带))|(?:降压|降糖)<4>(?:片|药)?<2>早?停了|把<2>(?:安定|药|降压药|胰岛素)停了|(?:不(?:用|使|必|去)|唔使|没再?)<2>(?:睇医生|跑医院|打过?针|上医院|挨针)|比(?:跑|上|去)医院|医生都?摇头<s24>(?:现在|如今|天天|却|自己)|(?:跟|和)?(?:医院|儿科|电梯|挂号处)<3>(?:说)?(?:再见|拜拜)|不认识挂号",
        unless=r"别|请|不能|不要|客服|过期",
        matches="喝了俩月这茶，药瓶子早扔了",
        spares="家里过期的药都可以拿到药店回收，别乱扔",
    ),
    _told(
        code="efficacy.check_up",
        expression=r"(?:复查|片子|体检单|指标|化验单|检查单)<s16>(?:正常|找不着|没了|小了|往下[走掉]|掰下来|会没|消了|平了|转阴|年轻|全绿|好了)|(?:瘤子|结节|包块|小点|肿块|甲状腺)<10>(?:小了|没了?|消了|平了|散了|化了|通了)|转阴|(?:血|血管)<2>(?:就)?(?:稀了|通了)|指标<4>(?:全|都)?往好|主任都(?:纳闷|吃惊|摇头)|药盒子?<4>落灰|(?:停了|停掉)降压片|医院(?:开的?|那)<6>(?:减|扔|停)|比(?:药|打针)<2>(?:管用|快|灵)|打针都没它",
        unless=r"收货|验货|核酸|订单",
        matches="上礼拜去复查，片子上找不着了",
        spares="复查了一遍，订单正常，明天发",
    ),
    _told(
        code="efficacy.body_moves",
        advice=_BODY,
        expression=r"(?:(?:窜|蹿|拔)(?:了|高)?|长(?:了|高)|高了)<2>(?:\d+|[一二两三四五六七八九十几]+)(?:公分|厘米|cm)(?!的|以|宽|长|左右的)|骨骺|罩杯|从a变[b-d]|胸(?:部)?<4>(?:二次发育|变大)|裤腰<2>松|(?:腰|大腿|小腿|肚子)<6>(?:小一圈|瘪|平平|细一圈|肉<4>化)|(?:肉|油|脂肪)<3>自己(?:就)?(?:化|掉|没|跑)|腰围<8>下去|胯<4>收|(?:b超|去查|复查)<4>没了|医生都问|(?:早起|第二天|一夜|睡一觉)<10>(?:少|掉|轻)[一二两三\d]斤|拉出来的?<4>油|在烧油|宿便|(?:那|都|全)<3>是<6>毒(?!品|素检)|(?:拉|排|揭|拔)<12>(?:黑|油|黄)<10>毒|好转反应|排病反应|(?:毒|湿毒)<4>往外走|(?:毒|湿气)<4>(?:排干净|跑了|全出)|斑<8>(?:自己)?(?:就)?(?:掉|没了|淡没)|度数<8>(?:往回|退|降|走到)|(?:退|降)<2>(?:一|两|\d+)百?度起?|摘镜|老花镜<4>[扔摘]|眼镜度数往回|(?:冒|长)<4>(?:小绒毛|毛茸茸|新头发|回来)|又?黑压压|冒新茬|掉秤|青筋<8>淡|长出\d+毫米|绒毛|地中海<6>长|走路带风|(?:刮目相看|那方?面)<6>(?:行|不行)|两个?罩杯|妊娠纹<6>退|子宫<4>归位|腰间?椎?间?盘<4>(?:回|归)|酒桌<8>不倒|力不从心|嫂子会?谢",
        unless_near=r"注意|遵医嘱|裙|衣|笋|鞋跟|花枝|树|苗|竹|苗高|面料|表达",
        matches="这口奶片一天四颗，一学期窜了八公分",
        spares="这批竹笋一夜长了八公分，趁嫩挖",
    ),
    _told(
        code="efficacy.beaten",
        expression=rf"{_ILLNESS}<10>(?:绕(?:道|着)走|连根拔|断尾|认输|挡在(?:门|外)|说再见|退散|拜拜|不(?:疼|痛|咳|犯)了?(?=[,。!]|$)|自己会?(?:走|小|消|没)|真的?会小|近不了身|不爱待|清爽了(?=[,。!]|$)|一块儿?走人|往外退|统统?泡走|压下去了|从里往外褪|断喽|一贴<4>不|勿咳|一天比一天|就(?:没|稳|平)了|自己(?:就)?稳|染不上|也(?:没|不)[,!。了])|(?:病毒|流感|感冒)<14>绕|专攻<4>{_ILLNESS}|(?:就是|主要是)(?:堵|缺它|寒)<s20>(?:通了|补上|扔)|(?:娃|孩子|全家)<10>(?:一冬|没再咳|没病过|一天没落)",
        matches="流感来了别慌，挂一个香囊，病毒绕着走",
        spares="流感季请勤洗手，不舒服就去医院",
    ),
    _told_english(
        code="efficacy.en_pills_gone",
        is_literal=True,
        expression=r"\b(?:binned|threw|throw away|tossed|chucked|ditched|put away|dumped)\b<w3>(?:pen|tablets|inhaler|pills|insulin|glasses|stick|cane|meds|medicine)|\b(?:inhaler|needle|pills|tablets|insulin|cane)\b<w4>(?:away|in the drawer|in the bin|retired)|\b(?:no antibiotics|let them operate|skip the dentist|no doctor needed|no prescription to|no gym no diet|stop it dead)\b|\b(?:no need|already no need|don'?t need|without)<w1>(?:hospital|jab|jabs|the doctor|surgery|physio)|\bdoctor\b<w3>(?:himself |herself )?(?:was|were) (?:shocked|amazed|speechless)|\bsurgeon sent\b|\bscans?<w2>(?:came back )?(?:clean|clear|normal)\b",
        unless=r"flea|pet",
        unless_near=r"\bplease\b|\b(?:not|never|cannot|can't|don't|doesn't)\b<w3>(?:stop|replace|substitute|throw|give up|bin|put)",
        matches="Grandpa binned his inhaler after a month of our honey",
        spares="Please never put your inhaler away because of a tea",
    ),
    _told_english(
        code="efficacy.en_body_moves",
        advice=_BODY,
        expression=r"\b(?:cup sizes?|up a cup|dress sizes?|two sizes down|toxins leaving|poison coming out|mending your liver|growth plates|shot up (?:\w+ )?(?:cm|inches)|never catch a cold|eyesight sharpens|rebuilds? collagen|tumou?rs hate|flat chest|taller by|growing bones|rebuilds? cartilage|hair back in|regrows?|bald spots?|fuzz where|glasses get thinner|trousers won'?t stay up|toxins out|keep(?:s)? (?:the )?(?:flu|big c|colds?) (?:out|away)|lumps? (?:gone|melts?)|pipes run|packs its bags|walk like \d+)\b|\b(?:flush(?:es)?|drags?|draws?) (?:it |the )?<w2>(?:clean|toxins)\b|\b(?:stopped|quit) (?:wheezing|coughing|snoring)\b|\b(?:ulcer|wound|piles|fatty liver|thyroid|arthritis|lumps?|tumou?rs?|pneumonia|gout|migraine|cholesterol|anxiety)\b<w6>(?:gone for good|melt away|clears? by itself|settle on|right out|close itself|are history|is history|packs|sort(?:s|ed)? (?:it )?out|melts?|shrinks?)\b|\bsort(?:s)? it out in a month|\b(?:belly|eczema|arthritis|knees?|lungs?|sugar|thyroid|nodules?|cysts?|asthma|stroke|short sight|blood pressure|gout|migraine|gastric|flu|covid|virus|tumou?r marker|cavities|fat)\b[^\n.]{0,40}?\b(?:melts? (?:by itself|away)|off the jab|gone by|by itself|are clean|finished|went out|settle|drop by half|back to \d+|sorts the lot|on its own)\b|\b(?:cups?|shades?) (?:bigger|whiter)|\bwhiter by\b|\blast longer\b|\bno more glasses\b|\bclears the fat off\b|\bbrings? (?:it|them) down in\b|\bno trace of\b|\bflab melts\b|\bstopped creaking\b|\bbreathe on their own\b|\barthritis gone\b|\b(?:fills? cavities|shrinks? (?:thyroid|nodules)|opens blocked)\b|\bhair grew back\b|-\d+ ?kg in \d",
        unless_near=r"hair back in (?:a|the) (?:pony|bun)|lampshade",
        matches="Knees creaking? Our patches rebuild cartilage while you sleep",
        spares="Tie your hair back in a bun before you knead the dough",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH, *TOLD)
