"""The twelve categories of the demo shop with their shelves and the drawings that belong to them."""

from renmai.demo.goods.types import Category, Subcategory, Text

CATEGORIES: tuple[Category, ...] = (
    Category(
        "fresh",
        Text("水果生鲜", "Fruit & fresh food"),
        ("peach-box", "citrus-box", "fruit-crate", "berry-punnet", "cold-pack", "egg-tray"),
        (
            Subcategory("fruit", Text("当季水果", "Seasonal fruit")),
            Subcategory("vegetables", Text("蔬菜禽蛋", "Vegetables & eggs")),
            Subcategory("seafood-meat", Text("水产肉类", "Seafood & meat")),
        ),
    ),
    Category(
        "snacks",
        Text("零食坚果", "Snacks & nuts"),
        ("walnut-bag", "snack-pouch", "snack-box", "honey-jar"),
        (
            Subcategory("nuts", Text("坚果炒货", "Nuts")),
            Subcategory("dried-fruit", Text("果干果脯", "Dried fruit")),
            Subcategory("biscuits-meat", Text("糕点肉脯", "Biscuits & meat snacks")),
        ),
    ),
    Category(
        "tea",
        Text("茶饮冲调", "Tea & drinks"),
        ("tea-tin", "tea-cake", "coffee-bag", "drink-bottle", "honey-jar"),
        (
            Subcategory("leaf-tea", Text("茶叶", "Tea")),
            Subcategory("coffee", Text("咖啡", "Coffee")),
            Subcategory("drinks", Text("饮品蜂蜜", "Drinks & honey")),
        ),
    ),
    Category(
        "pantry",
        Text("粮油干货", "Grain, oil & pantry"),
        ("rice-bag", "oil-bottle", "honey-jar", "noodle-pack", "snack-pouch"),
        (
            Subcategory("rice-grain", Text("米面杂粮", "Rice & grain")),
            Subcategory("oil-sauce", Text("食用油调味", "Oil & sauces")),
            Subcategory("noodles-dried", Text("面食干货", "Noodles & dried goods")),
        ),
    ),
    Category(
        "skincare",
        Text("护肤个护", "Skincare"),
        ("cream-tube", "cream-jar", "pump-bottle", "dropper-bottle", "mask-sachet", "lipstick"),
        (
            Subcategory("cleanse", Text("清洁爽肤", "Cleanse & tone")),
            Subcategory("moisturise", Text("保湿面护", "Moisturise")),
            Subcategory("sun-body", Text("防晒身体", "Sun & body")),
        ),
    ),
    Category(
        "makeup",
        Text("彩妆", "Make-up"),
        ("lipstick", "compact", "palette", "mascara", "brush-set"),
        (
            Subcategory("lips", Text("唇妆", "Lips")),
            Subcategory("face", Text("底妆腮红", "Face")),
            Subcategory("eyes-tools", Text("眼妆工具", "Eyes & tools")),
        ),
    ),
    Category(
        "home",
        Text("家居床品", "Home & bedding"),
        ("quilt", "pillow", "towel-stack", "basket", "candle", "vase"),
        (
            Subcategory("bedding", Text("床上用品", "Bedding")),
            Subcategory("towels-living", Text("毛巾盖毯", "Towels & throws")),
            Subcategory("storage-scent", Text("收纳香氛", "Storage & scent")),
        ),
    ),
    Category(
        "kitchen",
        Text("厨房餐具", "Kitchenware"),
        ("wok", "clay-pot", "kitchen-knife", "thermos", "glass-box", "bowl-set", "teapot"),
        (
            Subcategory("cookware", Text("锅具", "Cookware")),
            Subcategory("tools", Text("刀板杯盒", "Tools & containers")),
            Subcategory("tableware", Text("餐具茶具", "Tableware")),
        ),
    ),
    Category(
        "baby",
        Text("母婴", "Mother & baby"),
        ("baby-bottle", "diaper-pack", "romper", "toy-blocks", "bowl-set", "cream-tube", "towel-stack"),
        (
            Subcategory("feeding", Text("喂养用品", "Feeding")),
            Subcategory("care", Text("洗护尿裤", "Care & nappies")),
            Subcategory("clothes-toys", Text("童装玩具", "Clothes & toys")),
        ),
    ),
    Category(
        "clothing",
        Text("服饰", "Clothing"),
        ("dress", "shirt", "knitwear", "jacket", "trousers", "socks", "scarf"),
        (
            Subcategory("women", Text("女装", "Women")),
            Subcategory("men", Text("男装", "Men")),
            Subcategory("home-wear", Text("家居袜品", "Home wear & socks")),
        ),
    ),
    Category(
        "shoes-bags",
        Text("鞋靴箱包", "Shoes & bags"),
        ("sneakers", "loafers", "boots", "tote-bag", "backpack", "suitcase"),
        (
            Subcategory("shoes", Text("鞋靴", "Shoes")),
            Subcategory("bags", Text("箱包", "Bags")),
        ),
    ),
    Category(
        "digital",
        Text("数码小家电", "Digital & small appliances"),
        ("earphones", "speaker", "charger", "kettle", "rice-cooker", "desk-lamp", "hair-dryer", "humidifier"),
        (
            Subcategory("audio", Text("耳机音箱", "Audio")),
            Subcategory("power", Text("充电配件", "Power")),
            Subcategory("appliances", Text("小家电", "Small appliances")),
        ),
    ),
)
