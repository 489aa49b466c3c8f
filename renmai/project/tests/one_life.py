"""One person who did everything, under marks that nothing else bears: what is left of her after she leaves can be searched for."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from PIL import Image

from renmai.accounts import actions as accounts
from renmai.accounts.actions import Purpose
from renmai.accounts.inputs import AddressInput
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import NANSHAN, make_member, make_staff
from renmai.campaigns.models import TermsVersion
from renmai.campaigns.plays import play
from renmai.campaigns.tests.fakes import running_campaign
from renmai.catalogue.models import Favourite, Product, Sku
from renmai.channels.actions import send_sign_in_code
from renmai.content import actions as content
from renmai.content.actions import PostInput
from renmai.distribution.actions import AgentApplication
from renmai.fraud import actions as fraud
from renmai.insight.actions import record_view
from renmai.insight.portraits import actions as portraits
from renmai.insight.stream.tests.happenings import happened
from renmai.journeys import after_sale, joining
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.holdings import holdings
from renmai.journeys.tests.lives import happen, keep
from renmai.journeys.tests.world import Customer, agent_with_shop, buy, goods, lines
from renmai.kernel import clock, ids
from renmai.matching.models import Selection
from renmai.ordering.actions import reviews, suggesting
from renmai.ordering.models import AfterSale
from renmai.policy.rules import Occupation
from renmai.programs.actions import create_token
from renmai.sharing import actions as sharing
from renmai.sharing.actions import ShopInput
from renmai.sharing.models import Share, Shop
from renmai.trust import actions as trust

HER: Final = 987_654_321
PHONE: Final = "13987650123"
WORD: Final = "Qivvex"
"""In her name, her street, her words: wherever somebody writes."""

LOOKED: Final = "zorblat"
"""What she searched for, and nothing else."""


def picture(colour: str) -> bytes:
    """An upload of hers."""
    buffer = io.BytesIO()
    Image.new("RGB", (20, 10), colour).save(buffer, "PNG")
    return buffer.getvalue()


def any_row(table: type[models.Model], /, **given: Any) -> Any:
    """Write a row with ``given`` and whatever else it cannot be without: a table is searched, not its rules tried."""
    values: dict[str, Any] = {}
    for field in table._meta.concrete_fields:
        if field.name in given or field.attname in given or field.has_default() or field.null or field.auto_created:
            continue
        values[field.name] = _value(field)
    return table._default_manager.create(**{**values, **given})


def _value(field: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return any_row(field.related_model)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return clock.now()
    if isinstance(field, models.DateField):
        return clock.now().date()
    if isinstance(field, models.UUIDField):
        return ids.new_uuid()
    if isinstance(field, models.JSONField):
        return []
    return 1 if isinstance(field, models.IntegerField | models.FloatField) else ids.token(min(8, field.max_length or 8))


class OneLife:
    """She, her agent, and a friend; ``marks`` are the texts that name her."""

    def __init__(self) -> None:
        self.user = User.objects.create(pk=HER, phone=PHONE, display_name=f"齐薇 {WORD}", password="!")
        self.guest, self.browser = accounts.visitor(None), accounts.visitor(None)
        self.agent, self.shop = agent_with_shop()
        self.friend = make_member("朋友")
        self.sku: Sku = goods(stock=40)[0]
        self.marks = [
            WORD,
            PHONE,
            LOOKED,
            *(form(each.pk) for each in (self.guest, self.browser) for form in (str, lambda key: key.hex)),
        ]
        self._as_somebody()
        self._as_customer()
        self._in_public()
        self._as_agent()
        self._in_plays()
        self._unseen()
        happen()

    @property
    def product(self) -> Product:
        return self.sku.product

    def _as_somebody(self) -> None:
        for purpose in (Purpose.BROWSING, Purpose.AGENT_ALERTS, Purpose.RECOMMENDATIONS):
            accounts.give_consent(self.user, purpose)
        for each in (self.guest, self.browser):
            accounts.join_visitor(self.user, each)
        accounts.note_sign_in(self.user, device=f"{WORD}-device", label=f"{WORD} phone", ip_address="203.0.113.9")
        issued = accounts.request_code(PHONE, ip_address="203.0.113.9")
        send_sign_in_code(PHONE, issued.code)
        create_token(self.user, name=f"{WORD} token")
        given = AddressInput(f"{WORD} Roe", PHONE, NANSHAN, f"{WORD} lane 77", is_default=True)
        self.who = Customer(self.user, Visitor.objects.get(pk=self.browser.pk), accounts.save_address(self.user, given).pk)

    def _as_customer(self) -> None:
        link = sharing.share(self.shop.owner, kind=Share.Kind.SHOP, shop=self.shop)
        sharing.record_visit(link, self.who.visitor, user=self.user)
        self.kept = keep(buy(self.who, [(self.sku, 1)], note=f"{WORD} rings twice", invoice_title=f"{WORD} Ltd"))
        reviews.write_review(self.user, lines(self.kept)[0].pk, rating=5, text=f"{WORD} likes it", pictures=[picture("green")])
        suggesting.suggest(self.user, self.product.pk, f"{WORD} wants it smaller")
        bought = buy(self.who, [(self.sku, 1)])
        draft = AfterSaleDraft(
            bought.number, lines(bought)[0].pk, "refund", 1, "quality", note=f"{WORD} says no", pictures=(picture("red"),)
        )
        claim = after_sale.request(self.user, draft, idempotency_key="k")
        if claim.status == AfterSale.Status.REQUESTED:
            after_sale.approve(make_staff(), claim.number)
        happen()
        Favourite.objects.create(user=self.user, product=self.product)
        any_row(apps.get_model("ordering.CartLine"), visitor=self.who.visitor, user=self.user, sku=self.sku)
        trust.say(self.user, link, "useful")
        trust.complain(self.user, link, note=f"{WORD} is not amused")
        sharing.mute(receiver_id=HER, sharer_id=self.friend.pk)

    def _in_public(self) -> None:
        post = content.compose(
            self.user,
            PostInput(
                title=f"{WORD} 的桃子", text=f"{WORD} 每天吃一个", product_ids=[self.product.pk], pictures=[picture("blue")]
            ),
        )
        any_row(apps.get_model("content.PostVideo"), post=post, path=f"videos/ab/{WORD}.mp4")
        _write(f"videos/ab/{WORD}.mp4", b"her voice")
        official = content.publish(
            staff := make_staff(),
            content.compose_official(staff, PostInput(title="桃子", text="桃子怎么挑", product_ids=[self.product.pk])),
        )
        content.follow(self.user, content.Target.of_post(official))
        any_row(apps.get_model("content.Follow"), follower=self.friend, kind="author", author=self.user)
        content.record_visit(official, self.who.visitor, self.user)
        content.record_touch(self.who.visitor, self.user, number=official.number, product_id=self.product.pk)
        mine = sharing.share(self.user, kind=Share.Kind.PRODUCT, shop=self.shop, product=self.product)
        sharing.record_visit(mine, accounts.visitor(None), user=self.friend)
        any_row(apps.get_model("content.PostSale"), line=lines(self.kept)[0], order=self.kept, post=official)
        self.post, self.link = post, mine

    def _as_agent(self) -> None:
        person = AgentApplication(
            clock.now().date().replace(year=1991), Occupation.OTHER, f"{WORD} Real", has_agreed=True, payout_account=f"{WORD}@pay"
        )
        joined = joining.join(self.user, person, ShopInput(f"{WORD} shop"[:30], f"{WORD} voice"))
        item = sharing.choose_product(joined.shop, self.product, voice=f"{WORD} loves it")
        Shop.objects.filter(pk=item.shop_id).update(picture_path=f"pictures/ab/{WORD}-1200.webp")
        _write(f"pictures/ab/{WORD}-1200.webp", b"her face")
        agent = {"agent": joined.agent}
        self.paid = any_row(
            apps.get_model("distribution.Withdrawal"), **agent, status="paid", payee=f"{WORD}@pay", amount_fen=100, number="W-her"
        )
        any_row(apps.get_model("payments.Payout"), reference="W-her", payee=f"{WORD}@pay", status="succeeded", amount_fen=100)
        any_row(apps.get_model("distribution.TaxYear"), **agent)
        any_row(apps.get_model("distribution.CommissionEntry"), **agent)
        line = lines(self.kept)[0]
        any_row(apps.get_model("distribution.Commission"), **agent, order_line=line, depth=2, status="void")
        any_row(apps.get_model("distribution.LeaderTerm"), **agent, leader=self.agent)
        any_row(apps.get_model("distribution.LeaderTerm"), agent=self.agent, leader=joined.agent)
        sharing.bind(customer_id=self.friend.pk, shop_id=joined.shop.pk, reason="share_visit", evidence={})
        any_row(apps.get_model("trust.Tie"), sharer=self.user, receiver=self.friend)
        any_row(apps.get_model("trust.Feedback"), sharer=self.user, receiver=self.friend)
        any_row(
            apps.get_model("trust.PlatformEntry"), tie=any_row(apps.get_model("trust.PlatformTie"), agent=self.user), evidence="x"
        )

    def _in_plays(self) -> None:
        user, sku, order = {"user": self.user}, {"sku": self.sku}, {"order": self.kept}
        keys = ("coupon", "red_packet", "bargain", "groupbuy", "flash", "levels", "points")
        running = {key: running_campaign(key, terms={each.name: each.default for each in play(key).fields}) for key in keys}
        campaign = {"campaign": running["coupon"]}
        terms = TermsVersion.objects.get(campaign=running["groupbuy"])
        a, whole = apps.get_model, {"version": 1}
        any_row(a("coupon.Coupon"), **campaign, owner=self.user, terms=TermsVersion.objects.get(**campaign), nth=1)
        any_row(a("red_packet.Packet"), campaign=running["red_packet"], owner=self.user, place=1)
        bargain = any_row(a("bargain.Bargain"), campaign=running["bargain"], owner=self.user, **sku, helpers=0)
        any_row(a("bargain.Cut"), bargain=bargain, helper=self.user, campaign=running["bargain"])
        group = any_row(
            a("groupbuy.Group"),
            campaign=running["groupbuy"],
            terms=terms,
            **sku,
            leader=self.user,
            size=2,
            joined=1,
            expires_at=clock.now() + timedelta(days=1),
        )
        any_row(a("groupbuy.Seat"), **order, **user, campaign=running["groupbuy"], group=group, opens=True)
        any_row(a("flash.Ticket"), campaign=running["flash"], **user, **whole)
        any_row(a("invitation.InviteCode"), **user)
        past = clock.now() - timedelta(days=900)
        for inviter, invited in ((self.friend, self.user), (self.user, self.agent.user)):
            any_row(a("invitation.Invitation"), **campaign, inviter=inviter, invited=invited, inviter_joined_at=past)
        any_row(a("levels.Standing"), campaign=running["levels"], **user)
        any_row(a("points.Account"), **user, issued=5)
        any_row(a("points.Lot"), **user)
        any_row(a("points.Move"), **user, source="shop", target="available")
        any_row(a("points.Earning"), **order, **user, campaign=running["points"])
        any_row(a("points.Spending"), **order, **user, campaign=running["points"])
        any_row(a("presale.Booking"), **order, **user, **campaign)
        any_row(a("campaigns.Participation"), **order, **campaign)
        for beneficiary, brought in ((self.user, None), (self.friend, self.user)):
            any_row(
                a("campaigns.Reward"), **campaign, **order, beneficiary=beneficiary, brought=brought, amount=5, status="granted"
            )

    def _unseen(self) -> None:
        user, product = {"user": self.user}, {"product": self.product}
        a = apps.get_model
        record_view(self.who.visitor, self.user, product_id=self.product.pk, funnel="search")
        happened("searched", user=self.user, visitor=self.browser, query=f"{LOOKED} peaches", found=1)
        happened("searched", visitor=self.guest, query=f"{LOOKED} pears", found=1)
        happened("order_paid", user=self.user, order=1, fen=1, pieces=1)
        portraits.mark([HER], browsing=True)
        portraits.refresh_due(100)
        any_row(a("portraits.Correction"), **user)
        any_row(a("portraits.Interest"), **user)
        any_row(a("portraits.Withheld"), **user)
        portraits.mark([HER])
        model = any_row(a("value.FittedModel"))
        any_row(a("value.Worth"), **user, model=model, own_fen=1, value_fen=1)
        any_row(a("value.Worth"), user=self.friend, model=model, brought_by=self.user, own_fen=1, value_fen=1)
        experiment = any_row(a("experiments.Experiment"))
        any_row(a("experiments.Exposure"), experiment=experiment, **user, visitor_id=self.browser.pk)
        any_row(a("experiments.Exposure"), experiment=experiment, visitor_id=self.guest.pk)
        any_row(a("alerts.BrowseAlert"), agent=self.shop.owner, shop=self.shop, customer=self.user, **product)
        any_row(a("alerts.BrowseAlert"), agent=self.user, shop=self.shop, customer=self.friend, **product)
        for audience in (Selection.Audience.MEMBER, Selection.Audience.AGENT):
            any_row(Selection, audience=audience, subject_id=HER)
        any_row(a("matching.Verdict"), **user, **product)
        any_row(a("matching.Requirements"), **user)
        any_row(a("campaigns.SceneVisit"), visitor=self.who.visitor)
        any_row(a("insight.SeedAsk"), **user, campaign=running_campaign())
        any_row(a("sharing.Pause"), sharer=self.user, until=clock.now() + timedelta(days=1))
        any_row(a("sharing.Mute"), receiver=self.friend, sharer=self.user)
        any_row(a("trust.Sending"), sharer=self.shop.owner, receiver=self.user)
        any_row(a("trust.Sending"), sharer=self.user, receiver=self.friend)
        any_row(a("trust.Standing"), **user)
        any_row(a("ordering.ImportedBuyer"), **user, key=f"{WORD}-17")
        any_row(a("ordering.ImportedDocument"), order=self.kept)
        fraud.gather(500)


def unlived() -> list[str]:
    """Return the holdings of which she has no row: of those nothing would be proved."""
    return [each.name for each in holdings() if not each.rows([HER]).exists()]


def places_of(texts: list[str]) -> set[str]:
    """Return every column of every table in which one of these texts stands, whatever the column is made of."""
    wanted = [text.casefold() for text in texts]
    return {place for place, value in _cells() if isinstance(value, str) and any(text in value for text in wanted)}


def places_of_number(number: int) -> set[str]:
    """Return every column of every table in which the number stands, alone or within a text."""
    digits = str(number)
    return {place for place, value in _cells() if value == number or (isinstance(value, str) and digits in value)}


def _cells() -> Any:
    """Yield every value of the database as a number or a text in lower case, with the name of its column."""
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        for row in model._default_manager.values_list(*names).iterator(1000):
            for name, value in zip(names, row, strict=True):
                if value is not None and not isinstance(value, bool):
                    yield f"{model._meta.label}.{name}", value if isinstance(value, int) else _text(value)


def _text(value: Any) -> str:
    return (f"{value} {value.hex}" if isinstance(value, UUID) else str(value)).casefold()


def files_with(texts: list[str], number: int, home: Path) -> set[str]:
    """Return every file below ``home`` in whose name or content one of these stands; columns of event files are read, as they are packed."""
    import pyarrow.parquet as pq

    found = set()
    wanted = [text.casefold() for text in (*texts, str(number))]
    for path in (each for each in home.rglob("*") if each.is_file()):
        content = path.read_bytes().decode("latin-1") + str(path.relative_to(home))
        if path.suffix == ".parquet":
            content += str(pq.read_table(path).to_pylist())
        if any(text in content.casefold() for text in wanted):
            found.add(path.name)
    return found


def pictures_of(paths: list[str]) -> list[str]:
    """Return those uploads that are still there."""
    return [path for path in paths if (Path(settings.MEDIA_ROOT) / path).exists()]


def _write(path: str, content: bytes) -> None:
    file = Path(settings.MEDIA_ROOT) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
