"""Four freight templates. Xinjiang, Tibet, Inner Mongolia and Hainan are dearer in each of them."""

from renmai.demo.goods.types import FreightRate, FreightTemplate, Text

FAR_NORTH_WEST: tuple[str, ...] = ("650000", "540000")
"""Xinjiang and Tibet."""
NORTH_AND_ISLAND: tuple[str, ...] = ("150000", "460000")
"""Inner Mongolia and Hainan."""

FREIGHT_TEMPLATES: tuple[FreightTemplate, ...] = (
    FreightTemplate(
        "standard",
        Text("普通快递 满99元包邮", "Standard, free over ¥99"),
        Text(
            "首重1公斤8元，续重每公斤2元，满99元包邮。内蒙古、海南首重12元，满199元包邮；新疆、西藏首重18元、续重每公斤12元，不包邮。",
            "First kilogram ¥8, each further one ¥2, free over ¥99. Inner Mongolia and Hainan: ¥12 first, free over ¥199. "
            "Xinjiang and Tibet: ¥18 first, ¥12 for each further kilogram, never free.",
        ),
        (
            FreightRate(FAR_NORTH_WEST, 1000, 1800, 1000, 1200, None),
            FreightRate(NORTH_AND_ISLAND, 1000, 1200, 1000, 500, 19900),
            FreightRate((), 1000, 800, 1000, 200, 9900),
        ),
    ),
    FreightTemplate(
        "cold-chain",
        Text("生鲜冷链", "Fresh cold chain"),
        Text(
            "按重量计费，不参加满额包邮：首重2公斤18元，续重每公斤4元，含冰袋和保温箱。内蒙古、海南首重30元；新疆、西藏首重48元，路上要两到四天。",
            "By weight, not part of free delivery: first two kilograms ¥18, each further one ¥4, ice and insulated box included. "
            "Inner Mongolia and Hainan ¥30 first; Xinjiang and Tibet ¥48 first, two to four days on the way.",
        ),
        (
            FreightRate(FAR_NORTH_WEST, 2000, 4800, 1000, 1800, None),
            FreightRate(NORTH_AND_ISLAND, 2000, 3000, 1000, 800, None),
            FreightRate((), 2000, 1800, 1000, 400, None),
        ),
    ),
    FreightTemplate(
        "heavy",
        Text("重货运费", "Heavy goods"),
        Text(
            "米、油、锅具和瓶装饮品等较重的货：首重3公斤12元，续重每公斤2元，满199元包邮。内蒙古、海南首重22元；新疆、西藏首重36元，均不包邮。",
            "For rice, oil, pans, bottled drinks and the like: first three kilograms ¥12, each further one ¥2, free over ¥199. "
            "Inner Mongolia and Hainan ¥22 first; Xinjiang and Tibet ¥36 first, neither free.",
        ),
        (
            FreightRate(FAR_NORTH_WEST, 3000, 3600, 1000, 900, None),
            FreightRate(NORTH_AND_ISLAND, 3000, 2200, 1000, 500, None),
            FreightRate((), 3000, 1200, 1000, 200, 19900),
        ),
    ),
    FreightTemplate(
        "light",
        Text("小件轻货", "Small and light"),
        Text(
            "口红、面膜、袜子等小件：首重500克5元，续重每500克1元，满59元包邮。内蒙古、海南首重8元，满99元包邮；新疆、西藏首重12元，满199元包邮。",
            "For lipsticks, masks, socks and the like: first 500 g ¥5, each further 500 g ¥1, free over ¥59. "
            "Inner Mongolia and Hainan ¥8 first, free over ¥99; Xinjiang and Tibet ¥12 first, free over ¥199.",
        ),
        (
            FreightRate(FAR_NORTH_WEST, 500, 1200, 500, 500, 19900),
            FreightRate(NORTH_AND_ISLAND, 500, 800, 500, 300, 9900),
            FreightRate((), 500, 500, 500, 100, 5900),
        ),
    ),
)
