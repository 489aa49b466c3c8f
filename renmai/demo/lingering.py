"""Customers of the demo's world who linger on a product, and what their agents do when they hear of it. Drawn apart, like all that is said."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, Final

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.accounts.queries import agreed_among
from renmai.alerts import actions as alerts
from renmai.alerts import queries
from renmai.alerts.models import BrowseAlert
from renmai.demo.buying import PHONE_BROWSER, by_daylight
from renmai.demo.cast import Keeper, Member, busiest_agent
from renmai.demo.stocking import Ware
from renmai.insight.actions import record_view
from renmai.insight.stream.actions import ingest
from renmai.insight.stream.delivery import Consumer, deliver
from renmai.insight.stream.gleaning import glean
from renmai.insight.stream.registry import REGISTRY
from renmai.insight.stream.wire import EPOCH, Batch
from renmai.kernel import clock, ids
from renmai.sharing import queries as sharing
from renmai.sharing.actions import record_visit
from renmai.sharing.models import Share

if TYPE_CHECKING:
    from renmai.demo.world import World

DAYS, A_DAY = 14, 3
QUIET_END: Final = timedelta(hours=5)
"""So long before the end nobody answers any more: what comes then is found open."""

NOW: Final = timedelta(minutes=25)
OPEN_AT_THE_END: Final = 2
SHARES, SETS_ASIDE = 0.5, 0.75
READER = Consumer("alerts", alerts.watch)


class Lingering:
    """Three customers a day in the last fortnight, and two right now."""

    def __init__(self, world: "World", *, seed: int) -> None:
        self.world = world
        self.draw = Random(f"{seed}:lingering")  # noqa: S311 - the same on every machine, on purpose  # nosec B311

    def plan(self) -> None:
        """Note who lingers when."""
        for day in range(1, DAYS + 1):
            for _one in range(A_DAY):
                moment = self.world.end - timedelta(days=day) + timedelta(minutes=self.draw.randint(0, 18 * 60))
                self.world.agenda.note(by_daylight(moment), self.somewhere)
        self.world.agenda.note(self.world.end - NOW, self.now)

    def somewhere(self) -> None:
        """A customer of some shop lingers; her agent shares, sets it aside, or lets it pass."""
        keeper = self.draw.choice(self.world.keepers)
        found = self._customers(keeper)
        if not found:
            return
        member, ware = self.draw.choice(found), self.draw.choice(keeper.wares)
        alert = self.linger(member, ware)
        what = self.draw.random()
        if alert is None or what >= SETS_ASIDE or clock.now() > self.world.end - QUIET_END:
            return
        act = partial(self.answer, keeper, alert, member if what < SHARES else None)
        self.world.agenda.note(clock.now() + timedelta(minutes=self.draw.randint(2, 60)), act)

    def now(self) -> None:
        """Customers of the busiest shop linger as the world ends: their cards are open."""
        busiest = busiest_agent()
        keeper = next((one for one in self.world.keepers if one.shop.owner == busiest), None)
        if keeper is not None:
            for member in self._customers(keeper)[:OPEN_AT_THE_END]:
                self.linger(member, self.draw.choice(keeper.wares))

    def linger(self, member: Member, ware: Ware) -> BrowseAlert | None:
        """Look twice, choose a variant, stay: told by her browser as by any. Return the alert, if her agent was told."""
        if member.user is None or member.browser is None:
            raise AssertionError("only a customer lingers")
        for _twice in range(2):
            record_view(member.browser, member.user, product_id=ware.product.pk, funnel="content")
        while glean():
            pass
        told = (
            _told("sku_chosen", ware, {"sku": ware.skus[0].pk}),
            _told("product_lingered", ware, {"seconds": self.draw.randint(40, 170), "scroll": 90, "pictures": 3}),
        )
        ingest(Batch(clock.now(), told), visitor=member.browser.pk, user=member.user, user_agent=PHONE_BROWSER)
        while deliver((READER,)):
            pass
        alert = BrowseAlert.objects.filter(customer=member.user, product=ware.product).order_by("-pk").first()
        return alert if alert is not None and alert.status == BrowseAlert.Status.OPEN else None

    def answer(self, keeper: Keeper, alert: BrowseAlert, member: Member | None) -> None:
        """The agent gives her the link, which she opens a little later, or sets it aside. Meanwhile she may have gone to another agent."""
        agent = keeper.shop.owner
        if alert.pk not in queries.open_numbers(agent, after=alert.pk - 1):
            return
        if member is None:
            alerts.dismiss(agent, alert.pk)
            return
        link = alerts.share_it(agent, alert.pk)
        moment = clock.now() + timedelta(minutes=self.draw.randint(3, 240))
        self.world.agenda.note(by_daylight(moment), partial(self.open, link, member))

    def open(self, link: Share, member: Member) -> None:
        """She opens what her agent gave her."""
        if member.browser is None:
            raise AssertionError("whoever was given a link has a browser")
        record_visit(link, member.browser, user=member.user, user_agent=PHONE_BROWSER)

    def _customers(self, keeper: Keeper) -> list[Member]:
        """Return the shop's customers who let their agent hear of it, in the order of their joining."""
        agreed = agreed_among(sharing.customer_ids(keeper.shop), Purpose.AGENT_ALERTS)
        return [member for member in self.world.people if _is_among(member.user, agreed)]


def _is_among(user: User | None, agreed: frozenset[int]) -> bool:
    return user is not None and user.pk in agreed


def _told(name: str, ware: Ware, properties: Mapping[str, int]) -> dict[str, Any]:
    """Return an event as a browser writes it."""
    return {
        "id": str(ids.derived("demo", ids.token(20))),
        "name": name,
        "v": REGISTRY.current(name).version,
        "at": round((clock.now() - EPOCH).total_seconds() * 1000),
        "product": ware.product.pk,
        "p": dict(properties),
    }
