"""Fruit, vegetables, seafood and meat: products of the demo shop."""

from renmai.demo.goods.types import Option, Product, Storage, Text, Wholesale, grid

PRODUCTS: tuple[Product, ...] = (
    Product(
        code="RM-FR-01",
        category="fresh",
        subcategory="fruit",
        supplier="SUP-YL",
        freight="standard",
        brand=Text("岭上枝", "Ridge Branch"),
        title=Text("丹棱果冻橙", "Jelly mandarins from Danling"),
        subtitle=Text("皮薄好剥，汁多得要垫张纸巾", "Thin-skinned and juicy: keep a napkin at hand"),
        description=Text(
            "四川丹棱山坡上的果冻橙，挂树到转色才剪。果肉细、籽少，酸甜都有，不是一味的甜。现摘现发，果皮有风斑和叶子擦痕，不影"
            "响吃。收到后放阴凉通风处，别闷在塑料袋里。坏果请在签收后48小时内拍照联系客服。",
            "Mandarins from the hills of Danling in Sichuan, cut once they have turned colour on the tree. Fine flesh, few pips, "
            "sweet with some acid. They are picked to order and the peel has wind marks, which do not affect the taste. Keep "
            "them cool and airy, not in a closed plastic bag. Send a photo of any spoiled fruit within 48 hours of delivery.",
        ),
        search_zh=("橙子", "橘子", "柑橘", "果冻橙", "爱媛"),
        search_en=("orange", "mandarin", "citrus", "tangerine"),
        price_fen=3980,
        reference_price_fen=4580,
        wholesale=Wholesale(20, 3180),
        commission_bps=700,
        motif="citrus-box",
        palette_seed=101,
        options=(
            Option(
                Text("规格", "Size"), (Text("5斤装", "2.5 kg"), Text("9斤装", "4.5 kg"), Text("家庭装18斤", "Family box 9 kg"))
            ),
        ),
        skus=grid((3,), stocks=(186, 240, 62), weights=(2700, 4800, 9500), extras=(0, 2600, 8000)),
        storage=Storage(15, Text("阴凉通风处存放，冷藏可再放一周", "Keep cool and airy; another week in the fridge")),
    ),
    Product(
        code="RM-FR-02",
        category="fresh",
        subcategory="fruit",
        supplier="SUP-YL",
        freight="cold-chain",
        brand=Text("岭上枝", "Ridge Branch"),
        title=Text("无锡水蜜桃礼盒", "Wuxi honey peaches, boxed"),
        subtitle=Text(
            "八分熟采摘，放软两天再撕皮吃",
            "Picked just short of ripe: give them two days, then peel by hand",
        ),
        description=Text(
            "太湖边桃园的水蜜桃，单果约200克起。路上怕碰，我们摘八分熟，网套加珍珠棉分格装。收到偏硬是正常的，室温放一两天，果蒂"
            "处一按微软就能吃。软了以后请尽快吃完，放不住。桃毛会让有些人皮肤发痒，先用盐水洗。",
            "Peaches from orchards beside Lake Tai, from about 200 g each. They bruise easily, so we pick them slightly firm and "
            "pack each one in its own cell. Firm on arrival is normal: leave them at room temperature for a day or two until "
            "they give a little at the stem. Once soft they do not keep, so eat them soon. The fuzz can itch; rinse in salt "
            "water first.",
        ),
        search_zh=("桃子", "水蜜桃", "蜜桃", "毛桃", "送礼水果"),
        search_en=("peach", "honey peach", "fruit gift"),
        price_fen=6880,
        commission_bps=700,
        motif="peach-box",
        palette_seed=102,
        options=(Option(Text("规格", "Size"), (Text("8只装", "8 peaches"), Text("12只装", "12 peaches"))),),
        skus=grid((2,), stocks=(94, 7), weights=(2200, 3200), extras=(0, 2900)),
        storage=Storage(5, Text("室温放软后冷藏，2天内吃完", "Ripen at room temperature, then chill and eat within two days")),
    ),
    Product(
        code="RM-FR-03",
        category="fresh",
        subcategory="fruit",
        supplier="SUP-YL",
        freight="standard",
        brand=Text("岭上枝", "Ridge Branch"),
        title=Text("阿克苏冰糖心苹果", "Sugar-heart apples from Aksu"),
        subtitle=Text("昼夜温差养出的糖心，切开看得见", "Cold nights leave a glassy, sweet core you can see"),
        description=Text(
            "新疆阿克苏的红富士，十月底霜降后下树。糖心是果糖聚在果核周围，看年份也看存放，开春后会慢慢散掉，不是每一只都有。没"
            "有打蜡，表皮摸着有点涩。洗净带皮吃，切开不吃完会氧化变黄。",
            "Fuji apples from Aksu in Xinjiang, picked after the first frost in late October. The glassy core is sugar gathered "
            "around the seeds; it depends on the year, fades by spring, and not every apple has it. No wax, so the skin feels a "
            "little dry. Wash and eat with the peel; cut apples turn brown in the air.",
        ),
        search_zh=("苹果", "红富士", "糖心苹果", "阿克苏"),
        search_en=("apple", "fuji", "sugar heart apple"),
        price_fen=4580,
        wholesale=Wholesale(20, 3780),
        commission_bps=650,
        motif="fruit-crate",
        palette_seed=103,
        options=(
            Option(Text("果径", "Diameter"), (Text("75-80mm", "75–80 mm"), Text("80-85mm", "80–85 mm"))),
            Option(Text("规格", "Size"), (Text("5斤装", "2.5 kg"), Text("10斤装", "5 kg"))),
        ),
        skus=grid((2, 2), stocks=(150, 96, 88, 41), weights=(2700, 5300, 2700, 5300), extras=(0, 3000, 900, 4800)),
        storage=Storage(45, Text("冷藏保存，和香蕉分开放", "Refrigerate, away from bananas")),
    ),
    Product(
        code="RM-FR-04",
        category="fresh",
        subcategory="fruit",
        supplier="SUP-YL",
        freight="standard",
        brand=Text("岭上枝", "Ridge Branch"),
        title=Text("攀枝花凯特芒果", "Keitt mangoes from Panzhihua"),
        subtitle=Text("个大核薄，绿皮也能是熟的", "Large, thin stone, and green even when ripe"),
        description=Text(
            "金沙江干热河谷的晚熟芒果，八到十一月上市。凯特芒熟了皮还是绿的，看颜色不准，要捏一捏果肩，微软就行。运输时是生的，"
            "套着纸袋室温放三到七天。对漆树过敏的朋友吃芒果要当心。",
            "Late mangoes from the hot dry valley of the Jinsha River, in season from August to November. Keitt stays green when "
            "ripe: press the shoulder and eat it when it gives. They travel unripe; leave them in their paper bags for three to "
            "seven days. Take care if you are allergic to lacquer sap.",
        ),
        search_zh=("芒果", "凯特芒", "青芒", "热带水果"),
        search_en=("mango", "keitt", "tropical fruit"),
        price_fen=4280,
        commission_bps=700,
        motif="fruit-crate",
        palette_seed=104,
        options=(Option(Text("规格", "Size"), (Text("5斤装", "2.5 kg"), Text("9斤装", "4.5 kg"))),),
        skus=grid((2,), stocks=(120, 74), weights=(2700, 4800), extras=(0, 2700)),
        storage=Storage(10, Text("催熟前不要进冰箱，熟后冷藏", "Do not refrigerate before it is ripe")),
    ),
    Product(
        code="RM-FR-05",
        category="fresh",
        subcategory="fruit",
        supplier="SUP-YL",
        freight="cold-chain",
        brand=Text("岭上枝", "Ridge Branch"),
        title=Text("澄江高原蓝莓", "Highland blueberries from Chengjiang"),
        subtitle=Text("凌晨采、当天走，果霜都还在", "Picked before dawn, shipped that day, bloom still on"),
        description=Text(
            "云南澄江1700米的基质栽培蓝莓，果径18毫米以上。表面一层白霜是果粉，越完整越新鲜，吃前再洗。口感偏脆，酸甜分明。125克"
            "一盒，冰袋加泡沫箱发货。压软的几颗难免，超过一成请联系我们。",
            "Grown in substrate at 1,700 m in Chengjiang, Yunnan, berries of 18 mm and more. The white bloom shows freshness, so "
            "wash only before eating. Crisp, sweet and clearly tart. Packed in 125 g punnets with ice. A few soft ones are to be "
            "expected; write to us if it is more than one in ten.",
        ),
        search_zh=("蓝莓", "浆果", "鲜果", "辅食水果"),
        search_en=("blueberry", "berries", "fresh fruit"),
        price_fen=5980,
        commission_bps=600,
        motif="berry-punnet",
        palette_seed=105,
        options=(Option(Text("规格", "Size"), (Text("4盒", "4 punnets"), Text("6盒", "6 punnets"), Text("12盒", "12 punnets"))),),
        skus=grid((3,), stocks=(88, 130, 35), weights=(900, 1200, 2200), extras=(0, 2400, 8800)),
        storage=Storage(7, Text("0-4℃冷藏，吃前再洗", "Keep at 0–4 °C, wash just before eating")),
    ),
    Product(
        code="RM-FR-06",
        category="fresh",
        subcategory="vegetables",
        supplier="SUP-YL",
        freight="standard",
        brand=Text("岭上枝", "Ridge Branch"),
        title=Text("普罗旺斯沙瓤番茄", "Provence tomatoes, soft and mealy"),
        subtitle=Text("能直接啃的老味道番茄", "Tomatoes to bite into, the way they used to taste"),
        description=Text(
            "山东大棚的普罗旺斯番茄，自然转红后采摘。沙瓤、皮薄、汁多，糖拌或者炒蛋都合适。因为熟度高，路上会有一两只磕软，先挑"
            "软的吃。番茄怕冷，没吃完放室温，别急着进冰箱。",
            "Grown under glass in Shandong and picked when red. Mealy flesh, thin skin, plenty of juice: good with sugar or in "
            "scrambled eggs. They travel ripe, so one or two may be bruised; eat those first. Tomatoes dislike the cold, keep "
            "them at room temperature.",
        ),
        search_zh=("番茄", "西红柿", "普罗旺斯", "蔬菜"),
        search_en=("tomato", "vegetables", "salad"),
        price_fen=3280,
        commission_bps=500,
        motif="fruit-crate",
        palette_seed=106,
        options=(Option(Text("规格", "Size"), (Text("4.5斤", "2.25 kg"), Text("9斤", "4.5 kg"))),),
        skus=grid((2,), stocks=(140, 66), weights=(2500, 4700), extras=(0, 2200)),
        storage=Storage(7, Text("室温避光，熟透后再冷藏", "Room temperature, out of the light")),
    ),
    Product(
        code="RM-FR-07",
        category="fresh",
        subcategory="vegetables",
        supplier="SUP-CX",
        freight="standard",
        brand=Text("潮汐筐", "Tidebasket"),
        title=Text("林下散养土鸡蛋", "Eggs from hens kept under trees"),
        subtitle=Text("个头不大，蛋黄扎实", "Small eggs with firm yolks"),
        description=Text(
            "福建宁德山里的竹林散养鸡，吃玉米、豆粕和自己刨的草虫。土鸡蛋偏小，一枚40到45克，蛋壳颜色深浅不一。蛋黄颜色跟吃食有"
            "关，冬天会浅一些。珍珠棉托装，破损一枚赔两枚。蛋壳上可能有一点泥，吃前再洗。",
            "From hens that roam bamboo woods in Ningde, Fujian, fed on maize, soya and what they scratch up. The eggs are "
            "small, 40–45 g, with shells of different shades. The colour of the yolk follows the feed and is paler in winter. "
            "Packed in foam; for each broken egg we refund two. There may be some soil on the shell: wash just before use.",
        ),
        search_zh=("鸡蛋", "土鸡蛋", "柴鸡蛋", "散养蛋"),
        search_en=("egg", "free range egg"),
        price_fen=3980,
        wholesale=Wholesale(30, 3280),
        commission_bps=None,
        motif="egg-tray",
        palette_seed=107,
        options=(Option(Text("规格", "Size"), (Text("30枚", "30 eggs"), Text("60枚", "60 eggs"))),),
        skus=grid((2,), stocks=(210, 85), weights=(1700, 3300), extras=(0, 3600)),
        storage=Storage(35, Text("大头朝上冷藏", "Refrigerate, blunt end up")),
    ),
    Product(
        code="RM-FR-08",
        category="fresh",
        subcategory="seafood-meat",
        supplier="SUP-CX",
        freight="cold-chain",
        brand=Text("潮汐筐", "Tidebasket"),
        title=Text("宁德三去大黄鱼", "Large yellow croaker from Ningde"),
        subtitle=Text("去鳞去鳃去内脏，化冻就能下锅", "Scaled and gutted, ready for the pan"),
        description=Text(
            "宁德三都澳网箱养的大黄鱼，出水两小时内去鳞去鳃去内脏，真空后急冻。是养殖的，肉比野生的嫩一些、油脂多一些。放冷藏慢"
            "慢化冻，清蒸八分钟或干煎都好。按冻重计，条重有正负25克误差。",
            "Farmed in net cages in Sandu Bay, Ningde; scaled, gilled and gutted within two hours, vacuum-packed and frozen. "
            "Farmed fish is more tender and richer than wild. Thaw slowly in the fridge, then steam for eight minutes or "
            "pan-fry. Sold by frozen weight, ±25 g a fish.",
        ),
        search_zh=("黄花鱼", "大黄鱼", "海鲜", "冷冻鱼"),
        search_en=("yellow croaker", "fish", "seafood", "frozen"),
        price_fen=7900,
        commission_bps=600,
        motif="cold-pack",
        palette_seed=108,
        options=(
            Option(
                Text("规格", "Size"),
                (Text("350g×3条", "3 × 350 g"), Text("500g×2条", "2 × 500 g"), Text("500g×4条", "4 × 500 g")),
            ),
        ),
        skus=grid((3,), stocks=(76, 92, 28), weights=(1500, 1450, 2500), extras=(0, 900, 8600)),
        storage=Storage(365, Text("-18℃冷冻，化冻后不要再冻", "Keep at −18 °C, do not refreeze")),
    ),
    Product(
        code="RM-FR-09",
        category="fresh",
        subcategory="seafood-meat",
        supplier="SUP-CX",
        freight="cold-chain",
        brand=Text("潮汐筐", "Tidebasket"),
        title=Text("塘头急冻黑虎虾", "Black tiger prawns, frozen at the pond"),
        subtitle=Text("大只、弹牙，包冰率写在盒上", "Large and springy, with the ice share printed on the box"),
        description=Text(
            "福建漳浦塘养黑虎虾，起水后速冻锁鲜。一盒净重400克，另有约一成薄冰衣防风干，净重不含冰。头部可能发黑，是虾自身的酶氧"
            "化，冷藏化冻后当天吃完。白灼两分钟，或开背烤。",
            "Pond prawns from Zhangpu, Fujian, frozen right after the catch. Net weight 400 g a box, without the thin glaze of "
            "about a tenth that keeps them from drying. Heads may darken from the prawn's own enzymes. Thaw in the fridge and "
            "cook that day: two minutes in boiling water, or split and grilled.",
        ),
        search_zh=("虾", "黑虎虾", "大虾", "海鲜", "冷冻虾"),
        search_en=("prawn", "shrimp", "tiger prawn", "seafood"),
        price_fen=8900,
        reference_price_fen=9900,
        commission_bps=600,
        motif="cold-pack",
        palette_seed=109,
        options=(Option(Text("大小", "Count"), (Text("16-20只", "16–20 pieces"), Text("10-15只", "10–15 pieces"))),),
        skus=grid((2,), stocks=(64, 9), weights=(750, 750), extras=(0, 3000)),
        storage=Storage(540, Text("-18℃冷冻", "Keep at −18 °C")),
    ),
    Product(
        code="RM-FR-10",
        category="fresh",
        subcategory="seafood-meat",
        supplier="SUP-CX",
        freight="cold-chain",
        brand=Text("潮汐筐", "Tidebasket"),
        title=Text("盐池滩羊肉卷", "Lamb rolls from Yanchi"),
        subtitle=Text("羔羊前腿原切，涮三十秒", "Sliced from lamb shoulder, thirty seconds in the pot"),
        description=Text(
            "宁夏盐池滩羊的前腿肉，整块冻好再切，没有拼接。肥瘦约三比七，肥的部分是白的，化冻后会有少量血水，属正常。膻味轻，但"
            "终究是羊肉。冷冻取出直接下锅涮，炒着吃先放冷藏回软。",
            "Shoulder of Tan lamb from Yanchi in Ningxia, frozen whole and then sliced, not pressed together from pieces. About "
            "three parts fat to seven lean; some red juice on thawing is normal. Mild, but it does taste of lamb. Straight from "
            "the freezer for hotpot; soften in the fridge before frying.",
        ),
        search_zh=("羊肉", "羊肉卷", "火锅", "滩羊"),
        search_en=("lamb", "mutton", "hotpot", "lamb rolls"),
        price_fen=6980,
        commission_bps=550,
        motif="cold-pack",
        palette_seed=110,
        options=(Option(Text("规格", "Size"), (Text("500g", "500 g"), Text("500g×2", "2 × 500 g"))),),
        skus=grid((2,), stocks=(110, 52), weights=(700, 1250), extras=(0, 6200)),
        storage=Storage(300, Text("-18℃冷冻，开封后3天内吃完", "Keep at −18 °C; once opened eat within three days")),
    ),
)
