"""What customers of the demo's world do: look, buy, pay, receive, praise, claim, come back."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from renmai.accounts.actions import visitor
from renmai.accounts.models import User, Visitor
from renmai.demo.agenda import Act, Agenda
from renmai.demo.cast import Member, sign_up
from renmai.demo.goods.aftersales import ORDER_NOTES, reasons_fitting
from renmai.demo.goods.reviews import reviews_fitting
from renmai.demo.saying import Sayings
from renmai.demo.stocking import Ware
from renmai.insight.actions import record_view
from renmai.insight.experiments.queries import variant
from renmai.insight.portraits.queries import fulfils
from renmai.insight.stream.actions import ingest
from renmai.insight.stream.wire import read_batch
from renmai.journeys import after_sale, cancelling, checkout, paying, receiving
from renmai.journeys.checkout import CheckoutDraft, WantedLine
from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.ordering.actions import shipping
from renmai.ordering.actions.reviews import write_review
from renmai.ordering.models import AfterSale, Order, OrderLine, Shipment
from renmai.payments.models import Payment, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.sharing.actions import record_visit, share
from renmai.sharing.models import Share

PHONE_BROWSER = "Mozilla/5.0 (iPhone) MicroMessenger/8.0"
STARS = {5: 62, 4: 25, 3: 8, 2: 5}
CASHIER: dict[Behaviour | None, int] = {
    Behaviour.PAY: 88,
    Behaviour.NOTIFY_TWICE: 2,
    Behaviour.NEVER_NOTIFY: 2,
    Behaviour.REFUSE: 2,
    None: 6,
}
"""How payments go, in hundredths; None never reaches the cashier."""

BUYS_WHAT_SHE_LIKES, BUYS_ANYTHING, BUYS_ON_HER_OWN = 0.2, 0.06, 0.3
SIGNS_UP_ANYWAY, PASSES_ON = 0.25, 0.18
PICKS_UP, WANTS_INVOICE, WRITES_NOTE = 0.03, 0.05, 0.15
CANCELS_AT_ONCE, CONFIRMS, REVIEWS, CLAIMS, IS_REJECTED = 0.5, 0.7, 0.5, 0.09, 0.08
MORNING = 7
CHINA = timedelta(hours=8)
REASON_CODES = {
    "missing": "wrong_goods",
    "not_received": "not_arrived",
    "wrong_item": "wrong_goods",
    "size": "wrong_choice",
    "change_of_mind": "no_longer_wanted",
    "better_price": "no_longer_wanted",
    "allergy": "other",
}
"""The goods' own reasons among those the shop's form offers."""

Recommend = Callable[[Member, Ware, Share], None]


class Customers:
    """The habits of all customers. ``staff`` are the people behind the counter by username."""

    def __init__(self, agenda: Agenda, draw: Random, *, staff: dict[str, User], wares: dict[int, Ware], sayings: Sayings) -> None:
        self.agenda = agenda
        self.draw = draw
        self.staff = staff
        self.wares = wares
        self.sayings = sayings

    def open_link(self, member: Member, link: Share, ware: Ware, *, pass_on: Recommend) -> None:
        """Open a shared link; look, perhaps sign up, perhaps buy, perhaps pass it on later."""
        browser = member.browser or visitor(None)
        user = member.user
        record_visit(link, browser, user=user, user_agent=PHONE_BROWSER)
        record_view(browser, user, product_id=ware.product.pk, funnel="social", share_id=link.pk)
        member.came_through = link
        likes = ware.source.category in member.tastes
        if self.draw.random() < (BUYS_WHAT_SHE_LIKES if likes else BUYS_ANYTHING):
            sign_up(member, self.draw, browser=browser)
            self._soon(1, 25, lambda: self.buy(member, [ware], funnel="social"))
            if self.draw.random() < PASSES_ON:
                self._soon(60 * 24 * 4, 60 * 24 * 9, lambda: pass_on(member, ware, link))
        elif user is None and self.draw.random() < SIGNS_UP_ANYWAY:
            sign_up(member, self.draw, browser=browser)
        self.sayings.after_opening(user, link, likes=likes)

    def drop_in(self, member: Member, choice: list[Ware], *, funnel: str) -> None:
        """Come without a link: search or browse, look at a few things, perhaps buy one."""
        user = sign_up(member, self.draw)
        if member.browser is None:
            raise AssertionError("whoever has signed up has a browser")
        variant("home.shelf", user=user, visitor=member.browser.pk, belongs=fulfils)  # the home page is where she comes in
        if funnel == Order.Funnel.SEARCH and choice:
            _search(member.browser, user, choice)
        for ware in choice:
            record_view(member.browser, user, product_id=ware.product.pk, funnel=funnel)
        if self.draw.random() < BUYS_ON_HER_OWN:
            self._soon(2, 90, lambda: self.buy(member, choice[-self.draw.randint(1, 2) :], funnel=funnel))

    def buy(self, member: Member, wanted: list[Ware], *, funnel: str) -> None:
        """Place an order and go to the cashier. Finding a thing sold out ends it: that happens in shops."""
        user = sign_up(member, self.draw)
        lines = tuple(WantedLine(self.draw.choice(ware.skus).pk, self.draw.choice([1, 1, 1, 2])) for ware in wanted)
        notes = [note.text.zh for note in ORDER_NOTES if note.suits(wanted[0].source)]
        draft = CheckoutDraft(
            lines=lines,
            address_id=member.address_id,
            delivery="pickup" if self.draw.random() < PICKS_UP else "parcel",
            invoice_title=member.person.name.zh if self.draw.random() < WANTS_INVOICE else "",
            note=self.draw.choice(notes) if notes and self.draw.random() < WRITES_NOTE else "",
            funnel=funnel,
        )
        try:
            order = checkout.place_order(user, member.browser, draft, idempotency_key=ids.token(20))
        except DomainError as refused:
            if refused.code not in {"catalogue.sold_out", "ordering.sold_out"}:
                raise
            return
        self.agenda.note(clock.now() + timedelta(minutes=self.draw.randint(1, 6)), lambda: self.pay(member, order))

    def pay(self, member: Member, order: Order) -> None:
        """Pay at the cashier, or be refused, or think better of it."""
        user = sign_up(member, self.draw)
        behaviour = self.draw.choices(list(CASHIER), weights=list(CASHIER.values()))[0]
        if behaviour is None:
            if self.draw.random() < CANCELS_AT_ONCE:
                cancelling.cancel(user, order.number)
            return
        paying.start(user, order.number, return_url=f"/orders/{order.number}/paid/")
        cashier.choose(_trade(order), behaviour)
        if behaviour != Behaviour.REFUSE:
            self._soon(60 * 7, 60 * 46, lambda: self.ship(member, order))

    def ship(self, member: Member, order: Order) -> None:
        """The suppliers send what still waits; most customers confirm, the others are left to the timer."""
        if order.delivery == Order.Delivery.PICKUP:
            if _status(order) == Order.Status.PAID:
                receiving.hand_over(self.staff["parcels"], order.number, code=shipping.pickup_code(order))
            return
        for parcel in Shipment.objects.filter(order=order, status=Shipment.Status.WAITING).order_by("pk"):
            number = f"SF{self.draw.randint(10**11, 10**12 - 1)}"
            shipping.ship(self.staff["parcels"], parcel.pk, carrier="sf", tracking_number=number)
        if self.draw.random() < CONFIRMS:
            self._soon(60 * 40, 60 * 120, lambda: self.receive(member, order))

    def receive(self, member: Member, order: Order) -> None:
        """Confirm receipt; praise most things, claim a few."""
        if _status(order) != Order.Status.SHIPPED:
            return
        receiving.confirm(sign_up(member, self.draw), order.number)
        for line in OrderLine.objects.filter(order=order).order_by("pk"):
            chance = self.draw.random()
            if chance < REVIEWS:
                self._soon(30, 60 * 30, partial(self.review, member, line))
            elif chance > 1 - CLAIMS:
                self._soon(60, 60 * 60, partial(self.claim, member, order, line))

    def review(self, member: Member, line: OrderLine) -> None:
        """Say what she thinks of it, with stars."""
        stars = self.draw.choices(list(STARS), weights=list(STARS.values()))[0]
        fitting = [one for one in reviews_fitting(self.wares[line.product_id_at_order].source) if one.rating == stars]
        write_review(sign_up(member, self.draw), line.pk, rating=stars, text=self.draw.choice(fitting).text.zh)

    def claim(self, member: Member, order: Order, line: OrderLine) -> None:
        """Ask for the money or another one; the staff answer within a day."""
        source = self.wares[line.product_id_at_order].source
        reason = self.draw.choice(
            [one for one in reasons_fitting(source) if one.kind != "refund"] or list(reasons_fitting(source))
        )
        draft = after_sale.AfterSaleDraft(
            order_number=order.number,
            order_line_id=line.pk,
            kind=reason.kind,
            quantity=1,
            reason=REASON_CODES.get(reason.code, reason.code),
            is_quality_issue=reason.is_quality_issue,
            note=self.draw.choice(reason.notes_for(source)).text.zh,
        )
        number = after_sale.request(sign_up(member, self.draw), draft, idempotency_key=ids.token(20)).number
        self._soon(60 * 2, 60 * 26, lambda: self.answer(member, number))

    def answer(self, member: Member, number: str) -> None:
        """Customer service decides; goods that come back are looked at, and replaced where a replacement was asked."""
        decider = self.staff["care"]
        if self.draw.random() < IS_REJECTED:
            after_sale.reject(decider, number, answer="照片里看不出问题，麻烦补几张开箱照，我们再看。")
            return
        after_sale.approve(decider, number)
        if AfterSale.objects.get(number=number).status == AfterSale.Status.AWAITING_RETURN:
            self._soon(60 * 5, 60 * 40, lambda: self.send_back(member, number))

    def send_back(self, member: Member, number: str) -> None:
        """Post the goods; they arrive some days later."""
        tracking = f"YT{self.draw.randint(10**12, 10**13 - 1)}"
        after_sale.send_back(sign_up(member, self.draw), number, carrier="yto", tracking_number=tracking)
        self._soon(60 * 40, 60 * 90, lambda: self.take_back(member, number))

    def take_back(self, member: Member, number: str) -> None:
        """The goods are back: refund, or send another one."""
        claim = after_sale.receive_back(self.staff["care"], number)
        parcel = Shipment.objects.filter(after_sale=claim, status=Shipment.Status.WAITING).first()
        if parcel is not None:
            shipping.ship(
                self.staff["parcels"], parcel.pk, carrier="sf", tracking_number=f"SF{self.draw.randint(10**11, 10**12 - 1)}"
            )
            self._soon(60 * 40, 60 * 90, lambda: after_sale.confirm_replacement(sign_up(member, self.draw), number))

    def pass_on(self, member: Member, ware: Ware, link: Share, *, circle: list[Member], again: Recommend) -> None:
        """A satisfied customer gives the thing to some friends through a link of her own."""
        user = sign_up(member, self.draw)
        own = share(user, kind=Share.Kind.PRODUCT, shop=link.shop, product=ware.product, came_through=link)
        friends = [friend for friend in circle if friend is not member]
        for friend in self.draw.sample(friends, k=min(len(friends), self.draw.randint(1, 5))):
            self._soon(3, 60 * 20, partial(self.open_link, friend, own, ware, pass_on=again))

    def _soon(self, least_minutes: int, most_minutes: int, act: Act) -> None:
        moment = clock.now() + timedelta(minutes=self.draw.randint(least_minutes, most_minutes))
        self.agenda.note(by_daylight(moment), act)


def by_daylight(moment: datetime) -> datetime:
    """Move a moment of the China night (0 to 7 o'clock) to the morning after it."""
    return moment + timedelta(hours=MORNING) if (moment + CHINA).hour < MORNING else moment


def _trade(order: Order) -> str:
    number = Payment.objects.filter(reference=order.number).latest("pk").number
    return SandboxTrade.objects.get(number=number).trade


def _status(order: Order) -> str:
    return Order.objects.values_list("status", flat=True).get(pk=order.pk)


def _search(browser: Visitor, user: User, found: list[Ware]) -> None:
    """Search as her browser tells it."""
    now = int(clock.now().timestamp() * 1000)
    said = {"query": found[0].product.title_zh[:8], "found": len(found)}
    event = {"id": str(ids.derived("demo search", browser.pk, now)), "name": "searched", "v": 1, "at": now, "p": said}
    batch = read_batch(json.dumps({"sent": now, "events": [event]}).encode())
    ingest(batch, visitor=browser.pk, user=user, user_agent=PHONE_BROWSER)
