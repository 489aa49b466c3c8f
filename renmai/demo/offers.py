"""What the demo's campaigns say and on which terms they run, as its owner wrote them."""

from dataclasses import dataclass
from typing import Any, Final

from renmai.catalogue.models import Sku


@dataclass(frozen=True)
class Text:
    """What an operator writes, in both languages."""

    title_zh: str
    title_en: str
    copy_zh: str
    copy_en: str


@dataclass(frozen=True)
class GroupOffer:
    """A group buy: sizes with their price in hundredths of the ordinary one, and how many are enough when time is up (0: all)."""

    text: Text
    tiers: tuple[tuple[int, int], ...]
    enough: int

    @property
    def size(self) -> int:
        """How many people fill a group."""
        return self.tiers[-1][0]

    def terms(self, sku: Sku) -> dict[str, Any]:
        """Return its terms for some goods."""
        tiers = [[people, sku.price_fen * percent // 100] for people, percent in self.tiers]
        return {"sku": sku.pk, "tiers": tiers, "threshold": self.enough, "late": "new"}


POINTS: Final = Text(
    "消费积分",
    "Points for purchases",
    "每笔完成的订单都有积分，下次结算时抵扣。",
    "Every kept order earns points that pay a part of the next one.",
)
LEVELS: Final = Text(
    "会员等级",
    "Membership levels",
    "一年内买得多，之后每件便宜一点。条件对所有人一样，写在等级页。",
    "Whoever buys more within a year pays a little less afterwards. The conditions are the same for all.",
)
INVITATION: Final = Text(
    "邀请朋友",
    "Invite a friend",
    "朋友第一次购买并确认收货后，双方各得积分。分享本身没有奖励。",
    "When a friend has bought and kept something for the first time, both get points. Sharing itself earns nothing.",
)
COUPON: Final = Text("满 99 减 10", "10 off 99", "全店可用，领取后 14 天内有效。", "For the whole shop, within 14 days.")
GROUPS: Final = (
    GroupOffer(
        Text(
            "两人成团，三人更省",
            "Two buy together, three save more",
            "满两人成团，满三人差价自动退回；24 小时内人数不够，全额退款。",
            "Two make a group; with three, the difference comes back. If too few join within 24 hours, everything is refunded.",
        ),
        tiers=((2, 88), (3, 80)),
        enough=2,
    ),
    GroupOffer(
        Text(
            "三人团，一步到位",
            "Three at once",
            "满三人成团，直接按团价；24 小时内人数不够，全额退款。",
            "Three make a group, at one price. If too few join within 24 hours, everything is refunded.",
        ),
        tiers=((3, 78),),
        enough=0,
    ),
    GroupOffer(
        Text(
            "邻居拼单，四人最省",
            "Neighbours order together",
            "两人起团，三人、四人更省，差价自动退回；24 小时内人数不够，全额退款。",
            "Two are enough, three and four pay less, and the difference comes back. If too few join within 24 hours, everything is "
            "refunded.",
        ),
        tiers=((2, 92), (3, 86), (4, 80)),
        enough=2,
    ),
)
FLASH: Final = Text(
    "今日限量",
    "A few pieces today",
    "每人限购一件，数量有限，先到先得；没付款的，名额给排队的下一位。",
    "A few pieces, first come first served, one each; unpaid places go to the next in line.",
)
FLASH_WITH_LINE: Final = Text(
    "尝鲜四件",
    "Four pieces to try",
    "只有四件，先到先得；抢完可以排队，有人放弃就轮到下一位。",
    "Four pieces, first come first served; then there is a line, and whatever is given up goes to the next.",
)
PRESALE: Final = Text(
    "新季预售",
    "Pre-sale of the season",
    "先付定金，到货后付尾款；不想要了可以在付尾款前取消，定金退回。",
    "A deposit now, the balance when it is here. Until then it can be called off, and the deposit comes back.",
)
PRESALE_ARRIVED: Final = Text(
    "头批预售，已到货",
    "First pre-sale, goods are here",
    "定金阶段已结束，货到了：请在七天内付尾款，付清后发货。不付尾款，定金退回。",
    "No more deposits: the goods are here. The balance can be paid within seven days, then it is sent. If not, the deposit comes back.",
)
BARGAIN: Final = Text(
    "一起砍到底价",
    "Down to the floor together",
    "请朋友帮忙砍价，一定能砍到底价；每位朋友只能帮一次，也可以随时按当前价买。",
    "Friends cut the price, and it always reaches the floor. Each helps once, and it can be bought at any price on the way.",
)
PACKET: Final = Text(
    "答谢红包",
    "A packet for customers",
    "送给买过并留下商品的老客，下单直接抵扣，7 天内有效。",
    "For customers who have bought and kept something: it pays a part of an order within 7 days.",
)
PACKET_OWED: Final = Text(
    "红包补发",
    "Packets that are owed",
    "其他活动答应的红包从这里发放，例如预售不能交货时的补偿。",
    "What other campaigns promise comes from here, as when the shop cannot deliver what was pre-sold.",
)

COUPON_TERMS: Final = {"off_fen": 1000, "threshold_fen": 9900, "total": 500}
LEVELS_TERMS: Final = {"silver_fen": 30_000, "gold_fen": 80_000, "honey_fen": 200_000}
INVITATION_TERMS: Final = {"inviter_amount": 300, "invited_amount": 200}
PACKET_TERMS: Final = {"given_to": "buyers", "packets": 200, "total_fen": 60_000}


def flash_terms(sku: Sku, *, pieces: int) -> dict[str, Any]:
    """Return the terms of a flash sale of so many pieces."""
    return {"sku_id": sku.pk, "price_fen": sku.price_fen * 70 // 100, "pieces": pieces}


def presale_terms(sku: Sku, *, balance_after_days: int, balance_days: int = 7) -> dict[str, Any]:
    """Return the terms of a pre-sale whose balance is due so many days after its end."""
    price_fen = sku.price_fen * 90 // 100
    return {
        "sku_id": sku.pk,
        "price_fen": price_fen,
        "deposit_fen": price_fen * 15 // 100,
        "balance_after_days": balance_after_days,
        "balance_days": balance_days,
    }


def bargain_terms(sku: Sku) -> dict[str, Any]:
    """Return the terms of a bargain."""
    return {"sku_id": sku.pk, "floor_fen": sku.price_fen * 75 // 100, "helpers": 6, "hours": 72}
