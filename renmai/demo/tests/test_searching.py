"""Search as people type: questions to the demo's shelf with what they mean, written without looking at its keywords."""

import pytest

from renmai.catalogue.models import Category, Product
from renmai.catalogue.queries import ShelfQuery, shelf
from renmai.catalogue.search import reindex_many
from renmai.catalogue.tests.factories import make_product, make_sku, make_supplier
from renmai.demo.goods.catalogue import PRODUCTS
from renmai.demo.goods.categories import CATEGORIES

MEANT = (
    *(("橙子", "果冻橙"), ("桔子", "果冻橙"), ("水密桃", "水蜜桃"), ("水果礼盒", "水蜜桃礼盒"), ("阿克苏苹果", "冰糖心苹果")),
    *(("新疆苹果", "冰糖心苹果"), ("芒果 5斤", "芒果"), ("蓝莓鲜果", "蓝莓"), ("西红柿", "番茄"), ("农家土鸡蛋", "土鸡蛋")),
    *(("黄花鱼", "大黄鱼"), ("虾仁", "黑虎虾"), ("涮羊肉", "羊肉卷"), ("纸皮核桃", "薄皮核桃"), ("每日坚果", "混合坚果")),
    *(("糖炒栗子", "甘栗"), ("草莓干", "草莓脆"), ("牛肉干 内蒙古", "牛肉条"), ("紫菜零食", "海苔"), ("芝麻丸", "芝麻丸")),
    *(
        ("西湖龙井", "龙井"),
        ("茉莉花茶", "茉莉银针"),
        ("正山小种红茶", "正山小种"),
        ("冷泡茶包", "茶包"),
        ("云南咖啡豆", "咖啡豆"),
    ),
    *(("挂耳咖啡", "挂耳咖啡"), ("燕麦奶", "燕麦饮"), ("土蜂蜜", "洋槐蜜"), ("东北大米", "稻花香"), ("小米粥", "小米")),
    *(("糙米饭", "杂粮"), ("菜籽油 5L", "菜籽油"), ("生抽", "酱油"), ("陈醋", "香醋"), ("拌饭酱", "辣椒酱")),
    *(("面条", "挂面"), ("干香菇", "花菇"), ("洗面奶", "洁面乳"), ("卸妆水", "卸妆油"), ("化妆水", "滋润水")),
    *(("保湿面霜", "面霜"), ("玻尿酸", "精华"), ("补水面膜", "面膜"), ("防晒霜", "防晒乳"), ("护手霜", "护手霜")),
    *(("口红 正红色", "口红"), ("气垫bb", "气垫"), ("定妆粉", "散粉"), ("眼影盘", "眼影"), ("睫毛膏防水", "睫毛膏")),
    *(("床单四件套", "四件套"), ("被子", "蚕丝"), ("护颈枕头", "乳胶枕"), ("洗脸巾", "巾"), ("沙发毯", "盖毯")),
    *(("衣服收纳箱", "收纳箱"), ("香薰", "蜡烛"), ("铁锅", "炒锅"), ("煲汤砂锅", "砂锅"), ("平底锅", "煎锅")),
    *(("切菜刀", "菜刀"), ("菜板", "砧板"), ("水杯", "杯"), ("便当盒", "保鲜盒"), ("饭碗", "碗")),
    *(("功夫茶具", "茶具"), ("新生儿奶瓶", "奶瓶"), ("尿不湿", "纸尿裤"), ("红屁股", "护臀膏"), ("婴儿连体衣", "连体衣")),
    *(("积木玩具", "积木"), ("亚麻裙子", "连衣裙"), ("白t恤", "T恤"), ("Ｔ恤", "T恤"), ("毛衣开衫", "开衫")),
    *(("男士衬衫", "衬衫"), ("高腰牛仔裤", "牛仔裤"), ("羽绒服男短款", "羽绒服"), ("睡衣", "家居服"), ("棉袜", "袜")),
    *(("丝巾", "方巾"), ("跑步鞋", "运动鞋"), ("小白鞋女", "小白鞋"), ("切尔西短靴", "切尔西"), ("老北京布鞋", "布鞋")),
    *(("帆布包", "托特包"), ("电脑背包", "双肩包"), ("登机箱", "行李箱"), ("买菜包", "购物袋"), ("无线耳机", "耳机")),
    *(("蓝牙音响", "音箱"), ("移动电源", "充电宝"), ("充电器 65w", "充电头"), ("烧水壶", "热水壶"), ("电饭锅", "电饭煲")),
    *(("炸锅", "空气炸锅"), ("护眼台灯", "台灯"), ("电吹风", "吹风机"), ("静音加湿器", "加湿器"), ("亮格子耳机", "耳机")),
    *(
        ("oranges", "果冻橙"),
        ("Peaches", "水蜜桃"),
        ("apple", "苹果"),
        ("eggs", "土鸡蛋"),
        ("prawns", "黑虎虾"),
        ("walnuts", "核桃"),
    ),
    *(
        ("green tea", "龙井"),
        ("coffee beans", "咖啡豆"),
        ("oat milk", "燕麦饮"),
        ("honey", "蜜"),
        ("rice", "米"),
        ("noodle", "挂面"),
    ),
    *(("face wash", "洁面乳"), ("sun screen", "防晒乳"), ("lip stick", "口红"), ("mascara", "睫毛膏"), ("bed sheets", "四件套")),
    *(
        ("towels", "毛巾"),
        ("candles", "蜡烛"),
        ("fry pan", "煎锅"),
        ("knives", "菜刀"),
        ("chopstick", "筷子"),
        ("diaper", "纸尿裤"),
    ),
    *(
        ("t shirt", "T恤"),
        ("cardigans", "开衫"),
        ("jean", "牛仔裤"),
        ("sneaker", "鞋"),
        ("backpacks", "双肩包"),
        ("earphone", "耳机"),
    ),
    *(
        ("power bank", "充电宝"),
        ("kettle", "热水壶"),
        ("airfryer", "空气炸锅"),
        ("hairdryer", "吹风机"),
        ("humidifiers", "加湿器"),
    ),
)
"""What is typed, with what must stand in a title among the first ten."""

MOST_WITHOUT_RESULT = 0.05
LEAST_FOUND = 0.9
FIRST = 10


@pytest.mark.django_db
def test_hardly_a_question_finds_nothing_and_most_find_what_is_meant() -> None:
    supplier, shelves = make_supplier(), {}
    for each in CATEGORIES:
        shelves[each.slug] = Category.objects.create(slug=each.slug, name_zh=each.name.zh, name_en=each.name.en)
    for source in PRODUCTS:
        product = make_product(
            source.title.zh,
            title_en=source.title.en,
            subtitle_zh=source.subtitle.zh,
            subtitle_en=source.subtitle.en,
            keywords=" ".join((*source.search_zh, *source.search_en))[:300],
            brand=source.brand.zh,
            category=shelves[source.category],
            supplier=supplier,
        )
        make_sku(product, price_fen=1000)
    reindex_many(Product.objects.values_list("pk", flat=True))
    found = {text: [card.title for card in shelf(ShelfQuery(text=text, size=FIRST)).items] for text, _meant in MEANT}
    nothing = [text for text, titles in found.items() if not titles]
    missed = [text for text, meant in MEANT if not any(meant in title for title in found[text])]
    assert len(nothing) < MOST_WITHOUT_RESULT * len(MEANT), nothing
    assert len(MEANT) - len(missed) >= LEAST_FOUND * len(MEANT), missed
