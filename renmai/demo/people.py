"""People of the demo world: names, nicknames, cities and shops, the same for the same seed on every machine.

The parts are common surnames and given names; the persons are nobody. Randomness comes only from ``random.Random(seed)``.
"""

from dataclasses import dataclass
from random import Random

from renmai.demo.goods.shops import SHOPS
from renmai.demo.goods.types import Shop, Text

MEMBERS = 300
AGENTS = 40


def _pairs(lines: str) -> tuple[Text, ...]:
    """Return texts from lines of entries parted by commas, the Chinese before the first space of each."""
    entries = [entry.split(maxsplit=1) for line in lines.splitlines() for entry in line.split(",") if entry.strip()]
    return tuple(Text(chinese, english.strip()) for chinese, english in entries)


SURNAMES: tuple[Text, ...] = _pairs("""
王 Wang, 李 Li, 张 Zhang, 刘 Liu, 陈 Chen, 杨 Yang, 赵 Zhao, 黄 Huang, 周 Zhou, 吴 Wu, 潘 Pan, 孙 Sun,
胡 Hu, 朱 Zhu, 高 Gao, 林 Lin, 何 He, 郭 Guo, 马 Ma, 罗 Luo, 梁 Liang, 宋 Song, 郑 Zheng, 谢 Xie,
韩 Han, 唐 Tang, 冯 Feng, 于 Yu, 董 Dong, 萧 Xiao, 程 Cheng, 曹 Cao, 袁 Yuan, 邓 Deng, 许 Xu, 傅 Fu,
沈 Shen, 曾 Zeng, 彭 Peng, 吕 Lü, 苏 Su, 卢 Lu, 蒋 Jiang, 蔡 Cai, 贾 Jia, 丁 Ding, 魏 Wei, 薛 Xue
""")
WOMEN: tuple[Text, ...] = _pairs("""
秀英 Xiuying, 桂兰 Guilan, 丽芳 Lifang, 淑珍 Shuzhen, 玉梅 Yumei, 晓燕 Xiaoyan, 海霞 Haixia, 丽娟 Lijuan,
文静 Wenjing, 婷婷 Tingting, 雪梅 Xuemei, 佳怡 Jiayi, 思雨 Siyu, 欣怡 Xinyi, 雨桐 Yutong, 梦洁 Mengjie,
静怡 Jingyi, 小慧 Xiaohui, 美玲 Meiling, 春燕 Chunyan, 若溪 Ruoxi, 一诺 Yinuo, 晓雯 Xiaowen, 嘉敏 Jiamin,
慧敏 Huimin, 素芬 Sufen, 红梅 Hongmei, 亚楠 Yanan, 可心 Kexin, 诗涵 Shihan
""")
MEN: tuple[Text, ...] = _pairs("""
守义 Shouyi, 志强 Zhiqiang, 伟成 Weicheng, 修远 Xiuyuan, 海涛 Haitao, 承宇 Chengyu, 浩然 Haoran, 子轩 Zixuan,
宇航 Yuhang, 明辉 Minghui, 国栋 Guodong, 晓川 Xiaochuan, 文博 Wenbo, 家豪 Jiahao, 思远 Siyuan, 立新 Lixin,
振华 Zhenhua, 景行 Jingxing, 天佑 Tianyou, 书航 Shuhang
""")
NICKNAME_HEADS: tuple[Text, ...] = _pairs("""
小雨 Drizzle, 南风 South Wind, 青柠 Lime, 豆包 Bean Bun, 阿布 Abu, 橘子 Tangerine, 七月 July, 木鱼 Woodfish,
汤圆 Rice Ball, 柚子 Pomelo, 星河 Star River, 桃桃 Peachy, 麦子 Wheat, 奶茶 Milk Tea, 海盐 Sea Salt, 松果 Pine Cone,
早安 Good Morning, 云朵 Cloud, 饺子 Dumpling, 山楂 Hawthorn, 芝麻 Sesame, 椰子 Coconut, 雪梨 Snow Pear, 石榴 Pomegranate,
核桃 Walnut, 毛豆 Edamame, 阿宝 Abao, 团子 Little Ball, 年糕 Rice Cake, 蒲公英 Dandelion, 春卷 Spring Roll, 竹子 Bamboo
""")
NICKNAME_TAILS: tuple[Text, ...] = _pairs("""
要早睡 Sleeps Early, 不加糖 No Sugar, 在路上 on the Road, 爱吃鱼 Loves Fish, 慢慢来 Takes It Slowly,
今天也开心 Happy Today, 的阳台 's Balcony, 本人 in Person, 跑起来 Runs, 下班了 after Work
""")
PARENT: tuple[Text, Text] = (Text("妈妈", "'s Mum"), Text("爸爸", "'s Dad"))
"""One more tail that depends on whom it is: a child's handle with mum or dad behind it."""
CITIES: tuple[tuple[Text, str], ...] = (
    (Text("上海市", "Shanghai"), "310100"),
    (Text("北京市", "Beijing"), "110100"),
    (Text("广州市", "Guangzhou"), "440100"),
    (Text("深圳市", "Shenzhen"), "440300"),
    (Text("杭州市", "Hangzhou"), "330100"),
    (Text("宁波市", "Ningbo"), "330200"),
    (Text("南京市", "Nanjing"), "320100"),
    (Text("苏州市", "Suzhou"), "320500"),
    (Text("成都市", "Chengdu"), "510100"),
    (Text("重庆市", "Chongqing"), "500100"),
    (Text("武汉市", "Wuhan"), "420100"),
    (Text("长沙市", "Changsha"), "430100"),
    (Text("郑州市", "Zhengzhou"), "410100"),
    (Text("西安市", "Xi'an"), "610100"),
    (Text("济南市", "Jinan"), "370100"),
    (Text("青岛市", "Qingdao"), "370200"),
    (Text("合肥市", "Hefei"), "340100"),
    (Text("福州市", "Fuzhou"), "350100"),
    (Text("厦门市", "Xiamen"), "350200"),
    (Text("南昌市", "Nanchang"), "360100"),
    (Text("昆明市", "Kunming"), "530100"),
    (Text("贵阳市", "Guiyang"), "520100"),
    (Text("南宁市", "Nanning"), "450100"),
    (Text("沈阳市", "Shenyang"), "210100"),
    (Text("哈尔滨市", "Harbin"), "230100"),
    (Text("呼和浩特市", "Hohhot"), "150100"),
    (Text("乌鲁木齐市", "Ürümqi"), "650100"),
    (Text("海口市", "Haikou"), "460100"),
)
STREETS: tuple[Text, ...] = _pairs("""
桂花路 Osmanthus Road, 春晓街 Spring Dawn Street, 和睦巷 Harmony Lane, 文昌路 Wenchang Road, 清溪街 Clear Brook Street,
银杏路 Ginkgo Road, 南桥街 South Bridge Street, 东湖路 East Lake Road, 朝阳巷 Sunward Lane, 荷塘路 Lotus Pond Road,
松风街 Pine Wind Street, 长青路 Evergreen Road
""")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person. `region_code` is the six-digit code of her city; the street is within it."""

    name: Text
    nickname: Text
    city: Text
    region_code: str
    street: Text
    is_woman: bool


@dataclass(frozen=True, slots=True)
class AgentPerson:
    """A person with her micro-shop."""

    person: Person
    shop: Shop


def members(seed: int, *, count: int = MEMBERS) -> tuple[Person, ...]:
    """Return `count` members with names that differ from each other and from all agents of the same seed.

    The same seed gives the same people. Raises ValueError beyond what the name parts allow (about 350).
    """
    taken = {agent.person.name for agent in agents(seed)}
    random = Random(f"members {seed}")  # noqa: S311 - invented people, no secrets  # nosec B311
    names = [(name, is_woman) for name, is_woman in _shuffled_names(random) if name not in taken]
    handles = _shuffled_handles(random)
    if not 0 <= count <= min(len(names), len(handles)):
        raise ValueError("not enough names for so many people")
    return tuple(
        _settled(random, name, nickname=_nickname(handle, is_woman=is_woman), is_woman=is_woman)
        for (name, is_woman), handle in zip(names[:count], handles[:count], strict=True)
    )


def agents(seed: int, *, count: int = AGENTS) -> tuple[AgentPerson, ...]:
    """Return up to forty agents, each with a shop of her own; the shops are dealt out by the seed.

    A keeper's name agrees with her shop: 老周 is a man called Zhou. Raises ValueError for more than forty.
    """
    if not 0 <= count <= AGENTS:
        raise ValueError("there are forty shops")
    random = Random(f"agents {seed}")  # noqa: S311 - invented people, no secrets  # nosec B311
    names = _shuffled_names(random)
    found = []
    for shop in random.sample(SHOPS, k=AGENTS):  # nosec B311  # reproducible on purpose; guards nothing
        entry = next(entry for entry in names if _agrees(entry, shop))
        names.remove(entry)
        person = _settled(random, entry[0], nickname=shop.keeper, is_woman=shop.is_woman)
        found.append(AgentPerson(person, shop))
    return tuple(found[:count])


def _agrees(entry: tuple[Text, bool], shop: Shop) -> bool:
    """Return whether a person of this name could keep this shop."""
    name, is_woman = entry
    return is_woman == shop.is_woman and name.zh.startswith(shop.surname_zh)


def _shuffled_names(random: Random) -> list[tuple[Text, bool]]:
    """Return every full name once, with whether it is a woman's: three women to two men."""
    given = [(part, True) for part in WOMEN] + [(part, False) for part in MEN]
    names = [(Text(family.zh + part.zh, f"{part.en} {family.en}"), is_woman) for family in SURNAMES for part, is_woman in given]
    random.shuffle(names)
    return names


def _shuffled_handles(random: Random) -> list[tuple[Text, Text | None]]:
    """Return every pair of a nickname's head and tail once; a tail of None stands for mum or dad."""
    tails: tuple[Text | None, ...] = (*NICKNAME_TAILS, None)
    handles = [(head, tail) for head in NICKNAME_HEADS for tail in tails]
    random.shuffle(handles)
    return handles


def _nickname(handle: tuple[Text, Text | None], *, is_woman: bool) -> Text:
    """Return what somebody calls herself in chats."""
    head, tail = handle
    ending = tail or PARENT[0 if is_woman else 1]
    joint = "" if ending.en.startswith("'") else " "
    return Text(head.zh + ending.zh, head.en + joint + ending.en)


def _settled(random: Random, name: Text, *, nickname: Text, is_woman: bool) -> Person:
    """Return the person with a city and a street, written in the order of each language."""
    city, region_code = random.choice(CITIES)  # nosec B311  # reproducible on purpose; guards nothing
    street = random.choice(STREETS)  # nosec B311  # reproducible on purpose; guards nothing
    house, flat = random.randint(2, 199), random.randint(1, 18) * 100 + random.randint(1, 4)  # nosec B311  # reproducible on purpose; guards nothing
    address = Text(f"{street.zh}{house}号{flat}室", f"Flat {flat}, {house} {street.en}")
    return Person(name, nickname, city, region_code, address, is_woman)
