"""Reviews of what is put on the skin or worn."""

from renmai.demo.goods.types import Review, Text

REVIEWS: tuple[Review, ...] = (
    Review(
        "skincare",
        5,
        Text("换季脸上起皮，用了一周好多了，没闷痘。", "My flaky skin is better after a week, and no spots."),
        ("moisturise",),
    ),
    Review("skincare", 5, Text("没有香味，办公室同事都不知道我涂了。", "No scent; nobody at work noticed."), ("moisturise",)),
    Review(
        "skincare",
        5,
        Text(
            "用空了又来，已经第三回，敏感皮也不刺。",
            "Back for the third time. Even my touchy skin does not sting.",
        ),
    ),
    Review(
        "skincare",
        5,
        Text("质地很舒服，一点点就推开全脸。", "A pleasant texture; a little covers the whole face."),
        ("RM-SK-01", "RM-SK-02", "RM-SK-04", "RM-SK-05", "RM-SK-07"),
    ),
    Review(
        "skincare",
        5,
        Text(
            "店主提醒我先测试，我测了，没反应，用着安心。",
            "She told me to test first. I did, and now I use it calmly.",
        ),
    ),
    Review(
        "skincare",
        4,
        Text("保湿够，夏天对我偏厚，秋冬用正好。", "Moist enough. A bit rich in summer, right for autumn."),
        ("RM-SK-04", "RM-SK-09"),
    ),
    Review(
        "skincare",
        4,
        Text("东西不错，瓶口偶尔压不出来，要多按几下。", "Good, though the pump needs a few strokes."),
        ("pump-bottle",),
    ),
    Review("skincare", 4, Text("味道淡，效果要等，两周后能看出来。", "Faint smell; give it two weeks to show."), ("moisturise",)),
    Review(
        "skincare",
        3,
        Text("没有过敏，也没有惊喜，就是正常保湿。", "No reaction and no surprise: it moisturises, that is all."),
        ("moisturise",),
    ),
    Review(
        "skincare",
        3,
        Text(
            "用完脸有一点绷，可能我皮肤太干，留给家人用了。",
            "It felt a little tight on my dry skin, so I gave it to my family.",
        ),
        ("cleanse",),
    ),
    Review(
        "skincare",
        2,
        Text(
            "涂的地方红了一片，停用就好了，对我不合适。",
            "The skin went red and calmed when I stopped. It is not for me.",
        ),
    ),
    Review(
        "skincare",
        2,
        Text("瓶子碎了，快递外箱完好，是里面没包好。", "The bottle broke inside a sound box: poorly wrapped."),
        ("dropper-bottle", "cream-jar"),
    ),
    Review(
        "skincare",
        5,
        Text(
            "跟我妈一人一份，她那份先用完了。",
            "One for me and one for my mother, and hers is finished already.",
        ),
    ),
    Review("skincare", 4, Text("用着踏实，包装要是能再小点，出差就好带了。", "Reliable. A smaller size would travel better.")),
    Review(
        "skincare", 3, Text("东西没毛病，就是快递慢，等了六天才到。", "Nothing wrong with it, but it took six days to arrive.")
    ),
    Review("skincare", 3, Text("还可以，跟我之前用的差不多，没觉得特别。", "All right, much like what I had before.")),
    Review(
        "makeup",
        5,
        Text("颜色和图上一样，同事都来问色号。", "The colour matches the picture; the whole office asked."),
        ("lips", "face", "RM-MU-06", "RM-MU-07", "RM-MU-08"),
    ),
    Review("makeup", 5, Text("一整天没怎么掉，吃饭也还好。", "It lasted the day, even through lunch."), ("lips",)),
    Review(
        "makeup",
        5,
        Text("显白，妈妈也能用，借走就没还。", "It suits my mother too. She borrowed it and kept it."),
        ("lips", "face"),
    ),
    Review(
        "makeup",
        5,
        Text("新手友好，跟着视频画一次就会了。", "Easy for beginners; one video and I had it."),
        ("face", "eyes-tools"),
    ),
    Review(
        "makeup", 5, Text("比商场里的便宜不少，质感差不太多。", "Much less than in the department store, and nearly as good.")
    ),
    Review(
        "makeup",
        4,
        Text("好看，补妆要带着，四五个小时要补一次。", "Pretty, with a touch-up after four or five hours."),
        ("lips", "face"),
    ),
    Review("makeup", 4, Text("包装简单，外壳有点滑手。", "Simple packing, a little slippery to hold.")),
    Review(
        "makeup",
        4,
        Text("颜色正，持久一般，日常够。", "True colour, average wear, enough for daily life."),
        ("lips", "face", "palette"),
    ),
    Review(
        "makeup",
        3,
        Text("比图上深一号，拍照时光线的问题吧。", "A shade deeper than the picture, perhaps the light."),
        ("lips", "face", "palette"),
    ),
    Review("makeup", 3, Text("味道重了点，说是没香精，我还是闻到。", "It has a smell, though it says unscented.")),
    Review(
        "makeup",
        2,
        Text("一下午就花了，眼睛下面黑一圈。", "It smudged in an afternoon and left dark rings."),
        ("RM-MU-06", "RM-MU-08"),
    ),
    Review(
        "makeup",
        2,
        Text(
            "卡粉，搓开才看不出来，可能我皮肤不适合。",
            "It cakes and needs rubbing in. Perhaps not for my skin.",
        ),
        ("RM-MU-03", "RM-MU-04"),
    ),
    Review("makeup", 5, Text("包装用心，送闺蜜的生日礼物，她很喜欢。", "Nicely packed; my friend loved it for her birthday.")),
    Review("makeup", 5, Text("日常够用，价格舒服，用完还会来。", "Enough for every day at a kind price. I will be back.")),
    Review("makeup", 3, Text("能用，没有想象中惊喜，放包里备着。", "Usable, no surprise. It stays in my bag as a spare.")),
    Review("makeup", 2, Text("收到时外壳裂了一道，换货来回一周。", "The case was cracked; changing it took a week.")),
    Review(
        "clothing",
        5,
        Text("没有色差，上身显精神，跟图上一样。", "It looks just as in the picture and I feel well in it."),
        ("dress", "shirt", "knitwear", "jacket", "trousers"),
    ),
    Review(
        "clothing",
        5,
        Text("面料舒服，机洗也没走样。", "Comfortable cloth, and it kept its shape in the machine."),
        ("shirt", "trousers", "socks"),
    ),
    Review(
        "clothing",
        5,
        Text("店主报了她的身高体重，我照着买，合适。", "She gave her height and weight; I followed and it fits."),
        ("dress", "RM-CL-02", "knitwear", "trousers"),
    ),
    Review(
        "clothing",
        5,
        Text("老公穿上不肯脱，又买了一件换颜色。", "My husband would not take it off and bought a second colour."),
        ("men",),
    ),
    Review("clothing", 5, Text("没有线头，走线整齐，比预想的细。", "No loose threads, even seams, neater than I expected.")),
    Review(
        "clothing",
        4,
        Text("好看，夏天稍微透，里面穿了吊带。", "Pretty, a little sheer in summer; I wear a vest beneath."),
        ("dress", "RM-CL-02"),
    ),
    Review(
        "clothing", 4, Text("版型好，长了一点，自己改短了。", "A good cut, a little long. I shortened it."), ("dress", "trousers")
    ),
    Review("clothing", 4, Text("颜色比手机上暗一点，可以。", "A shade darker than on my phone, fine.")),
    Review(
        "clothing",
        3,
        Text(
            "穿了两次起了小球，有心理准备，不算大问题。",
            "It pilled after two wears. Expected, not a big matter.",
        ),
        ("knitwear", "socks", "RM-CL-08"),
    ),
    Review(
        "clothing",
        3,
        Text(
            "尺码偏小，我平时M，这次勒，退掉换L等了五天。",
            "Runs small. I take M elsewhere; changing to L took five days.",
        ),
        ("dress", "shirt", "trousers", "jacket"),
    ),
    Review(
        "clothing",
        2,
        Text("图上显瘦，我穿着松垮垮的，退了。", "Slim in the picture, loose on me. I returned it."),
        ("dress", "knitwear", "trousers", "RM-CL-02"),
    ),
    Review(
        "clothing",
        2,
        Text("洗一次缩了半码，比说的多，有点失望。", "It shrank half a size, more than promised. Disappointing."),
        ("RM-CL-02", "RM-CL-05", "RM-CL-08", "dress"),
    ),
    Review(
        "clothing",
        5,
        Text(
            "送婆婆的，她嘴上说浪费钱，隔天就用上了。",
            "For my mother-in-law, who called it a waste of money and wore it the next day.",
        ),
    ),
    Review(
        "clothing",
        5,
        Text(
            "质感比价格好，过年走亲戚穿的就是它。",
            "It looks dearer than it was. I wore it to see the family at New Year.",
        ),
    ),
    Review("clothing", 4, Text("快递快，包装平整，就是吊牌线难剪。", "Fast and neatly folded; the tag was hard to cut off.")),
    Review("clothing", 3, Text("一般般，图上看着更有质感，摸着普通。", "So-so. It looked richer in the picture.")),
    Review("clothing", 2, Text("收到有一块污渍，洗不掉，申请换货了。", "A stain that will not wash out. I asked for another.")),
    Review("shoes-bags", 5, Text("走了两万步，脚没疼，真的。", "Twenty thousand steps and no pain."), ("sneakers",)),
    Review(
        "shoes-bags",
        5,
        Text("皮子软，味道两天就散，上班天天背。", "Soft leather; the smell went in two days and I use it daily."),
        ("RM-SH-08",),
    ),
    Review("shoes-bags", 5, Text("尺码按店主说的买大一码，刚好。", "I went a size up as she said. It fits."), ("shoes",)),
    Review(
        "shoes-bags",
        5,
        Text("出差装得下三天衣服，拉着不响。", "Three days' clothes fit in, and it rolls quietly."),
        ("suitcase",),
    ),
    Review(
        "shoes-bags", 5, Text("妈妈穿上当天就说舒服。", "My mother was comfortable in them from the first day."), ("RM-SH-05",)
    ),
    Review(
        "shoes-bags", 4, Text("好穿，内底湿了要晾，不能马上穿。", "Good, but the insole needs drying after rain."), ("sneakers",)
    ),
    Review(
        "shoes-bags",
        4,
        Text("颜色正，五金用久会亮，不介意。", "True colour; the fittings shine with wear, which I do not mind."),
        ("RM-SH-06", "RM-SH-08"),
    ),
    Review(
        "shoes-bags",
        4,
        Text("容量够，内袋少一个，我自己加了一个。", "Room enough, one pocket short. I sewed one in."),
        ("RM-SH-06", "backpack"),
    ),
    Review("shoes-bags", 3, Text("一周磨了后跟，穿袜子好一点。", "It rubbed my heel for a week; socks helped."), ("shoes",)),
    Review(
        "shoes-bags",
        3,
        Text("比想象重，出差背一天肩膀酸。", "Heavier than I thought; a day of travel hurts the shoulder."),
        ("backpack", "RM-SH-06"),
    ),
    Review(
        "shoes-bags",
        2,
        Text(
            "开胶了，鞋头张开一道缝，售后让寄回。",
            "The glue opened at the toe. After-sale asked me to send it back.",
        ),
        ("shoes",),
    ),
    Review(
        "shoes-bags",
        2,
        Text(
            "掉色，浅色裤子蹭上一块，洗了三遍还有印子。",
            "It stained my pale trousers. Three washes did not remove it.",
        ),
        ("RM-SH-08",),
    ),
    Review("shoes-bags", 5, Text("颜色百搭，配哪身衣服都不突兀。", "The colour goes with whatever I wear.")),
    Review("shoes-bags", 5, Text("用了一个月来追评，没开线没变形。", "After a month: no loose seam, still in shape.")),
    Review("shoes-bags", 5, Text("做工扎实，拿到手比图片好看。", "Solid work, nicer than in the picture.")),
    Review(
        "shoes-bags", 4, Text("整体满意，拆开有点新货的味道，晾两天就散了。", "Happy with it; the new smell went after two days.")
    ),
    Review(
        "shoes-bags", 4, Text("好看，等发货等了四天，催了一次。", "Good-looking. It shipped on the fourth day after I asked.")
    ),
    Review("shoes-bags", 3, Text("中等吧，边上走线有一处歪，不细看没事。", "Middling. One seam is crooked if you look.")),
    Review(
        "shoes-bags", 2, Text("颜色跟图差得多，灰的到手发绿，退了。", "The colour is far off: the grey looks green. Returned.")
    ),
)
