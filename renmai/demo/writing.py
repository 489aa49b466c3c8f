"""What the demo's shop and its agents have written, under which topics, and who follows whom."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from renmai.accounts.models import User
from renmai.content import actions
from renmai.content.actions import PostInput, Target, TopicInput
from renmai.content.models import Post, Topic
from renmai.content.policies import source_of
from renmai.content.queries import writable_goods
from renmai.demo.cast import Keeper, Member
from renmai.demo.filming import Filmed, looking_around, pouring
from renmai.demo.stocking import Ware

WRITTEN_BEFORE: Final = timedelta(hours=30)
"""So long before the present they are written."""

GOODS: Final = 3
WRITERS: Final = 6
FOLLOWERS: Final = 24

TOPICS: Final = (
    ("drink-and-eat", "吃吃喝喝", "Eat and drink", ("tea", "snacks", "fresh", "pantry")),
    ("at-home", "居家日常", "At home", ("home", "kitchen", "baby", "digital")),
    ("looks", "穿搭护肤", "Clothes and care", ("clothing", "shoes-bags", "skincare", "makeup")),
)
"""Slug, names, and the categories of goods that belong there."""

OFFICIAL: Final[dict[str, tuple[str, str]]] = {
    "tea": ("春茶怎么泡不苦", "水温降到八十五度，第一泡十五秒就出汤。\n茶叶放三克，小盖碗刚好。泡到第四泡还有豆香，就停在那里。"),
    "snacks": ("办公室抽屉里放什么", "坚果挑小包装，一次一包，不会返潮。\n果干看配料表，只有水果和糖两样的，口感更干净。"),
    "fresh": ("桃子放几天再吃", "刚到手偏脆，室温放两天会变软变甜。\n想吃脆的就直接进冰箱，吃之前拿出来回温一小时。"),
    "pantry": ("米和面怎么存过夏天", "拆封以后分装进密封罐，放两粒花椒。\n一次买一个月的量，吃完再买。"),
    "kitchen": ("一口锅煎蛋不粘的顺序", "先烧热锅，再放油，油纹散开了再下蛋。\n煎的时候别急着翻，边缘起皱再动。"),
    "home": ("毛巾用久了发硬怎么办", "洗的时候少放洗衣液，多过一遍清水。\n晾之前抖开，比用柔顺剂管用。"),
    "baby": ("给孩子挑水杯看三样", "看吸管能不能拆洗，看杯口合不合嘴，看刻度清不清楚。\n颜色让孩子自己挑，他就愿意喝水了。"),
    "digital": ("数据线选多长合适", "床头用两米，办公桌用一米，出门带半米的。\n线头弯折的地方最容易坏，收纳时绕大圈。"),
    "clothing": ("换季衣服收纳顺序", "先洗干净晾透，再按季节分袋。\n针织衫叠起来，衬衫用衣架挂好，拉链先拉上。"),
    "shoes-bags": ("新鞋第一周怎么穿", "头三天每天穿两小时，让鞋和脚互相适应。\n下雨天换下来塞两团报纸，第二天再换新的。"),
    "skincare": ("洗面奶一次挤多少", "黄豆大小就够，先在手心打出泡再上脸。\n水温以手背不觉得凉为准，洗完轻轻按干。"),
    "makeup": ("口红试色在哪里看", "在窗边自然光下看，比灯光下准。\n试在手腕内侧，离肤色最近。"),
}
"""What the shop itself wrote of the goods of a category: title and text."""

OF_MEMBERS: Final[dict[str, tuple[str, str]]] = {
    "tea": ("我家早上这一泡", "放了两周，每天早上一泡。\n我习惯水少一点，泡得浓一些，家里人说第二泡最顺口。"),
    "snacks": ("追剧的时候配着吃", "一包刚好看完一集。\n袋口能封住，没吃完放两天也没有软。"),
    "fresh": ("收到那天拍了就吃了", "箱子里垫得厚，没有压坏的。\n放到第二天更甜，孩子一口气吃了两个。"),
    "kitchen": ("用了一个月来说说", "每天做饭都用，手柄不烫。\n洗的时候要擦干再收，不然会留水印。"),
    "home": ("换季的时候买的", "洗过三次，没有掉毛。\n比我想的厚一点，冬天正好。"),
    "clothing": ("我穿的是平时的码", "平时穿多大就买多大。\n袖子稍微长一点，卷起来也好看。"),
}
"""What somebody who bought and kept goods of a category wrote of them: title and text."""


FILMED: Final = "tea"
"""The category whose post of the shop has a video, and in which the agent who filmed one of her goods is looked for first."""

STEPS: Final = ("茶叶三克", "水温八十五度", "十五秒就出汤")
REMARK: Final = "自己家里一直在用"


def write(owner: User, second: User, *, wares: Sequence[Ware], keepers: Sequence[Keeper], people: Sequence[Member]) -> None:
    """Let the shop write of each category, some agents of what they sell and some members of what they kept; let some members follow them.

    Two of the posts have a video, which ``second`` looks at before others see it.
    """
    by_category: dict[str, Topic] = {}
    for place, (slug, name_zh, name_en, categories) in enumerate(TOPICS):
        topic = actions.add_topic(owner, TopicInput(slug=slug, name_zh=name_zh, name_en=name_en, position=place))
        by_category |= dict.fromkeys(categories, topic)
    posts = [_official(owner, second, category=category, wares=wares, topic=by_category[category]) for category in OFFICIAL]
    selling = [keeper for keeper in keepers if source_of(keeper.shop.owner) == Post.Source.AGENT]
    filming = next((keeper for keeper in selling[:WRITERS] if keeper.wares[0].source.category == FILMED), selling[0])
    posts += [_of_agent(keeper, by_category, second=second if keeper is filming else None) for keeper in selling[:WRITERS]]
    posts += _of_members(people, wares, by_category)
    readers = [member.user for member in people if member.user is not None][:FOLLOWERS]
    for number, reader in enumerate(readers):
        chosen = posts[number % len(posts)]
        if chosen.author_id != reader.pk:
            actions.follow(reader, Target.of_post(chosen))
        actions.follow(reader, Target.of_topic(list(by_category.values())[number % len(by_category)]))


def _official(owner: User, second: User, *, category: str, wares: Sequence[Ware], topic: Topic) -> Post:
    title, text = OFFICIAL[category]
    goods = [ware.product.pk for ware in wares if ware.source.category == category][:GOODS]
    filmed = pouring(title, STEPS) if category == FILMED else None
    given = _with(filmed, PostInput(title=title, text=text, product_ids=goods, topic_ids=[topic.pk]))
    return _shown(owner, actions.compose_official(owner, given), second if filmed else None)


def _of_agent(keeper: Keeper, topics: dict[str, Topic], *, second: User | None) -> Post:
    """What an agent says of one of her goods: the words that stand in her shop; with a video if there is somebody to look at it."""
    product = keeper.wares[0].product
    title = f"我常买的{product.title_zh}"[:60]
    filmed = looking_around(product.motif, product.picture_seed, title, REMARK) if second else None
    given = PostInput(
        title=title,
        text=keeper.shop.voice or f"{REMARK}，有问题可以问我。",
        product_ids=[product.pk],
        topic_ids=[topics[keeper.wares[0].source.category].pk],
    )
    return _shown(keeper.shop.owner, actions.compose(keeper.shop.owner, _with(filmed, given)), second)


def _with(filmed: Filmed | None, given: PostInput) -> PostInput:
    return replace(given, video=io.BytesIO(filmed.video), pictures=[filmed.poster]) if filmed else given


def _shown(author: User, draft: Post, second: User | None) -> Post:
    """Publish a draft; one with a video waits for ``second``."""
    post = actions.publish(author, draft)
    return actions.approve(second, post, seen=post.revision) if second else post


def _of_members(people: Sequence[Member], wares: Sequence[Ware], topics: dict[str, Topic]) -> list[Post]:
    """Let some members write of what they bought and kept, one of each category that there are words for."""
    of_ware = {ware.product.pk: ware for ware in wares}
    said: dict[str, Post] = {}
    for member in people:
        user = member.user
        if user is None or len(said) == len(OF_MEMBERS) or source_of(user) != Post.Source.MEMBER:
            continue
        for product in writable_goods(user):
            category = of_ware[product.pk].source.category
            if category in OF_MEMBERS and category not in said:
                title, text = OF_MEMBERS[category]
                given = PostInput(title=title, text=text, product_ids=[product.pk], topic_ids=[topics[category].pk])
                said[category] = actions.publish(user, actions.compose(user, given))
                break
    return list(said.values())
