"""What agents say about the goods they stand behind, five notes a category."""

from renmai.demo.goods.types import Text, VoiceNote


def _notes(category: str, *texts: Text) -> tuple[VoiceNote, ...]:
    return tuple(VoiceNote(category, text) for text in texts)


VOICE_NOTES: tuple[VoiceNote, ...] = (
    *_notes(
        "fresh",
        Text(
            "我家老人牙口不好，这家的果子她每回都能吃完，所以我才放心往群里发。",
            "My mother is hard to please with fruit and finishes these every time, so I dare to share them.",
        ),
        Text(
            "我自己先买了一箱，坏了两个，客服当天就赔了。有人管，我才推。",
            "I bought a box first. Two were bad and were refunded the same day. Somebody answers, so I recommend it.",
        ),
        Text(
            "菜场也有更便宜的，差别在路上有没有冰。我拆开摸过，是凉的。",
            "The market is cheaper; the difference is the ice. I opened mine and it was still cold.",
        ),
        Text(
            "别一次买太多，新鲜东西趁好吃。吃完再找我。",
            "Do not buy too much at once. Eat it while it is good, then ask me again.",
        ),
        Text(
            "这个不是每批都一样甜，我会在群里说这批怎么样。",
            "Not every batch is equally sweet; I tell the group how this one is.",
        ),
    ),
    *_notes(
        "snacks",
        Text(
            "办公室抽屉常备，下午四点分给同事，他们问我要的链接。",
            "It lives in my office drawer. Colleagues asked for the link at four o'clock.",
        ),
        Text(
            "配料表短，字我都认识，给孩子当零嘴心里有数。",
            "The list of ingredients is short and I can read all of it, so I know what the child eats.",
        ),
        Text(
            "好吃是好吃，热量也不低，我自己一天一小把。",
            "Tasty, and not light. I keep to a small handful a day.",
        ),
        Text(
            "过年回娘家带的就是这个，我妈拿去招待客人了。",
            "I took it home at New Year and my mother put it out for guests.",
        ),
        Text(
            "我对比过三家，这家壳薄、坏籽少，价格不算低。",
            "I compared three. This one has thin shells and few bad kernels, and is not the cheapest.",
        ),
    ),
    *_notes(
        "tea",
        Text(
            "我爸喝了三十年茶，他喝完点了头，我才上架的。",
            "My father has drunk tea for thirty years. He nodded, so it went into my shop.",
        ),
        Text(
            "不会泡茶也没关系，照着罐子上的水温来，不会难喝。",
            "If you cannot brew tea, follow the temperature on the tin and it will be fine.",
        ),
        Text(
            "香气不冲，喝惯花茶店那种浓香的朋友先买小份试。",
            "The scent is quiet. If you like it loud, try the small size first.",
        ),
        Text(
            "早上一杯挂耳，带孩子的人有三分钟是自己的。",
            "One drip coffee in the morning: with children, those three minutes are mine.",
        ),
        Text(
            "送人我选小罐，喝完了对方会来问，比送大盒实在。",
            "As a gift I take the small tin; when it is empty they ask for more.",
        ),
    ),
    *_notes(
        "pantry",
        Text(
            "家里天天要吃的东西，我只卖自己锅里煮过的。",
            "These are things we eat daily. I only sell what has been in my own pot.",
        ),
        Text(
            "这个米头一顿少放点水，我吃了两次才摸准。",
            "Use less water than usual for this rice. It took me two tries.",
        ),
        Text(
            "婆婆嫌酱油颜色淡，蒸了条鱼之后不说话了。",
            "My mother-in-law found the soy sauce too pale, until she steamed a fish with it.",
        ),
        Text(
            "油烟大一点，香也多一点，做川菜的家庭合适。",
            "It smokes a little more and smells a lot better: right for Sichuan cooking.",
        ),
        Text(
            "住楼上的邻居一起凑单，省下的运费够买把葱。",
            "Neighbours upstairs order with me, and the freight saved buys the leeks.",
        ),
    ),
    *_notes(
        "skincare",
        Text(
            "我是干敏皮，用空两罐才敢说好，你先小瓶试。",
            "My skin is dry and touchy. I finished two jars before I said a word; try the small one.",
        ),
        Text(
            "它就是把保湿做好，别指望变白，我不说那种话。",
            "It moisturises and that is all. I make no promises about whitening.",
        ),
        Text(
            "学生时候长痘，现在回头看，少折腾比多买强。",
            "I had spots as a student. Looking back, doing less helped more than buying more.",
        ),
        Text(
            "过敏过的朋友先涂耳后，别直接上脸。",
            "If your skin reacts easily, try it behind the ear before your face.",
        ),
        Text(
            "夏天两指防晒是硬道理，这支不太搓泥，我天天用。",
            "Two fingers of sunscreen in summer. This one hardly pills; I use it daily.",
        ),
    ),
    *_notes(
        "makeup",
        Text(
            "我嘴唇颜色深，试色图是我自己拍的，没修。",
            "My lips are dark; the swatches are mine and unretouched.",
        ),
        Text(
            "上班用它不出错，想要惊艳的你换一支。",
            "It never goes wrong at work. For a stage you want something else.",
        ),
        Text(
            "孩子抢过我的口红画墙，擦得掉，我才继续推。",
            "My child drew on the wall with it and it came off. So I still recommend it.",
        ),
        Text(
            "新手别贪颜色多，先把大地色用顺手，半年都够。",
            "Beginners need few colours: learn the earth tones first, they last half a year.",
        ),
        Text(
            "拍视频会显白一点，实物再深一些，介意先问我。",
            "On video it looks paler than it is. Ask me if you are not sure.",
        ),
    ),
    *_notes(
        "home",
        Text(
            "我洗了五次才来写这段话，缩水在我能接受的范围。",
            "I wrote this after five washes. The shrinkage is within what I can live with.",
        ),
        Text("租房也能用的那种好，搬家叠一叠就走。", "Good even for a rented flat: fold it and move."),
        Text(
            "毛巾这东西一年换两次，贵的不一定更软。",
            "Towels should go after half a year. Dear ones are not always softer.",
        ),
        Text(
            "老公打呼我换了枕头，人没变安静，脖子倒舒服了。",
            "I changed the pillow for his snoring. The snoring stayed, the neck is better.",
        ),
        Text(
            "竹编有毛刺，我收到先磨了一遍，你也这样做。",
            "Bamboo has splinters; I sanded mine first and you should too.",
        ),
    ),
    *_notes(
        "kitchen",
        Text(
            "我妈用了一辈子铁锅，到手先掂一掂，说这口不沉。",
            "My mother has cooked with iron all her life. She weighed this one in her hand and said it was light enough.",
        ),
        Text("开锅那天我跟着卡片做的，一次成，没糊。", "I seasoned it by the card, once, and it worked."),
        Text(
            "刀快了做饭就快，就是收到那天我切了手指，慢点拆。",
            "A sharp knife is half the cooking. I cut my finger unpacking, so take care.",
        ),
        Text(
            "这套碗我摔过一个，裂口齐，没渣，捡的时候还是要小心。",
            "I dropped one bowl; it broke cleanly. Careful picking up the pieces all the same.",
        ),
        Text(
            "我家三口，28厘米的锅正好，二人世界买小的。",
            "For three of us 28 cm is right. Two people want the small one.",
        ),
    ),
    *_notes(
        "baby",
        Text(
            "我女儿用到一岁半，洗得出来，刷子每天都跟着。",
            "My daughter used it until one and a half. It washes clean, with the brush every day.",
        ),
        Text(
            "别囤尿裤，孩子长起来一个月一个码，我囤过。",
            "Do not stock up on nappies. They outgrow a size in a month; I learned it.",
        ),
        Text(
            "A类标在吊牌上，我每件都翻过来看才敢卖。",
            "The safety class is on the label; I turned each one over before selling it.",
        ),
        Text(
            "宝宝起疹子先看医生，别听群里的，也别听我的。",
            "If the baby has a rash, see a doctor. Not the group, and not me.",
        ),
        Text(
            "布书我家啃了四个月，洗了十来次还在响。",
            "The cloth book has been chewed for four months and washed ten times. It still rustles.",
        ),
    ),
    *_notes(
        "clothing",
        Text(
            "我一米六、一百二十斤，穿M刚好，你参考。",
            "I am 1.60 m and 60 kg, and M fits. For your comparison.",
        ),
        Text(
            "浅色会透，我在里面加了背心，提前跟你说一声。",
            "The pale one is sheer and I wear a vest under it. You should know that before buying.",
        ),
        Text(
            "我家不加滤镜，图是手机在窗边拍的。",
            "No filters here: the pictures were taken with a phone by the window.",
        ),
        Text(
            "穿了一季起了一点球，一块钱的剃毛器就能处理。",
            "After a season it pilled a little. A shaver solves it.",
        ),
        Text(
            "我家先生不爱换衣服，这件他自己下单了第二件。",
            "My husband hates buying clothes, and ordered a second one himself.",
        ),
    ),
    *_notes(
        "shoes-bags",
        Text(
            "我站一天收银台，脚就是质检员，这双过关。",
            "I stand at a till all day. My feet are the test, and these passed.",
        ),
        Text("脚宽的买大一码，别信图上那么瘦。", "Wide feet: one size up. The picture makes them look slim."),
        Text(
            "这个包我背了两百天，磁扣没松，带子磨毛了。",
            "Two hundred days with this bag: the magnet holds, the strap is fuzzy.",
        ),
        Text(
            "真皮会变色，喜欢才买，不喜欢的千万别勉强。",
            "Real leather changes colour. Buy it only if you like that.",
        ),
        Text(
            "出差轮子不响，就是亮面容易划，我选了磨砂。",
            "Quiet wheels. The gloss scratches, so I took matt.",
        ),
    ),
    *_notes(
        "digital",
        Text(
            "充电宝上飞机那天没被拦，标识在机身背面。",
            "It went through airport security; the marks are on the back.",
        ),
        Text(
            "用了半年没坏，这就是我敢推的原因，质保一年在。",
            "Half a year without a fault. That is why I share it, and there is a year's warranty.",
        ),
        Text(
            "空气炸锅味道头三次大，开窗空烧就好。",
            "The air fryer smells the first three times: open a window and run it empty.",
        ),
        Text(
            "台灯给孩子写作业买的，色温三档，晚上用暖的。",
            "I bought the lamp for homework; warm light at night.",
        ),
        Text(
            "数码的返佣低，但问得多，我乐意回。",
            "The commission on gadgets is small, the questions are many, and I like answering.",
        ),
    ),
)
