"""What agents say about the goods they stand behind, and which of it fits a product."""

from renmai.demo.goods.types import Product, Text, VoiceNote


def _note(category: str, *fits: str, zh: str, en: str) -> VoiceNote:
    return VoiceNote(category, Text(zh, en), fits)


VOICE_NOTES: tuple[VoiceNote, ...] = (
    _note(
        "fresh",
        "fruit",
        zh="我家老人牙口不好，这家的果子她每回都能吃完，所以我才放心往群里发。",
        en="My mother is hard to please with fruit and finishes these every time, so I dare to share them.",
    ),
    _note(
        "fresh",
        "fruit",
        zh="我自己先买了一箱，坏了两个，客服当天就赔了。有人管，我才推。",
        en="I bought a box first. Two were bad and were refunded the same day. Somebody answers, so I recommend it.",
    ),
    _note(
        "fresh",
        "peach-box",
        "cold-pack",
        zh="菜场也有更便宜的，差别在路上有没有冰。我拆开摸过，是凉的。",
        en="The market is cheaper; the difference is the ice. I opened mine and it was still cold.",
    ),
    _note(
        "fresh",
        zh="别一次买太多，新鲜东西趁好吃。吃完再找我。",
        en="Do not buy too much at once. Eat it while it is good, then ask me again.",
    ),
    _note(
        "fresh",
        "fruit",
        zh="这个不是每批都一样甜，我会在群里说这批怎么样。",
        en="Not every batch is equally sweet; I tell the group how this one is.",
    ),
    _note(
        "snacks",
        zh="办公室抽屉常备，下午四点分给同事，他们问我要的链接。",
        en="It lives in my office drawer. Colleagues asked for the link at four o'clock.",
    ),
    _note(
        "snacks",
        zh="配料表短，字我都认识，给孩子当零嘴心里有数。",
        en="The list of ingredients is short and I can read all of it, so I know what the child eats.",
    ),
    _note("snacks", zh="好吃是好吃，热量也不低，我自己一天一小把。", en="Tasty, and not light. I keep to a small handful a day."),
    _note(
        "snacks",
        zh="过年带回老家的就是这个，我妈拿去招待客人了。",
        en="I took it home at New Year and my mother put it out for guests.",
    ),
    _note(
        "snacks",
        "walnut-bag",
        zh="我对比过三家，这家壳薄、坏籽少，价格不算低。",
        en="I compared three. This one has thin shells and few bad kernels, and is not the cheapest.",
    ),
    _note(
        "tea",
        "leaf-tea",
        zh="我爸喝了三十年茶，他喝完点了头，我才上架的。",
        en="My father has drunk tea for thirty years. He nodded, so it went into my shop.",
    ),
    _note(
        "tea",
        "leaf-tea",
        zh="不会泡茶也没关系，照着罐子上的水温来，不会难喝。",
        en="If you cannot brew tea, follow the temperature on the tin and it will be fine.",
    ),
    _note(
        "tea",
        "leaf-tea",
        zh="香气不冲，喝惯花茶店那种浓香的朋友先买小份试。",
        en="The scent is quiet. If you like it loud, try the small size first.",
    ),
    _note(
        "tea",
        "RM-TE-07",
        zh="早上一杯挂耳，带孩子的人有三分钟是自己的。",
        en="One drip coffee in the morning: with children, those three minutes are mine.",
    ),
    _note(
        "tea",
        "tea-tin",
        zh="送人我选小罐，喝完了对方会来问，比送大盒实在。",
        en="As a gift I take the small tin; when it is empty they ask for more.",
    ),
    _note(
        "tea",
        zh="家里柜子里一直有它，快喝完就补，没断过。",
        en="There is always some in our cupboard; I order again before it runs out.",
    ),
    _note(
        "pantry",
        zh="家里天天要吃的东西，我只卖自己锅里煮过的。",
        en="These are things we eat daily. I only sell what has been in my own pot.",
    ),
    _note(
        "pantry",
        "RM-PA-01",
        zh="这个米头一顿少放点水，我吃了两次才摸准。",
        en="Use less water than usual for this rice. It took me two tries.",
    ),
    _note(
        "pantry",
        "RM-PA-06",
        zh="我妈嫌酱油颜色淡，蒸了条鱼之后不说话了。",
        en="My mother found the soy sauce too pale, until she steamed a fish with it.",
    ),
    _note(
        "pantry",
        "RM-PA-04",
        zh="油烟大一点，香也多一点，做川菜的家庭合适。",
        en="It smokes a little more and smells a lot better: right for Sichuan cooking.",
    ),
    _note(
        "pantry",
        zh="住楼上的邻居一起凑单，省下的运费够买把葱。",
        en="Neighbours upstairs order with me, and the freight saved buys the leeks.",
    ),
    _note(
        "skincare",
        "cream-jar",
        zh="我是干敏皮，用空两罐才敢说好，你先小瓶试。",
        en="My skin is dry and touchy. I finished two jars before I said a word; try the small one.",
    ),
    _note(
        "skincare",
        "moisturise",
        zh="它就是把保湿做好，别指望变白，我不说那种话。",
        en="It moisturises and that is all. I make no promises about whitening.",
    ),
    _note(
        "skincare",
        zh="学生时候长痘，现在回头看，少折腾比多买强。",
        en="I had spots as a student. Looking back, doing less helped more than buying more.",
    ),
    _note(
        "skincare",
        zh="过敏过的朋友先涂耳后，别直接上脸。",
        en="If your skin reacts easily, try it behind the ear before your face.",
    ),
    _note(
        "skincare",
        "RM-SK-07",
        zh="夏天两指防晒是硬道理，这支不太搓泥，我天天用。",
        en="Two fingers of sunscreen in summer. This one hardly pills; I use it daily.",
    ),
    _note(
        "makeup",
        "lips",
        zh="我嘴唇颜色深，试色图是我自己拍的，没修。",
        en="My lips are dark; the swatches are mine and unretouched.",
    ),
    _note(
        "makeup",
        "lips",
        "face",
        "RM-MU-06",
        "RM-MU-07",
        "RM-MU-08",
        zh="上班用它不出错，想要惊艳的你换一支。",
        en="It never goes wrong at work. For a stage you want something else.",
    ),
    _note(
        "makeup",
        "RM-MU-01",
        zh="孩子抢过我的口红画墙，擦得掉，我才继续推。",
        en="My child drew on the wall with it and it came off. So I still recommend it.",
    ),
    _note(
        "makeup",
        "RM-MU-06",
        zh="新手别贪颜色多，先把大地色用顺手，半年都够。",
        en="Beginners need few colours: learn the earth tones first, they last half a year.",
    ),
    _note(
        "makeup",
        "lips",
        "face",
        zh="拍视频会显白一点，实物再深一些，介意先问我。",
        en="On video it looks paler than it is. Ask me if you are not sure.",
    ),
    _note(
        "makeup",
        zh="我手笨，用它也能五分钟出门，推荐给和我一样的人。",
        en="I am clumsy, and it still gets me out of the door in five minutes.",
    ),
    _note(
        "home",
        "RM-HO-01",
        "towels-living",
        zh="我洗了五次才来写这段话，缩水在我能接受的范围。",
        en="I wrote this after five washes. The shrinkage is within what I can live with.",
    ),
    _note(
        "home",
        "bedding",
        "towels-living",
        "RM-HO-08",
        zh="租房也能用的那种好，搬家叠一叠就走。",
        en="Good even for a rented flat: fold it and move.",
    ),
    _note(
        "home",
        "RM-HO-04",
        "RM-HO-05",
        zh="毛巾这东西一年换两次，贵的不一定更软。",
        en="Towels should go after half a year. Dear ones are not always softer.",
    ),
    _note(
        "home",
        "RM-HO-03",
        zh="家里人打呼，我给换了枕头，呼照打，脖子倒是不酸了。",
        en="I changed the pillow because of the snoring. The snoring stayed, the stiff neck went.",
    ),
    _note(
        "home",
        "RM-HO-07",
        zh="竹编有毛刺，我收到先磨了一遍，你也这样做。",
        en="Bamboo has splinters; I sanded mine first and you should too.",
    ),
    _note(
        "home",
        zh="摆在家里三个月了，客人问过两回，我才放进小店。",
        en="It has been in my home for three months and guests asked twice, so it went into my shop.",
    ),
    _note(
        "kitchen",
        "RM-KI-01",
        zh="我妈用了一辈子铁锅，到手先掂一掂，说这口不沉。",
        en="My mother has cooked with iron all her life. She weighed this one in her hand and said it was light enough.",
    ),
    _note(
        "kitchen", "RM-KI-01", zh="开锅那天我跟着卡片做的，一次成，没糊。", en="I seasoned it by the card, once, and it worked."
    ),
    _note(
        "kitchen",
        "RM-KI-04",
        zh="刀快了做饭就快，就是收到那天我切了手指，慢点拆。",
        en="A sharp knife is half the cooking. I cut my finger unpacking, so take care.",
    ),
    _note(
        "kitchen",
        "RM-KI-08",
        zh="这套碗我摔过一个，裂口齐，没渣，捡的时候还是要小心。",
        en="I dropped one bowl; it broke cleanly. Careful picking up the pieces all the same.",
    ),
    _note(
        "kitchen",
        "RM-KI-03",
        zh="我家三口，28厘米的锅正好，二人世界买小的。",
        en="For three of us 28 cm is right. Two people want the small one.",
    ),
    _note(
        "kitchen",
        zh="厨房里用了小半年，天天要拿出来，好坏我都说得清。",
        en="In daily use in my kitchen for months, so I can tell you its good and bad sides.",
    ),
    _note(
        "baby",
        "baby-bottle",
        zh="我家孩子用到一岁半，洗得干净，就是天天得拿刷子刷。",
        en="Ours used it until one and a half. It washes clean, with the brush every day.",
    ),
    _note(
        "baby",
        "RM-BA-04",
        zh="别囤尿裤，孩子长起来一个月一个码，我囤过。",
        en="Do not stock up on nappies. They outgrow a size in a month; I learned it.",
    ),
    _note(
        "baby",
        "RM-BA-07",
        zh="A类标在吊牌上，我每件都翻过来看才敢卖。",
        en="The safety class is on the label; I turned each one over before selling it.",
    ),
    _note(
        "baby",
        "care",
        zh="宝宝起疹子先看医生，别听群里的，也别听我的。",
        en="If the baby has a rash, see a doctor. Not the group, and not me.",
    ),
    _note(
        "baby",
        "RM-BA-10",
        zh="布书我家啃了四个月，洗了十来次还在响。",
        en="The cloth book has been chewed for four months and washed ten times. It still rustles.",
    ),
    _note("baby", zh="我家孩子先用，用到我觉得没问题，才往外推。", en="My own child used it before I recommended it to anybody."),
    _note(
        "clothing",
        "dress",
        "knitwear",
        "RM-CL-02",
        "RM-CL-08",
        zh="我一米六、一百二十斤，穿M刚好，你参考。",
        en="I am 1.60 m and 60 kg, and M fits. For your comparison.",
    ),
    _note(
        "clothing",
        "dress",
        zh="浅色会透，我在里面加了背心，提前跟你说一声。",
        en="The pale one is sheer and I wear a vest under it. You should know that before buying.",
    ),
    _note(
        "clothing",
        zh="我家不加滤镜，图是手机在窗边拍的。",
        en="No filters here: the pictures were taken with a phone by the window.",
    ),
    _note(
        "clothing",
        "knitwear",
        zh="穿了一季起了一点球，一块钱的剃毛器就能处理。",
        en="After a season it pilled a little. A shaver solves it.",
    ),
    _note(
        "clothing",
        "men",
        zh="我爸不爱买衣服，这件他自己又要了一件。",
        en="My father hates buying clothes, and asked for a second one himself.",
    ),
    _note(
        "shoes-bags",
        "shoes",
        zh="我站一天收银台，脚就是质检员，这双过关。",
        en="I stand at a till all day. My feet are the test, and these passed.",
    ),
    _note(
        "shoes-bags",
        "shoes",
        zh="脚宽的买大一码，别信图上那么瘦。",
        en="Wide feet: one size up. The picture makes them look slim.",
    ),
    _note(
        "shoes-bags",
        "RM-SH-06",
        zh="这个包我背了两百天，磁扣没松，带子磨毛了。",
        en="Two hundred days with this bag: the magnet holds, the strap is fuzzy.",
    ),
    _note(
        "shoes-bags",
        "RM-SH-08",
        zh="真皮会变色，喜欢才买，不喜欢的千万别勉强。",
        en="Real leather changes colour. Buy it only if you like that.",
    ),
    _note(
        "shoes-bags",
        "suitcase",
        zh="出差轮子不响，就是亮面容易划，我选了磨砂。",
        en="Quiet wheels. The gloss scratches, so I took matt.",
    ),
    _note(
        "shoes-bags",
        zh="我自己先用了两个月，磨损的地方可以拍给你看。",
        en="I used it for two months first and can show you where it wears.",
    ),
    _note(
        "digital",
        "RM-DI-03",
        zh="充电宝上飞机那天没被拦，标识在机身背面。",
        en="It went through airport security; the marks are on the back.",
    ),
    _note(
        "digital",
        zh="用了半年没坏，这就是我敢推的原因，质保一年在。",
        en="Half a year without a fault. That is why I share it, and there is a year's warranty.",
    ),
    _note(
        "digital",
        "RM-DI-07",
        zh="空气炸锅味道头三次大，开窗空烧就好。",
        en="The air fryer smells the first three times: open a window and run it empty.",
    ),
    _note(
        "digital",
        "RM-DI-08",
        zh="台灯给孩子写作业买的，色温三档，晚上用暖的。",
        en="I bought the lamp for homework; warm light at night.",
    ),
    _note(
        "digital",
        zh="数码的返佣低，但问得多，我乐意回。",
        en="The commission on gadgets is small, the questions are many, and I like answering.",
    ),
)


def voice_notes_fitting(product: Product) -> tuple[VoiceNote, ...]:
    """Return the notes an agent could write beside this product, in a fixed order; never none."""
    return tuple(note for note in VOICE_NOTES if note.suits(product))
