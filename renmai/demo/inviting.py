"""Who brings whom in the demo's world: friends of a customer, a family with one telephone, and a circle that is after the reward."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from renmai.accounts.actions import AddressInput, save_address
from renmai.accounts.models import Address
from renmai.campaigns.actions import decide_reward
from renmai.campaigns.queries import rewards_under_review
from renmai.catalogue.models import Sku
from renmai.demo.cast import FIRST_MEMBER_PHONE, Member, phone
from renmai.demo.people import MEMBERS, members
from renmai.demo.taking_part import TakingPart
from renmai.kernel import clock
from renmai.ordering.windows import CHINA
from renmai.plays.invitation.actions import code_of, enter_code
from renmai.policy.queries import integer

if TYPE_CHECKING:
    from renmai.demo.world import World

BEGINS_BEFORE: Final = timedelta(days=20)
"""So long before the end: a sale is kept a week after it was received, and its reward comes a day later."""

DECIDED_BEFORE: Final = timedelta(days=2)
CIRCLE: Final = 6
NEWCOMERS: Final = 4 + 2 + CIRCLE


@dataclass(frozen=True)
class Stay:
    """What a newcomer does: when she buys and when she has it, counted from joining; None: not yet."""

    buys: timedelta | None = None
    has_it: timedelta | None = None
    lives_with_inviter: bool = False


class Inviting:
    """Newcomers beside the world's own people, each brought by somebody. ``goods`` draws something that is worth buying."""

    def __init__(self, world: "World", part: TakingPart, *, seed: int, goods: Callable[[], Sku]) -> None:
        self.world = world
        self.part = part
        self.goods = goods
        people = members(seed, count=MEMBERS + NEWCOMERS)[MEMBERS:]
        self.comers = [
            Member(person, phone(FIRST_MEMBER_PHONE, number), frozenset()) for number, person in enumerate(people, MEMBERS + 1)
        ]

    def begin(self) -> None:
        """Let everybody come in her time, and customer service have a look at the end."""
        self._friends(self.comers[:4])
        self._family(*self.comers[4:6])
        self.part.note(timedelta(days=2), lambda: self._circle(self.comers[6:]))
        self.world.agenda.note(self.world.end - DECIDED_BEFORE, self._decide)

    def _friends(self, friends: list[Member]) -> None:
        """Four friends of the star: thanked for, kept since last night, on its way, only joined."""
        star, end = self.part.star(), self.world.end
        thanked, kept, bought, joined = friends
        stay = Stay(buys=timedelta(days=1), has_it=timedelta(days=3))
        self.part.note(timedelta(hours=3), lambda: self._comes(star, thanked, stay))
        # Received on the day whose window of returns closed at midnight: her reward is due tomorrow.
        has_it = _midnight(end) - timedelta(days=integer("after_sale.window_days") + 1) + timedelta(hours=11)
        stay_kept = Stay(buys=timedelta(hours=8), has_it=timedelta(days=3))
        self.world.agenda.note(has_it - timedelta(days=3), lambda: self._comes(star, kept, stay_kept))
        self.world.agenda.note(end - timedelta(days=5), lambda: self._comes(star, bought, Stay(buys=timedelta(days=1))))
        self.world.agenda.note(end - timedelta(days=2, hours=5), lambda: self._comes(star, joined, Stay()))

    def _family(self, daughter: Member, mother: Member) -> None:
        """A daughter joins, and brings her mother, whose parcels she takes in."""
        self.part.user(daughter)
        stay = Stay(buys=timedelta(days=1), has_it=timedelta(days=3), lives_with_inviter=True)
        self.part.note(timedelta(hours=20), lambda: self._comes(daughter, mother, stay))

    def _circle(self, people: list[Member]) -> None:
        """One afternoon accounts join, one after the other, and order at once; everything goes to one telephone."""
        head, *others = people
        self.part.user(head)
        stay = Stay(buys=timedelta(minutes=4), has_it=timedelta(days=2), lives_with_inviter=True)
        for place, other in enumerate(others, 1):
            self.part.note(timedelta(minutes=20 * place), partial(self._comes, head, other, stay))

    def _comes(self, inviter: Member, comer: Member, stay: Stay) -> None:
        """Somebody joins, enters her inviter's code, and does what she came for."""
        code, user = code_of(self.part.user(inviter)), self.part.user(comer)
        if stay.lives_with_inviter:
            home = Address.objects.get(pk=inviter.address_id)
            comer.address_id = save_address(
                user,
                AddressInput(
                    recipient=comer.person.name.zh,
                    phone=home.phone,
                    region_code=home.region_id,
                    street=home.street,
                    is_default=True,
                ),
            ).pk
        enter_code(user, code)
        if stay.buys is not None:
            received_at = None if stay.has_it is None else clock.now() + stay.has_it
            self.part.note(stay.buys, lambda: self._buys(comer, received_at))

    def _buys(self, comer: Member, received_at: datetime | None) -> None:
        order = self.part.buy(comer, self.goods())
        if order is not None and received_at is not None:
            self.world.agenda.note(received_at, lambda: self.part.receive(comer, order))

    def _decide(self) -> None:
        """A family is a family; of the circle the first is refused, the others still wait for somebody's word."""
        care, family = self.world.staff["care"], self.comers[4:6]
        held = list(rewards_under_review(care))
        for reward in held:
            if reward.beneficiary in [member.user for member in family]:
                decide_reward(care, reward, is_granted=True, answer="母女同住，收货电话相同，已电话核实，属正常邀请。")
        others = [reward for reward in held if reward.beneficiary not in [member.user for member in family]]
        if others:
            said = "同一下午注册、同一收货电话、注册几分钟后就下单，不予发放。"
            decide_reward(care, others[0], is_granted=False, answer=said)


def _midnight(moment: datetime) -> datetime:
    """Return when the day of ``moment`` began in China."""
    return datetime.combine(moment.astimezone(CHINA).date(), time.min, tzinfo=CHINA)
