"""The people of the demo's world as the shop knows them: staff, members, agents."""

import json
from dataclasses import dataclass, field
from datetime import date
from random import Random

import pyotp
from django.conf import settings
from django.db.models import Count

from renmai.accounts.actions import (
    AddressInput,
    Purpose,
    StaffInput,
    confirm_totp,
    create_member,
    create_staff,
    enrol_totp,
    give_consent,
    join_visitor,
    save_address,
    visitor,
)
from renmai.accounts.models import Region, Role, User, Visitor
from renmai.demo.people import AgentPerson, Person
from renmai.demo.stocking import Ware
from renmai.distribution.actions import AgentApplication
from renmai.journeys.joining import join
from renmai.kernel import clock
from renmai.policy.rules import Occupation
from renmai.sharing.actions import ShopInput, share
from renmai.sharing.models import Share, Shop

PASSWORD = "goods-find-people"  # noqa: S105 - printed for everybody to see, in a world made to be looked at  # nosec B105
SECRETS_FILE = "demo-second-factors.json"
FIRST_MEMBER_PHONE = 13800000000
FIRST_AGENT_PHONE = 13900000000
LINES = 100_000_000
STEP = 61_803_399
"""Numbers so far apart that no two people's were sold in one row; without a common divisor with ``LINES``, so that none comes twice."""

PLACES = {
    "after_sale.return_address": "浙江省嘉兴市南湖区人脉退货仓（演示地址，不收件）",
    "pickup.place": "上海市徐汇区人脉自提点（演示地址）",
}
"""Where the demo's goods come back to and are fetched: places that do not exist."""

STAFF: tuple[tuple[str, str, Role], ...] = (
    ("owner", "老板 Owner", Role.OWNER),
    ("goods", "商品 Goods", Role.MERCHANDISER),
    ("parcels", "仓配 Parcels", Role.FULFILMENT),
    ("care", "客服 Care", Role.SERVICE),
    ("money1", "财务甲 Finance 1", Role.FINANCE),
    ("money2", "财务乙 Finance 2", Role.FINANCE),
    ("figures", "数据 Figures", Role.ANALYST),
    ("audit", "审计 Audit", Role.AUDITOR),
)


@dataclass
class Member:
    """A person of the world, and what the world knows of her that the shop does not."""

    person: Person
    phone: str
    tastes: frozenset[str]
    user: User | None = None
    browser: Visitor | None = None
    address_id: int = 0
    came_through: Share | None = None


@dataclass
class Keeper:
    """An agent with her shop and the circle she talks to."""

    member: Member
    agent_person: AgentPerson
    shop: Shop
    wares: tuple[Ware, ...]
    circle: list[Member] = field(default_factory=list)


def hire(names: tuple[tuple[str, str, Role], ...] = STAFF) -> dict[str, User]:
    """Create the staff with their second factor, and keep the factors' secrets where the demo's page finds them."""
    staff, secrets = {}, {}
    for username, display_name, role in names:
        person = create_staff(None, StaffInput(username, PASSWORD, display_name, frozenset({role})))
        enrolment = enrol_totp(person)
        confirm_totp(person, pyotp.TOTP(enrolment.secret).at(clock.now()))
        staff[username], secrets[username] = person, enrolment.secret
    path = settings.RENMAI_HOME / SECRETS_FILE
    path.write_text(json.dumps(secrets))
    path.chmod(0o600)
    return staff


def phone(first: int, number: int) -> str:
    """Return the telephone of person ``number``, of those whose numbers begin with that of ``first``."""
    return str(first + number * STEP % LINES)


def sign_up(member: Member, draw: Random, *, browser: Visitor | None = None) -> User:
    """Let a person sign in for the first time, with the browser she came with, and note her address."""
    if member.user is None:
        member.user = create_member(member.phone, display_name=member.person.nickname.zh)
        for purpose in (Purpose.TERMS, Purpose.PRIVACY, *_agreed(member.phone)):
            give_consent(member.user, purpose)
        member.browser = join_visitor(member.user, browser or visitor(None))
        member.address_id = _address(member, member.user, draw)
    return member.user


def _agreed(phone: str) -> tuple[Purpose, ...]:
    """Return the optional purposes that a person agrees to: one of five to none, one to all but her agent's hearing of it."""
    if int(phone) % 5 == 0:
        return ()
    more = (Purpose.BROWSING, Purpose.RECOMMENDATIONS)
    return more if int(phone) % 5 == 1 else (*more, Purpose.AGENT_ALERTS)


def open_shop(member: Member, given: AgentPerson, wares: tuple[Ware, ...], draw: Random) -> Keeper:
    """Let a member become an agent and open her shop with goods of her liking."""
    user = sign_up(member, draw)
    liked = [ware for ware in wares if ware.source.category in member.tastes]
    others = [ware for ware in wares if ware.source.category not in member.tastes]
    chosen = tuple(draw.sample(liked, k=min(len(liked), draw.randint(10, 18))) + draw.sample(others, k=3))
    application = AgentApplication(
        born_on=date(draw.randint(1968, 2001), draw.randint(1, 12), draw.randint(1, 28)),
        occupation=draw.choice([Occupation.EMPLOYEE, Occupation.SELF_EMPLOYED, Occupation.AT_HOME, Occupation.RETIRED]),
        real_name=given.person.name.zh,
        has_agreed=True,
        payout_account=f"sandbox-{member.phone}",
    )
    shop = ShopInput(name=given.shop.name.zh, voice=given.shop.voice.zh, product_ids=tuple(ware.product.pk for ware in chosen))
    return Keeper(member, given, join(user, application, shop).shop, chosen)


def product_link(keeper: Keeper, ware: Ware) -> Share:
    """Return the keeper's link to one of her goods."""
    return share(keeper.shop.owner, kind=Share.Kind.PRODUCT, shop=keeper.shop, product=ware.product)


def busiest_agent() -> User | None:
    """Return the agent with the most commissions: there is most to see."""
    agents = User.objects.filter(agent__isnull=False).annotate(count=Count("agent__commissions"))
    return agents.order_by("-count", "pk").first()


def busiest_customer() -> User | None:
    """Return the customer, no agent herself, with the most orders and campaigns: there is most to see."""
    buyers = User.objects.filter(orders__isnull=False, agent__isnull=True)
    count = Count("orders", distinct=True) + Count("orders__participations", distinct=True)
    return buyers.annotate(count=count).order_by("-count", "pk").first()


def second_factor_codes() -> dict[str, str]:
    """Return each staff member's one-time code of this moment; nothing when this home holds no demo."""
    path = settings.RENMAI_HOME / SECRETS_FILE
    secrets = json.loads(path.read_text()) if path.exists() else {}
    return {username: pyotp.TOTP(secret).at(clock.now()) for username, secret in secrets.items()}


def _address(member: Member, user: User, draw: Random) -> int:
    city = member.person.region_code
    districts = list(Region.objects.filter(parent_id=city).order_by("code").values_list("code", flat=True)[:100])
    return save_address(
        user,
        AddressInput(
            recipient=member.person.name.zh,
            phone=member.phone,
            region_code=draw.choice(districts),
            street=member.person.street.zh,
            is_default=True,
        ),
    ).pk
