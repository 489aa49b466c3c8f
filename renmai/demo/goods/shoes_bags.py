"""Shoes and bags: products of the demo shop."""

from renmai.demo.goods.types import Option, Product, Text, Wholesale, grid

PRODUCTS: tuple[Product, ...] = (
    Product(
        code="RM-SH-01",
        category="shoes-bags",
        subcategory="shoes",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("松间履", "Pine Path"),
        title=Text("轻底缓震运动鞋", "Light cushioned trainers"),
        subtitle=Text("走一天路，脚底不发烫", "A day on foot without hot soles"),
        description=Text(
            "飞织鞋面配EVA发泡中底，单只41码约230克。适合走路和慢跑，打球侧向支撑不够。鞋面透气也就不防水，雨天别穿。码偏小半号，"
            "脚背高的买大一码。鞋垫可拆洗。",
            "Knitted upper on an EVA midsole, about 230 g a shoe in 41. For walking and easy running, not for court sports. The "
            "upper breathes and so lets rain in. Runs half a size small. The insole comes out for washing.",
        ),
        search_zh=("运动鞋", "跑鞋", "休闲鞋", "透气鞋"),
        search_en=("trainers", "sneakers", "running shoes"),
        price_fen=22900,
        reference_price_fen=25900,
        commission_bps=1500,
        motif="sneakers",
        palette_seed=1101,
        options=(
            Option(Text("颜色", "Colour"), (Text("雾灰", "Fog grey"), Text("黑", "Black"))),
            Option(Text("尺码", "Size"), (Text("38", "38"), Text("40", "40"), Text("42", "42"), Text("44", "44"))),
        ),
        skus=grid((2, 4), stocks=(45, 60, 52, 30, 50, 66, 58, 6), weights=(620, 680, 740, 800, 620, 680, 740, 800)),
    ),
    Product(
        code="RM-SH-02",
        category="shoes-bags",
        subcategory="shoes",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("松间履", "Pine Path"),
        title=Text("头层皮小白鞋", "Leather white sneakers"),
        subtitle=Text("不挑衣服，脏了擦一擦", "Goes with everything, wipes clean"),
        description=Text(
            "头层牛皮鞋面，橡胶平底，里衬用猪皮，吸汗不闷。新鞋偏硬，头三天穿厚一点的袜子撑一撑就合脚。白边脏了挤点牙膏用软布擦。"
            "真皮有毛孔和细纹，每双略有差别，久穿脚弯处会有折痕。",
            "Full-grain cowhide on a flat rubber sole, lined with pigskin that takes up moisture. Stiff at first; wear thick "
            "socks for three days. Clean the white edge with toothpaste and a soft cloth. Real leather has pores and lines, "
            "differs from pair to pair and will crease where the foot bends.",
        ),
        search_zh=("小白鞋", "板鞋", "白鞋", "真皮"),
        search_en=("white sneakers", "leather sneakers", "casual shoes"),
        price_fen=26900,
        commission_bps=1500,
        motif="sneakers",
        palette_seed=1102,
        options=(
            Option(Text("鞋尾", "Heel tab"), (Text("全白", "All white"), Text("豆绿尾", "Pea green"))),
            Option(Text("尺码", "Size"), (Text("36", "36"), Text("37", "37"), Text("38", "38"), Text("39", "39"))),
        ),
        skus=grid((2, 4), stocks=(40, 55, 60, 42, 28, 36, 40, 25), weights=(780, 800, 830, 860, 780, 800, 830, 860)),
    ),
    Product(
        code="RM-SH-03",
        category="shoes-bags",
        subcategory="shoes",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("松间履", "Pine Path"),
        title=Text("软羊皮乐福鞋", "Soft sheepskin loafers"),
        subtitle=Text("一脚蹬，能踩后跟", "Slip on; the heel folds down"),
        description=Text(
            "羊皮鞋面软，不磨脚后跟，代价是怕刮。底是薄橡胶，长时间走石板路会累。下雨天别穿，湿了塞报纸阴干。脚宽的朋友选大半码，"
            "羊皮会再松一点。",
            "Soft sheepskin that does not rub and, in return, scratches easily. The thin sole tires on cobbles. Not for rain: "
            "stuff with paper and dry in the shade. Sheepskin gives a little with wear.",
        ),
        search_zh=("乐福鞋", "单鞋", "豆豆鞋", "女鞋"),
        search_en=("loafers", "slip-on", "flats"),
        price_fen=23900,
        commission_bps=1600,
        motif="loafers",
        palette_seed=1103,
        options=(
            Option(Text("颜色", "Colour"), (Text("黑", "Black"), Text("焦糖", "Caramel"))),
            Option(Text("尺码", "Size"), (Text("36", "36"), Text("37", "37"), Text("38", "38"), Text("39", "39"))),
        ),
        skus=grid((2, 4), stocks=(34, 48, 50, 30, 26, 40, 38, 0), weights=(520, 540, 560, 580, 520, 540, 560, 580)),
    ),
    Product(
        code="RM-SH-04",
        category="shoes-bags",
        subcategory="shoes",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("松间履", "Pine Path"),
        title=Text("羊毛里切尔西靴", "Wool-lined Chelsea boots"),
        subtitle=Text("不臃肿，零下也暖", "Slim, and warm below zero"),
        description=Text(
            "牛皮靴面，里面是羊毛和化纤混纺的绒，零下几度走路够暖。鞋跟3.5厘米，两侧松紧好穿脱，腿粗也不勒。习惯穿厚袜的买大一码。"
            "鞋底有防滑纹，但结冰的路照样会滑，请慢一点走。",
            "Cowhide with a fleece of wool and synthetic fibre, warm enough for a walk a few degrees below zero. The heel is 3.5 "
            "cm and the elastic sides are easy on wide calves. Size up for thick socks. The sole has grip, but ice is ice: walk "
            "slowly.",
        ),
        search_zh=("短靴", "切尔西靴", "女靴", "加绒靴"),
        search_en=("chelsea boots", "ankle boots", "winter boots"),
        price_fen=35900,
        reference_price_fen=38900,
        commission_bps=1500,
        motif="boots",
        palette_seed=1104,
        options=(
            Option(Text("颜色", "Colour"), (Text("黑", "Black"), Text("棕", "Brown"))),
            Option(Text("尺码", "Size"), (Text("36", "36"), Text("37", "37"), Text("38", "38"), Text("39", "39"))),
        ),
        skus=grid((2, 4), stocks=(22, 30, 34, 20, 15, 24, 20, 12), weights=(1150, 1190, 1230, 1280, 1150, 1190, 1230, 1280)),
    ),
    Product(
        code="RM-SH-05",
        category="shoes-bags",
        subcategory="shoes",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("松间履", "Pine Path"),
        title=Text("手纳千层底布鞋", "Hand-stitched cloth shoes"),
        subtitle=Text("爸妈在家出门都能穿", "For parents, indoors and out"),
        description=Text(
            "棉布一层层叠起来手工纳底，底下贴一层薄橡胶防滑。透气轻便，遇水会硬，别拿去泡。布底新的时候有点板，穿一周就随脚。宽"
            "楦，脚瘦的买小一码。",
            "Layers of cotton stitched by hand, with a thin rubber sole. Light and airy; water hardens it. A little stiff for "
            "the first week. Wide last: size down for a narrow foot.",
        ),
        search_zh=("布鞋", "千层底", "老式布鞋", "爸妈鞋"),
        search_en=("cloth shoes", "handmade", "flat shoes"),
        price_fen=12900,
        commission_bps=1400,
        motif="loafers",
        palette_seed=1105,
        options=(
            Option(Text("款式", "Style"), (Text("女款方口", "Women's"), Text("男款圆口", "Men's"))),
            Option(Text("尺码", "Size"), (Text("小码", "Small"), Text("中码", "Medium"), Text("大码", "Large"))),
        ),
        skus=grid(
            (2, 3), stocks=(60, 72, 40, 55, 66, 48), weights=(420, 450, 480, 520, 560, 600), extras=(0, 0, 0, 1000, 1000, 1000)
        ),
    ),
    Product(
        code="RM-SH-06",
        category="shoes-bags",
        subcategory="bags",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("一格布", "One Check"),
        title=Text("厚帆布托特包", "Heavy canvas tote"),
        subtitle=Text("装得下电脑和一把葱", "Room for a laptop and the leeks"),
        description=Text(
            "16安帆布，36×32×12厘米，内有一个拉链袋和一个插袋。肩带加宽不勒肩，承重8公斤左右。没有封口拉链，是一粒磁扣。浅色沾牛"
            "仔裤会染色，蘸肥皂水擦。",
            "16 oz canvas, 36 × 32 × 12 cm, one zip and one open pocket. Wide straps, carries about 8 kg. Closes with a magnet, "
            "not a zip. Pale canvas picks up blue from jeans: soap and water.",
        ),
        search_zh=("托特包", "帆布包", "通勤包", "大容量"),
        search_en=("tote bag", "canvas bag", "shopper"),
        price_fen=9900,
        wholesale=Wholesale(20, 7500),
        commission_bps=1600,
        motif="tote-bag",
        palette_seed=1106,
        options=(Option(Text("颜色", "Colour"), (Text("本白", "Natural"), Text("墨绿", "Deep green"), Text("黑", "Black"))),),
        skus=grid((3,), stocks=(110, 85, 120), weights=(480,)),
    ),
    Product(
        code="RM-SH-07",
        category="shoes-bags",
        subcategory="bags",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("一格布", "One Check"),
        title=Text("通勤双肩包", "Commuter backpack"),
        subtitle=Text("背板透气，电脑单独一层", "Airy back, laptop in its own sleeve"),
        description=Text(
            "高密尼龙防泼水，18升，15.6寸电脑能放进去，14寸更宽松。背后有贴身暗袋放证件。侧袋放500毫升水壶合适，更粗的放不下。胸"
            "扣可拆。大雨请套防雨罩，不随包附送。",
            "Dense nylon that sheds a splash, 18 L, takes a 15.6-inch laptop. A hidden pocket at the back. The side pocket holds "
            "a 500 ml bottle, no wider. No rain cover included.",
        ),
        search_zh=("双肩包", "背包", "电脑包", "书包"),
        search_en=("backpack", "laptop bag", "commuter"),
        price_fen=19900,
        reference_price_fen=21900,
        commission_bps=1500,
        motif="backpack",
        palette_seed=1107,
        options=(Option(Text("颜色", "Colour"), (Text("石墨", "Graphite"), Text("橄榄", "Olive"))),),
        skus=grid((2,), stocks=(90, 58), weights=(850,)),
    ),
    Product(
        code="RM-SH-08",
        category="shoes-bags",
        subcategory="bags",
        supplier="SUP-HS",
        freight="standard",
        brand=Text("一格布", "One Check"),
        title=Text("牛皮斜挎小包", "Small leather crossbody"),
        subtitle=Text("手机、钥匙、口红，刚好", "Phone, keys, lipstick: just enough"),
        description=Text(
            "植鞣牛皮，20×14×6厘米，肩带可调。植鞣皮怕水，淋湿会有印；用久了颜色变深，有人喜欢有人不喜欢，买前想好。五金是锌合金，"
            "摩擦处会磨亮。",
            "Vegetable-tanned leather, 20 × 14 × 6 cm, adjustable strap. Rain leaves marks and the colour deepens with use: "
            "decide whether you like that. Zinc alloy fittings.",
        ),
        search_zh=("斜挎包", "小包", "真皮包", "女包"),
        search_en=("crossbody bag", "leather bag", "small bag"),
        price_fen=25900,
        commission_bps=1600,
        motif="tote-bag",
        palette_seed=1108,
        options=(Option(Text("颜色", "Colour"), (Text("原色", "Natural"), Text("酒红", "Wine"), Text("黑", "Black"))),),
        skus=grid((3,), stocks=(38, 26, 45), weights=(420,)),
    ),
    Product(
        code="RM-SH-09",
        category="shoes-bags",
        subcategory="bags",
        supplier="SUP-HS",
        freight="light",
        brand=Text("一格布", "One Check"),
        title=Text("折叠购物袋", "Folding shopping bag"),
        subtitle=Text("叠起来巴掌大，买菜取快递都靠它", "Palm-sized when folded, for groceries and parcels"),
        description=Text(
            "细格涤纶布，叠好塞进自带的小袋只有巴掌大，打开能装一个西瓜。提手加宽双车线，实测挂十公斤一夜没开线，平时建议装八公"
            "斤以内。脏了直接机洗，一晚就干。布薄不保温，买冻货请另配保温袋。",
            "Fine ripstop polyester that folds into its own pouch, palm-sized, and opens to hold a watermelon. Wide, "
            "double-stitched handles; ten kilograms hung from it overnight in our test, and we suggest up to eight. Machine "
            "washable, dry by morning. It does not insulate: bring a cool bag for frozen food.",
        ),
        search_zh=("购物袋", "环保袋", "买菜包", "折叠袋"),
        search_en=("shopping bag", "folding bag", "grocery bag"),
        price_fen=2900,
        wholesale=Wholesale(50, 2200),
        commission_bps=1400,
        motif="tote-bag",
        palette_seed=1109,
        options=(
            Option(
                Text("花色", "Pattern"),
                (Text("细格蓝", "Blue check"), Text("细格绿", "Green check"), Text("素米", "Plain cream")),
            ),
        ),
        skus=grid((3,), stocks=(180, 150, 120), weights=(90,)),
    ),
    Product(
        code="RM-SH-10",
        category="shoes-bags",
        subcategory="bags",
        supplier="SUP-HS",
        freight="heavy",
        brand=Text("一格布", "One Check"),
        title=Text("静音万向轮行李箱", "Quiet spinner suitcase"),
        subtitle=Text("轮子不吵，夜里推过走廊也安静", "Wheels that do not wake the corridor"),
        description=Text(
            "PC与ABS混合壳，双排轮，TSA海关锁。20寸多数航班可登机，廉航请先查尺寸。亮面会留划痕，介意的选磨砂。24寸装满别超过20"
            "公斤，轮子和拉杆都会轻松些。",
            "PC and ABS shell, double wheels, TSA lock. The 20-inch fits most cabins; check with low-cost airlines. Gloss "
            "scratches, matt hides it. Keep the 24-inch under 20 kg.",
        ),
        search_zh=("行李箱", "拉杆箱", "登机箱", "旅行箱"),
        search_en=("suitcase", "luggage", "carry-on"),
        price_fen=32900,
        commission_bps=1300,
        motif="suitcase",
        palette_seed=1110,
        options=(
            Option(Text("表面", "Finish"), (Text("磨砂灰", "Matt grey"), Text("亮面白", "Gloss white"))),
            Option(Text("尺寸", "Size"), (Text("20寸", "20-inch"), Text("24寸", "24-inch"))),
        ),
        skus=grid((2, 2), stocks=(44, 36, 30, 18), weights=(2900, 3800, 2900, 3800), extras=(0, 7000, 0, 7000)),
    ),
)
