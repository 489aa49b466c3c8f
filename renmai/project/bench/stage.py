"""The shop in which the bench buys: one agent's micro-shop with twenty products, and members who are signed in with an address.

The rows of members and of goods are numbered without gaps, so that a script for pgbench can draw one of them by arithmetic.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from renmai.project.bench.pgbench import Ranges
from renmai.project.problems import Problem

PRODUCTS = 20
PIECES = 900_000
PRICE_FEN = 5000
DISTRICT = "440305"
VISITOR_BASE = UUID("00000000-0000-4000-8000-000000000000").int
STAGE_FILE = "stage.json"


@dataclass(frozen=True)
class Member:
    """Somebody who is signed in: by cookies for pages, by a key for the API."""

    user_id: int
    visitor_id: str
    address_id: int
    session: str
    visitor: str
    token: str
    api_visitor: str


@dataclass(frozen=True)
class Good:
    """A product of the shop, its variant, and the agent's link to it."""

    product_id: int
    sku_id: int
    share_id: int
    code: str


@dataclass(frozen=True)
class Stage:
    """Everything that the bench needs to know of the shop."""

    shop_code: str
    members: tuple[Member, ...]
    goods: tuple[Good, ...]

    def turn(self, number: int) -> tuple[Member, Good]:
        """Return who buys what when it is this number's turn; as many at once as there are goods meet neither member nor goods twice."""
        return self.members[number % len(self.members)], self.goods[number % len(self.goods)]

    def inputs(self, number: int) -> dict[str, Any]:
        """Return what the purchase of this number is about, by the names of a script's inputs."""
        member, good = self.turn(number)
        return {
            "user": member.user_id,
            "address": member.address_id,
            "visitor": UUID(member.visitor_id),
            "product": good.product_id,
            "sku": good.sku_id,
            "share": good.share_id,
        }

    def ranges(self) -> Ranges:
        """Return whose turn it can be in a script."""
        first = {name: value for name, value in self.inputs(0).items() if name != "visitor"}
        return Ranges(len(self.members), len(self.goods), first)


def save(stage: Stage, home: Path) -> None:
    """Leave the stage in the world's folder."""
    (home / STAGE_FILE).write_text(json.dumps(asdict(stage)), encoding="utf-8")


def load(home: Path) -> Stage:
    """Read what ``save`` left."""
    said = json.loads((home / STAGE_FILE).read_text(encoding="utf-8"))
    return Stage(
        said["shop_code"],
        tuple(Member(**member) for member in said["members"]),
        tuple(Good(**good) for good in said["goods"]),
    )


def build(*, members: int) -> Stage:
    """Build the shop in an empty, migrated database through the rooms' own actions, and return it."""
    from django.db import transaction

    with transaction.atomic():
        shop, goods = _shop_with_goods()
        people = tuple(_member(number) for number in range(members))
    _without_gaps([good.sku_id for good in goods], [good.product_id for good in goods], [good.share_id for good in goods])
    _without_gaps([member.user_id for member in people], [member.address_id for member in people])
    return Stage(shop.code, people, goods)


def _shop_with_goods() -> tuple[Any, tuple[Good, ...]]:
    from renmai.accounts.actions import create_member, create_staff
    from renmai.accounts.inputs import StaffInput
    from renmai.accounts.models import Role
    from renmai.distribution.actions import AgentApplication
    from renmai.journeys import joining
    from renmai.policy.rules import Occupation
    from renmai.sharing.actions import ShopInput, choose_product, share
    from renmai.sharing.models import Share

    owner = create_staff(None, StaffInput("bench", "a long sentence for the bench", "店主", frozenset({Role.OWNER})))
    agent = create_member("13900000000", display_name="林晓")
    application = AgentApplication(date(1990, 5, 17), Occupation.OTHER, "林晓", has_agreed=True, payout_account="lin@example")
    shop = joining.join(agent, application, ShopInput("林晓的小店", "只推荐自己吃过的")).shop
    made = _goods(owner)
    for product, _sku in made:
        choose_product(shop, product)
    links = [share(agent, kind=Share.Kind.PRODUCT, shop=shop, product=product) for product, _sku in made]
    goods = tuple(Good(product.pk, sku.pk, link.pk, link.code) for (product, sku), link in zip(made, links, strict=True))
    return shop, goods


def _goods(owner: Any) -> list[tuple[Any, Any]]:
    from renmai.catalogue.actions.feeds import apply_feed
    from renmai.catalogue.actions.matrix import OptionInput, SkuInput, ValueInput, set_skus
    from renmai.catalogue.actions.products import ProductInput, create_product, list_product
    from renmai.catalogue.actions.shelving import (
        CategoryInput,
        SupplierInput,
        ZoneInput,
        save_category,
        save_freight_template,
        save_supplier,
    )
    from renmai.kernel import clock

    category = save_category(owner, CategoryInput(slug="fruit", name_zh="水果", name_en="Fruit"))
    supplier = save_supplier(owner, SupplierInput(code="orchard", name_zh="果园", name_en="Orchard"))
    zones = [ZoneInput(first_fee_fen=800, next_fee_fen=200)]
    template = save_freight_template(owner, code="standard", name_zh="普通快递", name_en="Standard", zones=zones)
    size = [OptionInput(name_zh="规格", name_en="Size", values=(ValueInput("大", "Large"),))]
    made = []
    for number in range(PRODUCTS):
        product = create_product(
            owner,
            ProductInput(
                code=f"bench-{number}",
                category_id=category.pk,
                supplier_id=supplier.pk,
                freight_template_id=template.pk,
                title_zh=f"山里的水蜜桃 第 {number + 1} 棵树",
                title_en=f"Peaches from tree {number + 1}",
                subtitle_zh="清晨采摘，当天发货",
                description_zh="从树上到门口不超过两天。" * 8,
            ),
        )
        wanted = SkuInput(values=("大",), price_fen=PRICE_FEN + number, code=f"bench-{number}-large", weight_grams=1500)
        (sku,) = set_skus(owner, product.pk, size, [wanted])
        made.append((list_product(owner, product.pk), sku))
    rows = [f"{sku.code},{PIECES},{clock.now():%Y-%m-%d}" for _product, sku in made]
    apply_feed(owner, supplier.pk, "\n".join(["sku_code,on_hand,as_of", *rows]))
    return made


def _member(number: int) -> Member:
    from django.conf import settings
    from django.core import signing
    from django.http import HttpRequest

    from renmai.accounts.actions import create_member, save_address
    from renmai.accounts.inputs import AddressInput
    from renmai.accounts.models import Visitor
    from renmai.accounts.session_store import SessionStore
    from renmai.api.callers import signed
    from renmai.kernel import clock
    from renmai.programs.actions import create_token
    from renmai.web.ui import people

    user = create_member(f"137{number:08d}", display_name=f"会员{number}")
    given = AddressInput("王小明", "13800138000", DISTRICT, "科技园路 1 号", is_default=True)
    address = save_address(user, given)
    visitor = Visitor.objects.create(pk=UUID(int=VISITOR_BASE + number), user=user, joined_at=clock.now())
    request = HttpRequest()
    request.session = SessionStore()
    people.sign_in(request, user)
    request.session.save()
    _token, key = create_token(user, name="bench")
    return Member(
        user_id=user.pk,
        visitor_id=str(visitor.pk),
        address_id=address.pk,
        session=f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}",
        visitor=f"{people.VISITOR_COOKIE}={signing.get_cookie_signer(salt=people.VISITOR_COOKIE * 2).sign(str(visitor.pk))}",
        token=key,
        api_visitor=signed(visitor.pk),
    )


def _without_gaps(*columns: Sequence[int]) -> None:
    for ids in columns:
        if list(ids) != list(range(ids[0], ids[0] + len(ids))):
            raise Problem("the rows of the bench's shop are not numbered without gaps.")
