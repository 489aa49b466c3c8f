"""Tea, coffee and drinks: products of the demo shop."""

from renmai.demo.goods.types import Option, Product, Storage, Text, Wholesale, grid

PRODUCTS: tuple[Product, ...] = (
    Product(
        code="RM-TE-01",
        category="tea",
        subcategory="leaf-tea",
        supplier="SUP-WH",
        freight="standard",
        brand=Text("雾里槐", "Mist & Locust"),
        title=Text("明前龙井 群体种", "Longjing green tea, picked before Qingming"),
        subtitle=Text(
            "老茶树一年一季，豆香带一点兰花",
            "Old local bushes, one spring picking, beany with a hint of orchid",
        ),
        description=Text(
            "浙江新昌山场的群体种龙井，清明前采一芽一叶，手辅机炒。叶形没有无性系那么整齐，滋味更厚。用80度上下的水，玻璃杯投3克，"
            "别盖盖子。新茶火气重，放半个月再喝更舒服。",
            "Longjing from mixed old bushes in Xinchang, Zhejiang, one bud and one leaf, fired partly by hand. The leaves look "
            "less even than those of cloned bushes but the taste is fuller. Three grams in an open glass, water at about 80 °C. "
            "It is gentler after two weeks' rest.",
        ),
        search_zh=("龙井", "绿茶", "明前茶", "茶叶"),
        search_en=("green tea", "longjing", "dragon well"),
        price_fen=16800,
        wholesale=Wholesale(10, 13800),
        commission_bps=1700,
        motif="tea-tin",
        palette_seed=301,
        options=(
            Option(
                Text("规格", "Size"), (Text("50g罐", "50 g tin"), Text("125g罐", "125 g tin"), Text("250g礼盒", "250 g gift box"))
            ),
        ),
        skus=grid((3,), stocks=(86, 54, 8), weights=(150, 320, 780), extras=(0, 21000, 49000)),
        storage=Storage(540, Text("密封冷藏，避光防潮", "Sealed in the fridge, dark and dry")),
    ),
    Product(
        code="RM-TE-02",
        category="tea",
        subcategory="leaf-tea",
        supplier="SUP-WH",
        freight="standard",
        brand=Text("雾里槐", "Mist & Locust"),
        title=Text("横县茉莉银针", "Jasmine silver needle from Hengxian"),
        subtitle=Text("六窨一提，汤里有花、杯里不见花", "Scented six times: flowers in the taste, none in the cup"),
        description=Text(
            "福鼎白毫芽做坯，入伏后在广西横县用鲜茉莉窨六次。真正窨出来的花茶，花渣是筛掉的，所以见不到几朵花。85度水，首泡一分"
            "钟，香气在第二泡打开。喜欢浓花香的会觉得它偏淡雅。",
            "Downy buds from Fuding, scented six times with fresh jasmine in Hengxian, Guangxi, in high summer. The spent "
            "flowers are sieved out, so you see few of them. Water at 85 °C, one minute; the scent opens in the second infusion. "
            "It is subtle rather than loud.",
        ),
        search_zh=("茉莉花茶", "花茶", "银针", "茶叶"),
        search_en=("jasmine tea", "flower tea", "silver needle"),
        price_fen=12800,
        commission_bps=1700,
        motif="tea-tin",
        palette_seed=302,
        options=(Option(Text("规格", "Size"), (Text("60g", "60 g"), Text("120g", "120 g"))),),
        skus=grid((2,), stocks=(92, 61), weights=(170, 310), extras=(0, 11600)),
        storage=Storage(720, Text("密封阴凉，远离异味", "Sealed and cool, away from odours")),
    ),
    Product(
        code="RM-TE-03",
        category="tea",
        subcategory="leaf-tea",
        supplier="SUP-WH",
        freight="standard",
        brand=Text("雾里槐", "Mist & Locust"),
        title=Text("桐木正山小种", "Lapsang black tea from Tongmu"),
        subtitle=Text("花果香甜润，也有传统烟熏款", "Fruity and sweet; a pine-smoked one too"),
        description=Text(
            "武夷山桐木一带的菜茶小种，萎凋发酵后焙火，花果香款没有松烟味。想喝老式烟熏味的请选传统烟熏款。90度水快出汤，能泡七"
            "八道。茶汤里有细绒毛，是芽毫。空腹少喝浓茶。",
            "Small-leaf tea from around Tongmu in the Wuyi Mountains, withered, oxidised and baked; the fruity one sees no pine "
            "smoke. Choose the smoked one if you like the old taste. Water at 90 °C, pour off quickly, seven or eight infusions. "
            "Fine down in the cup comes from the buds.",
        ),
        search_zh=("红茶", "正山小种", "金骏眉", "茶叶"),
        search_en=("black tea", "lapsang souchong", "red tea"),
        price_fen=9800,
        reference_price_fen=10800,
        commission_bps=1700,
        motif="tea-tin",
        palette_seed=303,
        options=(
            Option(Text("风味", "Style"), (Text("花果香", "Fruity"), Text("传统烟熏", "Pine-smoked"))),
            Option(Text("规格", "Size"), (Text("100g", "100 g"), Text("250g", "250 g"))),
        ),
        skus=grid((2, 2), stocks=(120, 70, 45, 22), weights=(220, 420, 220, 420), extras=(0, 12500, 1000, 14500)),
        storage=Storage(1080, Text("密封阴凉避光", "Sealed, cool and dark")),
    ),
    Product(
        code="RM-TE-04",
        category="tea",
        subcategory="leaf-tea",
        supplier="SUP-WH",
        freight="standard",
        brand=Text("雾里槐", "Mist & Locust"),
        title=Text("福鼎老白茶饼", "Aged white tea cake from Fuding"),
        subtitle=Text("存了五年，枣香初显", "Five years in store, a first note of dates"),
        description=Text(
            "福鼎磻溪的寿眉压饼，干仓存放五年。饼面有梗有叶，寿眉本来就粗。沿边撬5克，先泡后煮，焖壶里焖两小时枣香更明显。陈化时"
            "间以生产日期为准，印在饼的背面。",
            "Shoumei from Panxi in Fuding, pressed into a cake and kept dry for five years. Stalks and large leaves belong to "
            "this grade. Prise off 5 g, steep first and simmer later; two hours in a flask bring out the dates. The age counts "
            "from the date on the back.",
        ),
        search_zh=("白茶", "老白茶", "寿眉", "茶饼", "福鼎"),
        search_en=("white tea", "aged white tea", "tea cake"),
        price_fen=15800,
        commission_bps=1800,
        motif="tea-cake",
        palette_seed=304,
        options=(Option(Text("规格", "Size"), (Text("100g小饼", "100 g cake"), Text("350g饼", "350 g cake"))),),
        skus=grid((2,), stocks=(75, 33), weights=(150, 430), extras=(0, 30200)),
        storage=Storage(3650, Text("通风干燥避光，忌异味", "Airy, dry, dark, no odours")),
    ),
    Product(
        code="RM-TE-05",
        category="tea",
        subcategory="leaf-tea",
        supplier="SUP-WH",
        freight="standard",
        brand=Text("雾里槐", "Mist & Locust"),
        title=Text("桂花乌龙三角茶包", "Osmanthus oolong pyramid bags"),
        subtitle=Text("办公室一杯，冷泡也行", "For the office, hot or cold"),
        description=Text(
            "安溪清香乌龙配桂林金桂干花，原叶切碎装在玉米纤维茶包里。热泡三分钟，冷泡放冰箱四小时。没有加香精，桂花香是淡的。茶"
            "包泡久会涩，记得取出来。",
            "Light oolong from Anxi with dried osmanthus from Guilin, in bags of maize fibre. Three minutes hot, four hours cold "
            "in the fridge. No added flavouring, so the flower is gentle. Take the bag out, or it turns astringent.",
        ),
        search_zh=("茶包", "桂花乌龙", "冷泡茶", "乌龙茶"),
        search_en=("tea bags", "osmanthus oolong", "cold brew tea"),
        price_fen=3280,
        wholesale=Wholesale(24, 2580),
        commission_bps=1500,
        motif="tea-tin",
        palette_seed=305,
        options=(Option(Text("规格", "Size"), (Text("15包", "15 bags"), Text("40包", "40 bags"))),),
        skus=grid((2,), stocks=(260, 180), weights=(110, 220), extras=(0, 3700)),
        storage=Storage(540, Text("密封防潮", "Sealed and dry")),
    ),
    Product(
        code="RM-TE-06",
        category="tea",
        subcategory="coffee",
        supplier="SUP-WH",
        freight="standard",
        brand=Text("三盏晴", "Three Clear Cups"),
        title=Text("保山小粒咖啡豆", "Baoshan arabica beans"),
        subtitle=Text("下单后三天内烘，中深烘", "Roasted within three days of your order, medium dark"),
        description=Text(
            "云南保山潞江坝的卡蒂姆，水洗处理，烘到中深，坚果和红糖味为主，酸度低。袋上印烘焙日期，养豆七天后风味稳。没有磨豆机"
            "请选咖啡粉，备注手冲或法压。豆子一个月内喝完为宜。",
            "Catimor from Lujiangba in Baoshan, Yunnan, washed, roasted medium dark: nuts, brown sugar, low acid. The roasting "
            "date is on the bag; it settles after seven days. Without a grinder choose ground coffee and tell us how you brew. "
            "Drink it within a month.",
        ),
        search_zh=("咖啡", "咖啡豆", "云南咖啡", "小粒咖啡"),
        search_en=("coffee", "coffee beans", "yunnan", "arabica"),
        price_fen=5800,
        wholesale=Wholesale(20, 4600),
        commission_bps=1500,
        motif="coffee-bag",
        palette_seed=306,
        options=(
            Option(Text("形态", "Form"), (Text("咖啡豆", "Whole beans"), Text("咖啡粉", "Ground"))),
            Option(Text("规格", "Size"), (Text("250g", "250 g"), Text("500g", "500 g"))),
        ),
        skus=grid((2, 2), stocks=(140, 80, 65, 38), weights=(280, 540, 280, 540), extras=(0, 4800, 0, 4800)),
        storage=Storage(365, Text("密封避光，勿冷藏", "Sealed and dark, not in the fridge")),
    ),
    Product(
        code="RM-TE-07",
        category="tea",
        subcategory="coffee",
        supplier="SUP-WH",
        freight="standard",
        brand=Text("三盏晴", "Three Clear Cups"),
        title=Text("挂耳咖啡 三地拼", "Drip coffee bags, three origins"),
        subtitle=Text("撕开、挂上、浇水，三分钟", "Tear, hang, pour: three minutes"),
        description=Text(
            "保山、普洱、孟连三地豆子拼配，每包10克，充氮小袋。水温90度，分三次注水，一共150毫升左右。外出、办公室都方便，比速溶"
            "多一步，比手冲少一堆器具。对咖啡因敏感的朋友下午就别喝了。",
            "A blend from Baoshan, Pu'er and Menglian, 10 g a bag, flushed with nitrogen. Water at 90 °C in three pours, about "
            "150 ml. One step more than instant, far less gear than a pour-over. Sensitive to caffeine? Not in the afternoon.",
        ),
        search_zh=("挂耳咖啡", "咖啡", "手冲", "黑咖啡"),
        search_en=("drip coffee", "pour over", "coffee bags"),
        price_fen=3980,
        commission_bps=1500,
        motif="coffee-bag",
        palette_seed=307,
        options=(Option(Text("规格", "Size"), (Text("10包", "10 bags"), Text("30包", "30 bags"))),),
        skus=grid((2,), stocks=(310, 4), weights=(160, 450), extras=(0, 6000)),
        storage=Storage(365, Text("阴凉干燥", "Cool and dry")),
    ),
    Product(
        code="RM-TE-08",
        category="tea",
        subcategory="drinks",
        supplier="SUP-WH",
        freight="heavy",
        brand=Text("三盏晴", "Three Clear Cups"),
        title=Text("非浓缩还原石榴汁", "Pomegranate juice, not from concentrate"),
        subtitle=Text("配料只有石榴，喝前摇一摇", "Nothing but pomegranate; shake first"),
        description=Text(
            "四川会理软籽石榴压榨，巴氏杀菌，没有兑水也没有加糖。放久了底部有果肉沉淀，摇匀即可。自带一点涩味，怕涩可以兑气泡水。"
            "玻璃瓶较重，偏远地区按重货计运费。",
            "Pressed from soft-seeded pomegranates of Huili in Sichuan and pasteurised; no water, no sugar. Fruit settles at the "
            "bottom, so shake. Slightly astringent; sparkling water softens it. Glass is heavy: the freight for heavy goods "
            "applies.",
        ),
        search_zh=("石榴汁", "果汁", "鲜榨", "饮料"),
        search_en=("pomegranate juice", "juice", "drink"),
        price_fen=7900,
        commission_bps=1200,
        motif="drink-bottle",
        palette_seed=308,
        options=(Option(Text("规格", "Size"), (Text("300ml×6瓶", "6 × 300 ml"), Text("300ml×12瓶", "12 × 300 ml"))),),
        skus=grid((2,), stocks=(90, 44), weights=(3600, 7000), extras=(0, 6900)),
        storage=Storage(270, Text("常温避光，开瓶后冷藏24小时内喝完", "Dark; once opened chill and drink within a day")),
    ),
    Product(
        code="RM-TE-09",
        category="tea",
        subcategory="drinks",
        supplier="SUP-WH",
        freight="heavy",
        brand=Text("三盏晴", "Three Clear Cups"),
        title=Text("原味燕麦饮", "Plain oat drink"),
        subtitle=Text("麦香清楚，打奶泡也站得住", "Clear taste of oats, and it foams"),
        description=Text(
            "张家口坝上燕麦酶解后均质，配料是水、燕麦、少量菜籽油和盐。甜味来自燕麦自身的糖，不是零糖。配咖啡一比三，打发温度别"
            "超过60度。乳糖不耐的朋友可以喝，麸质敏感的请避开。",
            "Oats from the Bashang plateau, with water, a little rapeseed oil and salt. The sweetness comes from the oats, so it "
            "is not sugar-free. With coffee one to three; foam below 60 °C. Free of lactose, not free of gluten.",
        ),
        search_zh=("燕麦奶", "燕麦饮", "植物奶", "咖啡伴侣"),
        search_en=("oat milk", "oat drink", "plant milk"),
        price_fen=5980,
        wholesale=Wholesale(12, 4980),
        commission_bps=1000,
        motif="drink-bottle",
        palette_seed=309,
        options=(Option(Text("规格", "Size"), (Text("1L×4瓶", "4 × 1 L"), Text("1L×8瓶", "8 × 1 L"))),),
        skus=grid((2,), stocks=(105, 58), weights=(4300, 8500), extras=(0, 5400)),
        storage=Storage(270, Text("常温避光，开封后冷藏5天内喝完", "Dark; once opened chill and finish in five days")),
    ),
    Product(
        code="RM-TE-10",
        category="tea",
        subcategory="drinks",
        supplier="SUP-WH",
        freight="standard",
        brand=Text("雾里槐", "Mist & Locust"),
        title=Text("秦岭洋槐蜜", "Acacia honey from Qinling"),
        subtitle=Text("色浅味清，不爱结晶", "Pale, mild, slow to set"),
        description=Text(
            "陕西秦岭五月的洋槐花蜜，蜂场自采，过滤后装瓶，没有兑糖浆。洋槐蜜果糖多，冬天也少结晶，若有絮状是正常的。40度以下温"
            "水冲，别用开水。一岁以内宝宝不要吃。玻璃瓶，气泡柱防摔。",
            "Gathered in the Qinling Mountains in May, filtered and bottled, no syrup added. Rich in fructose, so it seldom sets "
            "even in winter. Stir into water below 40 °C. Not for babies under one. Glass jar in an air cushion.",
        ),
        search_zh=("蜂蜜", "洋槐蜜", "槐花蜜", "土蜂蜜"),
        search_en=("honey", "acacia honey"),
        price_fen=5600,
        commission_bps=1300,
        motif="honey-jar",
        palette_seed=310,
        options=(Option(Text("规格", "Size"), (Text("500g", "500 g"), Text("500g×2", "2 × 500 g"))),),
        skus=grid((2,), stocks=(170, 72), weights=(820, 1620), extras=(0, 4900)),
        storage=Storage(720, Text("拧紧盖子，避光常温", "Closed tight, dark, room temperature")),
    ),
)
