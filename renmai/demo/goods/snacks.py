"""Nuts, dried fruit, biscuits and meat snacks: products of the demo shop."""

from renmai.demo.goods.types import Option, Product, Storage, Text, Wholesale, grid

PRODUCTS: tuple[Product, ...] = (
    Product(
        code="RM-SN-01",
        category="snacks",
        subcategory="nuts",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("栗子坡", "Chestnut Slope"),
        title=Text("薄皮核桃 原味", "Thin-shelled walnuts, plain"),
        subtitle=Text("两手一捏就开，当年新果", "Crack them by hand; this year's crop"),
        description=Text(
            "河北太行山一带的薄皮核桃，秋收后清洗烘干，不加香精不漂白，所以壳色有深有浅。出仁率约六成，果仁带一层微涩的褐衣，是"
            "正常的。直接剥着吃，或跟红枣一起打豆浆。对坚果过敏者请勿食用。",
            "Thin-shelled walnuts from the Taihang hills of Hebei, washed and dried after harvest, neither flavoured nor "
            "bleached, so the shells differ in colour. About six tenths is kernel; its brown skin is slightly bitter, as it "
            "should be. Eat as they are or blend into soya milk. Contains nuts.",
        ),
        search_zh=("核桃", "薄皮核桃", "坚果", "纸皮核桃"),
        search_en=("walnut", "nuts", "thin shell walnut"),
        price_fen=3590,
        wholesale=Wholesale(24, 2890),
        commission_bps=1100,
        motif="walnut-bag",
        palette_seed=201,
        options=(Option(Text("规格", "Size"), (Text("500g", "500 g"), Text("1kg", "1 kg"), Text("2.5kg", "2.5 kg"))),),
        skus=grid((3,), stocks=(260, 180, 48), weights=(550, 1080, 2650), extras=(0, 2900, 10900)),
        storage=Storage(240, Text("密封阴凉处，开袋后冷藏", "Seal and keep cool; refrigerate once opened")),
    ),
    Product(
        code="RM-SN-02",
        category="snacks",
        subcategory="nuts",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("栗子坡", "Chestnut Slope"),
        title=Text("七日混合坚果礼盒", "A week of mixed nuts"),
        subtitle=Text("每天一小包，六种坚果果干", "One small sachet a day, six nuts and fruits"),
        description=Text(
            "核桃仁、腰果、扁桃仁、榛子、蔓越莓干和蓝莓干，按比例混好分装，每包25克。坚果轻烘，不加盐；果干为保持软度加了少量白"
            "砂糖，配料表上写得清楚。放包里当上午的加餐，也适合泡酸奶。含多种坚果，过敏者请留意。",
            "Walnut, cashew, almond, hazelnut, dried cranberry and blueberry, mixed by weight in sachets of 25 g. The nuts are "
            "lightly roasted without salt; the fruit has a little sugar to stay soft, as the label says. For a mid-morning "
            "break, or over yoghurt. Contains several kinds of nuts.",
        ),
        search_zh=("每日坚果", "混合坚果", "坚果礼盒", "果干"),
        search_en=("mixed nuts", "daily nuts", "nut gift box"),
        price_fen=4900,
        reference_price_fen=5500,
        wholesale=Wholesale(20, 3900),
        commission_bps=1200,
        motif="snack-box",
        palette_seed=202,
        options=(Option(Text("规格", "Size"), (Text("7包", "7 sachets"), Text("30包", "30 sachets"))),),
        skus=grid((2,), stocks=(320, 155), weights=(230, 850), extras=(0, 7900)),
        storage=Storage(240, Text("避光干燥，小包撕开后一次吃完", "Keep dry and dark; finish a sachet once opened")),
    ),
    Product(
        code="RM-SN-03",
        category="snacks",
        subcategory="nuts",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("栗子坡", "Chestnut Slope"),
        title=Text("迁西甘栗仁", "Roasted chestnuts from Qianxi"),
        subtitle=Text("去壳即食，粉糯不粘牙", "Peeled and ready, soft and floury"),
        description=Text(
            "燕山脚下的迁西板栗，带壳烤熟再去皮，配料只有栗子。每袋80克，一人一次刚好。袋里偶见碎粒和少许褐色内皮。想吃热的，倒"
            "出来隔水蒸五分钟。栗子淀粉高，控糖的朋友算进主食里。",
            "Chestnuts from Qianxi at the foot of the Yan Mountains, roasted in the shell and peeled; nothing else added. 80 g a "
            "bag, right for one. You may find broken ones or scraps of brown skin. Steam for five minutes if you like them hot. "
            "They are starchy: count them as a staple if you watch sugar.",
        ),
        search_zh=("板栗", "栗子", "甘栗", "栗仁"),
        search_en=("chestnut", "roasted chestnut", "snack"),
        price_fen=2680,
        wholesale=Wholesale(30, 2080),
        commission_bps=1000,
        motif="snack-pouch",
        palette_seed=203,
        options=(Option(Text("规格", "Size"), (Text("80g×5袋", "5 × 80 g"), Text("80g×10袋", "10 × 80 g"))),),
        skus=grid((2,), stocks=(280, 120), weights=(450, 880), extras=(0, 2300)),
        storage=Storage(365, Text("常温，开袋后当天吃完", "Room temperature; eat the day you open it")),
    ),
    Product(
        code="RM-SN-04",
        category="snacks",
        subcategory="nuts",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("栗子坡", "Chestnut Slope"),
        title=Text("东北开口松子", "Hand-cracked pine nuts"),
        subtitle=Text("秋塔现炒，指甲一掰就开", "Autumn cones, roasted in small lots"),
        description=Text(
            "长白山红松的松塔，九月采、十月炒，机器开口后人工挑过。油性大、香气足，一次炒得不多，卖完要等几天。开口率约九成半，"
            "剩下几颗留着磨牙。坚果油脂高，开罐后请冷藏并在一个月内吃完。",
            "Seeds of Korean pine from the Changbai Mountains, gathered in September, roasted in October, cracked by machine and "
            "sorted by hand. Rich and fragrant; we roast little at a time and may need some days to refill. About 95 in 100 are "
            "open. Once opened, refrigerate and finish within a month.",
        ),
        search_zh=("松子", "开口松子", "坚果", "红松子"),
        search_en=("pine nut", "nuts", "open pine nuts"),
        price_fen=6800,
        commission_bps=1000,
        motif="walnut-bag",
        palette_seed=204,
        options=(Option(Text("规格", "Size"), (Text("250g罐", "250 g jar"), Text("500g袋", "500 g bag"))),),
        skus=grid((2,), stocks=(72, 5), weights=(320, 540), extras=(0, 5800)),
        storage=Storage(180, Text("避光密封，开罐后冷藏", "Seal, keep dark; refrigerate once opened")),
    ),
    Product(
        code="RM-SN-05",
        category="snacks",
        subcategory="dried-fruit",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("嚼光阴", "Slow Crunch"),
        title=Text("冻干草莓脆", "Freeze-dried strawberries"),
        subtitle=Text("整颗冻干，咬下去是酥的", "Whole berries, crisp all the way through"),
        description=Text(
            "丹东红颜草莓冻干，配料只有草莓，不油炸不加糖。保留了草莓本身的酸，怕酸的可以拌酸奶。冻干果很怕潮，开袋后夹紧，受潮"
            "会变软但不是坏了。底部有些碎渣，是路上颠的，撒在燕麦里正好。",
            "Hongyan strawberries from Dandong, freeze-dried with nothing added, neither fried nor sweetened. They keep their "
            "tartness; with yoghurt it softens. They draw moisture: clip the bag shut, for damp pieces go soft though not bad. "
            "The crumbs at the bottom come from the journey and go well on porridge.",
        ),
        search_zh=("草莓干", "冻干草莓", "果干", "草莓脆"),
        search_en=("freeze dried strawberry", "dried fruit"),
        price_fen=2980,
        commission_bps=1200,
        motif="snack-pouch",
        palette_seed=205,
        options=(Option(Text("规格", "Size"), (Text("40g", "40 g"), Text("40g×3", "3 × 40 g"))),),
        skus=grid((2,), stocks=(230, 140), weights=(80, 220), extras=(0, 5200)),
        storage=Storage(300, Text("干燥避光，开袋后一周内吃完", "Dry and dark; eat within a week of opening")),
    ),
    Product(
        code="RM-SN-06",
        category="snacks",
        subcategory="dried-fruit",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("嚼光阴", "Slow Crunch"),
        title=Text("富平吊柿饼", "Hanging-dried persimmons from Fuping"),
        subtitle=Text("流心带霜，冷藏更好吃", "A soft heart under natural frost; good from the fridge"),
        description=Text(
            "陕西富平尖柿，削皮挂晒四十天再捂霜。表面白霜是柿子自己析出的糖，不是面粉。单枚独立包装，里面是半流心的溏心。天热会"
            "化霜变黏，夏天走冰袋。空腹和吃蟹前后不宜多吃。",
            "Jianshi persimmons from Fuping, Shaanxi, peeled, hung for forty days and left to frost. The white coat is the "
            "fruit's own sugar. Each is wrapped singly and half liquid inside. In warm weather the frost melts and they turn "
            "sticky, so we ship with ice in summer. Not many at once on an empty stomach or around a crab dinner.",
        ),
        search_zh=("柿饼", "柿子", "流心柿饼", "富平柿饼"),
        search_en=("dried persimmon", "persimmon", "fuping"),
        price_fen=4580,
        commission_bps=1000,
        motif="snack-box",
        palette_seed=206,
        options=(Option(Text("规格", "Size"), (Text("500g", "500 g"), Text("1kg礼盒", "1 kg gift box"))),),
        skus=grid((2,), stocks=(118, 46), weights=(600, 1250), extras=(0, 4500)),
        storage=Storage(180, Text("冷冻或冷藏，取出回温十分钟", "Freeze or refrigerate; let stand ten minutes")),
    ),
    Product(
        code="RM-SN-07",
        category="snacks",
        subcategory="biscuits-meat",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("嚼光阴", "Slow Crunch"),
        title=Text("老式核桃酥", "Old-style walnut shortbread"),
        subtitle=Text("一掰就碎，配茶刚好", "Breaks at a touch; made for tea"),
        description=Text(
            "面粉、猪油、鸡蛋、核桃碎，按旧时配方开酥，小炉烤。用的是猪油，素食和清真的朋友请绕行。酥得厉害，路上总会碎几块，我"
            "们每盒多放一块。甜度比老配方减了两成。",
            "Flour, lard, eggs and walnuts, worked the old way and baked in small ovens. It is made with lard, so not for "
            "vegetarians or halal kitchens. It crumbles easily and some pieces will break on the way, so each box has one more. "
            "A fifth less sugar than the old recipe.",
        ),
        search_zh=("桃酥", "核桃酥", "糕点", "饼干", "点心"),
        search_en=("walnut cookie", "shortbread", "pastry", "biscuit"),
        price_fen=2580,
        commission_bps=1200,
        motif="snack-box",
        palette_seed=207,
        options=(
            Option(
                Text("口味", "Flavour"), (Text("原味", "Plain"), Text("黑芝麻", "Black sesame"), Text("椒盐", "Salt and pepper"))
            ),
        ),
        skus=grid((3,), stocks=(190, 150, 66), weights=(480,), extras=(0, 200, 200)),
        storage=Storage(60, Text("阴凉干燥，开封后密封", "Cool and dry; reseal after opening")),
    ),
    Product(
        code="RM-SN-08",
        category="snacks",
        subcategory="biscuits-meat",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("嚼光阴", "Slow Crunch"),
        title=Text("风干牛肉条", "Air-dried beef strips"),
        subtitle=Text("三斤鲜肉出一斤，越嚼越香", "Three parts of fresh beef make one"),
        description=Text(
            "内蒙古锡林郭勒的牛后腿，切条腌制，挂杆风干再烤。偏硬、耐嚼，牙口不好的建议选半干款。咸度适中，辣味是干辣椒面，不是"
            "很辣。真空小包，表面的白色结晶是盐和氨基酸。",
            "Beef leg from Xilingol in Inner Mongolia, cut, cured, hung to dry and roasted. Firm and chewy; choose half-dried if "
            "your teeth prefer it. Moderately salted; the hot one uses ground chilli and is mild. White specks on the surface "
            "are salt and amino acids.",
        ),
        search_zh=("牛肉干", "风干牛肉", "肉脯", "内蒙古特产"),
        search_en=("beef jerky", "dried beef", "meat snack"),
        price_fen=5980,
        commission_bps=900,
        motif="snack-pouch",
        palette_seed=208,
        options=(
            Option(Text("口味", "Flavour"), (Text("原味", "Plain"), Text("香辣", "Hot"))),
            Option(Text("干度", "Dryness"), (Text("半干", "Half-dried"), Text("全干", "Fully dried"))),
        ),
        skus=grid((2, 2), stocks=(120, 84, 97, 52), weights=(260,), extras=(0, 800, 0, 800)),
        storage=Storage(270, Text("常温避光，开袋后冷藏", "Room temperature; refrigerate once opened")),
    ),
    Product(
        code="RM-SN-09",
        category="snacks",
        subcategory="biscuits-meat",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("嚼光阴", "Slow Crunch"),
        title=Text("夹心海苔脆", "Filled seaweed crisps"),
        subtitle=Text("两片海苔夹一层芝麻", "Sesame between two sheets of nori"),
        description=Text(
            "福建霞浦头水紫菜，烤干后夹芝麻或碎杏仁再烘一次。薄、脆，一片一口。调味有酱油和糖，给小小孩请看钠含量。开罐后尽快吃，"
            "潮了回烤箱120度三分钟就回脆。含芝麻。",
            "First-harvest laver from Xiapu, Fujian, toasted, filled with sesame or almond and baked again. Thin and crisp, one "
            "bite each. Seasoned with soy sauce and sugar: check the sodium for small children. If they go soft, three minutes "
            "at 120 °C brings them back. Contains sesame.",
        ),
        search_zh=("海苔", "紫菜", "海苔脆", "儿童零食"),
        search_en=("seaweed snack", "nori", "crisps"),
        price_fen=1990,
        commission_bps=1200,
        motif="snack-pouch",
        palette_seed=209,
        options=(Option(Text("口味", "Filling"), (Text("芝麻", "Sesame"), Text("杏仁", "Almond"))),),
        skus=grid((2,), stocks=(300, 0), weights=(90,), extras=(0, 200)),
        storage=Storage(270, Text("防潮，开罐后两周内吃完", "Keep dry; two weeks once opened")),
    ),
    Product(
        code="RM-SN-10",
        category="snacks",
        subcategory="biscuits-meat",
        supplier="SUP-LZ",
        freight="standard",
        brand=Text("栗子坡", "Chestnut Slope"),
        title=Text("蜂蜜黑芝麻丸", "Black sesame balls with honey"),
        subtitle=Text("芝麻香重，一天两粒解馋", "Deep sesame taste; two a day will do"),
        description=Text(
            "黑芝麻蒸晒后磨粉，加蜂蜜和少量麦芽糖搓成丸，每粒约9克。偏软糯，不是硬糖。芝麻油脂含量高，热量不低，当零嘴适量吃。它"
            "就是一样吃食，不能当药。含蜂蜜，一岁以内宝宝不能吃。",
            "Black sesame, steamed, dried and ground, rolled with honey and a little malt sugar; about 9 g each. Soft and chewy. "
            "Sesame is rich, so a couple at a time. It is food, not medicine. Contains honey: not for babies under one.",
        ),
        search_zh=("芝麻丸", "黑芝麻", "芝麻球", "芝麻"),
        search_en=("sesame ball", "black sesame", "snack"),
        price_fen=3680,
        commission_bps=1200,
        motif="honey-jar",
        palette_seed=210,
        options=(Option(Text("规格", "Size"), (Text("252g罐", "252 g jar"), Text("252g×2罐", "2 × 252 g"))),),
        skus=grid((2,), stocks=(165, 90), weights=(420, 820), extras=(0, 3100)),
        storage=Storage(270, Text("阴凉干燥，夏季冷藏", "Cool and dry; refrigerate in summer")),
    ),
)
