"""The plays of the demo's world: launched by its owner through the same actions as everybody's, and taken up by its people."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from renmai.campaigns import actions
from renmai.campaigns.actions import Draft
from renmai.campaigns.models import Campaign
from renmai.campaigns.scenes.actions import SceneInput, compose_scene, publish_scene
from renmai.catalogue.models import Sku
from renmai.demo import offers, teams
from renmai.demo.cast import Member
from renmai.demo.inviting import BEGINS_BEFORE, Inviting
from renmai.demo.offers import Text
from renmai.demo.stocking import Ware
from renmai.demo.taking_part import TakingPart
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.plays.coupon import actions as coupon
from renmai.plays.red_packet import actions as red_packet

if TYPE_CHECKING:
    from renmai.demo.world import World

SEED = 20261122
DAYS_BEFORE = 4
"""So long before the end the campaigns of the season begin; what is for always begins in the first week."""

EARLY_DAYS_BEFORE, ARRIVED_DAYS_BEFORE = 10, 1.5
"""The first pre-sale takes deposits from and until then; the balance is due since."""

LEAST_PRICE_FEN, LEAST_STOCK = 2500, 60
FLASH_PIECES, FEW_PIECES = 20, 4
EVERYWHERE = ("wechat", "wecom", "web")
OURS = ("web",)


class Season:
    """The campaigns of a world, and when its people take them up."""

    def __init__(self, world: "World", *, seed: int) -> None:
        self.world = world
        self.owner = world.staff["owner"]
        # Draws of its own: what happens outside the campaigns stays as it was.
        self.draw = Random(SEED)  # noqa: S311 - the same on every machine, on purpose  # nosec B311
        self.part = TakingPart(world, self.draw)
        self.inviting = Inviting(world, self.part, seed=seed, goods=lambda: self.draw.choice(self._goods(12)))

    def plan(self) -> None:
        """Note when what is launched."""
        world = self.world
        world.agenda.note(world.begin + timedelta(days=min(6, world.days // 4)), self.launch_what_is_for_always)
        world.agenda.note(world.begin + timedelta(days=world.days * 2 / 3), lambda: teams.lead_teams(world, self.draw))
        world.agenda.note(self._before_end(BEGINS_BEFORE / timedelta(days=1), part=0.7), self.inviting.begin)
        world.agenda.note(self._before_end(EARLY_DAYS_BEFORE, part=0.5), self.launch_first_presale)
        world.agenda.note(self._before_end(DAYS_BEFORE, part=0.25), self.launch_the_season)

    def launch_what_is_for_always(self) -> None:
        """Points, levels, thanks for friends who stay, and packets that other campaigns promise."""
        self._launch("points", offers.POINTS, {}, days=365)
        self._launch("levels", offers.LEVELS, offers.LEVELS_TERMS, days=365)
        self._launch("invitation", offers.INVITATION, offers.INVITATION_TERMS, days=365)
        self._launch("red_packet", offers.PACKET_OWED, {"given_to": "reward"}, days=365)

    def launch_first_presale(self) -> None:
        """A pre-sale that ends before the world does: of its bookings some are paid in full, some wait for their balance."""
        (sku,) = self._goods(1)
        terms = offers.presale_terms(sku, balance_after_days=0)
        campaign = self._launch("presale", offers.PRESALE_ARRIVED, terms, days=-ARRIVED_DAYS_BEFORE)
        due = self.world.end - timedelta(days=ARRIVED_DAYS_BEFORE)
        star, (paid, waiting) = self.part.star(), self.part.people(2)
        for member, hours in ((star, 9), (paid, 4), (star, None), (waiting, None)):
            balance_at = None if hours is None else due + timedelta(hours=hours)
            self.part.later(0.2, 2, partial(self.part.book, member, campaign, sku, balance_at=balance_at))

    def launch_the_season(self) -> None:
        """Coupons, group buys, flash sales, a pre-sale, a bargain, packets, and a page that shows them."""
        goods = self._goods(7)
        coupons = self._launch("coupon", offers.COUPON, offers.COUPON_TERMS, days=21)
        groups = [
            self._launch("groupbuy", offer.text, offer.terms(sku), days=14)
            for offer, sku in zip(offers.GROUPS, goods, strict=False)
        ]
        flash = self._launch_flash(goods[3])
        presale_terms = offers.presale_terms(goods[4], balance_after_days=7)
        presale = self._launch("presale", offers.PRESALE, presale_terms, days=10)
        bargains = self._launch("bargain", offers.BARGAIN, offers.bargain_terms(goods[5]), days=12, channels=OURS)
        self._launch_flash_with_line(goods[6])
        packets = self._launch("red_packet", offers.PACKET, offers.PACKET_TERMS, days=14, channels=OURS)
        self._show([groups[0], flash, coupons])
        self._take_up(goods, groups=groups, presale=presale, bargains=bargains)
        for member in [*self.part.people(30), self.part.star()]:
            self.part.later(0.1, DAYS_BEFORE, partial(coupon.claim, self.part.user(member), coupons.pk))
        for member in [*self.part.people(12), self.part.star()]:
            self.part.later(0.1, DAYS_BEFORE, partial(self._open_packet, member, packets))

    def _take_up(self, goods: list[Sku], *, groups: list[Campaign], presale: Campaign, bargains: Campaign) -> None:
        for group, offer, sku in zip(groups, offers.GROUPS, goods, strict=False):
            self.part.gather(group, offer, sku, days=DAYS_BEFORE)
        self.part.later(0.5, 1, lambda: self.part.join_first_group(groups[0], goods[0]))
        self.part.later(1, 2, lambda: self.part.bargain(bargains))
        for member in [*self.part.people(3), self.part.star()]:
            self.part.later(0.3, 3, partial(self.part.book, member, presale, goods[4]))

    def _launch_flash(self, sku: Sku) -> Campaign:
        """One with pieces left at the end."""
        terms = offers.flash_terms(sku, pieces=FLASH_PIECES)
        flash = self._launch("flash", offers.FLASH, terms, days=5, channels=OURS)
        for member in [*self.part.people(7), self.part.star()]:
            self.part.later(0.1, 3, partial(self.part.take_a_piece, member, flash, sku))
        return flash

    def _launch_flash_with_line(self, sku: Sku) -> None:
        """One with more people than pieces."""
        terms = offers.flash_terms(sku, pieces=FEW_PIECES)
        flash = self._launch("flash", offers.FLASH_WITH_LINE, terms, days=3, channels=OURS)
        self.part.later(1, 1.5, lambda: self.part.stand_in_line(flash, sku, pieces=FEW_PIECES))

    def _open_packet(self, member: Member, campaign: Campaign) -> None:
        """Open a packet, if she has kept something: they are for customers."""
        try:
            red_packet.open_packet(self.part.user(member), campaign.pk)
        except DomainError as refused:
            if refused.code != "red_packet.not_yours":
                raise

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
        self, play: str, text: Text, terms: Mapping[str, Any], *, days: float, channels: tuple[str, ...] = EVERYWHERE
    ) -> Campaign:
        """Launch a campaign now; it ends so many days after the world."""
        draft = Draft(
            title_zh=text.title_zh,
            title_en=text.title_en,
            copy_zh=text.copy_zh,
            copy_en=text.copy_en,
            channels=channels,
            starts_at=clock.now(),
            ends_at=self.world.end + timedelta(days=days),
            terms=terms,
        )
        return actions.launch(self.owner, actions.compose(self.owner, play, draft))

    def _goods(self, count: int) -> list[Sku]:
        """Goods that can bear a campaign: not too cheap, enough of them, one variant of each."""
        wares = [ware for ware in self.world.wares if _bears(ware)]
        chosen: list[Ware] = self.draw.sample(wares, k=count)
        return [Sku.objects.get(pk=ware.skus[0].pk) for ware in chosen]

    def _before_end(self, days: float, *, part: float) -> datetime:
        """Return the moment so many days before the end; in a short world that ``part`` of its days."""
        return self.world.end - timedelta(days=min(days, self.world.days * part))


def _bears(ware: Ware) -> bool:
    sku = Sku.objects.get(pk=ware.skus[0].pk)
    if ware.source.reference_price_fen is not None:
        return False
    return sku.price_fen >= LEAST_PRICE_FEN and sku.stock_free >= LEAST_STOCK
