"""Women, men and home wear: products of the demo shop."""

from renmai.demo.goods.types import Option, Product, Text, Wholesale, grid

PRODUCTS: tuple[Product, ...] = (
    Product(
        code="RM-CL-01",
        category="clothing",
        subcategory="women",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("亚麻混纺连衣裙", "Linen-blend dress"),
        subtitle=Text("收腰不勒，走路有风", "Shaped at the waist, moves as you walk"),
        description=Text(
            "亚麻55%、棉45%，风吹得透，夏天不贴身。浅色略透，建议配肤色打底。侧腰藏了两根绑带，吃饱了可以松一松。亚麻会皱，喷点"
            "水挂一晚能平大半，要更挺就反面低温熨。模特168厘米，穿M码。",
            "Linen 55 % and cotton 45 %, airy and never clinging. Pale colours are slightly sheer: wear something skin-coloured "
            "beneath. Two hidden ties at the waist let you loosen it after dinner. Linen creases; spray it and hang it "
            "overnight, or iron it cool, inside out. The model is 168 cm and wears M.",
        ),
        search_zh=("连衣裙", "裙子", "亚麻裙", "夏天"),
        search_en=("dress", "linen dress", "summer"),
        price_fen=25900,
        reference_price_fen=27900,
        commission_bps=1600,
        motif="dress",
        palette_seed=1001,
        options=(
            Option(Text("颜色", "Colour"), (Text("豆绿", "Pea green"), Text("燕麦", "Oat"))),
            Option(Text("尺码", "Size"), (Text("S", "S"), Text("M", "M"), Text("L", "L"))),
        ),
        skus=grid((2, 3), stocks=(40, 62, 35, 30, 58, 4), weights=(300, 330, 360, 300, 330, 360)),
    ),
    Product(
        code="RM-CL-02",
        category="clothing",
        subcategory="women",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("精梳棉T恤", "Combed cotton tee"),
        subtitle=Text("厚实不透，洗不走样", "Opaque, keeps its shape"),
        description=Text(
            "220克精梳棉，比一般T恤厚，白色也不透内衣。肩线落下一点点，不挑肩宽。头次水洗会缩2%左右，尺码已经放了量，别烘干。领"
            "口罗纹洗久了会松，翻面装袋能慢一些。",
            "Combed cotton at 220 g, thicker than most tees, so the white is opaque. A slightly dropped shoulder suits most "
            "people. It shrinks about 2 % in the first wash, which the size allows for; do not tumble it. The neck rib loosens "
            "in time; wash inside out in a bag to slow that.",
        ),
        search_zh=("T恤", "白T", "短袖", "基础款"),
        search_en=("tee", "t-shirt", "white tee"),
        price_fen=7900,
        wholesale=Wholesale(30, 5900),
        commission_bps=1600,
        motif="shirt",
        palette_seed=1002,
        options=(
            Option(Text("颜色", "Colour"), (Text("白", "White"), Text("燕麦", "Oat"))),
            Option(Text("尺码", "Size"), (Text("S", "S"), Text("M", "M"), Text("L", "L"), Text("XL", "XL"))),
        ),
        skus=grid((2, 4), stocks=(120, 150, 130, 60, 80, 95, 70, 3), weights=(220, 230, 240, 250, 220, 230, 240, 250)),
    ),
    Product(
        code="RM-CL-03",
        category="clothing",
        subcategory="women",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("羊毛混纺开衫", "Wool-blend cardigan"),
        subtitle=Text("春秋披着，冬天穿里", "Over a shirt in spring, under a coat in winter"),
        description=Text(
            "羊毛45%，其余是腈纶和锦纶，软而不太扎。春秋当外套，冬天穿在大衣里面。混纺都会起一点球，腋下和袖口先有，用剃毛器推一"
            "推就好。袖子做得偏长，挽一折正好。手洗，平铺晾，别挂着晾。",
            "Wool 45 % with acrylic and nylon, soft and hardly itchy. An outer layer in spring, an inner one in winter. Blends "
            "pill a little, first at cuffs and underarms; a fabric shaver takes care of it. The sleeves run long, for one turn. "
            "Wash by hand and dry flat, not on a hanger.",
        ),
        search_zh=("开衫", "针织开衫", "羊毛衫", "毛衣"),
        search_en=("cardigan", "knit cardigan", "wool"),
        price_fen=23900,
        commission_bps=1600,
        motif="knitwear",
        palette_seed=1003,
        options=(
            Option(Text("颜色", "Colour"), (Text("米白", "Cream"), Text("焦糖", "Caramel"))),
            Option(Text("尺码", "Size"), (Text("M", "M"), Text("L", "L"), Text("XL", "XL"))),
        ),
        skus=grid((2, 3), stocks=(48, 52, 40, 36, 44, 30), weights=(420, 450, 480, 420, 450, 480)),
    ),
    Product(
        code="RM-CL-04",
        category="clothing",
        subcategory="men",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("免烫牛津衬衫", "No-iron Oxford shirt"),
        subtitle=Text("从行李箱拿出来就能见人", "Out of the suitcase, into the meeting"),
        description=Text(
            "80支长绒棉牛津纺，做了免烫处理，洗完抖平挂起来，第二天就能穿。免烫不等于不皱，坐久了腰后还是有折痕。领子有衬，脱水"
            "请选低速。尺码按领围选，衣长适合塞裤腰。",
            "Eighty-count Oxford with a no-iron finish: shake it out, hang it up, wear it the next day. No-iron does not mean no "
            "creases; sitting leaves some at the back. The collar is lined, so spin it gently. Choose by collar size; the length "
            "is made for tucking in.",
        ),
        search_zh=("衬衫", "免烫衬衫", "牛津纺", "男装"),
        search_en=("shirt", "oxford", "no iron", "men"),
        price_fen=19900,
        reference_price_fen=21900,
        commission_bps=1600,
        motif="shirt",
        palette_seed=1004,
        options=(
            Option(Text("颜色", "Colour"), (Text("白", "White"), Text("浅蓝", "Light blue"))),
            Option(Text("尺码", "Size"), (Text("39", "39"), Text("40", "40"), Text("41", "41"), Text("42", "42"))),
        ),
        skus=grid((2, 4), stocks=(55, 70, 60, 40, 50, 66, 58, 35), weights=(260, 270, 280, 290, 260, 270, 280, 290)),
    ),
    Product(
        code="RM-CL-05",
        category="clothing",
        subcategory="men",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("珠地POLO衫", "Piqué polo"),
        subtitle=Text("不闷，领子立得住", "Airy, with a collar that stands"),
        description=Text(
            "棉95%加5%氨纶，珠地组织有细小透气孔，出汗不粘背。领子里加了衬，洗多了也不卷边。深色头一回会有浮色，单独洗。版型正常"
            "略宽，肚子大一点也不绷。",
            "Cotton with 5 % elastane in a piqué weave that lets the air through. The lined collar does not curl after washing. "
            "Dark colours lose a little the first time: wash them alone. The cut is regular to wide and forgiving around the "
            "middle.",
        ),
        search_zh=("polo", "短袖", "男T恤", "商务休闲"),
        search_en=("polo", "polo shirt", "men"),
        price_fen=12900,
        commission_bps=1500,
        motif="shirt",
        palette_seed=1005,
        options=(
            Option(Text("颜色", "Colour"), (Text("藏青", "Navy"), Text("灰", "Grey"), Text("白", "White"))),
            Option(Text("尺码", "Size"), (Text("L", "L"), Text("XL", "XL"), Text("2XL", "2XL"))),
        ),
        skus=grid((3, 3), stocks=(60, 55, 30, 48, 42, 25, 70, 50, 20), weights=(250, 260, 270, 250, 260, 270, 250, 260, 270)),
    ),
    Product(
        code="RM-CL-06",
        category="clothing",
        subcategory="women",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("直筒高腰牛仔裤", "High-waist straight jeans"),
        subtitle=Text("不破洞，坐着也不勒", "No rips, comfortable sitting"),
        description=Text(
            "高腰直筒，盖住小腿，坐下后腰不露。棉里带一点弹，刚穿有点硬，穿两天就顺了。前两次会掉蓝色，反面单独洗，也别坐浅色沙"
            "发。裤长可以免费改短两厘米以内，下单备注，改过的不支持无理由退货。",
            "High waist and straight leg, with no gap at the back when you sit. Cotton with a little stretch, stiff for the "
            "first two days. It gives off blue at first: wash it alone and inside out, and mind pale sofas. We shorten it by up "
            "to 2 cm free if you ask when ordering; altered pairs cannot be returned without a fault.",
        ),
        search_zh=("牛仔裤", "直筒裤", "高腰裤", "女裤"),
        search_en=("jeans", "straight jeans", "high waist"),
        price_fen=18900,
        commission_bps=1600,
        motif="trousers",
        palette_seed=1006,
        options=(
            Option(Text("颜色", "Colour"), (Text("深蓝", "Dark blue"), Text("黑", "Black"))),
            Option(Text("尺码", "Size"), (Text("26", "26"), Text("27", "27"), Text("28", "28"), Text("29", "29"))),
        ),
        skus=grid((2, 4), stocks=(40, 55, 50, 32, 38, 48, 44, 28), weights=(480, 500, 520, 540, 480, 500, 520, 540)),
    ),
    Product(
        code="RM-CL-07",
        category="clothing",
        subcategory="men",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("90绒短款羽绒服", "Short down jacket"),
        subtitle=Text("轻，塞包里不鼓", "Light, packs small"),
        description=Text(
            "90%白鸭绒，蓬松度600以上，每个码的充绒量都印在吊牌上。多数码不到八百克，压缩后塞得进背包。缝线处偶尔会钻出一两根绒，"
            "从里面往回拽。可以机洗，用中性洗剂，烘干时放两只网球拍松。防小水珠，不防雨。",
            "Ninety per cent white duck down, fill power above 600, with the weight for each size on the label. Under 800 g in "
            "most sizes and small when packed. A feather may come through a seam: pull it back from inside. Machine wash with "
            "mild soap and tumble with two tennis balls. It sheds drops, not rain.",
        ),
        search_zh=("羽绒服", "短款羽绒", "男羽绒", "外套"),
        search_en=("down jacket", "puffer", "jacket", "men"),
        price_fen=45900,
        reference_price_fen=49900,
        commission_bps=1500,
        motif="jacket",
        palette_seed=1007,
        options=(
            Option(Text("颜色", "Colour"), (Text("黑", "Black"), Text("松绿", "Pine green"))),
            Option(Text("尺码", "Size"), (Text("L", "L"), Text("XL", "XL"), Text("2XL", "2XL"))),
        ),
        skus=grid(
            (2, 3), stocks=(35, 40, 20, 28, 33, 15), weights=(750, 800, 850, 750, 800, 850), extras=(0, 0, 2000, 0, 0, 2000)
        ),
    ),
    Product(
        code="RM-CL-08",
        category="clothing",
        subcategory="home-wear",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("双层纱家居服", "Double-gauze pyjamas"),
        subtitle=Text("软、透气，一年穿三季", "Soft and airy, three seasons"),
        description=Text(
            "双层棉纱，开襟带胸袋，透气吸汗，春夏秋都能穿。面料自带褶皱，不用熨。裤腰橡筋可以抽换，松了自己紧一紧。深色首次单独"
            "洗。尺码按身高选，喜欢宽松的拿大一码。",
            "Two layers of cotton gauze, buttoned, with a chest pocket; airy for three seasons. The crinkle belongs to the "
            "cloth, so no ironing. The elastic can be replaced. Wash dark colours alone the first time. Choose by height, one "
            "size up if you like it loose.",
        ),
        search_zh=("家居服", "睡衣", "双层纱", "居家服"),
        search_en=("pyjamas", "home wear", "double gauze"),
        price_fen=15900,
        commission_bps=1600,
        motif="shirt",
        palette_seed=1008,
        options=(
            Option(Text("款式", "Style"), (Text("女款", "Women"), Text("男款", "Men"))),
            Option(Text("尺码", "Size"), (Text("M", "M"), Text("L", "L"), Text("XL", "XL"))),
        ),
        skus=grid((2, 3), stocks=(70, 80, 40, 44, 60, 25), weights=(400, 430, 460, 420, 450, 480)),
    ),
    Product(
        code="RM-CL-09",
        category="clothing",
        subcategory="home-wear",
        supplier="SUP-HS",
        freight="light",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("精梳棉中筒袜", "Combed cotton crew socks"),
        subtitle=Text("不掉跟，一盒五双", "Heels stay up; five pairs"),
        description=Text(
            "精梳棉75%，加锦纶和一点氨纶，袜底是毛圈，走路软和。袜口不勒，腿上不留深印，脚踝粗的拿大码。袜头手工对目，脚趾处没有"
            "硬棱。深色首次会掉一点颜色，翻面洗。",
            "Combed cotton 75 % with nylon and a little elastane, terry under the foot. The top does not bite; size up for wide "
            "ankles. Toes are linked by hand, so there is no ridge. Dark pairs lose a little colour at first: wash them inside "
            "out.",
        ),
        search_zh=("袜子", "中筒袜", "棉袜", "短袜"),
        search_en=("socks", "crew socks", "cotton"),
        price_fen=4900,
        wholesale=Wholesale(40, 3600),
        commission_bps=1400,
        motif="socks",
        palette_seed=1009,
        options=(
            Option(Text("尺码", "Size"), (Text("35-39", "35–39"), Text("40-44", "40–44"))),
            Option(Text("颜色", "Colour"), (Text("黑", "Black"), Text("白灰", "White and grey"))),
        ),
        skus=grid((2, 2), stocks=(150, 160, 140, 130), weights=(280,)),
    ),
    Product(
        code="RM-CL-10",
        category="clothing",
        subcategory="women",
        supplier="SUP-HS",
        freight="light",
        brand=Text("缓缓衣", "Unhurried"),
        title=Text("桑蚕丝方巾", "Silk square"),
        subtitle=Text("打在脖子上，也能绑包", "At the neck or on a bag"),
        description=Text(
            "12姆米桑蚕丝，53厘米见方，边是手工卷的。打在脖子上、扎头发、绑包带都行。真丝娇气，怕勾、怕香水直接喷、怕暴晒。冷水"
            "加一点丝毛洗剂轻轻压洗，阴干后隔布低温熨。花色是我们自己画的。",
            "Mulberry silk of 12 momme, 53 cm square with a hand-rolled edge. For the neck, the hair or a bag handle. Silk is "
            "delicate: keep it from snags, perfume and strong sun. Press it gently in cold water with silk detergent, dry it in "
            "the shade, iron cool under a cloth. The prints are our own drawings.",
        ),
        search_zh=("丝巾", "方巾", "真丝", "围巾"),
        search_en=("silk scarf", "square scarf", "silk"),
        price_fen=12900,
        commission_bps=1600,
        motif="scarf",
        palette_seed=1010,
        options=(Option(Text("花色", "Print"), (Text("青山", "Blue hills"), Text("柿子", "Persimmons"), Text("素白", "Plain"))),),
        skus=grid((3,), stocks=(55, 42, 30), weights=(60,)),
    ),
)
