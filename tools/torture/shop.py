"""A shop of one's own to be tortured: a migrated database that nobody else uses, and people and goods in it.

``database`` makes the place; any number of processes may work in it. A process without Django calls ``enter``; one in which Django
stands already (pytest) wraps its work into ``connected``. ``populate`` fills the place through the rooms' own actions and returns a
``World``, which is nothing but numbers: it can be pickled, or written as JSON, and handed to a child process.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from tools.testing.folders import fast_place

if TYPE_CHECKING:
    from renmai.accounts.models import User
    from renmai.catalogue.actions.products import ProductInput

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "torture-only-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105  signs nothing outside
VENDORS = ("sqlite", "postgres")

# Carriage by the kilogram, free from an amount on; nothing here divides evenly, so that every rounding is met.
FIRST_KILOGRAM_FEN, NEXT_KILOGRAM_FEN, FREE_OVER_FEN = 803, 199, 20_011


@dataclass(frozen=True)
class Place:
    """Where a shop keeps its data."""

    vendor: str
    home: Path
    url: str

    def environ(self) -> dict[str, str]:
        """Return the environment of a process that works here; what configures other shops is left out."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("RENMAI_", "DATABASE_URL"))}
        own = {
            "RENMAI_HOME": str(self.home),
            "RENMAI_SECRET_KEY": SECRET_KEY,
            "RENMAI_LOG_LEVEL": "ERROR",
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "renmai.project.settings",
        }
        return kept | own


@dataclass(frozen=True)
class Variant:
    """What can be bought: a SKU of a supplier's product, at a price, with so many pieces at first, and what it earns its seller."""

    sku: int
    product: int
    supplier: int
    price_fen: int
    stock: int
    grams: int
    pays_carriage: bool
    basis_points: int


@dataclass(frozen=True)
class Buyer:
    """A member with a browser and an address."""

    user: int
    visitor: UUID
    address: int


@dataclass(frozen=True)
class Keeper:
    """An agent with her shop and the link to it; her payouts go as her account says."""

    user: int
    agent: int
    shop: int
    link: int
    account: str


@dataclass(frozen=True)
class World:
    """Everybody and everything in a shop, by primary key. ``staff`` may do everything; the two money people are two people."""

    staff: int
    money: tuple[int, int]
    variants: tuple[Variant, ...]
    buyers: tuple[Buyer, ...]
    keepers: tuple[Keeper, ...]

    def as_json(self) -> str:
        """Return the world as text for another process."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> "World":
        """Return the world that ``as_json`` wrote."""
        said = json.loads(text)
        return cls(
            staff=said["staff"],
            money=(said["money"][0], said["money"][1]),
            variants=tuple(Variant(**one) for one in said["variants"]),
            buyers=tuple(Buyer(one["user"], UUID(one["visitor"]), one["address"]) for one in said["buyers"]),
            keepers=tuple(Keeper(**one) for one in said["keepers"]),
        )


@dataclass(frozen=True)
class Size:
    """How large a world is to be."""

    suppliers: int = 2
    products: int = 3
    """of each supplier"""
    keepers: int = 3
    buyers: int = 6
    stock: int = 100


@contextmanager
def database(vendor: str, *, durable: bool = False) -> Iterator[Place]:
    """Give a migrated, empty database (``sqlite`` or ``postgres``) with the settings of a real one, until the end of the block.

    Unless ``durable``, it lies in memory where the machine can: what a killed process had committed survives, a power cut would not.
    Raises ``Problem`` when PostgreSQL is wanted and the machine has none.
    """
    with ExitStack() as stack:
        folder = tempfile.TemporaryDirectory(
            prefix="renmai-torture-", dir=None if durable else fast_place(), ignore_cleanup_errors=True
        )
        home = Path(stack.enter_context(folder))
        url = f"sqlite:///{home / 'shop.sqlite3'}"
        if vendor == "postgres":
            from renmai.project.postgres import throwaway_server

            url = stack.enter_context(throwaway_server(durable=durable)).url
        place = Place(vendor, home, url)
        subprocess.run(
            [sys.executable, "-m", "renmai", "migrate"], cwd=ROOT, env=place.environ(), check=True, capture_output=True
        )
        yield place


def enter(place: Place) -> None:
    """Start Django in this process, which has none yet, on ``place``."""
    wanted = place.environ()
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    os.environ.update(wanted)
    import django

    django.setup()


@contextmanager
def connected(place: Place) -> Iterator[None]:
    """Let every thread of this process, in which Django has started on another database, work in ``place`` inside the block.

    Both must be of the same vendor. Threads that are started inside end inside.
    """
    from django.conf import settings
    from django.db import connections

    from renmai.project.database_url import parse_database_url

    kept = connections.settings["default"]
    kept_home, kept_media = settings.RENMAI_HOME, settings.MEDIA_ROOT
    connections.close_all()
    connections.settings["default"] = kept | parse_database_url(place.url, home=place.home).settings()
    settings.RENMAI_HOME, settings.MEDIA_ROOT = place.home, place.home / "media"
    outer = connections["default"]
    del connections["default"]
    try:
        yield
    finally:
        connections.close_all()
        connections.settings["default"] = kept
        settings.RENMAI_HOME, settings.MEDIA_ROOT = kept_home, kept_media
        connections["default"] = outer


def populate(size: Size = Size()) -> World:
    """Fill the shop this process works in: staff, goods on sale, agents with shops, members with addresses; everything by actions."""
    from renmai.accounts.actions import StaffInput, create_staff
    from renmai.accounts.models import Role

    def hire(name: str, role: Role) -> int:
        return create_staff(None, StaffInput(name, "a password nobody uses 1", name, frozenset({role}))).pk

    owner = hire("owner", Role.OWNER)
    money = (hire("money1", Role.FINANCE), hire("money2", Role.FINANCE))
    variants = tuple(_goods(owner, size))
    keepers = tuple(_keeper(number, variants) for number in range(size.keepers))
    buyers = tuple(_buyer(number) for number in range(size.buyers))
    return World(owner, money, variants, buyers, keepers)


def _goods(owner_id: int, size: Size) -> Iterator[Variant]:
    from renmai.accounts.models import User
    from renmai.catalogue.actions.products import ProductInput
    from renmai.catalogue.actions.shelving import (
        CategoryInput,
        SupplierInput,
        ZoneInput,
        save_category,
        save_freight_template,
        save_supplier,
    )

    owner = User.objects.get(pk=owner_id)
    shelf = save_category(owner, CategoryInput(slug="torture", name_zh="水果", name_en="Fruit"))
    zone = ZoneInput(first_fee_fen=FIRST_KILOGRAM_FEN, next_fee_fen=NEXT_KILOGRAM_FEN, free_over_fen=FREE_OVER_FEN)
    carriage = save_freight_template(owner, code="torture", name_zh="快递", name_en="Express", zones=[zone])
    for supplier_number in range(size.suppliers):
        code = f"torture-{supplier_number}"
        supplier = save_supplier(owner, SupplierInput(code=code, name_zh=f"果园{supplier_number}", name_en="Orchard"))
        for number in range(size.products):
            product = ProductInput(
                code=f"{code}-{number}",
                category_id=shelf.pk,
                supplier_id=supplier.pk,
                title_zh=f"水蜜桃{supplier_number}{number}",
                # Every third travels free of charge.
                freight_template_id=carriage.pk if number % 3 != 2 else None,
            )
            # Every fourth is dear: whoever sells it earns enough to be taxed.
            price = (997 + 1303 * number + 211 * supplier_number) * (100 if number % 4 == 3 else 1)
            yield _put_on_sale(owner, product, number, price_fen=price, stock=size.stock)


def _put_on_sale(owner: "User", given: "ProductInput", number: int, *, price_fen: int, stock: int) -> Variant:
    from renmai.catalogue.actions.feeds import count_stock
    from renmai.catalogue.actions.matrix import SkuInput, set_skus
    from renmai.catalogue.actions.products import create_product, list_product
    from renmai.distribution.actions import set_product_rate

    grams, basis_points = 350 + 400 * number, 733 + 411 * number
    product = create_product(owner, given)
    (sku,) = set_skus(owner, product.pk, [], [SkuInput(values=(), price_fen=price_fen, weight_grams=grams)])
    count_stock(owner, sku.pk, on_hand=stock)
    set_product_rate(owner, product.pk, basis_points=basis_points)
    list_product(owner, product.pk)
    return Variant(
        sku=sku.pk,
        product=product.pk,
        supplier=given.supplier_id,
        price_fen=price_fen,
        stock=stock,
        grams=grams,
        pays_carriage=given.freight_template_id is not None,
        basis_points=basis_points,
    )


def _keeper(number: int, variants: tuple[Variant, ...]) -> Keeper:
    from renmai.accounts.actions import create_member
    from renmai.distribution.actions import AgentApplication
    from renmai.journeys.joining import join
    from renmai.policy.rules import Occupation
    from renmai.sharing.actions import ShopInput, share
    from renmai.sharing.models import Share

    account = f"sandbox-{number}" + ("", "-slow", "-refused")[number % 3]
    joined = join(
        create_member(f"1360000{number:04d}", display_name=f"店主{number}"),
        AgentApplication(date(1990, 5, 17), Occupation.OTHER, "林晓", has_agreed=True, payout_account=account),
        ShopInput(f"小店{number}号", "只推荐自己吃过的", product_ids=tuple(variant.product for variant in variants)),
    )
    link = share(joined.shop.owner, kind=Share.Kind.SHOP, shop=joined.shop)
    return Keeper(joined.shop.owner.pk, joined.agent.pk, joined.shop.pk, link.pk, account)


def _buyer(number: int) -> Buyer:
    from renmai.accounts.actions import AddressInput, create_member, join_visitor, save_address, visitor

    user = create_member(f"1370000{number:04d}", display_name=f"顾客{number}")
    browser = join_visitor(user, visitor(None))
    address = save_address(user, AddressInput("王小明", "13800138000", "440305", "科技园路 1 号", is_default=True))
    return Buyer(user.pk, browser.pk, address.pk)
