"""The plays of the demo's world: launched by its owner through the same actions as everybody's, and taken up by its people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from renmai.accounts.models import User
from renmai.campaigns import actions
from renmai.campaigns.actions import Draft
from renmai.campaigns.models import Campaign
from renmai.campaigns.scenes.actions import SceneInput, compose_scene, publish_scene
from renmai.catalogue.models import Sku
from renmai.demo.cast import Member, sign_up
from renmai.demo.stocking import Ware
from renmai.journeys import checkout, paying
from renmai.journeys.checkout import CheckoutDraft, Choice, WantedLine
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.payments.models import Payment, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.plays.bargain import actions as bargain
from renmai.plays.coupon import actions as coupon
from renmai.plays.groupbuy.models import Group

if TYPE_CHECKING:
    from renmai.demo.world import World

SEED = 20261122
DAYS_BEFORE = 4
"""So long before the end the campaigns of the season begin; what is for always begins in the first week."""

LEAST_PRICE_FEN, LEAST_STOCK = 2500, 60
REFUSED = frozenset({"catalogue.sold_out", "ordering.sold_out", "groupbuy.already_in", "groupbuy.full", "groupbuy.over"})
EVERYWHERE = ("wechat", "wecom", "web")
OURS = ("web",)


@dataclass(frozen=True)
class Text:
    """What an operator writes, in both languages."""

    title_zh: str
    title_en: str
    copy_zh: str
    copy_en: str


POINTS = Text(
    "消费积分",
    "Points for purchases",
    "每笔完成的订单都有积分，下次结算时抵扣。",
    "Every kept order earns points that pay a part of the next one.",
)
LEVELS = Text(
    "会员等级",
    "Membership levels",
    "一年内买得多，之后每件便宜一点。条件对所有人一样，写在等级页。",
    "Whoever buys more within a year pays a little less afterwards. The conditions are the same for all.",
)
INVITATION = Text(
    "邀请朋友",
    "Invite a friend",
    "朋友第一次购买并确认收货后，双方各得积分。分享本身没有奖励。",
    "When a friend has bought and kept something for the first time, both get points. Sharing itself earns nothing.",
)
COUPON = Text("满 99 减 10", "10 off 99", "全店可用，领取后 14 天内有效。", "For the whole shop, within 14 days.")
GROUP = Text(
    "两人成团，三人更省",
    "Two buy together, three pay less",
    "满两人成团，满三人差价自动退回；24 小时内人数不够，全额退款。",
    "Two make a group; with three, the difference comes back. If too few join within 24 hours, everything is refunded.",
)
FLASH = Text(
    "今日限量",
    "A few pieces today",
    "数量有限，先到先得；每人一件，未付款的名额会让给排队的下一位。",
    "A few pieces, first come first served, one each; unpaid places go to the next in line.",
)
PRESALE = Text(
    "新季预售",
    "Pre-sale of the season",
    "先付定金，到货后付尾款；不想要了可以在付尾款前取消，定金退回。",
    "A deposit now, the balance when it is here. Until then it can be called off, and the deposit comes back.",
)
BARGAIN = Text(
    "一起砍到底价",
    "Down to the floor together",
    "请朋友帮忙砍价，一定能砍到底价；每位朋友只能帮一次，也可以随时按当前价买。",
    "Friends cut the price, and it always reaches the floor. Each helps once, and it can be bought at any price on the way.",
)
PACKET = Text(
    "老客红包",
    "A packet for customers",
    "送给买过并留下商品的老客，下单直接抵扣，7 天内有效。",
    "For customers who have bought and kept something: it pays a part of an order within 7 days.",
)


class Season:
    """The campaigns of a world, and how its people take them up."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.owner = world.staff["owner"]
        # Draws of its own: what happens outside the campaigns stays as it was.
        self.draw = Random(SEED)  # noqa: S311 - the same on every machine, on purpose  # nosec B311

    def plan(self) -> None:
        """Note when what is launched."""
        world = self.world
        world.agenda.note(world.begin + timedelta(days=min(6, world.days // 4)), self.launch_what_is_for_always)
        world.agenda.note(world.end - timedelta(days=min(DAYS_BEFORE, world.days / 4)), self.launch_the_season)

    def launch_what_is_for_always(self) -> None:
        """Points, levels, and thanks for friends who stay."""
        self._launch("points", POINTS, {}, days=365)
        self._launch("levels", LEVELS, {"silver_fen": 30_000, "gold_fen": 80_000, "honey_fen": 200_000}, days=365)
        self._launch("invitation", INVITATION, {"inviter_amount": 300, "invited_amount": 200}, days=365)

    def launch_the_season(self) -> None:
        """Coupons, group buys, a flash sale, a pre-sale, a bargain, packets, and a page that shows them."""
        goods = self._goods()
        coupons = self._launch("coupon", COUPON, {"off_fen": 1000, "threshold_fen": 9900, "total": 500}, days=21)
        groups = [self._launch("groupbuy", GROUP, _group_terms(sku), days=14) for sku in goods[:3]]
        flash = self._launch("flash", FLASH, _flash_terms(goods[3]), days=5, channels=OURS)
        self._launch("presale", PRESALE, _presale_terms(goods[4]), days=10)
        bargains = self._launch("bargain", BARGAIN, _bargain_terms(goods[5]), days=12, channels=OURS)
        terms = {"given_to": "buyers", "packets": 200, "total_fen": 60_000}
        self._launch("red_packet", PACKET, terms, days=14, channels=OURS)
        self._show([groups[0], flash, coupons])
        for member in self._people(30):
            self._later(0.1, DAYS_BEFORE, partial(self._claim, member, coupons))
        for number, group in enumerate(groups):
            self._gather(group, goods[number])
        self._later(1, 2, partial(self._bargain, bargains))

    def _gather(self, campaign: Campaign, sku: Sku) -> None:
        """Some groups fill, one waits for others still, one has waited in vain."""
        ends = {"full": (0.2, 3), "late": (0.1, 1.5), "open": (DAYS_BEFORE - 0.6, DAYS_BEFORE - 0.2)}
        for kind, (first, last) in ends.items():
            self._later(first, last, partial(self._open, campaign, sku, friends=2 if kind == "full" else 0))

    def _open(self, campaign: Campaign, sku: Sku, *, friends: int) -> None:
        leader, *others = self._people(1 + friends)
        order = self._buy(leader, sku, Choice("groupbuy", campaign.pk))
        if order is None:
            return
        number = Group.objects.values_list("number", flat=True).get(seats__order=order)
        for place, friend in enumerate(others, 1):
            join = partial(self._buy, friend, sku, Choice("groupbuy", campaign.pk, number))
            self.world.agenda.note(clock.now() + timedelta(hours=place * 2), join)

    def _bargain(self, campaign: Campaign) -> None:
        starter, *friends = self._people(4)
        begun = bargain.start(self._user(starter), campaign.pk)
        for place, friend in enumerate(friends, 1):
            helps = partial(self._help, friend, begun.number)
            self.world.agenda.note(clock.now() + timedelta(hours=place), helps)

    def _help(self, friend: Member, number: str) -> None:
        bargain.help_cut(self._user(friend), number)

    def _claim(self, member: Member, campaign: Campaign) -> None:
        coupon.claim(self._user(member), campaign.pk)

    def _buy(self, member: Member, sku: Sku, choice: Choice) -> Order | None:
        """Order one and pay it; None when it has gone in the meantime."""
        user = self._user(member)
        draft = CheckoutDraft(lines=(WantedLine(sku.pk, 1),), address_id=member.address_id, plays=(choice,))
        try:
            order = checkout.place_order(user, member.browser, draft, idempotency_key=ids.token(20))
        except DomainError as refused:
            if refused.code not in REFUSED:
                raise
            return None
        paying.start(user, order.number, return_url=f"/orders/{order.number}/paid/")
        trade = SandboxTrade.objects.get(number=Payment.objects.filter(reference=order.number).latest("pk").number)
        cashier.choose(trade.trade, cashier.Behaviour.PAY)
        return Order.objects.get(pk=order.pk)

    def _show(self, campaigns: list[Campaign]) -> None:
        """A page with the campaigns of the season."""
        blocks: list[dict[str, Any]] = [
            {"kind": "headline", "text_zh": "一起买，更划算", "text_en": "Better together"},
            {"kind": "text", "text_zh": "这一季大家挑出来的好东西。", "text_en": "What people chose this season."},
            *({"kind": "campaign", "campaign_id": campaign.pk} for campaign in campaigns),
        ]
        scene = compose_scene(self.owner, SceneInput(slug="season", title_zh="应季好物", title_en="This season", blocks=blocks))
        publish_scene(self.owner, scene)

    def _launch(
        self, play: str, text: Text, terms: Mapping[str, Any], *, days: int, channels: tuple[str, ...] = EVERYWHERE
    ) -> Campaign:
        now = clock.now()
        draft = Draft(
            title_zh=text.title_zh,
            title_en=text.title_en,
            copy_zh=text.copy_zh,
            copy_en=text.copy_en,
            channels=channels,
            starts_at=now,
            ends_at=self.world.end + timedelta(days=days),
            terms=terms,
        )
        return actions.launch(self.owner, actions.compose(self.owner, play, draft))

    def _goods(self) -> list[Sku]:
        """Goods that can bear a campaign: not too cheap, enough of them, one variant of each."""
        wares = [ware for ware in self.world.wares if _bears(ware)]
        chosen: list[Ware] = self.draw.sample(wares, k=6)
        return [Sku.objects.get(pk=ware.skus[0].pk) for ware in chosen]

    def _people(self, count: int) -> list[Member]:
        return self.draw.sample(self.world.people, k=count)

    def _user(self, member: Member) -> User:
        return sign_up(member, self.draw)

    def _later(self, first_days: float, last_days: float, act: Callable[[], object]) -> None:
        self.world.agenda.note(self._moment(first_days, last_days), act)

    def _moment(self, first_days: float, last_days: float) -> datetime:
        return clock.now() + timedelta(days=self.draw.uniform(first_days, last_days))


def _bears(ware: Ware) -> bool:
    sku = Sku.objects.get(pk=ware.skus[0].pk)
    if ware.source.reference_price_fen is not None:
        return False
    return sku.price_fen >= LEAST_PRICE_FEN and sku.stock_free >= LEAST_STOCK


def _group_terms(sku: Sku) -> dict[str, Any]:
    tiers = [[2, sku.price_fen * 88 // 100], [3, sku.price_fen * 80 // 100]]
    return {"sku": sku.pk, "tiers": tiers, "threshold": 2, "late": "new"}


def _flash_terms(sku: Sku) -> dict[str, Any]:
    return {"sku_id": sku.pk, "price_fen": sku.price_fen * 70 // 100, "pieces": 20}


def _presale_terms(sku: Sku) -> dict[str, Any]:
    price_fen = sku.price_fen * 90 // 100
    return {"sku_id": sku.pk, "price_fen": price_fen, "deposit_fen": price_fen * 15 // 100, "balance_after_days": 7}


def _bargain_terms(sku: Sku) -> dict[str, Any]:
    return {"sku_id": sku.pk, "floor_fen": sku.price_fen * 75 // 100, "helpers": 6, "hours": 72}
