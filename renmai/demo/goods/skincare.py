"""Cleansing, moisturising, sun and body care: products of the demo shop."""

from renmai.demo.goods.types import Option, Product, Text, Wholesale, grid

PRODUCTS: tuple[Product, ...] = (
    Product(
        code="RM-SK-01",
        category="skincare",
        subcategory="cleanse",
        supplier="SUP-SL",
        freight="standard",
        brand=Text("素时露", "Plain Dew"),
        title=Text("氨基酸洁面乳", "Amino acid cleanser"),
        subtitle=Text("洗完不绷，早晚都能用", "No tight feeling, morning and night"),
        description=Text(
            "以甘氨酸和谷氨酸表活为主，泡沫绵密，弱酸性。适合中性、干性和日常护理，油皮夏天会觉得清洁力温和。先把手打湿揉出泡再"
            "上脸，避开眼周。香精未添加，闻着是原料的淡味。首次用先在耳后试一天。",
            "Based on glycinate and glutamate cleansers, slightly acid, with a dense foam. For normal and dry skin; oily skin "
            "may find it mild in summer. Work up the foam in wet hands and avoid the eyes. No fragrance added. Try it behind the "
            "ear for a day first.",
        ),
        search_zh=("洗面奶", "洁面", "氨基酸洁面", "洁面乳"),
        search_en=("cleanser", "face wash", "amino acid"),
        price_fen=6900,
        reference_price_fen=7900,
        wholesale=Wholesale(24, 5200),
        commission_bps=1900,
        motif="cream-tube",
        palette_seed=501,
        options=(Option(Text("规格", "Size"), (Text("100g", "100 g"), Text("100g×2", "2 × 100 g"))),),
        skus=grid((2,), stocks=(240, 115), weights=(130, 260), extras=(0, 5100)),
    ),
    Product(
        code="RM-SK-02",
        category="skincare",
        subcategory="cleanse",
        supplier="SUP-SL",
        freight="standard",
        brand=Text("素时露", "Plain Dew"),
        title=Text("温和卸妆油", "Gentle cleansing oil"),
        subtitle=Text("遇水乳化快，不糊眼", "Turns milky at once and does not cloud the eyes"),
        description=Text(
            "以葡萄籽油和合成酯为底，干手干脸打圈，加水乳化再冲。日常防晒和淡妆一遍就够，浓睫毛膏建议先用眼唇卸。有淡淡柑橘味，"
            "来自柑橘果皮油。孕期敏感、过敏体质先做局部测试。",
            "Grapeseed oil and light esters: massage on dry skin, add water, rinse. One round for sunscreen and light make-up; "
            "take heavy mascara off first. A faint citrus scent from peel oil. Patch-test if your skin is sensitive.",
        ),
        search_zh=("卸妆油", "卸妆", "清洁"),
        search_en=("cleansing oil", "make-up remover"),
        price_fen=8800,
        commission_bps=1900,
        motif="pump-bottle",
        palette_seed=502,
        options=(Option(Text("规格", "Size"), (Text("150ml", "150 ml"), Text("200ml", "200 ml"))),),
        skus=grid((2,), stocks=(160, 90), weights=(220, 290), extras=(0, 2100)),
    ),
    Product(
        code="RM-SK-03",
        category="skincare",
        subcategory="cleanse",
        supplier="SUP-SL",
        freight="standard",
        brand=Text("素时露", "Plain Dew"),
        title=Text("米发酵滋润水", "Fermented rice toner"),
        subtitle=Text("像淘米水一样清，拍两遍就吸收", "Clear as rice water; two pats and it is in"),
        description=Text(
            "大米发酵滤液配甘油和泛醇，质地清爽，补一层水分。手拍或浸棉片湿敷三分钟。发酵原料有一点酒酿味，上脸几分钟就散。它管"
            "保湿，不承诺美白。",
            "Rice ferment filtrate with glycerine and panthenol: light, for a layer of moisture. Pat in, or leave on a soaked "
            "pad for three minutes. It smells faintly of rice wine at first. It moisturises and does not promise to whiten.",
        ),
        search_zh=("爽肤水", "化妆水", "湿敷水", "保湿水"),
        search_en=("toner", "lotion", "hydrating water"),
        price_fen=9800,
        commission_bps=1900,
        motif="pump-bottle",
        palette_seed=503,
        options=(Option(Text("规格", "Size"), (Text("150ml", "150 ml"), Text("250ml", "250 ml"))),),
        skus=grid((2,), stocks=(150, 6), weights=(240, 370), extras=(0, 4000)),
    ),
    Product(
        code="RM-SK-04",
        category="skincare",
        subcategory="moisturise",
        supplier="SUP-SL",
        freight="standard",
        brand=Text("素时露", "Plain Dew"),
        title=Text("神经酰胺修护面霜", "Ceramide barrier cream"),
        subtitle=Text("换季起皮的时候，薄涂两层", "For flaky days between seasons: two thin layers"),
        description=Text(
            "神经酰胺、胆固醇和脂肪酸按比例搭配，质地偏厚，干皮冬天够用，油皮只用在两颊。无香精、无酒精。罐装请用小勺挖取，别把"
            "水带进去。若有泛红刺痛请停用，持续不好去看皮肤科。",
            "Ceramides, cholesterol and fatty acids; a rich cream for dry skin in winter, for oily skin on the cheeks only. No "
            "fragrance, no alcohol. Use the small spoon and keep water out. Stop if it stings, and see a doctor if redness "
            "stays.",
        ),
        search_zh=("面霜", "保湿霜", "神经酰胺", "屏障"),
        search_en=("face cream", "moisturiser", "ceramide"),
        price_fen=12800,
        reference_price_fen=13800,
        wholesale=Wholesale(20, 9800),
        commission_bps=1900,
        motif="cream-jar",
        palette_seed=504,
        options=(
            Option(Text("质地", "Texture"), (Text("清爽", "Light"), Text("滋润", "Rich"))),
            Option(Text("规格", "Size"), (Text("30g", "30 g"), Text("50g", "50 g"))),
        ),
        skus=grid((2, 2), stocks=(110, 96, 140, 125), weights=(120, 170, 120, 170), extras=(0, 5000, 0, 5000)),
    ),
    Product(
        code="RM-SK-05",
        category="skincare",
        subcategory="moisturise",
        supplier="SUP-SL",
        freight="standard",
        brand=Text("素时露", "Plain Dew"),
        title=Text("双分子玻尿酸精华", "Two-weight hyaluronic serum"),
        subtitle=Text("水润打底，面霜前用", "A watery first layer, before cream"),
        description=Text(
            "大小两种分子量的透明质酸钠加泛醇，水状质地。洁面后趁脸微湿用两三滴，后面跟面霜锁住，单用在干燥环境里反而会觉得干。"
            "滴管口别碰到手。开封后六个月内用完。",
            "Hyaluronate of two weights with panthenol. Two or three drops on damp skin, then seal with cream; alone in dry air "
            "it can feel drying. Keep the dropper off your hands. Use within six months.",
        ),
        search_zh=("精华", "玻尿酸", "透明质酸", "补水精华"),
        search_en=("serum", "hyaluronic acid", "hydrating"),
        price_fen=11800,
        commission_bps=2000,
        motif="dropper-bottle",
        palette_seed=505,
        options=(Option(Text("规格", "Size"), (Text("30ml", "30 ml"), Text("50ml", "50 ml"))),),
        skus=grid((2,), stocks=(190, 84), weights=(110, 150), extras=(0, 5800)),
    ),
    Product(
        code="RM-SK-06",
        category="skincare",
        subcategory="moisturise",
        supplier="SUP-SL",
        freight="light",
        brand=Text("素时露", "Plain Dew"),
        title=Text("积雪草舒缓面膜", "Centella sheet masks"),
        subtitle=Text("敷十五分钟，别敷到干", "Fifteen minutes, not until it dries"),
        description=Text(
            "铜氨纤维膜布，积雪草提取物配泛醇，精华量22毫升。晒后、熬夜后敷一片舒服，一周两三次足够。敷后洗不洗看个人，黏就冲一"
            "下。冰箱冷藏后敷更凉，别冷冻。",
            "Cupro sheet with centella extract and panthenol, 22 ml. Pleasant after sun or a short night; two or three a week "
            "are enough. Rinse or not, as you like. Chill but do not freeze.",
        ),
        search_zh=("面膜", "积雪草", "补水面膜", "舒缓"),
        search_en=("sheet mask", "centella", "soothing"),
        price_fen=7900,
        wholesale=Wholesale(30, 5800),
        commission_bps=2000,
        motif="mask-sachet",
        palette_seed=506,
        options=(Option(Text("规格", "Size"), (Text("5片", "5 masks"), Text("15片", "15 masks"))),),
        skus=grid((2,), stocks=(330, 140), weights=(180, 510), extras=(0, 9000)),
    ),
    Product(
        code="RM-SK-07",
        category="skincare",
        subcategory="sun-body",
        supplier="SUP-SL",
        freight="standard",
        brand=Text("素时露", "Plain Dew"),
        title=Text("清透防晒乳 SPF50+", "Light sunscreen SPF50+"),
        subtitle=Text("成膜快，不怎么搓泥", "Sets quickly, rarely pills"),
        description=Text(
            "化学物理结合的防晒乳，SPF50+ PA++++，面部一次用一元硬币大小。出门前十五分钟涂，室外每两小时补一次，出汗后要补。日常"
            "洁面可洗掉，涂得厚建议卸妆。六个月以下婴儿不要用。",
            "Mixed-filter lotion, SPF50+ PA++++; a coin's worth for the face. Fifteen minutes before you go out, again every two "
            "hours and after sweating. Comes off with a normal cleanser, a thick layer with remover. Not for infants under six "
            "months.",
        ),
        search_zh=("防晒", "防晒霜", "防晒乳", "SPF50"),
        search_en=("sunscreen", "sun lotion", "spf50"),
        price_fen=8900,
        reference_price_fen=9900,
        commission_bps=1900,
        motif="cream-tube",
        palette_seed=507,
        options=(Option(Text("规格", "Size"), (Text("50ml", "50 ml"), Text("50ml×2", "2 × 50 ml"))),),
        skus=grid((2,), stocks=(260, 120), weights=(90, 180), extras=(0, 6900)),
    ),
    Product(
        code="RM-SK-08",
        category="skincare",
        subcategory="sun-body",
        supplier="SUP-SL",
        freight="light",
        brand=Text("素时露", "Plain Dew"),
        title=Text("乳木果护手霜", "Shea hand cream"),
        subtitle=Text("吸收快，敲键盘不打滑", "Sinks in before you are back at the keyboard"),
        description=Text(
            "含10%乳木果脂，配甘油，涂开半分钟就不黏了，冬天洗完手抹一次。三种味道都偏淡，开会时涂也不打扰人。外面是铝管，用到后"
            "面要从尾部往前卷，管身会有压痕。手上有伤口时先别用。",
            "With 10 % shea butter and glycerine; it stops feeling sticky within half a minute, so use it whenever you wash your "
            "hands in winter. All three scents are faint. The aluminium tube is rolled up from the end and creases as you go. "
            "Not for broken skin.",
        ),
        search_zh=("护手霜", "手霜", "乳木果"),
        search_en=("hand cream", "shea butter"),
        price_fen=3900,
        wholesale=Wholesale(30, 2800),
        commission_bps=1900,
        motif="cream-tube",
        palette_seed=508,
        options=(
            Option(Text("香味", "Scent"), (Text("桂花", "Osmanthus"), Text("白茶", "White tea"), Text("无香", "Unscented"))),
        ),
        skus=grid((3,), stocks=(210, 190, 130), weights=(70,)),
    ),
    Product(
        code="RM-SK-09",
        category="skincare",
        subcategory="sun-body",
        supplier="SUP-SL",
        freight="standard",
        brand=Text("素时露", "Plain Dew"),
        title=Text("燕麦身体乳", "Oat body lotion"),
        subtitle=Text("大瓶按压，全家冬天一起用", "A large pump for the whole family's winter"),
        description=Text(
            "胶体燕麦加角鲨烷，流动的乳液质地，洗完澡三分钟内涂，身上还带点水汽时好推开。不油，涂完可以直接穿衣服。新瓶的按压头"
            "要多按几下才出乳。给孩子用之前先在手臂内侧试一天，对燕麦过敏的请避开。",
            "A flowing lotion of colloidal oat and squalane; it spreads well within three minutes of the shower, while the skin "
            "is still damp. Not greasy, so you can dress at once. A new pump needs several strokes. Try it on a child's inner "
            "arm for a day first, and leave it if oats do not agree with you.",
        ),
        search_zh=("身体乳", "润肤乳", "燕麦", "干皮"),
        search_en=("body lotion", "oat", "moisturising"),
        price_fen=7900,
        commission_bps=1800,
        motif="pump-bottle",
        palette_seed=509,
        options=(Option(Text("规格", "Size"), (Text("300ml", "300 ml"), Text("500ml", "500 ml"))),),
        skus=grid((2,), stocks=(175, 88), weights=(360, 580), extras=(0, 3600)),
    ),
    Product(
        code="RM-SK-10",
        category="skincare",
        subcategory="sun-body",
        supplier="SUP-SL",
        freight="light",
        brand=Text("素时露", "Plain Dew"),
        title=Text("蜂蜡润唇膏", "Beeswax lip balm"),
        subtitle=Text("不粘头发，睡前厚涂一层", "Does not catch your hair; thick before sleep"),
        description=Text(
            "蜂蜡、椰子油加一点维生素E，没有颜色，涂口红前打底也合适。睡前厚涂一层，第二天早上起皮会软下来。夏天放车里会化，凉了"
            "再凝回来，不影响使用。含蜂产品，对蜂蜜花粉过敏的朋友别买。",
            "Beeswax and coconut oil with a little vitamin E, colourless, also good under lipstick. A thick layer at night "
            "softens flakes by morning. It melts in a hot car and sets again unharmed. It contains bee products, so not for "
            "people allergic to them.",
        ),
        search_zh=("润唇膏", "唇膏", "蜂蜡", "护唇"),
        search_en=("lip balm", "beeswax", "lip care"),
        price_fen=2900,
        commission_bps=1800,
        motif="lipstick",
        palette_seed=510,
        options=(Option(Text("装量", "Pack"), (Text("单支", "One"), Text("三支", "Three"))),),
        skus=grid((2,), stocks=(280, 150), weights=(20, 55), extras=(0, 3600)),
    ),
)
