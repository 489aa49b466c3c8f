"""People, goods and campaigns for a log, put into an empty shop in bulk, as an import would."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from django.db import transaction

from renmai.accounts.models import Address, Region, Role, StaffRole, User
from renmai.campaigns.models import Campaign, CampaignProduct, TermsVersion
from renmai.campaigns.queries.running import forget_running
from renmai.campaigns.replaying import Advance, ReplayError
from renmai.catalogue.models import Category, PricePoint, Product, Sku, StockMovement, Supplier
from renmai.kernel import ids
from renmai.ordering.models import Order
from renmai.plays.groupbuy.keys import KEY
from renmai.plays.groupbuy.replay.log import Launch

CHUNK = 1000
PRICE_FEN = 4990
OFF_FEN = 1000
"""What each further size of a group takes off."""

TIMER = timedelta(hours=24)
CODE = "replay"
One = TypeVar("One")


@dataclass(frozen=True)
class Stage:
    """Who is who: rows by the numbers of the log. Campaigns by (item, size of the group)."""

    clerk_id: int
    people: dict[int, int]
    addresses: dict[int, int]
    skus: dict[int, int]
    campaigns: dict[tuple[int, int], int]


def find(launches: Sequence[Launch]) -> Stage | None:
    """Return the stage that an earlier run has set; None when there is none, or only a part of one."""
    clerk = User.objects.filter(username=CODE).first()
    stage = _found(clerk) if clerk else None
    wanted = _needed(launches)
    return stage if stage and wanted.people <= stage.people.keys() and wanted.offers <= stage.campaigns.keys() else None


def build(launches: Sequence[Launch], *, starts_at: datetime, ends_at: datetime, advance: Advance) -> Stage:
    """Set it, in one transaction. Raises ``ReplayError`` in a shop in which somebody has bought: this log is not its past."""
    if Order.objects.exists():
        raise ReplayError(
            "the shop has orders of its own; replay into an empty one (RENMAI_HOME names a folder, RENMAI_DATABASE_URL a database)."
        )
    wanted = _needed(launches)
    with transaction.atomic():
        clerk = User.objects.create(username=CODE, display_name=CODE, is_staff=True, created_at=starts_at)
        StaffRole.objects.create(user=clerk, role=Role.FULFILMENT)
        _add_people(sorted(wanted.people), joined_at=starts_at, advance=advance)
        skus = _add_goods(sorted(wanted.items), at=starts_at, stock=_pieces(launches), advance=advance)
        _add_campaigns(sorted(wanted.offers), skus, (starts_at, ends_at), advance=advance)
    forget_running()
    return _found(clerk)


@dataclass(frozen=True)
class _Needed:
    people: frozenset[int]
    items: frozenset[int]
    offers: frozenset[tuple[int, int]]


def _needed(launches: Sequence[Launch]) -> _Needed:
    return _Needed(
        people=frozenset(person for launch in launches for person in (launch.initiator, *launch.joined)),
        items=frozenset(launch.item for launch in launches),
        offers=frozenset((launch.item, launch.size) for launch in launches),
    )


def _pieces(launches: Sequence[Launch]) -> dict[int, int]:
    """Return how many pieces each item may need at most, none coming back in time."""
    pieces: dict[int, int] = {}
    for launch in launches:
        pieces[launch.item] = pieces.get(launch.item, 0) + launch.size
    return pieces


def _add_people(numbers: Sequence[int], *, joined_at: datetime, advance: Advance) -> None:
    region = Region.objects.filter(children__isnull=True).order_by("pk").first()
    if region is None:
        raise ReplayError("this shop knows no regions to send parcels to.")
    for chunk in _chunks(numbers):
        people = User.objects.bulk_create(
            [User(phone=f"199{number:08d}", display_name=f"{CODE} {number}", created_at=joined_at) for number in chunk]
        )
        Address.objects.bulk_create(
            [
                Address(user=user, recipient=user.display_name, phone=str(user.phone), region=region, street="1", is_default=True)
                for user in people
            ]
        )
        advance(len(chunk))


def _add_goods(numbers: Sequence[int], *, at: datetime, stock: dict[int, int], advance: Advance) -> dict[int, int]:
    category = Category.objects.create(slug=CODE, name_zh="拼团", name_en="Group buy")
    supplier = Supplier.objects.create(code=CODE, name_zh="拼团", name_en="Group buy")
    made: dict[int, int] = {}
    for chunk in _chunks(numbers):
        products = Product.objects.bulk_create(
            [
                Product(
                    code=f"{CODE}-{number}",
                    category=category,
                    supplier=supplier,
                    title_zh=f"商品 {number}",
                    title_en=f"Item {number}",
                    status=Product.Status.LISTED,
                    listed_at=at,
                    lowest_price_fen=PRICE_FEN,
                    highest_price_fen=PRICE_FEN,
                )
                for number in chunk
            ]
        )
        skus = Sku.objects.bulk_create(
            [
                Sku(
                    product=product,
                    code=product.code,
                    price_fen=PRICE_FEN,
                    stock_free=stock[number],
                    stock_total=stock[number],
                )
                for number, product in zip(chunk, products, strict=True)
            ]
        )
        PricePoint.objects.bulk_create([PricePoint(sku=sku, price_fen=PRICE_FEN, at=at) for sku in skus])
        StockMovement.objects.bulk_create(
            [StockMovement(sku=sku, kind="import", reference=sku.code, free_change=sku.stock_free, at=at) for sku in skus]
        )
        made.update(zip(chunk, (sku.pk for sku in skus), strict=True))
        advance(len(chunk))
    return made


def _add_campaigns(
    offers: Sequence[tuple[int, int]], skus: dict[int, int], period: tuple[datetime, datetime], *, advance: Advance
) -> None:
    products = (
        dict(Sku.objects.filter(pk__in=skus.values()).values_list("pk", "product_id"))
        if len(skus) < CHUNK
        else dict(Sku.objects.filter(code__startswith=f"{CODE}-").values_list("pk", "product_id"))
    )
    for chunk in _chunks(offers):
        made = Campaign.objects.bulk_create([_campaign(item, size, skus[item], period) for item, size in chunk])
        TermsVersion.objects.bulk_create(
            [TermsVersion(campaign=each, number=1, terms=each.terms, made_at=each.created_at) for each in made]
        )
        CampaignProduct.objects.bulk_create(
            [CampaignProduct(campaign=each, product_id=products[each.terms["sku"]]) for each in made]
        )
        advance(len(chunk))


def _campaign(item: int, size: int, sku_id: int, period: tuple[datetime, datetime]) -> Campaign:
    starts_at, ends_at = period
    tiers = [[2, PRICE_FEN - OFF_FEN]] if size == 2 else [[2, PRICE_FEN - OFF_FEN], [size, PRICE_FEN - 2 * OFF_FEN]]
    return Campaign(
        number=ids.number("C"),
        play=KEY,
        title_zh=f"拼团 {item}",
        title_en=f"{CODE}:{item}:{size}",
        status=Campaign.Status.LAUNCHED,
        channels=["web"],
        starts_at=starts_at,
        ends_at=ends_at,
        launched_at=starts_at,
        created_at=starts_at,
        terms={
            "sku": sku_id,
            "tiers": tiers,
            "leader_off_fen": 0,
            "timer_minutes": int(TIMER.total_seconds() // 60),
            "threshold": 0,
            "late": "refund",
            "is_listed": False,
            "most_pieces": 1,
            "limit": 0,
        },
    )


def _found(clerk: User) -> Stage:
    people = {
        int(name.removeprefix(f"{CODE} ")): pk
        for pk, name in User.objects.filter(phone__startswith="199").values_list("pk", "display_name").iterator(CHUNK)
        if name.startswith(f"{CODE} ")
    }
    addresses = dict(Address.objects.filter(user__phone__startswith="199").values_list("user_id", "pk").iterator(CHUNK))
    skus = Sku.objects.filter(code__startswith=f"{CODE}-").values_list("code", "pk")
    campaigns = Campaign.objects.filter(play=KEY, title_en__startswith=f"{CODE}:").values_list("title_en", "pk")
    return Stage(
        clerk_id=clerk.pk,
        people=people,
        addresses=addresses,
        skus={int(code.removeprefix(f"{CODE}-")): pk for code, pk in skus.iterator(CHUNK)},
        campaigns={
            (int(item), int(size)): pk
            for (_name, item, size), pk in ((title.split(":"), pk) for title, pk in campaigns.iterator(CHUNK))
        },
    )


def _chunks(values: Iterable[One]) -> "Iterable[list[One]]":
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
