"""The demo's world: ninety days in the life of a shop, lived through the same actions as everybody else's.

Given the same end, the world comes out the same on every machine: people, goods, links, orders, numbers. Without one it ends now, so
that the shop that opens is a running one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from renmai.accounts.models import User
from renmai.demo import cast
from renmai.demo.agenda import Agenda
from renmai.demo.buying import Customers, by_daylight
from renmai.demo.campaigns import Season
from renmai.demo.cast import Keeper, Member
from renmai.demo.goods.categories import CATEGORIES
from renmai.demo.goods.voices import voice_notes_fitting
from renmai.demo.lingering import Lingering
from renmai.demo.people import AgentPerson, agents, members
from renmai.demo.reading import Reading
from renmai.demo.saying import Sayings
from renmai.demo.segments import SEGMENTED_BEFORE, draw_circles
from renmai.demo.stocking import REDUCED_BEFORE, Ware, reduce_prices, refill, stock_up
from renmai.demo.trying import Trying
from renmai.demo.writing import WRITTEN_BEFORE, write
from renmai.distribution.actions import approve_withdrawal, request_withdrawal, review_withdrawal
from renmai.distribution.queries import income
from renmai.kernel import clock, ids
from renmai.policy.actions import change_setting
from renmai.sharing.actions import write_voice
from renmai.sharing.models import Share

SEED = 20260520
DAYS = 90
COMPLAINED_BEFORE = timedelta(hours=3)
SETTLE_EVERY = timedelta(hours=8)
FIRST_SHOPS = 14
OPENING_DAYS = 50
DROP_INS_A_DAY = (4, 10)
SHARES_A_DAY = 0.36
WITHDRAWS_FROM_FEN = 3000
DAYS_TO_DECISION = (3, 3, 3, 4, 10)


class World:
    """Everything the world needs while it is being lived."""

    def __init__(self, *, end: datetime, days: int) -> None:
        self.end = end
        self.begin = end - timedelta(days=days)
        self.days = days
        self.draw = Random(SEED)  # noqa: S311 - the same on every machine, on purpose  # nosec B311
        self.agenda = Agenda(end=end)
        self.staff: dict[str, User] = {}
        self.wares: tuple[Ware, ...] = ()
        self.customers: Customers
        self.people: list[Member] = []
        self.keepers: list[Keeper] = []
        self.said: dict[int, set[str]] = {}

    def found(self) -> None:
        """Hire the staff, stock the shelves, and let the people wait for their day."""
        self.staff = cast.hire()
        self.wares = stock_up(self.staff["owner"])
        for key, value in cast.PLACES.items():
            change_setting(self.staff["owner"], key, value=value, reason="演示店开张")
        by_id = {ware.product.pk: ware for ware in self.wares}
        sayings = Sayings(SEED)
        self.customers = Customers(self.agenda, self.draw, staff=self.staff, wares=by_id, sayings=sayings)
        for number, person in enumerate(members(SEED), start=1):
            self.people.append(Member(person, cast.phone(cast.FIRST_MEMBER_PHONE, number), self._tastes()))
        for number, given in enumerate(agents(SEED), start=1):
            keeper = Member(given.person, cast.phone(cast.FIRST_AGENT_PHONE, number), self._tastes())
            circle = self.draw.sample(self.people, k=self.draw.randint(6, 28))
            day = 0 if number <= FIRST_SHOPS else self.draw.randint(1, OPENING_DAYS)
            self.agenda.note(self._moment(day), partial(self.open, keeper, given, circle))
        for day in range(self.days):
            self.agenda.note(self._moment(day, hour=6), self.plan_day)
        Season(self, seed=SEED).plan()
        self.agenda.note(self.end - SEGMENTED_BEFORE, lambda: draw_circles(self.staff["owner"]))
        self.agenda.note(self.end - WRITTEN_BEFORE, self.write)
        self.agenda.note(self.end - COMPLAINED_BEFORE, sayings.complain)
        Reading(self, seed=SEED).plan()
        Trying(self).plan()
        Lingering(self, seed=SEED).plan()
        self.agenda.note(self.end - REDUCED_BEFORE, lambda: reduce_prices(self.staff["goods"], self._reduced()))

    def open(self, member: Member, given: AgentPerson, circle: list[Member]) -> None:
        """One more shop opens; its keeper says of some goods why she stands behind them."""
        keeper = cast.open_shop(member, given, self.wares, self.draw)
        keeper.circle = circle
        for ware in self.draw.sample(keeper.wares, k=len(keeper.wares) * 2 // 3):
            said = self.said.setdefault(ware.product.pk, set())
            unsaid = [note.text.zh for note in voice_notes_fitting(ware.source) if note.text.zh not in said]
            if unsaid:
                words = self.draw.choice(unsaid)
                said.add(words)
                write_voice(keeper.shop, product_id=ware.product.pk, voice=words)
        self.keepers.append(keeper)

    def write(self) -> None:
        """The shop and some of its agents have written, and some people follow them."""
        write(self.staff["owner"], self.staff["goods"], wares=self.wares, keepers=self.keepers, people=self.people)

    def plan_day(self) -> None:
        """Note what this day will bring: shares, people who drop in, feeds on Mondays, withdrawals on Fridays."""
        today = clock.now()
        weekday = (today + timedelta(hours=8)).weekday()
        for keeper in self.keepers:
            if self.draw.random() < SHARES_A_DAY:
                self.agenda.note(self._later(today), partial(self.share_with_circle, keeper))
            if weekday == 4:
                self.agenda.note(self._later(today), partial(self.withdraw, keeper))
        for _person in range(self.draw.randint(*DROP_INS_A_DAY)):
            self.agenda.note(self._later(today), self.drop_in)
        if weekday == 0:
            for supplier in sorted({ware.product.supplier for ware in self.wares}, key=lambda one: one.pk):
                self.agenda.note(self._later(today), partial(refill, self.staff["goods"], supplier, self.wares))

    def share_with_circle(self, keeper: Keeper) -> None:
        """A keeper shares one of her goods with some of her people; each opens it when she has time, or never."""
        ware = self.draw.choice(keeper.wares)
        link = cast.product_link(keeper, ware)
        for friend in self.draw.sample(keeper.circle, k=self.draw.randint(1, min(6, len(keeper.circle)))):
            moment = by_daylight(clock.now() + timedelta(minutes=self.draw.randint(1, 900)))
            self.agenda.note(moment, partial(self.customers.open_link, friend, link, ware, pass_on=self.pass_on))

    def pass_on(self, member: Member, ware: Ware, link: Share) -> None:
        """A satisfied customer shares on with people of her own."""
        circle = self.draw.sample(self.people, k=12)
        self.customers.pass_on(member, ware, link, circle=circle, again=self.pass_on)

    def drop_in(self) -> None:
        """Somebody comes by herself, to search or to browse."""
        member = self.draw.choice(self.people)
        liked = [ware for ware in self.wares if ware.source.category in member.tastes]
        choice = self.draw.sample(liked, k=min(len(liked), self.draw.randint(1, 4)))
        self.customers.drop_in(member, choice, funnel=self.draw.choice(["search", "search", "content"]))

    def withdraw(self, keeper: Keeper) -> None:
        """A keeper takes out what she can; two people approve it, mostly on Monday."""
        agent = keeper.shop.owner.agent
        available = income(agent.pk).available_fen
        if available < WITHDRAWS_FROM_FEN:
            return
        withdrawal = request_withdrawal(keeper.shop.owner, amount_fen=available, idempotency_key=ids.token(20))
        decided_at = clock.now() + timedelta(days=self.draw.choice(DAYS_TO_DECISION))
        self.agenda.note(decided_at, lambda: review_withdrawal(self.staff["money1"], withdrawal.pk))
        self.agenda.note(decided_at + timedelta(hours=1), lambda: approve_withdrawal(self.staff["money2"], withdrawal.pk))

    def _tastes(self) -> frozenset[str]:
        return frozenset(self.draw.sample([shelf.slug for shelf in CATEGORIES], k=self.draw.randint(2, 4)))

    def _reduced(self) -> tuple[Ware, ...]:
        return tuple(ware for ware in self.wares if ware.source.reference_price_fen is not None)

    def _moment(self, day: int, *, hour: int = 9) -> datetime:
        start = self.begin + timedelta(days=day)
        midnight = (start + timedelta(hours=8)).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(hours=8)
        return max(midnight + timedelta(hours=hour, minutes=self.draw.randint(0, 50)), self.begin)

    def _later(self, today: datetime) -> datetime:
        return today + timedelta(minutes=self.draw.randint(60, 16 * 60))


def build(*, settle: Callable[[], object], advance: Callable[[int], None], end: datetime | None = None, days: int = DAYS) -> None:
    """Live the world into the empty database. ``settle`` runs the timers and delivers the events of the moment.

    ``advance`` is told of every day that has passed.
    """
    world = World(end=end or clock.now(), days=days)
    passed = 0

    def count_days(moment: datetime) -> None:
        nonlocal passed
        whole = (moment - world.begin) // timedelta(days=1)
        advance(whole - passed)
        passed = whole

    with ids.seeded(SEED):
        with clock.travel(world.begin):
            world.found()
            settle()
        world.agenda.live(settle=settle, every=SETTLE_EVERY, progress=count_days)


def sign_ins(address: str) -> list[str]:
    """Return the lines that tell how to try the demo; ``address`` is the site's, with or without its final slash."""
    address = address.rstrip("/")
    customer, agent = cast.busiest_customer(), cast.busiest_agent()
    return [
        f"  everybody  {address}/demo/  (choose whom to be; no password)",
        f"  customer   {address}/sign-in/  phone {customer.phone if customer else ''}, the code is at {address}/inbox/",
        f"  agent      {address}/sign-in/  phone {agent.phone if agent else ''}, then {address}/agent/",
        f"  operator   {address}/console/  owner / {cast.PASSWORD}, the one-time code is at {address}/demo/",
    ]
