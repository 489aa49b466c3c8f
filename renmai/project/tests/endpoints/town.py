"""One of every thing that an address can name, and one of every kind of person who may stand before it."""

import base64
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from renmai.accounts.models import Role, StaffRole, User, Visitor
from renmai.accounts.policies import PERMISSIONS, Permission
from renmai.accounts.tests.factories import PASSWORD, enrol, make_member, make_staff
from renmai.api.tests import street as streets
from renmai.api.tests.street import Street, a_picture
from renmai.campaigns.scenes import actions as scene_actions
from renmai.campaigns.scenes.actions import SceneInput
from renmai.catalogue.models import Category, Product, ProductPicture
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.content import actions as content
from renmai.content.actions import PostInput, Target, TopicInput
from renmai.content.models import Follow, Post
from renmai.distribution import actions as distribution
from renmai.distribution.models import Agent
from renmai.journeys.tests.clips import film
from renmai.journeys.tests.world import agent_with_shop
from renmai.kernel import clock
from renmai.ordering.actions.evidence import attach_to_claim, encode_pictures
from renmai.ordering.actions.suggesting import suggest
from renmai.ordering.models import AfterSale, EvidencePicture, Order, OrderLine
from renmai.payments.models import SandboxTrade
from renmai.policy.queries import clear_cache
from renmai.programs.actions import create_token
from renmai.programs.models import ApiToken
from renmai.project.tests.endpoints.table import ROWS, WORDS
from renmai.sharing.actions import pause_sharer, share
from renmai.sharing.models import Share
from renmai.trust import actions as trust
from renmai.web.console.tests import house as houses
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests import test_access as selling
from renmai.web.console.tests import test_running_access as running
from renmai.web.console.tests.house import House
from renmai.web.console.tests.scene import Scene
from tools.testing.moving_clock import MovingClock
from tools.testing.rows import AGENT, MEMBER, Row

GUEST, STOPPED = "guest", "stopped"


@dataclass
class Actor:
    """Somebody at a browser. ``kind`` is guest, member, agent, stopped (an agent who may not sell) or staff."""

    name: str
    client: Client
    kind: str = GUEST
    roles: frozenset[Role] = frozenset()
    user: User | None = None
    is_owner: str = ""
    """Whose things are hers: ``member`` or ``agent``."""

    def holds(self, permissions: tuple[Permission, ...]) -> bool:
        """Whether she is staff with one of ``permissions``, or simply staff when there are none."""
        return self.kind == "staff" and (not permissions or any(self.roles & PERMISSIONS[one] for one in permissions))


@dataclass
class Town:
    """Everything that stands there, under the names that rows use."""

    street: Street
    scene: Scene
    house: House
    names: dict[str, object]
    marks: tuple[str, ...]
    """Words that only the member, the agent, and staff who may, ever read."""

    actors: dict[str, Actor] = field(default_factory=dict)

    def address(self, name: str, words: tuple[str, ...], row: Row) -> dict[str, object]:
        """Return what stands for the words of an address."""
        section, _colon, door = name.partition(":")
        if section == "console" and door in selling.DOORS:
            return dict(zip(words, selling.DOORS[door].arguments(self.scene), strict=True))
        if section == "console" and door in running.DOORS:
            return dict(zip(words, running.DOORS[door].arguments(self.house), strict=True))
        return {word: self.names[row.words.get(word) or WORDS[word]] for word in words}

    def filled(self, value: object) -> Any:
        """Put the names of the town into a form."""
        if isinstance(value, Mapping):
            return {key: self.filled(part) for key, part in value.items()}
        if isinstance(value, str):
            for name in self.names:
                value = value.replace(f"{{{name}}}", str(self.names[name]))
        return value

    def good_form(self, name: str) -> dict[str, Any]:
        """Return a good request of a form."""
        section, _colon, door = name.partition(":")
        if section == "console" and door in selling.DOORS:
            make_selling = selling.DOORS[door].post
            return dict(make_selling(self.scene)) if make_selling else {}
        if section == "console" and door in running.DOORS:
            make_running = running.DOORS[door].fields
            return dict(make_running(self.house)) if make_running else {}
        return cast("dict[str, Any]", self.filled(ROWS[name].form))

    def outsiders(self) -> Iterator[Actor]:
        """Yield everybody to whom nothing of the member and the agent belongs, and who is no staff."""
        for actor in self.actors.values():
            if actor.kind != "staff" and not actor.is_owner:
                yield actor


def build(moving_clock: MovingClock) -> Town:
    """Build it, by the actions of the rooms."""
    scene = scenes.build(moving_clock)
    street = streets.build(moving_clock)
    house = houses.build()  # last: its webhook would want to be called
    member, agent = _people(street)
    marks = _mark(member, agent)
    names = dict(street.names) | _more_names(street, member)
    town = Town(street, scene, house, names, marks)
    for actor in (*_members(member, agent), *_agents(), *_staff(), *_nobodies(member, moving_clock)):
        town.actors[actor.name] = actor
    clear_cache()
    return town


def browser(user: User | None = None) -> Client:
    """A browser that has been here before, so that nothing is made on its first page; signed in as ``user`` if given."""
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def _people(street: Street) -> tuple[User, User]:
    order = Order.objects.get(number=street.names["waiting"])
    buyer = User.objects.get(pk=order.buyer_id)
    return buyer, ApiToken.objects.get(pk=_token_of(street, "agent")).user


def _token_of(street: Street, name: str) -> int:
    from renmai.programs.actions import token_hash

    return ApiToken.objects.get(token_hash=token_hash(street.programs[name].token)).pk


def _more_names(street: Street, member: User) -> dict[str, object]:
    from django.core import signing

    from renmai.web.storefront.views.buying_cart import UNDO_SALT

    unpicked = make_product()
    make_sku(unpicked)
    picture = ProductPicture.objects.get(pk=cast("int", street.names["picture_id"]))
    assert default_storage.exists(picture.path)
    return {
        "slug": Category.objects.get(pk=cast("int", street.names["category"])).slug,
        "unpicked": unpicked.pk,
        "trade": _open_trade(member, str(street.names["placed"])),
        "media": picture.path,
        "evidence": _evidence(str(street.names["requested"])),
        "door": "owner",
        "provider": "sandbox",
        "nothing": "v2/nothing",
        "motif": "tea-tin",
        "seed": 7,
        "width": 320,
        "illustration": "lost",
        **_scene(),
        **_posts(member, str(street.names["received"])),
        "alert": street.names["browse_alert"],
        **_friend(member, unpicked),
        "suggestion": suggest(member, unpicked.pk, "A smaller box would fit my shelf.").pk,
        "play": "coupon",
        "undo": signing.dumps([(street.names["sku"], 1, 0)], salt=UNDO_SALT),
    }


def _scene() -> dict[str, object]:
    """Publish a scene and return its names."""
    writer = make_staff(Role.OWNER, username="writer")
    given = SceneInput(slug="spring-tea", title_zh="春茶节", blocks=[{"kind": "headline", "text_zh": "春天的茶"}])
    scene = scene_actions.publish_scene(writer, scene_actions.compose_scene(writer, given))
    return {"scene": scene.pk, "scene_slug": scene.slug}


def _posts(member: User, received: str) -> dict[str, object]:
    """Let the shop and the member write, one waiting for a look; let the member follow a topic; return the names of it all."""
    writer = make_staff(Role.OWNER, username="poet")
    topic = content.add_topic(writer, TopicInput(slug="peaches", name_zh="桃子"))
    bought = OrderLine.objects.filter(order__number=received).values_list("product_id_at_order", flat=True)[0]
    given = PostInput(title="春茶到了", text="泡三道还有豆香。", product_ids=[bought], topic_ids=[topic.pk])
    official = content.publish(writer, content.compose_official(writer, given))
    draft = content.compose_official(writer, replace(given, pictures=[base64.b64decode(a_picture())]))
    filmed = content.compose_official(writer, replace(given, video=io.BytesIO(film())))
    shown = content.approve(
        make_staff(),
        content.publish(writer, content.compose_official(writer, replace(given, video=io.BytesIO(film(seconds=2))))),
        seen=1,
    )
    waiting = content.compose_official(writer, given)
    Post.objects.filter(pk=waiting.pk).update(status=Post.Status.REVIEW, needed_look=True)
    content.follow(member, Target.of_topic(topic))
    return {
        "post": official.number,
        "official_post": official.pk,
        "official_draft": draft.pk,
        "official_picture": draft.pictures.get().pk,
        "filmed_draft": filmed.pk,
        "video": shown.video.path,
        "waiting_post": waiting.pk,
        "draft": content.compose(member, given).number,
        "bought": bought,
        "topic": topic.pk,
        "topic_slug": topic.slug,
        "follow": Follow.objects.get(follower=member, topic=topic).pk,
    }


def _friend(member: User, product: Product) -> dict[str, object]:
    """Let a friend pass something on to the member, who finds it useful; return the names of it."""
    friend = make_member()
    link = share(friend, kind=Share.Kind.PRODUCT, shop=None, product=product)
    said = trust.say(member, link, "useful")
    pause = pause_sharer(friend.pk, until=clock.now() + timedelta(days=30), reason="complaint", evidence="feedback:0")
    return {"friend": friend.pk, "friends_link": link.code, "feedback": said.pk, "pause": pause.pk}


def _evidence(number: str) -> str:
    """Add a picture to a claim and return the name of its file."""
    buffer = io.BytesIO()
    Image.new("RGB", (20, 10), "orange").save(buffer, "PNG")
    claim = AfterSale.objects.get(number=number)
    attach_to_claim(claim, encode_pictures([buffer.getvalue()]))
    return EvidencePicture.objects.get(after_sale=claim).path.rpartition("/")[2]


def _open_trade(member: User, number: str) -> str:
    from renmai.journeys import paying

    paying.start(member, number, return_url="/orders/")
    return SandboxTrade.objects.filter(status="open").latest("pk").trade


def _mark(member: User, agent: User) -> tuple[str, ...]:
    """Give the member and the agent private words that stand nowhere else, and return them with the numbers of what is hers."""
    recipient, street, phone, account = "Recipient-K7Q2", "Street-K7Q3 5", "13765432109", "account-k7q4@example"
    orders = Order.objects.filter(buyer_id=member.pk)
    orders.update(recipient=recipient, phone=phone, address=street)
    member.addresses.update(recipient=recipient, phone=phone, street=street)
    Agent.objects.filter(user=agent).update(payout_account=account)
    numbers = {order.number for order in orders}
    numbers |= {claim.number for claim in AfterSale.objects.filter(order__in=orders)}
    return (*sorted(numbers), recipient, street, phone, str(member.phone), account)


def _members(member: User, agent: User) -> Iterator[Actor]:
    yield Actor("guest", browser())
    other = make_member("Someone else")
    yield Actor("member", browser(member), "member", user=member, is_owner=MEMBER)
    yield Actor("agent", browser(agent), "agent", user=agent, is_owner=AGENT)
    yield Actor("other member", browser(other), "member", user=other)


def _agents() -> Iterator[Actor]:
    owner = make_staff()
    kinds: dict[str, Callable[[int], object]] = {
        "other agent": lambda _pk: None,
        "suspended agent": lambda pk: distribution.suspend(owner, pk, reason="tested"),
        "closed agent": lambda pk: distribution.close(owner, pk, reason="tested"),
    }
    for name, happens in kinds.items():
        agent, _shop = agent_with_shop()
        happens(agent.pk)
        yield Actor(name, browser(agent.user), "agent" if name == "other agent" else STOPPED, user=agent.user)


def _staff() -> Iterator[Actor]:
    for role in Role:
        person = make_staff(role)
        yield Actor(role.value, browser(person), "staff", frozenset({role}), person)
    without = make_staff(Role.ANALYST)
    StaffRole.objects.filter(user=without).delete()
    yield Actor("staff without a role", browser(without), "staff", user=without)


def _nobodies(member: User, moving_clock: MovingClock) -> Iterator[Actor]:
    """People whose session is not one, or not any more: to every page they are guests."""
    half = make_staff(username="halfway")
    enrol(half)
    moving_clock.advance(seconds=30)
    client = browser()
    answer = client.post("/console/sign-in/", {"username": "halfway", "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    yield Actor("staff before the code", client)
    out_of_time = browser(make_staff())
    Session.objects.filter(session_key=out_of_time.session.session_key).update(expire_date=clock.now() - timedelta(seconds=1))
    yield Actor("staff whose session has ended", out_of_time)
    closed = make_staff()
    closed_browser = browser(closed)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    yield Actor("staff whose account is closed", closed_browser)
    gone = make_member()
    gone_browser = browser(gone)
    User.objects.filter(pk=gone.pk).update(deleted_at=clock.now())
    yield Actor("member who has left", gone_browser)
    changed = make_staff()
    stale = browser(changed)
    changed.set_password("another password of hers 43")
    changed.save()
    yield Actor("staff with an older password", stale)
    forged = browser()
    forged.cookies["sessionid"] = "a" * 32
    forged.cookies["visitor"] = str(Visitor.objects.filter(user=member)[0].pk)
    yield Actor("guest with made-up cookies", forged)


def keys(town: Town) -> dict[str, str]:
    """Return keys of programs that open nothing, by why they do not."""
    person = make_member()
    revoked, revoked_text = create_token(person, name="revoked")
    ApiToken.objects.filter(pk=revoked.pk).update(revoked_at=clock.now())
    old, old_text = create_token(person, name="old")
    ApiToken.objects.filter(pk=old.pk).update(expires_at=clock.now())
    closed = make_staff()
    _token, closed_text = create_token(closed, name="closed")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    good = town.street.programs["owner"].token
    return {
        "revoked": revoked_text,
        "out of date": old_text,
        "of a closed account": closed_text,
        "made up": "rm_" + "A" * 40,
        "of a session": "a" * 32,
        "in capitals": good.upper(),
        "empty": "",
    }


def text_of(answer: HttpResponse) -> str:
    """Return what an answer says, "" for pictures and files."""
    is_text = answer.headers.get("Content-Type", "").startswith(("text/", "application/json"))
    return answer.content.decode() if is_text and not answer.streaming else ""


def line_of(number: object) -> int:
    """Return the line of an order that has one."""
    return OrderLine.objects.get(order__number=number).pk
