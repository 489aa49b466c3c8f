"""How people of the demo's world take up its plays: they order, pay, receive, stand in line, book, gather and bargain."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.catalogue.models import Sku
from renmai.demo.buying import by_daylight
from renmai.demo.cast import Member, busiest_customer, sign_up
from renmai.demo.offers import GroupOffer
from renmai.journeys import checkout, paying, receiving
from renmai.journeys.checkout import CheckoutDraft, Choice, WantedLine
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.ordering.actions import shipping
from renmai.ordering.models import Order, Shipment
from renmai.payments.models import Payment, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.plays.bargain import actions as bargain
from renmai.plays.flash import actions as flash
from renmai.plays.flash.models import Ticket
from renmai.plays.groupbuy.models import Group

if TYPE_CHECKING:
    from renmai.demo.world import World

REFUSED: Final = frozenset({"catalogue.sold_out", "ordering.sold_out", "groupbuy.already_in", "groupbuy.full", "groupbuy.over"})
"""What ends a wish without anybody's fault: that happens in shops."""

PACKED_AFTER: Final = timedelta(hours=18)
LOOKED_AT_AGAIN: Final = timedelta(hours=12)
HELPERS: Final = 3


class TakingPart:
    """People and plays. ``draw`` belongs to the plays alone, so that what happens outside of them stays as it was."""

    def __init__(self, world: "World", draw: Random) -> None:
        self.world = world
        self.draw = draw
        self._star: Member | None = None

    def star(self) -> Member:
        """Return the customer behind the demo's door, or who is likely to be: with her there is most to see."""
        if self._star is None:
            busiest = busiest_customer()
            found = (one for one in self.world.people if busiest is not None and one.user == busiest)
            self._star = next(found, self.world.people[0])
        return self._star

    def people(self, count: int) -> list[Member]:
        """Return some people of the world, without the star."""
        star = self.star()
        return self.draw.sample([one for one in self.world.people if one is not star], k=count)

    def user(self, member: Member) -> User:
        """Return her account; she signs up if she has none yet."""
        return sign_up(member, self.draw)

    def later(self, first_days: float, last_days: float, act: Callable[[], object]) -> None:
        """Let something happen between so many days from now, by daylight."""
        moment = clock.now() + timedelta(days=self.draw.uniform(first_days, last_days))
        self.world.agenda.note(by_daylight(moment), act)

    def buy(self, member: Member, sku: Sku, choice: Choice | None = None) -> Order | None:
        """Order one and pay what is due; it is packed within a day. None when it has gone in the meantime."""
        user = self.user(member)
        plays = (choice,) if choice else ()
        draft = CheckoutDraft(lines=(WantedLine(sku.pk, 1),), address_id=member.address_id, plays=plays)
        try:
            order = checkout.place_order(user, member.browser, draft, idempotency_key=ids.token(20))
        except DomainError as refused:
            if refused.code not in REFUSED:
                raise
            return None
        self.pay(member, order)
        return order

    def pay(self, member: Member, order: Order) -> None:
        """Pay what is due of an order: all of it, a deposit or the balance."""
        paying.start(self.user(member), order.number, return_url=f"/orders/{order.number}/paid/")
        trade = SandboxTrade.objects.get(number=Payment.objects.filter(reference=order.number).latest("pk").number)
        cashier.choose(trade.trade, cashier.Behaviour.PAY)
        self.note(PACKED_AFTER, lambda: self.ship(order))

    def ship(self, order: Order) -> None:
        """Send what waits to be sent; what is paid and held back for its play is looked at again."""
        parcels = Shipment.objects.filter(order=order, status=Shipment.Status.WAITING)
        if not parcels.exists() and Order.objects.filter(pk=order.pk, status=Order.Status.PAID).exists():
            self.note(LOOKED_AT_AGAIN, lambda: self.ship(order))
        for parcel in parcels.order_by("pk"):
            number = f"SF{self.draw.randint(10**11, 10**12 - 1)}"
            shipping.ship(self.world.staff["parcels"], parcel.pk, carrier="sf", tracking_number=number)

    def receive(self, member: Member, order: Order) -> None:
        """Confirm that it has come."""
        if Order.objects.filter(pk=order.pk, status=Order.Status.SHIPPED).exists():
            receiving.confirm(self.user(member), order.number)

    def gather(self, campaign: Campaign, offer: GroupOffer, sku: Sku, *, days: float) -> None:
        """Some groups fill, one waits for others still, one has waited in vain."""
        ends = {"full": (0.2, days * 0.6), "late": (0.1, days * 0.4), "open": (days - 0.6, days - 0.2)}
        for kind, (first, last) in ends.items():
            leader, *friends = self.people(offer.size if kind == "full" else 1)
            self.later(first, last, partial(self._open, campaign, sku, leader, friends))

    def join_first_group(self, campaign: Campaign, sku: Sku) -> None:
        """The star and a friend buy together."""
        (friend,) = self.people(1)
        self._open(campaign, sku, friend, [self.star()])

    def bargain(self, campaign: Campaign) -> None:
        """The star begins a bargain and some friends help."""
        begun = bargain.start(self.user(self.star()), campaign.pk)
        for place, friend in enumerate(self.people(HELPERS), 1):
            helps = partial(self._help, friend, begun.number)
            self.note(timedelta(hours=place), helps)

    def take_a_piece(self, member: Member, campaign: Campaign, sku: Sku) -> None:
        """Take a piece of a flash sale and buy it some minutes later."""
        self._use_soon(member, flash.grab(self.user(member), campaign.pk), sku)

    def stand_in_line(self, campaign: Campaign, sku: Sku, *, pieces: int) -> None:
        """More people than pieces: one piece is given up and goes to the first in line; the star waits on at its end."""
        first, *others = self.people(pieces)
        next_one, impatient, patient = self.people(3)
        unwanted = flash.grab(self.user(first), campaign.pk)
        for member in others:
            self.take_a_piece(member, campaign, sku)
        hoped_for = flash.grab(self.user(next_one), campaign.pk)
        given_up = flash.grab(self.user(impatient), campaign.pk)
        for member in (patient, self.star()):
            flash.grab(self.user(member), campaign.pk)
        self.note(timedelta(minutes=2), lambda: flash.leave(self.user(impatient), given_up.number))
        self.note(timedelta(minutes=4), lambda: flash.leave(self.user(first), unwanted.number))
        self.note(timedelta(minutes=5), lambda: self._use_soon(next_one, hoped_for, sku))

    def book(self, member: Member, campaign: Campaign, sku: Sku, *, balance_at: datetime | None = None) -> None:
        """Pay the deposit of a pre-sale, and the balance at its time, or not yet."""
        order = self.buy(member, sku, Choice("presale", campaign.pk))
        if order is not None and balance_at is not None:
            self.world.agenda.note(balance_at, partial(self.pay, member, order))

    def note(self, wait: timedelta, act: Callable[[], object]) -> None:
        """Let something happen after ``wait``."""
        self.world.agenda.note(clock.now() + wait, act)

    def _use_soon(self, member: Member, ticket: Ticket, sku: Sku) -> None:
        choice = Choice("flash", ticket.campaign_id, ticket.number)
        self.note(timedelta(seconds=self.draw.randint(40, 300)), lambda: self.buy(member, sku, choice))

    def _open(self, campaign: Campaign, sku: Sku, leader: Member, friends: list[Member]) -> None:
        order = self.buy(leader, sku, Choice("groupbuy", campaign.pk))
        if order is None:
            return
        number = Group.objects.values_list("number", flat=True).get(seats__order=order)
        for place, friend in enumerate(friends, 1):
            join = partial(self.buy, friend, sku, Choice("groupbuy", campaign.pk, number))
            self.note(timedelta(hours=place * 2), join)

    def _help(self, friend: Member, number: str) -> None:
        bargain.help_cut(self.user(friend), number)
