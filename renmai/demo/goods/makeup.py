"""Lips, face, eyes and tools: products of the demo shop."""

from renmai.demo.goods.types import Option, Product, Text, Wholesale, grid

PRODUCTS: tuple[Product, ...] = (
    Product(
        code="RM-MU-01",
        category="makeup",
        subcategory="lips",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("缎光口红", "Satin lipstick"),
        subtitle=Text("润而不滑，素颜也撑得住", "Creamy but stays put, even on a bare face"),
        description=Text(
            "四个日常色，缎面光泽，含乳木果脂和蜡质，唇干的人也不太显纹。吃饭会掉一些，补涂不结块。色卡是黄皮上嘴拍的，屏幕会有"
            "出入。口红已拆封影响二次销售，确认色号再下单。",
            "Four everyday shades with a satin finish; shea and waxes keep it kind to dry lips. It wears off with food and can "
            "be topped up without caking. Swatches were taken on warm skin; screens differ. Opened lipsticks cannot be resold, "
            "so do check the shade.",
        ),
        search_zh=("口红", "唇膏", "豆沙色", "正红"),
        search_en=("lipstick", "satin lipstick", "red"),
        price_fen=9900,
        reference_price_fen=11900,
        wholesale=Wholesale(20, 7500),
        commission_bps=2000,
        motif="lipstick",
        palette_seed=601,
        options=(
            Option(
                Text("色号", "Shade"),
                (
                    Text("01 豆沙", "01 Rose bean"),
                    Text("02 枫叶", "02 Maple"),
                    Text("03 正红", "03 True red"),
                    Text("04 肉桂", "04 Cinnamon"),
                ),
            ),
        ),
        skus=grid((4,), stocks=(150, 120, 88, 6), weights=(30,)),
    ),
    Product(
        code="RM-MU-02",
        category="makeup",
        subcategory="lips",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("镜面唇釉", "Glass lip gloss"),
        subtitle=Text("薄涂水光，厚涂有色", "Sheer in one coat, colour in two"),
        description=Text(
            "液体唇釉，弯头刷贴着唇线走，一笔就能勾完半边。薄涂是水光，叠两层才显色。光泽感强的东西都会沾杯，涂完抿一下会好些。"
            "有淡淡的杏仁味，冬天嘴唇起皮请先用润唇膏打底。",
            "The bent applicator follows the lip line in one stroke. One coat is a sheen, two bring the colour. Anything this "
            "glossy leaves marks on a cup; press your lips together once and it is less. A faint almond scent. Use a balm first "
            "when your lips are flaky.",
        ),
        search_zh=("唇釉", "唇蜜", "镜面", "水光"),
        search_en=("lip gloss", "lip tint", "glossy"),
        price_fen=7900,
        commission_bps=2000,
        motif="lipstick",
        palette_seed=602,
        options=(
            Option(
                Text("色号", "Shade"), (Text("蜜桃茶", "Peach tea"), Text("梅子酱", "Plum jam"), Text("裸杏", "Bare apricot"))
            ),
        ),
        skus=grid((3,), stocks=(130, 95, 140), weights=(35,)),
    ),
    Product(
        code="RM-MU-03",
        category="makeup",
        subcategory="face",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("轻雾气垫粉底", "Soft-matte cushion"),
        subtitle=Text("遮泛红和淡印，近看还是皮肤", "Evens redness, still looks like skin"),
        description=Text(
            "中等遮瑕的柔雾气垫，三个色号，带一个替换芯的更划算。按压少量、点按上脸，鼻翼用粉扑尖。干皮请先做保湿，不然会卡粉。"
            "粉扑每周洗一次。防晒数值只作辅助，别省了防晒霜。",
            "Medium cover, three shades; the set with a refill costs less per use. Take little and press it on. Moisturise first "
            "on dry skin. Wash the puff weekly. Its sun filter is an extra: keep your sunscreen.",
        ),
        search_zh=("气垫", "粉底", "BB霜", "底妆"),
        search_en=("cushion foundation", "foundation", "base"),
        price_fen=13900,
        commission_bps=2000,
        motif="compact",
        palette_seed=603,
        options=(
            Option(
                Text("色号", "Shade"),
                (Text("N10 瓷白", "N10 Porcelain"), Text("N20 自然", "N20 Natural"), Text("W30 暖杏", "W30 Warm apricot")),
            ),
            Option(Text("装量", "Pack"), (Text("单盒", "Compact"), Text("盒+替换芯", "Compact and refill"))),
        ),
        skus=grid((3, 2), stocks=(90, 60, 130, 85, 44, 30), weights=(60, 85, 60, 85, 60, 85), extras=(0, 5000, 0, 5000, 0, 5000)),
    ),
    Product(
        code="RM-MU-04",
        category="makeup",
        subcategory="face",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("细绒散粉", "Velvet loose powder"),
        subtitle=Text("控油四五个小时，上脸不假白", "Holds shine for four or five hours without a white cast"),
        description=Text(
            "粉质细，加了少量云母，皮肤看着柔一点。T区用粉扑按压，两颊用大刷子扫过就行。油皮大约四五个小时要补一次，干皮只定眼下"
            "和鼻翼。开盖前敲一敲罐底，免得扬粉。",
            "A fine powder with a little mica for a softer look. Press it on the T-zone with the puff and sweep the rest with a "
            "large brush. Oily skin will want a touch-up after four or five hours; dry skin needs it only under the eyes and "
            "beside the nose. Tap the jar before you open it.",
        ),
        search_zh=("散粉", "定妆粉", "蜜粉", "控油"),
        search_en=("loose powder", "setting powder"),
        price_fen=8900,
        commission_bps=2000,
        motif="compact",
        palette_seed=604,
        options=(Option(Text("色号", "Shade"), (Text("透明", "Translucent"), Text("微粉", "Soft pink"))),),
        skus=grid((2,), stocks=(160, 105), weights=(50,)),
    ),
    Product(
        code="RM-MU-05",
        category="makeup",
        subcategory="face",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("晚霞腮红", "Afterglow blush"),
        subtitle=Text("显色克制，手重也不怕", "Builds slowly, forgiving of a heavy hand"),
        description=Text(
            "哑光里带一点细闪，三个颜色饱和度都不高，手重了也不会成两团红。斜着扫到太阳穴显气色，鼻尖带一点是晒过太阳的样子。粉"
            "块压得松，上色轻，也就怕摔，出门放在化妆包的软格里。",
            "Matte with a very fine shimmer, in three muted shades that do not turn into two red patches. Sweep it towards the "
            "temples, or touch the nose for a sunned look. The powder is lightly pressed, which makes it soft to apply and easy "
            "to break: carry it in the padded part of your bag.",
        ),
        search_zh=("腮红", "胭脂", "修容", "气色"),
        search_en=("blush", "rouge", "cheek"),
        price_fen=6900,
        commission_bps=2000,
        motif="compact",
        palette_seed=605,
        options=(
            Option(
                Text("色号", "Shade"),
                (Text("橘雾", "Orange haze"), Text("干玫瑰", "Dried rose"), Text("奶茶杏", "Milk-tea apricot")),
            ),
        ),
        skus=grid((3,), stocks=(115, 125, 90), weights=(45,)),
    ),
    Product(
        code="RM-MU-06",
        category="makeup",
        subcategory="eyes-tools",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("九宫格大地色眼影", "Nine-pan earth palette"),
        subtitle=Text("四哑光五珠光，上班到晚饭够用", "Four mattes, five shimmers, from desk to dinner"),
        description=Text(
            "从象牙白到焦糖棕，四个哑光、五个珠光，新手照盒背的三步图画就行。哑光色稍干，先蘸后抖再上眼，珠光用指腹压更亮。没有"
            "大亮片，上班也画得出门。带镜子，不到一百克，出差放得下。",
            "Four mattes and five shimmers from ivory to caramel, with a three-step guide on the back. The mattes are a little "
            "dry: dip, tap, then apply; press the shimmers on with a finger. No glitter, so it suits an office. With a mirror "
            "and under 100 g, it travels well.",
        ),
        search_zh=("眼影", "眼影盘", "大地色", "九色"),
        search_en=("eyeshadow", "palette", "earth tones"),
        price_fen=11900,
        reference_price_fen=12900,
        commission_bps=2000,
        motif="palette",
        palette_seed=606,
        options=(Option(Text("配色", "Tones"), (Text("大地", "Earth"), Text("玫瑰", "Rose"))),),
        skus=grid((2,), stocks=(105, 72), weights=(98,)),
    ),
    Product(
        code="RM-MU-07",
        category="makeup",
        subcategory="eyes-tools",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("极细双头眉笔", "Fine twin brow pencil"),
        subtitle=Text("一头画毛流，一头带螺旋刷", "A fine lead on one end, a spoolie on the other"),
        description=Text(
            "1.5毫米的硬芯，能画出一根一根的毛流，手生也不容易画粗。另一头是螺旋刷，画完梳开颜色就自然了。不防水，油皮用散粉定一"
            "下能撑到下班。旋出两毫米就够，旋长了容易断。",
            "A hard 1.5 mm lead that draws single hairs and is hard to overdo. Comb through with the spoolie on the other end. "
            "Not waterproof; with a little powder it lasts the working day on oily skin. Turn out no more than two millimetres, "
            "since long leads snap.",
        ),
        search_zh=("眉笔", "双头眉笔", "眉粉"),
        search_en=("brow pencil", "eyebrow"),
        price_fen=3900,
        wholesale=Wholesale(36, 2700),
        commission_bps=1900,
        motif="mascara",
        palette_seed=607,
        options=(
            Option(Text("颜色", "Colour"), (Text("灰棕", "Grey brown"), Text("深棕", "Dark brown"), Text("黑茶", "Black tea"))),
        ),
        skus=grid((3,), stocks=(220, 180, 95), weights=(12,)),
    ),
    Product(
        code="RM-MU-08",
        category="makeup",
        subcategory="eyes-tools",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("纤长睫毛膏", "Lengthening mascara"),
        subtitle=Text("温水卸，不用搓", "Comes off with warm water"),
        description=Text(
            "细刷头，根根拉长，不走浓密路线。温水敷二十秒就能推下来，但下雨天和大哭会花。开盖三个月内用完，别来回抽刷子。戴隐形"
            "的朋友先戴镜片再刷。",
            "A slim brush for length rather than volume. It slides off after twenty seconds of warm water, which also means rain "
            "and tears smudge it. Use within three months. Put contact lenses in first.",
        ),
        search_zh=("睫毛膏", "纤长", "温水卸"),
        search_en=("mascara", "lengthening"),
        price_fen=7900,
        commission_bps=2000,
        motif="mascara",
        palette_seed=608,
        options=(Option(Text("颜色", "Colour"), (Text("黑", "Black"), Text("棕", "Brown"))),),
        skus=grid((2,), stocks=(140, 85), weights=(25,)),
    ),
    Product(
        code="RM-MU-09",
        category="makeup",
        subcategory="eyes-tools",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("软毛化妆刷套装", "Soft brush set"),
        subtitle=Text("人造毛，好洗快干", "Synthetic hair, washes and dries fast"),
        description=Text(
            "五支装有散粉刷、腮红刷、眼影刷、晕染刷和唇刷，九支装再加四支细节刷和一个收纳包。人造纤维毛，不掉色、不怕洗，两三个"
            "小时就干。桦木手柄，每支木纹深浅不同。用前先洗一遍，平放晾干，倒立着水会流进管口。",
            "The five are for powder, blush, shadow, blending and lips; the nine add four fine brushes and a pouch. The "
            "synthetic hair keeps its colour and dries in two or three hours. Birch handles, each with its own grain. Wash them "
            "before first use and dry them flat, or water runs into the ferrule.",
        ),
        search_zh=("化妆刷", "刷子", "套刷", "美妆工具"),
        search_en=("make-up brush", "brush set"),
        price_fen=8900,
        commission_bps=1900,
        motif="brush-set",
        palette_seed=609,
        options=(Option(Text("规格", "Set"), (Text("5支", "5 brushes"), Text("9支带包", "9 with pouch"))),),
        skus=grid((2,), stocks=(120, 54), weights=(130, 260), extras=(0, 6000)),
    ),
    Product(
        code="RM-MU-10",
        category="makeup",
        subcategory="eyes-tools",
        supplier="SUP-SL",
        freight="light",
        brand=Text("霞半里", "Half-Mile Dusk"),
        title=Text("水滴美妆蛋", "Drop-shaped make-up sponge"),
        subtitle=Text("泡水变大，按压不吃粉", "Swells in water, wastes little foundation"),
        description=Text(
            "亲水海绵，干的时候偏硬，泡水挤干后会胀大一倍，按在脸上是软的。圆头铺底妆，尖头管鼻翼和眼下。不含乳胶。每周用洗面奶"
            "搓洗一次，三个月左右换新，发霉有斑就别用了。",
            "A water-loving foam: firm when dry, twice the size and soft once soaked and squeezed. The round end lays the base, "
            "the tip reaches the nose and under the eyes. Free of latex. Wash it weekly, replace it after about three months, "
            "and throw it away at the first spot of mould.",
        ),
        search_zh=("美妆蛋", "粉扑", "海绵蛋"),
        search_en=("make-up sponge", "beauty sponge"),
        price_fen=2900,
        commission_bps=1900,
        motif="brush-set",
        palette_seed=610,
        options=(Option(Text("数量", "Pack"), (Text("1只", "One"), Text("3只带盒", "Three with case"))),),
        skus=grid((2,), stocks=(350, 200), weights=(20, 75), extras=(0, 3000)),
    ),
)
