"""A street full of things to knock at: one of every object that an operation can name, and one of every kind of person."""

import base64
import io
from dataclasses import dataclass, field, replace
from datetime import timedelta

from PIL import Image

from renmai.accounts.actions import Purpose, give_consent
from renmai.accounts.models import Role, User, Visitor
from renmai.accounts.tests.factories import make_address, make_member, make_staff
from renmai.alerts.models import BrowseAlert
from renmai.api.tests.world import Program, Selling, program_of, selling, settle_down
from renmai.campaigns.plays import play
from renmai.campaigns.scenes.actions import SceneInput, compose_scene, publish_scene
from renmai.campaigns.terms import defaults
from renmai.campaigns.tests.fakes import running_campaign
from renmai.campaigns.tests.held import held_reward
from renmai.care.actions import notify
from renmai.catalogue.actions import add_picture, add_synonym, apply_feed, toggle_favourite
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.content import actions as content
from renmai.content.actions import PostInput, Target, TopicInput
from renmai.content.models import Post
from renmai.distribution.actions import request_withdrawal, review_withdrawal
from renmai.distribution.models import CommissionEntry
from renmai.distribution.tax import china_date
from renmai.insight import actions as insight
from renmai.insight.experiments import actions as experiments
from renmai.insight.experiments.tests.trying import SHELF
from renmai.insight.portraits import actions as portraits
from renmai.insight.portraits.models import Correction, Interest
from renmai.insight.stream.models import Merge
from renmai.journeys import after_sale, receiving, signing_in
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests import world
from renmai.journeys.tests.clips import film
from renmai.journeys.tests.posts import official
from renmai.journeys.tests.world import Customer
from renmai.kernel import clock
from renmai.kernel.ids import new_uuid
from renmai.kernel.models import Alert
from renmai.kernel.outbox import raise_alert
from renmai.matching import segment_lists, selections
from renmai.matching.library.moments import BANDS
from renmai.matching.selections import Entry, Why
from renmai.ordering.actions.reviews import write_review
from renmai.ordering.actions.shipping import pickup_code
from renmai.ordering.actions.suggesting import suggest
from renmai.ordering.models import CartLine, Order, OrderLine, Shipment
from renmai.payments import actions as payments
from renmai.payments.models import Refund
from renmai.policy.actions import change_setting
from renmai.programs.actions import add_webhook, create_token
from renmai.programs.models import WebhookDelivery
from renmai.sharing.actions import lift_pause, pause_sharer, record_visit, share, write_voice
from renmai.sharing.models import Share
from renmai.trust import actions as trust
from renmai.trust.pledges import Outcome, Pledge
from tools.testing.moving_clock import MovingClock
from tools.testing.plays import of_plays

GUEST, MEMBER, OTHER, AGENT = "guest", "member", "other", "agent"
STAFF = tuple(role.value for role in Role)
EVERYBODY = (GUEST, MEMBER, OTHER, AGENT, *STAFF)


@dataclass
class Street:
    """The programs of everybody by who they are, and what paths and bodies name."""

    programs: dict[str, Program] = field(default_factory=dict)
    names: dict[str, object] = field(default_factory=dict)


def a_picture() -> str:
    """A small picture as base64."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "#c93f22").save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def build(clock_: MovingClock) -> Street:
    """Build the street. Everything is made by the same actions as in life."""
    shop = selling(2)
    member = make_member()
    who = Customer(member, Visitor.objects.create(user=member, joined_at=clock.now()), make_address(member).pk)
    street = Street()
    link = share(shop.agent.user, kind="product", shop=shop.shop, product=shop.skus[0].product)
    record_visit(link, who.visitor, user=member)
    sku = shop.skus[0]
    earned = world.buy(who, [(sku, 10)])
    world.ship_all(shop.owner, earned)
    receiving.confirm(member, earned.number)
    settle_down()
    clock_.advance(days=9)
    settle_down()
    _said_and_done(street, shop, member, earned)
    street.names |= _money(shop.agent.user, shop.owner)
    street.names |= _orders(who, shop.owner, sku_id=sku.pk)
    notify(member.pk, "order_paid", details={"order": earned.number, "amount": 1}, link=f"order:{earned.number}", cause="street")
    street.names |= {
        "sku": sku.pk,
        "product": sku.product_id,
        "second": shop.skus[1].product_id,
        "draft": make_sku(make_product(listed=False)).product_id,
        "shop": shop.shop.code,
        "share": link.code,
        "address": who.address_id,
        "cart_line": CartLine.objects.create(visitor=who.visitor, user=member, sku=sku, quantity=1, seen_price_fen=1).pk,
        "message": member.messages.latest("pk").pk,
        "token": create_token(member, name="of the member")[0].pk,
        "agent": shop.agent.pk,
        "entry": CommissionEntry.objects.filter(agent=shop.agent).latest("pk").pk,
        "category": sku.product.category_id,
        "colleague": make_staff(Role.ANALYST).pk,
        "leaver": make_member("要走的人").pk,
        "picture": a_picture(),
        "code": code_for("13900000000"),
    }
    street.names |= (
        _webhook(shop.owner) | _campaigns() | _scene(shop.owner) | _portrait(shop.owner, member) | _experiments(shop.owner)
    )
    street.names["held_reward"] = held_reward().pk
    street.names |= _content(shop.owner, member, sku.product_id)
    street.names |= _trust(member, link, owner=shop.owner) | _lingering(member, link)
    _lists(shop)
    for furnish in of_plays("furnish"):
        street.names |= furnish(street)
    people = {MEMBER: member, OTHER: make_member(), AGENT: shop.agent.user} | {role.value: make_staff(role) for role in Role}
    street.programs = {name: _used(program_of(person)) for name, person in people.items()} | {GUEST: Program()}
    return street


def _lists(shop: Selling) -> None:
    """Recommended goods, and posts for the agent, as the worker keeps them."""
    product = shop.skus[0].product
    for audience, subject in (("agent", shop.agent.user_id), ("everybody", 0), ("safe", 0)):
        selections.keep(audience, subject, [Entry(product.pk, (Why("popular", 0, 3),))], strategy="popular")
    post = official(product)
    for audience, part in (("library", 0), *(("moment", band + 1) for band in range(BANDS))):
        selections.keep(audience, shop.agent.user_id, [Entry(post.pk, (Why("new", 0, 7),))], strategy="library", part=part)


def _said_and_done(street: Street, shop: Selling, member: User, earned: Order) -> None:
    """What lists are about: words, reviews, pictures, feeds, agreements, settings of the past, alerts."""
    product_id, picture = shop.skus[0].product_id, base64.b64decode(a_picture())
    write_voice(shop.shop, product_id=product_id, voice="我家一直喝这个")
    write_review(member, OrderLine.objects.get(order=earned).pk, rating=5, text="很好", pictures=[picture])
    added = add_picture(shop.owner, product_id, picture)
    supplier = shop.skus[0].product.supplier_id
    apply_feed(shop.owner, supplier, f"sku_code,on_hand\n{shop.skus[0].code},500\nunknown,1\n")
    street.names["synonym"] = add_synonym(shop.owner, word="龙井", other="明前茶").pk
    give_consent(member, Purpose.TERMS)
    toggle_favourite(member, product_id)
    insight.record_view(Visitor.objects.filter(user=member)[0], member, product_id=product_id, funnel="search")
    change_setting(shop.owner, "stock.low", value=6, reason="as a test")
    raise_alert("stock.street", "street", "look at it")
    street.names |= {"earned": earned.number, "supplier": supplier, "picture_id": added.pk, "member": member.pk}
    street.names["alert"] = Alert.objects.get(code="stock.street").pk


def _portrait(owner: User, member: User) -> dict[str, object]:
    """The member's portrait from her orders, with something she took out of it, and a segment with its list."""
    portraits.refresh([member.pk])
    taste = Interest.objects.filter(user=member, facet="category").exclude(value="").order_by("value")[0]
    correction = Correction.objects.create(user=member, facet="price", value="500-up")
    conditions = [{"field": "orders", "comparison": "at_least", "values": ["1"]}]
    segment = portraits.compose(owner, name="All who bought", match="all", conditions=conditions)
    borrowed = Merge.objects.create(visitor_id=new_uuid(), user_id=member.pk)
    segment_lists.begin(owner, segment.pk)
    names = {"taste": taste.value, "correction": correction.pk, "segment": segment.pk}
    return names | {"browser": str(borrowed.visitor_id)}


def _trust(member: User, link: Share, *, owner: User) -> dict[str, object]:
    """A word of the member about the agent's link, somebody she muted, a pledge to the agent, a pause that is over and one that holds."""
    said = trust.say(member, link, "useful")
    friend, paused, muted = make_member(), make_member(), make_member()
    trust.mute(member, muted.pk)
    trust.note_outcomes([Outcome(Pledge.PAYOUT, "withdrawal:street", link.sharer_id, is_kept=True, at=clock.now())])
    until = clock.now() + timedelta(days=30)
    hers = pause_sharer(member.pk, until=until, reason="complaint", evidence="feedback:before")
    lift_pause(owner, hers.pk, reason="no fault of hers")
    return {
        "feedback": said.pk,
        "sharer": link.sharer_id,
        "friends_share": share(friend, kind="product", shop=None, product=link.product).code,
        "pause": pause_sharer(paused.pk, until=until, reason="complaint", evidence="feedback:street").pk,
    }


def _lingering(member: User, link: Share) -> dict[str, object]:
    """The member, who agreed that her agent hears of it, lingers on a product."""
    for purpose in (Purpose.BROWSING, Purpose.AGENT_ALERTS):
        give_consent(member, purpose)
    now, shop, product = clock.now(), link.shop, link.product
    assert shop is not None
    assert product is not None
    told = BrowseAlert.objects.create(
        agent=link.sharer,
        shop=shop,
        customer=member,
        product=product,
        day=china_date(now),
        chance_basis_points=4200,
        evidence={"views": 2, "seconds": 120},
        browsed_at=now,
        received_at=now,
        due_at=now + timedelta(hours=2),
    )
    return {"browse_alert": told.pk}


def _content(owner: User, member: User, product_id: int) -> dict[str, object]:
    """The shop's post about the topic that the member follows, drafts of both, a post that waits for a look, and a suggestion."""
    writer, picture = make_staff(), base64.b64decode(a_picture())
    topic = content.add_topic(owner, TopicInput(slug="fruit", name_zh="水果"))
    given = PostInput(title="桃子怎么挑", text="看蒂头。", product_ids=[product_id], topic_ids=[topic.pk], pictures=[picture])
    doubtful = replace(given, text="全国第一的桃子，包治百病")
    seen = content.publish(writer, content.compose_official(writer, given))
    own, objected = content.compose(member, given), content.compose(member, doubtful)
    drafts = [content.compose_official(writer, each) for each in (given, doubtful)]
    waiting = content.compose_official(writer, given)
    moving = replace(given, video=io.BytesIO(film()))
    filmed = content.compose(member, moving), content.compose_official(writer, moving)
    Post.objects.filter(pk=waiting.pk).update(status=Post.Status.REVIEW, needed_look=True)
    content.follow(member, Target.of_topic(topic))
    return {
        "post": seen.number,
        "post_id": seen.pk,
        "post_own": own.number,
        "post_own_picture": own.pictures.get().pk,
        "post_objected": objected.number,
        "post_draft": drafts[0].pk,
        "post_draft_picture": drafts[0].pictures.get().pk,
        "post_draft_objected": drafts[1].pk,
        "post_waiting": waiting.pk,
        "post_own_filmed": filmed[0].number,
        "post_draft_filmed": filmed[1].pk,
        "topic": topic.pk,
        "follow": member.follows.get().pk,
        "suggestion": suggest(member, product_id, "A handle would help to carry it.").pk,
    }


def _campaigns() -> dict[str, object]:
    """One campaign in each state in which something can be done to it."""
    terms = defaults(play("coupon"))
    states = {"campaign": "draft", "campaign_waiting": "review", "campaign_running": "launched", "campaign_paused": "paused"}
    names = {name: running_campaign("coupon", terms=terms, status=status).pk for name, status in states.items()}
    objected = running_campaign("coupon", terms=terms, status="draft", copy_zh="转发到群里就能领红包")
    return {**names, "campaign_objected": objected.pk}


def _scene(owner: User) -> dict[str, object]:
    """One landing page that customers see."""
    blocks = [{"kind": "headline", "text_zh": "秋天的茶"}]
    scene = publish_scene(owner, compose_scene(owner, SceneInput(slug="autumn-tea", title_zh="秋茶节", blocks=blocks)))
    return {"scene_id": scene.pk, "scene_published": scene.slug}


def _experiments(owner: User) -> dict[str, object]:
    """Compose an experiment, and start another that one agent in ten thousand would be in, so that nobody's pages change."""
    nearly_nobody = replace(
        SHELF,
        switches={"share.message": ("plain", "voice")},
        unit="agent",
        metric="openings",
        guardrails=(),
        layer_basis_points=100,
        traffic_basis_points=100,
    )
    running_one = experiments.start(owner, experiments.compose(owner, nearly_nobody))
    return {"experiment": experiments.compose(owner, SHELF).pk, "experiment_running": running_one.pk}


def code_for(phone: str) -> str:
    """A sign-in code on its way to ``phone``."""
    from renmai.channels.models import OutgoingText

    signing_in.send_code(phone, ip_address="127.0.0.1")
    body = OutgoingText.objects.filter(phone=phone).latest("pk").body
    return "".join(char for char in body if char.isdigit())[:6]


def _used(program: Program) -> Program:
    """Note the first use of a key now, so that later requests find nothing to note."""
    program.get("/me")
    return program


def _money(agent: User, owner: User) -> dict[str, object]:
    asked = request_withdrawal(agent, amount_fen=1000, idempotency_key="asked-001")
    reviewed = request_withdrawal(agent, amount_fen=1100, idempotency_key="asked-002")
    review_withdrawal(owner, reviewed.pk)
    return {"asked": asked.pk, "reviewed": reviewed.pk}


def _claim(who: Customer, order: Order, kind: str) -> str:
    line = OrderLine.objects.get(order=order)
    draft = AfterSaleDraft(order.number, line.pk, kind, 1, "damaged")
    return after_sale.request(who.user, draft, idempotency_key=f"claim-{order.number[-6:]}").number


def _orders(who: Customer, owner: User, *, sku_id: int) -> dict[str, object]:
    from renmai.catalogue.models import Sku

    sku = Sku.objects.get(pk=sku_id)
    placed = world.place(who, [(sku, 1)])
    waiting = world.buy(who, [(sku, 1)])
    shipped = [world.ship_all(owner, world.buy(who, [(sku, 1)])) for _number in range(4)]
    received = receiving.confirm(who.user, shipped[1].number)
    requested, awaiting = _claim(who, shipped[2], "return"), _claim(who, shipped[3], "return")
    after_sale.approve(owner, awaiting)
    pickup = world.buy(who, [(sku, 1)], delivery="pickup")
    return {
        "placed": placed.number,
        "waiting": waiting.number,
        "shipped": shipped[0].number,
        "received": received.number,
        "received_line": OrderLine.objects.get(order=received).pk,
        "waiting_line": OrderLine.objects.get(order=waiting).pk,
        "requested": requested,
        "awaiting": awaiting,
        "pickup": pickup.number,
        "pickup_code": pickup_code(pickup),
        "parcel": Shipment.objects.get(order=waiting).pk,
        "parcel_on_its_way": Shipment.objects.get(order=shipped[0]).pk,
        "refund": _failed_refund(who, world.buy(who, [(sku, 1)])).pk,
    }


def _failed_refund(who: Customer, order: Order) -> Refund:
    """A refund of a claim that the provider could not carry out."""
    _claim(who, order, "refund")
    refund = Refund.objects.get(payment__reference=order.number)
    no = payments.Answer(
        subject=payments.Subject.REFUND,
        number=refund.number,
        outcome=payments.Outcome.FAILED,
        provider_id="refused",
        amount_fen=refund.amount_fen,
        currency=refund.payment.currency,
    )
    payments.finish_refund("sandbox", no)
    return refund


def _webhook(owner: User) -> dict[str, object]:
    endpoint = add_webhook(owner, url="https://erp.example/hooks", events=["ordering.OrderPaid"])
    dead = WebhookDelivery.objects.create(
        endpoint=endpoint, event_name="ordering.OrderPaid", payload={}, status="dead", due_at=clock.now()
    )
    return {"webhook": endpoint.pk, "delivery": str(dead.pk)}
