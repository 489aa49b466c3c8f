"""Feeding, care, clothes and toys: products of the demo shop."""

from renmai.demo.goods.types import Option, Product, Text, Wholesale, grid

PRODUCTS: tuple[Product, ...] = (
    Product(
        code="RM-BA-01",
        category="baby",
        subcategory="feeding",
        supplier="SUP-MY",
        freight="standard",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("宽口玻璃奶瓶", "Wide-neck glass bottle"),
        subtitle=Text("刻度清楚，好刷好看奶量", "Clear marks, easy to clean"),
        description=Text(
            "高硼硅玻璃瓶身，宽口径，奶粉不容易撒。配S码硅胶奶嘴，三个月以上请换M码。玻璃会碎，宝宝自己抱着喝建议套硅胶套或换"
            "PPSU瓶。每次用前煮沸消毒五分钟，奶嘴两个月一换。",
            "Borosilicate glass with a wide neck so powder does not spill. Comes with a size S teat; move to M from three "
            "months. Glass breaks: use a sleeve once the baby holds it. Boil for five minutes before use and change teats every "
            "two months.",
        ),
        search_zh=("奶瓶", "玻璃奶瓶", "新生儿奶瓶", "喂奶"),
        search_en=("baby bottle", "glass bottle", "feeding"),
        price_fen=6900,
        wholesale=Wholesale(24, 5500),
        commission_bps=700,
        motif="baby-bottle",
        palette_seed=901,
        options=(Option(Text("容量", "Volume"), (Text("160ml", "160 ml"), Text("240ml", "240 ml"))),),
        skus=grid((2,), stocks=(130, 160), weights=(260, 330), extras=(0, 1000)),
    ),
    Product(
        code="RM-BA-02",
        category="baby",
        subcategory="feeding",
        supplier="SUP-MY",
        freight="standard",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("硅胶吸盘辅食碗", "Silicone suction bowl"),
        subtitle=Text("吸得住桌面，掀不翻", "Holds to the table"),
        description=Text(
            "铂金硅胶，底部吸盘，光滑桌面才吸得牢，木纹粗的桌子吸不住。可微波，可煮。带一把短柄软勺。硅胶会吸味，装过咖喱或胡萝"
            "卜后会染一点色，不影响用。",
            "Platinum-cured silicone. The base grips smooth tables, not coarse wood. Microwave and boil safe, with a short soft "
            "spoon. Curry and carrot leave a tint.",
        ),
        search_zh=("辅食碗", "吸盘碗", "宝宝餐具", "硅胶碗"),
        search_en=("baby bowl", "suction bowl", "weaning"),
        price_fen=5900,
        commission_bps=800,
        motif="bowl-set",
        palette_seed=902,
        options=(
            Option(Text("颜色", "Colour"), (Text("奶黄", "Cream yellow"), Text("雾蓝", "Mist blue"), Text("豆沙", "Rose bean"))),
        ),
        skus=grid((3,), stocks=(110, 95, 60), weights=(280,)),
    ),
    Product(
        code="RM-BA-03",
        category="baby",
        subcategory="feeding",
        supplier="SUP-MY",
        freight="standard",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("学饮吸管杯", "Straw training cup"),
        subtitle=Text("重力球，躺着坐着都能吸", "A weighted straw that follows the tilt"),
        description=Text(
            "PPSU杯身，能煮、耐摔，两边有把手，六个月以上学着自己抱。吸管底下有个重力球，杯子歪了也吸得到。缝隙容易藏奶渍，随杯"
            "带一把细刷，请天天刷。倒扣不漏，用力砸会渗，别装热水和汽水。",
            "A PPSU cup with two handles that can be boiled and dropped, from six months. The weighted straw follows the tilt. "
            "Milk hides in the gaps: use the small brush supplied every day. It does not leak upside down, though a hard throw "
            "may seep. No hot or fizzy drinks.",
        ),
        search_zh=("学饮杯", "吸管杯", "宝宝水杯", "鸭嘴杯"),
        search_en=("straw cup", "training cup", "sippy cup"),
        price_fen=6900,
        commission_bps=800,
        motif="baby-bottle",
        palette_seed=903,
        options=(Option(Text("容量", "Volume"), (Text("240ml", "240 ml"), Text("300ml", "300 ml"))),),
        skus=grid((2,), stocks=(145, 90), weights=(210, 240), extras=(0, 700)),
    ),
    Product(
        code="RM-BA-04",
        category="baby",
        subcategory="care",
        supplier="SUP-MY",
        freight="heavy",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("透气纸尿裤", "Breathable nappies"),
        subtitle=Text("腰围软，多数宝宝一夜一片", "Soft waist; one a night for most babies"),
        description=Text(
            "表层热风无纺，芯体是木浆加吸水树脂。按体重选码，腿围紧就往大一码。起红疹先停用、勤换、涂护臀膏，两三天不见好看医生。"
            "整箱比单包划算，换码前别囤太多。",
            "Soft top sheet, core of pulp and absorber. Choose by weight, and go up a size if the leg marks. For a rash: stop, "
            "change often, use barrier cream; see a doctor if it stays. A case costs less a piece, but do not stock up before a "
            "new size.",
        ),
        search_zh=("纸尿裤", "尿不湿", "尿片", "婴儿"),
        search_en=("nappies", "diapers", "baby"),
        price_fen=7900,
        reference_price_fen=8500,
        commission_bps=0,
        motif="diaper-pack",
        palette_seed=904,
        options=(
            Option(
                Text("尺码", "Size"),
                (
                    Text("S 4-8kg", "S 4–8 kg"),
                    Text("M 6-11kg", "M 6–11 kg"),
                    Text("L 9-14kg", "L 9–14 kg"),
                    Text("XL 12-17kg", "XL 12–17 kg"),
                ),
            ),
            Option(Text("包装", "Pack"), (Text("单包", "Pack"), Text("整箱4包", "Case of four"))),
        ),
        skus=grid(
            (4, 2),
            stocks=(120, 40, 190, 62, 170, 55, 90, 21),
            weights=(1500, 6100, 1600, 6500, 1700, 6900, 1800, 7300),
            extras=(0, 21800, 0, 21800, 0, 21800, 500, 23500),
        ),
    ),
    Product(
        code="RM-BA-05",
        category="baby",
        subcategory="care",
        supplier="SUP-MY",
        freight="standard",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("婴儿棉柔巾", "Baby cotton tissues"),
        subtitle=Text("干湿两用，扯着不断", "Dry or wet, does not tear"),
        description=Text(
            "全棉水刺布，不加荧光剂，一包80抽，每张20×20厘米。泡温水擦脸擦手，干的擦口水也不掉渣。比普通纸巾厚，一张顶两张。刚拆"
            "包会有一点棉屑，抖一抖再用；可以当洗脸巾，别冲马桶。",
            "Spunlaced cotton without brightener, 80 sheets of 20 × 20 cm a pack. Soak them for faces and hands, or use them "
            "dry. Thicker than tissues, so one does for two. A little lint when you open a pack; shake it out. Do not flush "
            "them.",
        ),
        search_zh=("棉柔巾", "洗脸巾", "婴儿纸巾", "干湿两用"),
        search_en=("cotton tissue", "dry wipes", "baby tissue"),
        price_fen=3900,
        wholesale=Wholesale(20, 3100),
        commission_bps=800,
        motif="diaper-pack",
        palette_seed=905,
        options=(Option(Text("数量", "Pack"), (Text("6包", "6 packs"), Text("12包", "12 packs"), Text("24包", "24 packs"))),),
        skus=grid((3,), stocks=(200, 150, 70), weights=(1150, 2250, 4450), extras=(0, 3100, 9500)),
    ),
    Product(
        code="RM-BA-06",
        category="baby",
        subcategory="care",
        supplier="SUP-MY",
        freight="standard",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("护臀膏", "Barrier cream"),
        subtitle=Text("换片前薄薄一层", "A thin film before each change"),
        description=Text(
            "氧化锌配羊毛脂，在小屁股上隔一层，尿湿不直接闷着皮肤。洗净擦干后薄涂，膏体偏稠，用指腹推开。它只做日常隔离，已经破"
            "皮、渗水的红疹不要用，去看医生。没有香精。",
            "Zinc oxide and lanolin keep the wet from the skin. Wash, dry, then spread a thin film with a finger; it is thick. "
            "It is a daily barrier only: for broken or weeping skin see a doctor instead. Unscented.",
        ),
        search_zh=("护臀膏", "红屁屁", "护臀霜", "氧化锌"),
        search_en=("nappy cream", "barrier cream", "zinc"),
        price_fen=5900,
        commission_bps=900,
        motif="cream-tube",
        palette_seed=906,
        options=(Option(Text("规格", "Size"), (Text("50g", "50 g"), Text("100g", "100 g"))),),
        skus=grid((2,), stocks=(140, 85), weights=(80, 140), extras=(0, 3500)),
    ),
    Product(
        code="RM-BA-07",
        category="baby",
        subcategory="clothes-toys",
        supplier="SUP-MY",
        freight="standard",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("精梳棉连体衣", "Combed cotton bodysuit"),
        subtitle=Text("无骨缝，肩开，好穿", "Flat seams and a shoulder opening"),
        description=Text(
            "40支精梳棉双面，A类婴幼儿标准。肩部暗扣，换衣不用从脸上拉。A类是婴幼儿国标等级，吊牌上有标注。机洗装袋，首次可能缩"
            "一厘米。按身高选，别按月龄猜。",
            "Forty-count combed cotton made to the infant standard printed on the label. Press studs on the shoulder, so nothing "
            "is pulled over the face. Wash in a bag; it may shrink a centimetre. Choose by height, not by age.",
        ),
        search_zh=("连体衣", "哈衣", "婴儿衣服", "新生儿"),
        search_en=("bodysuit", "romper", "baby clothes"),
        price_fen=5900,
        commission_bps=900,
        motif="romper",
        palette_seed=907,
        options=(
            Option(Text("花色", "Print"), (Text("素奶白", "Plain cream"), Text("小豆荚", "Little pods"))),
            Option(Text("身高", "Height"), (Text("59cm", "59 cm"), Text("66cm", "66 cm"), Text("73cm", "73 cm"))),
        ),
        skus=grid(
            (2, 3), stocks=(80, 110, 95, 60, 100, 7), weights=(130, 140, 150, 130, 140, 150), extras=(0, 0, 300, 500, 500, 800)
        ),
    ),
    Product(
        code="RM-BA-08",
        category="baby",
        subcategory="clothes-toys",
        supplier="SUP-MY",
        freight="standard",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("六层纱布浴巾", "Six-layer muslin towel"),
        subtitle=Text("吸水、能当盖毯，洗一次软一次", "Absorbent, also a cover, softer with each wash"),
        description=Text(
            "全棉六层纱，105×105厘米，洗过之后自己起褶，越洗越软。洗澡裹一裹、推车上盖一盖、夏天当小被子都行。头一遍用冷水泡去浆，"
            "会掉一点浮毛。纱布怕勾，别和带魔术贴的衣服一起洗。",
            "Six layers of cotton gauze, 105 × 105 cm, which crinkle and soften in the wash. A bath towel, a pram cover or a "
            "light summer blanket. Soak it cold before first use; a little fluff comes off. Gauze snags, so keep it from hook "
            "fasteners.",
        ),
        search_zh=("纱布浴巾", "包被", "婴儿浴巾", "盖毯"),
        search_en=("muslin towel", "baby towel", "swaddle"),
        price_fen=7900,
        commission_bps=900,
        motif="towel-stack",
        palette_seed=908,
        options=(Option(Text("花色", "Print"), (Text("云朵", "Clouds"), Text("小豆荚", "Little pods"))),),
        skus=grid((2,), stocks=(105, 88), weights=(420,)),
    ),
    Product(
        code="RM-BA-09",
        category="baby",
        subcategory="clothes-toys",
        supplier="SUP-MY",
        freight="standard",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("榉木拼搭积木", "Beech blocks"),
        subtitle=Text("圆边无漆，宝宝啃两口也放心", "Rounded and bare, safe to chew"),
        description=Text(
            "榉木原木，边角磨圆，只上一道蜂蜡，没有漆。木头有结、有深浅，是天生的。配一个收纳布袋，玩完自己收。里面有几块偏小，"
            "三岁以上玩正合适，小宝宝玩的时候请大人在旁边。",
            "Plain beech with rounded corners, finished with beeswax and no paint. Knots and shades are the wood's own. A cloth "
            "bag comes with it. Some pieces are small: right from three years, and with an adult beside younger ones.",
        ),
        search_zh=("积木", "木质玩具", "早教", "拼搭"),
        search_en=("blocks", "wooden toy", "building"),
        price_fen=12900,
        commission_bps=1000,
        motif="toy-blocks",
        palette_seed=909,
        options=(Option(Text("套装", "Set"), (Text("26块", "26 pieces"), Text("50块", "50 pieces"))),),
        skus=grid((2,), stocks=(64, 31), weights=(900, 1700), extras=(0, 7000)),
    ),
    Product(
        code="RM-BA-10",
        category="baby",
        subcategory="clothes-toys",
        supplier="SUP-MY",
        freight="standard",
        brand=Text("豆荚月亮", "Peapod Moon"),
        title=Text("撕不烂响纸布书", "Crinkle cloth book"),
        subtitle=Text("洗得动，捏起来沙沙响", "Washable, rustles when squeezed"),
        description=Text(
            "六页全棉布，画的是我们自己的果园和小动物，夹层缝了响纸，捏起来沙沙响。脏了装洗衣袋机洗，晾干就能接着啃。带子可以系"
            "在推车上，睡觉时请取下来，不要留在婴儿床里。",
            "Six pages of cotton with pictures we drew of an orchard and its animals, and crinkle paper sewn inside. Wash it in "
            "a bag, dry it, and it can be chewed again. The tie fits a pram; take it off at sleeping time and never leave it in "
            "the cot.",
        ),
        search_zh=("布书", "撕不烂", "早教", "婴儿玩具"),
        search_en=("cloth book", "crinkle book", "baby toy"),
        price_fen=4900,
        commission_bps=1000,
        motif="toy-blocks",
        palette_seed=910,
        options=(Option(Text("主题", "Theme"), (Text("果园", "Orchard"), Text("小动物", "Animals"))),),
        skus=grid((2,), stocks=(120, 96), weights=(160,)),
    ),
)
