"""Cookware, tools and tableware: products of the demo shop."""

from renmai.demo.goods.types import Option, Product, Text, Wholesale, grid

PRODUCTS: tuple[Product, ...] = (
    Product(
        code="RM-KI-01",
        category="kitchen",
        subcategory="cookware",
        supplier="SUP-QC",
        freight="heavy",
        brand=Text("余温灶", "Warm Hearth"),
        title=Text("手打熟铁炒锅", "Hand-hammered iron wok"),
        subtitle=Text("先开锅再炒，越用越润", "Season it first; it gets better with use"),
        description=Text(
            "章丘铁匠锤出来的熟铁锅，无涂层，薄、热得快。到手要开锅，随锅有一张步骤卡。用完擦干抹油，不然会有浮锈，刷掉再开一次"
            "就好。别长时间煮酸的。不适合平底电磁炉的，选平底款。",
            "Forged iron without coating, thin and quick to heat. Season it first with the card in the box. Dry and oil it after "
            "use; if it rusts, scrub and season again. No long cooking of sour food. For induction take the flat base.",
        ),
        search_zh=("炒锅", "铁锅", "熟铁锅", "无涂层"),
        search_en=("wok", "iron wok", "frying"),
        price_fen=19900,
        reference_price_fen=21900,
        commission_bps=1200,
        motif="wok",
        palette_seed=801,
        options=(
            Option(
                Text("锅底", "Base"),
                (Text("圆底30cm", "Round 30 cm"), Text("圆底32cm", "Round 32 cm"), Text("平底32cm", "Flat 32 cm")),
            ),
        ),
        skus=grid((3,), stocks=(58, 77, 49), weights=(1600, 1800, 1900), extras=(0, 2000, 2000)),
    ),
    Product(
        code="RM-KI-02",
        category="kitchen",
        subcategory="cookware",
        supplier="SUP-QC",
        freight="heavy",
        brand=Text("青窑渡", "Celadon Ferry"),
        title=Text("耐热陶土砂锅", "Stoneware casserole"),
        subtitle=Text("煲汤煮粥，关火还在咕嘟", "Keeps bubbling after the flame is off"),
        description=Text(
            "锂辉石陶土，干烧也不容易裂，但骤冷会炸，热锅别碰冷水。首次用淘米水煮一遍养锅。电磁炉用不了。釉面有细开片，不影响用。"
            "3.5升够三到五人。",
            "Heat-resistant clay that stands a dry flame, but not cold water while hot. Boil rice water in it first. Not for "
            "induction. Fine crazing is harmless. 3.5 L serves three to five.",
        ),
        search_zh=("砂锅", "炖锅", "煲汤锅", "陶瓷煲"),
        search_en=("clay pot", "casserole", "soup pot"),
        price_fen=13900,
        commission_bps=1200,
        motif="clay-pot",
        palette_seed=802,
        options=(Option(Text("容量", "Volume"), (Text("2.2L", "2.2 L"), Text("3.5L", "3.5 L"), Text("5L", "5 L"))),),
        skus=grid((3,), stocks=(66, 88, 24), weights=(2600, 3600, 4700), extras=(0, 3000, 7000)),
    ),
    Product(
        code="RM-KI-03",
        category="kitchen",
        subcategory="cookware",
        supplier="SUP-QC",
        freight="heavy",
        brand=Text("余温灶", "Warm Hearth"),
        title=Text("不粘煎锅", "Non-stick frying pan"),
        subtitle=Text("煎蛋少放油，配硅胶铲用", "Little oil for eggs; use silicone"),
        description=Text(
            "铝合金压铸锅身，水性不粘涂层，燃气灶和电磁炉都能用。中小火就够，别空烧，别用钢丝球和铁铲。涂层是消耗品，一般用两三"
            "年，开始粘了、掉了就该换。烧久了手柄会温，拿的时候留意。",
            "Cast aluminium with a water-based non-stick coating, for gas and induction. Low to medium heat is enough; no dry "
            "heating, steel wool or metal turners. A coating wears out: after two or three years, when food sticks or it flakes, "
            "replace the pan. The handle grows warm on long cooking.",
        ),
        search_zh=("不粘锅", "煎锅", "平底锅", "早餐锅"),
        search_en=("frying pan", "non-stick", "skillet"),
        price_fen=12900,
        wholesale=Wholesale(12, 9900),
        commission_bps=1200,
        motif="wok",
        palette_seed=803,
        options=(Option(Text("尺寸", "Size"), (Text("24cm", "24 cm"), Text("28cm", "28 cm"))),),
        skus=grid((2,), stocks=(120, 95), weights=(1100, 1400), extras=(0, 2000)),
    ),
    Product(
        code="RM-KI-04",
        category="kitchen",
        subcategory="tools",
        supplier="SUP-QC",
        freight="standard",
        brand=Text("余温灶", "Warm Hearth"),
        title=Text("三层钢菜刀", "Three-layer kitchen knife"),
        subtitle=Text("切片轻快，别砍骨头", "Light for slicing, not for bones"),
        description=Text(
            "9Cr钢做芯的三层钢刀，单边角度15度，切肉片、切菜都利落。不是砍骨刀，砍了会崩口，要剁骨头请另备一把。用完冲净擦干，放"
            "久了抹点油。新刀很快，随刀送护套，拆箱当心手。",
            "Three layers with a hard steel core, ground to 15 degrees a side, for clean slices of meat and vegetables. It is no "
            "cleaver and chips on bones. Rinse and dry it after use, oil it before storing. It arrives sharp: use the sheath and "
            "mind your fingers.",
        ),
        search_zh=("菜刀", "切片刀", "厨刀", "三层钢"),
        search_en=("kitchen knife", "chef knife", "slicer"),
        price_fen=15900,
        commission_bps=1300,
        motif="kitchen-knife",
        palette_seed=804,
        options=(Option(Text("款式", "Style"), (Text("切片刀", "Slicer"), Text("三德刀", "Santoku"))),),
        skus=grid((2,), stocks=(70, 46), weights=(420, 350), extras=(0, 1000)),
    ),
    Product(
        code="RM-KI-05",
        category="kitchen",
        subcategory="tools",
        supplier="SUP-QC",
        freight="standard",
        brand=Text("余温灶", "Warm Hearth"),
        title=Text("整竹砧板", "Solid bamboo board"),
        subtitle=Text("无拼胶，一面菜一面果", "One piece, no glue seams"),
        description=Text(
            "整段老竹展平压成一块板，没有胶水拼缝，两面都能用，一面切菜一面切水果。头一回用先拿开水烫一遍。竖着晾干，泡水或者进"
            "洗碗机都会翘。刀痕深了用砂纸顺着纹路磨一磨。",
            "One length of old bamboo flattened into a board without glued seams; use one side for vegetables and the other for "
            "fruit. Scald it before first use. Dry it upright, since soaking and dishwashers warp it. Sand along the grain when "
            "the cuts grow deep.",
        ),
        search_zh=("砧板", "菜板", "竹砧板", "案板"),
        search_en=("cutting board", "chopping board", "bamboo"),
        price_fen=7900,
        commission_bps=1200,
        motif="kitchen-knife",
        palette_seed=805,
        options=(Option(Text("尺寸", "Size"), (Text("36×26cm", "36 × 26 cm"), Text("42×30cm", "42 × 30 cm"))),),
        skus=grid((2,), stocks=(105, 72), weights=(1500, 2000), extras=(0, 2500)),
    ),
    Product(
        code="RM-KI-06",
        category="kitchen",
        subcategory="tools",
        supplier="SUP-QC",
        freight="standard",
        brand=Text("余温灶", "Warm Hearth"),
        title=Text("轻量保温杯", "Light vacuum flask"),
        subtitle=Text("装一杯热水，下午还温", "Hot water, still warm in the afternoon"),
        description=Text(
            "316内胆，304外壳，净重约200克。6小时后大约55度，写的是实测平均。杯盖密封圈可拆洗，装汤后当天洗。牛奶、豆浆久放会变"
            "质，别焖太久。",
            "316 steel inside, about 200 g. Around 55 °C after six hours on average. The seal comes off for washing. Do not "
            "leave milk or soya in it for long.",
        ),
        search_zh=("保温杯", "水杯", "不锈钢杯", "随手杯"),
        search_en=("vacuum flask", "thermos", "water bottle"),
        price_fen=9900,
        wholesale=Wholesale(30, 7500),
        commission_bps=1200,
        motif="thermos",
        palette_seed=806,
        options=(
            Option(Text("颜色", "Colour"), (Text("米白", "Cream"), Text("墨绿", "Deep green"), Text("曜黑", "Black"))),
            Option(Text("容量", "Volume"), (Text("350ml", "350 ml"), Text("500ml", "500 ml"))),
        ),
        skus=grid(
            (3, 2), stocks=(110, 96, 84, 70, 130, 88), weights=(320, 400, 320, 400, 320, 400), extras=(0, 1500, 0, 1500, 0, 1500)
        ),
    ),
    Product(
        code="RM-KI-07",
        category="kitchen",
        subcategory="tools",
        supplier="SUP-QC",
        freight="standard",
        brand=Text("余温灶", "Warm Hearth"),
        title=Text("高硼硅保鲜盒", "Borosilicate food boxes"),
        subtitle=Text("微波烤箱都行，盖子取下", "Microwave and oven, lid off"),
        description=Text(
            "高硼硅玻璃盒身，微波炉、烤箱都能进，盖子要取下。从冰箱拿出来先回回温，骤冷骤热都不好。PP盖四边扣，带硅胶圈，汤汤水"
            "水能带出门，每周拆圈洗一次。磕出崩口就别再用了。",
            "Borosilicate glass for microwave and oven, without the lid. Let it warm up when it comes out of the fridge; sudden "
            "changes are bad for glass. The PP lid clips on four sides over a silicone ring and holds soup; take the ring out "
            "weekly to wash. Stop using a box that is chipped.",
        ),
        search_zh=("保鲜盒", "饭盒", "玻璃盒", "便当盒"),
        search_en=("food container", "glass box", "lunch box"),
        price_fen=8900,
        commission_bps=1200,
        motif="glass-box",
        palette_seed=807,
        options=(Option(Text("套装", "Set"), (Text("三件套", "Three"), Text("五件套", "Five"))),),
        skus=grid((2,), stocks=(115, 80), weights=(1500, 2600), extras=(0, 4000)),
    ),
    Product(
        code="RM-KI-08",
        category="kitchen",
        subcategory="tableware",
        supplier="SUP-QC",
        freight="standard",
        brand=Text("青窑渡", "Celadon Ferry"),
        title=Text("青瓷家常碗", "Everyday celadon bowls"),
        subtitle=Text("釉色像雨后的天，盛什么菜都清爽", "A quiet glaze, like the sky after rain"),
        description=Text(
            "龙泉青瓷，釉色随窑温走，一套里深一点浅一点都正常。饭碗口径11.5厘米，汤碗15厘米。微波炉、洗碗机都能用，就是别和铁锅"
            "磕碰。口沿那圈深色是露胎，瓷土的本色，不是没洗干净。",
            "Celadon from Longquan; the glaze follows the fire, so pieces of one set differ a little. Rice bowls measure 11.5 "
            "cm, soup bowls 15 cm. Microwave and dishwasher are fine, knocks against iron pans are not. The dark line at the rim "
            "is the bare clay.",
        ),
        search_zh=("碗", "青瓷", "饭碗", "餐具", "碗套装"),
        search_en=("bowl", "celadon", "tableware", "rice bowl"),
        price_fen=12900,
        commission_bps=1300,
        motif="bowl-set",
        palette_seed=808,
        options=(
            Option(Text("套装", "Set"), (Text("饭碗4只", "Four rice bowls"), Text("饭碗4+汤碗2", "Four and two soup bowls"))),
        ),
        skus=grid((2,), stocks=(77, 50), weights=(1100, 2100), extras=(0, 6000)),
    ),
    Product(
        code="RM-KI-09",
        category="kitchen",
        subcategory="tableware",
        supplier="SUP-QC",
        freight="standard",
        brand=Text("青窑渡", "Celadon Ferry"),
        title=Text("鸡翅木筷子", "Wenge chopsticks"),
        subtitle=Text("无漆无蜡，用完擦干", "No lacquer, no wax; wipe dry"),
        description=Text(
            "鸡翅木本色，不上漆不打蜡，一双24厘米。新筷子先煮五分钟再用，水会有点黄，是木头的颜色。怕久泡，洗完擦干立起来晾，进"
            "洗碗机会裂。木筷是耗材，建议半年换一批。",
            "Bare wenge without lacquer or wax, 24 cm long. Boil them for five minutes first; the yellow water is the wood's own "
            "colour. Do not leave them soaking, wipe them and stand them up to dry; a dishwasher splits them. Wooden chopsticks "
            "wear: replace them about twice a year.",
        ),
        search_zh=("筷子", "木筷", "鸡翅木", "餐具"),
        search_en=("chopsticks", "wood", "tableware"),
        price_fen=4900,
        commission_bps=1200,
        motif="bowl-set",
        palette_seed=809,
        options=(Option(Text("数量", "Pack"), (Text("5双", "5 pairs"), Text("10双", "10 pairs"))),),
        skus=grid((2,), stocks=(200, 140), weights=(140, 270), extras=(0, 2500)),
    ),
    Product(
        code="RM-KI-10",
        category="kitchen",
        subcategory="tableware",
        supplier="SUP-QC",
        freight="standard",
        brand=Text("青窑渡", "Celadon Ferry"),
        title=Text("旅行盖碗茶具", "Travel tea set"),
        subtitle=Text("一碗两杯一布包，说走就走", "Lidded bowl, two cups, a pouch"),
        description=Text(
            "一只130毫升的盖碗，两只小杯套在里面，外面一个束口布包，放背包侧袋刚好。适合两个人在路上喝。盖碗出汤会烫手，捏碗沿两"
            "侧，别捏碗肚。底部有几个支钉印，是烧的时候垫出来的。",
            "A lidded bowl of 130 ml with two cups nested inside and a drawstring pouch, small enough for a side pocket. For two "
            "people on the road. Hold the bowl by its rim when you pour, for the belly is hot. The small marks on the base come "
            "from the pins it is fired on.",
        ),
        search_zh=("茶具", "盖碗", "旅行茶具", "功夫茶"),
        search_en=("tea set", "gaiwan", "travel tea set"),
        price_fen=10900,
        commission_bps=1300,
        motif="teapot",
        palette_seed=810,
        options=(Option(Text("釉色", "Glaze"), (Text("天青", "Sky blue"), Text("柴烧褐", "Wood-fired brown"))),),
        skus=grid((2,), stocks=(64, 8), weights=(560,), extras=(0, 1000)),
    ),
)
