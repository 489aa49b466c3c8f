"""What the shop knows, read into columns: the shelf, and who bought and looked at what. A fixed number of statements, however large."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from scipy import sparse

from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import Consent, User
from renmai.catalogue.models import Product, Sku
from renmai.catalogue.search import query_terms
from renmai.distribution import queries as distribution
from renmai.insight.models import View
from renmai.insight.portraits.queries import denied
from renmai.kernel import clock
from renmai.matching import likeness
from renmai.matching.models import Demotion
from renmai.matching.shelf import MONTHS, Floats, Ints, Shelf
from renmai.ordering.models import AfterSale, OrderLine, Review
from renmai.ordering.queries.punctuality import punctuality
from renmai.sharing.models import Binding, Share, Visit
from renmai.trust.models import Feedback
from renmai.trust.queries import LEAST_SHARERS

REMEMBERED: Final = timedelta(days=365)
RECENT: Final = timedelta(days=30)
JUDGED_AFTER: Final = timedelta(days=7)
"""An order is judged a week after it was received: bad news comes sooner than good news, so younger orders would look worse."""

LATE_PARCELS: Final = 10.0
"""A supplier begins as if so many of its parcels had been as late as those of all suppliers."""

HALF_LIFE_DAYS: Final = 60.0
LOOK: Final = 0.2
"""A look counts a fifth of a purchase."""

BAD_STARS: Final = 2
MIDDLING_STARS: Final = 4.0
STARS_PRIOR: Final = 5.0
READ_AT_ONCE: Final = 10_000
BROKEN: Final = (AfterSale.Status.REJECTED, AfterSale.Status.CANCELLED)
COLUMNS: Final = (
    "pk",
    "category_id",
    "category__parent_id",
    "brand",
    "supplier_id",
    "supplier__region_id",
    "lowest_price_fen",
    "highest_price_fen",
    "sold_count",
    "rating_sum",
    "rating_count",
    "listed_at",
    "keywords",
)


def read_shelf() -> Shelf:
    """Return everything on sale, with what is known of it. Eleven statements."""
    now = clock.now()
    rows = list(Product.objects.filter(status=Product.Status.LISTED).order_by("pk").values_list(*COLUMNS))
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    stars, rated = _column(rows, 9), _column(rows, 10)
    late = _late(_column(rows, 4), since=now - REMEMBERED)
    tags, tag_names = tags_of([row[12] for row in rows])
    judged, bad, returned = _judged(ids, now=now)
    heard, unwelcome = _heard(ids, since=now - REMEMBERED)
    return Shelf(
        ids=ids,
        category=_column(rows, 1),
        top=np.array([row[2] or row[1] for row in rows], dtype=np.int64),
        brand=np.array([row[3] for row in rows], dtype=np.str_),
        supplier=_column(rows, 4),
        province=np.array([(row[5] or "")[:2] for row in rows], dtype=np.str_),
        price_fen=_column(rows, 6),
        price_to_fen=_column(rows, 7),
        stock=_by_product(ids, Sku.objects.filter(is_active=True).values_list("product_id").annotate(Sum("stock_free"))),
        sold=_column(rows, 8),
        recent=_by_product(ids, _paid_lines(now - RECENT).values_list("product_id_at_order").annotate(Sum("quantity"))),
        listed_days=np.array([(now - row[11]).days if row[11] else 0 for row in rows], dtype=np.float64),
        commission_points=_commission(ids.tolist()),
        late=late,
        judged=judged,
        bad=bad,
        returned=returned,
        heard=heard,
        unwelcome=unwelcome,
        stars=(stars + STARS_PRIOR * MIDDLING_STARS) / (rated + STARS_PRIOR),
        is_demoted=np.isin(
            ids, list(Demotion.objects.filter(status=Demotion.Status.ACTIVE).values_list("product_id", flat=True))
        ),
        by_month=sold_by_month(ids, since=now - REMEMBERED, until=now),
        tags=tags,
        tag_names=tag_names,
        vectors=likeness.kept_vectors(ids),
    )


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What speaks for or against each product: judged and bad orders, people heard and those to whom it was of no use."""

    judged: Ints
    bad: Ints
    heard: Ints
    unwelcome: Ints


def since_lifted(shelf: Shelf) -> Counts:
    """Return what was counted of each product since its last demotion was lifted (all, when there was none). One statement.

    Counts that have fallen meanwhile, because what is old is forgotten after a year, begin at zero.
    """
    judged, bad, heard, unwelcome = (each.copy() for each in (shelf.judged, shelf.bad, shelf.heard, shelf.unwelcome))
    rows = Demotion.objects.filter(status=Demotion.Status.LIFTED).order_by("lifted_at")
    for product_id, *then in dict.fromkeys(rows.values_list("product_id", "judged", "bad", "heard", "unwelcome")):
        at = shelf.places([product_id])
        judged[at] = np.maximum(shelf.judged[at] - then[0], 0)
        bad[at] = np.minimum(np.maximum(shelf.bad[at] - then[1], 0), judged[at])
        heard[at] = np.maximum(shelf.heard[at] - then[2], 0)
        unwelcome[at] = np.minimum(np.maximum(shelf.unwelcome[at] - then[3], 0), heard[at])
    return Counts(judged=judged, bad=bad, heard=heard, unwelcome=unwelcome)


@dataclass(frozen=True, kw_only=True)
class Acts:
    """Who bought or looked at what, one entry for each act: the person, the shop it was through (0: none), the place on the shelf."""

    person: Ints
    shop: Ints
    place: Ints
    weight: Floats
    is_order: Ints

    def of(self, flags: Any) -> "Acts":
        """Return those acts for which ``flags`` holds."""
        return Acts(
            person=self.person[flags],
            shop=self.shop[flags],
            place=self.place[flags],
            weight=self.weight[flags],
            is_order=self.is_order[flags],
        )

    def interest(self, size: int) -> Floats:
        """Return the weights added up over a shelf of ``size``, everybody counting alike, however much one of them bought."""
        if not len(self.person):
            return np.zeros(size)
        _people, at = np.unique(self.person, return_inverse=True)
        mass = np.bincount(at, weights=self.weight)
        each = self.weight / np.sqrt(np.maximum(mass, 1e-9))[at]
        return np.bincount(self.place, weights=each, minlength=size).astype(np.float64)


def bought(shelf: Shelf, *, buyers: Collection[int] = (), shops: Collection[int] = (), until: datetime | None = None) -> Acts:
    """Return the orders of these buyers, or those through these shops, that were paid within a year. One statement."""
    now = until or clock.now()
    lines = _paid_lines(now - REMEMBERED).filter(order__paid_at__lt=now, quantity__gt=F("refunded_quantity"))
    narrowed = Q(order__buyer_id__in=list(buyers)) | Q(order__shop_id__in=list(shops))
    rows = lines.filter(narrowed).values_list("order__buyer_id", "order__shop_id", "product_id_at_order", "order__paid_at")
    return _acts(shelf, rows, worth=1.0, now=now)


def all_bought(shelf: Shelf, *, since: datetime, until: datetime) -> Acts:
    """Return everybody's orders that were paid in that time, for comparisons and for what goes together. One statement."""
    lines = _paid_lines(since).filter(order__paid_at__lt=until)
    rows = lines.values_list("order__buyer_id", "order__shop_id", "product_id_at_order", "order__paid_at")
    return _acts(shelf, rows, worth=1.0, now=until)


def looked_at(shelf: Shelf, people: Collection[int], *purposes: Purpose) -> Acts:
    """Return what these people looked at within a year, of those who agree now to each of ``purposes``; not what she took out. Three statements."""
    now = clock.now()
    views = View.objects.filter(user_id__in=list(people), at__gte=now - REMEMBERED)
    for purpose in purposes:
        views = views.filter(agrees_to(purpose, "user_id"))
    rows = views.values_list("user_id", "share_id", "product_id", "at")
    found = _acts(shelf, ((who, 0, product, at) for who, _share, product, at in rows.iterator()), worth=LOOK, now=now)
    return without_denied(shelf, found)


def without_denied(shelf: Shelf, acts: Acts) -> Acts:
    """Return these acts without those with goods of which their person has said that they are not hers. Two statements at most."""
    pairs = list(zip(acts.person.tolist(), shelf.ids[acts.place].tolist(), strict=True))
    out = denied(set(pairs)) if pairs else frozenset()
    return acts.of(np.array([pair not in out for pair in pairs], dtype=np.bool_)) if out else acts


def the_past(shelf: Shelf, *, since: datetime, until: datetime) -> Acts:
    """Return what a model learns from: everybody's orders of that time; as wishes those that were given back before they left, and looks.

    Looks are only those of people who agree now that they are kept and that goods are picked by them. Three statements.
    """
    who = ("order__buyer_id", "order__shop_id", "product_id_at_order", "order__paid_at")
    lines = _paid_lines(since).filter(order__paid_at__lt=until)
    never_left = AfterSale.objects.filter(order_line=OuterRef("pk"), is_before_shipment=True, status=AfterSale.Status.DONE)
    called_off = lines.filter(Exists(never_left), quantity=F("refunded_quantity"))
    kept = lines.filter(~Exists(never_left) | Q(quantity__gt=F("refunded_quantity")))
    views = View.objects.filter(user_id__isnull=False, at__gte=since, at__lt=until)
    for purpose in (Purpose.BROWSING, Purpose.RECOMMENDATIONS):
        views = views.filter(agrees_to(purpose, "user_id"))
    looks = ((user or 0, 0, product, at) for user, product, at in views.values_list("user_id", "product_id", "at").iterator())
    return together(
        _acts(shelf, kept.values_list(*who), worth=1.0, now=until),
        _acts(shelf, called_off.values_list(*who), worth=LOOK, now=until),
        _acts(shelf, looks, worth=LOOK, now=until),
    )


def agrees_to(purpose: Purpose, person: str) -> Exists:
    """Return the condition that the person in column ``person`` agrees now to the text in force."""
    return Exists(
        Consent.objects.filter(
            user_id=OuterRef(person), purpose=purpose, version=PURPOSES[purpose].version, withdrawn_at__isnull=True
        )
    )


def telling(people: Collection[int]) -> frozenset[int]:
    """Return those of these people who let their agent know now what they look at. One statement."""
    rows = User.objects.filter(pk__in=list(people))
    for purpose in (Purpose.BROWSING, Purpose.AGENT_ALERTS):
        rows = rows.filter(agrees_to(purpose, "pk"))
    return frozenset(rows.values_list("pk", flat=True))


def together(*acts: Acts) -> Acts:
    """Return all these acts as one."""
    return Acts(
        person=np.concatenate([each.person for each in acts]),
        shop=np.concatenate([each.shop for each in acts]),
        place=np.concatenate([each.place for each in acts]),
        weight=np.concatenate([each.weight for each in acts]),
        is_order=np.concatenate([each.is_order for each in acts]),
    )


def openings(shelf: Shelf, shop_ids: Collection[int]) -> dict[int, Floats]:
    """Return, for each of these shops, how often links to each product were opened within a year (n). One statement."""
    since = clock.now() - REMEMBERED
    rows = (
        Visit.objects.filter(share__shop_id__in=list(shop_ids), is_valid=True, at__gte=since, share__kind=Share.Kind.PRODUCT)
        .order_by()
        .values_list("share__shop_id", "share__product_id")
        .annotate(Count("pk"))
    )
    found = {shop_id: np.zeros(len(shelf)) for shop_id in shop_ids}
    for shop_id, product_id, count in rows:
        found[shop_id][shelf.places([product_id])] += count
    return found


def customers_of(shop_ids: Collection[int]) -> dict[int, list[int]]:
    """Return the customers bound to each of these shops, the newest first. One statement."""
    rows = Binding.objects.filter(shop_id__in=list(shop_ids), status=Binding.Status.ACTIVE).order_by("-bound_at", "-pk")
    found: dict[int, list[int]] = {shop_id: [] for shop_id in shop_ids}
    for shop_id, customer_id in rows.values_list("shop_id", "customer_id"):
        found[shop_id].append(customer_id)
    return found


def sold_by_month(ids: Ints, *, since: datetime, until: datetime) -> Floats:
    """Return the pieces of each product that were paid in each month of the year, within that time (n × 12). One statement."""
    found = np.zeros((len(ids), MONTHS))
    at = {product_id: place for place, product_id in enumerate(ids.tolist())}
    lines = _paid_lines(since).filter(order__paid_at__lt=until)
    for product_id, month, pieces in lines.values_list("product_id_at_order", "order__paid_at__month").annotate(Sum("quantity")):
        if product_id in at:
            found[at[product_id], month - 1] += pieces
    return found


def tags_of(keywords: Iterable[str]) -> tuple[sparse.csr_array, np.ndarray]:
    """Return the words under which products are listed as a matrix (n × t, rows of length one) with the words."""
    words = [sorted(set(query_terms(text))) for text in keywords]
    names = sorted({word for each in words for word in each})
    at = {name: column for column, name in enumerate(names)}
    rows = [row for row, each in enumerate(words) for _word in each]
    columns = [at[word] for each in words for word in each]
    values = [1.0 / np.sqrt(len(each)) for each in words for _word in each]
    matrix = sparse.csr_array((values, (rows, columns)), shape=(len(words), len(names)), dtype=np.float64)
    return matrix, np.array(names, dtype=np.str_)


def _paid_lines(since: datetime) -> Any:
    return OrderLine.objects.filter(order__paid_at__gte=since).order_by()


def _column(rows: list[tuple[Any, ...]], at: int) -> Ints:
    return np.array([row[at] for row in rows], dtype=np.int64)


def _commission(product_ids: list[int]) -> Ints:
    points: list[int] = []
    for start in range(0, len(product_ids), READ_AT_ONCE):
        some = product_ids[start : start + READ_AT_ONCE]
        rates = distribution.rates_for(some)
        points += [rates[product_id].basis_points for product_id in some]
    return np.array(points, dtype=np.int64)


def _by_product(ids: Ints, rows: Iterable[tuple[int, int | None]]) -> Ints:
    found = dict(rows)
    return np.array([found.get(product_id) or 0 for product_id in ids.tolist()], dtype=np.int64)


def _late(suppliers: Ints, *, since: datetime) -> Floats:
    found = punctuality(since=since)
    due, late = sum(each.due for each in found.values()), sum(each.late for each in found.values())
    mean = late / due if due else 0.0
    shares = {key: (each.late + LATE_PARCELS * mean) / (each.due + LATE_PARCELS) for key, each in found.items()}
    return np.array([shares.get(supplier, mean) for supplier in suppliers.tolist()], dtype=np.float64)


def _judged(ids: Ints, *, now: datetime) -> tuple[Ints, Ints, Ints]:
    """Return, for each product, its orders old enough to be judged, those that went wrong, and those that came back."""
    old = OrderLine.objects.filter(order__received_at__lt=now - JUDGED_AFTER, order__received_at__gte=now - REMEMBERED)
    claims = AfterSale.objects.filter(order_line=OuterRef("pk"), is_before_shipment=False).exclude(status__in=BROKEN)
    poor = Review.objects.filter(order_line=OuterRef("pk"), rating__lte=BAD_STARS)
    is_bad = Q(Exists(claims.filter(is_quality_issue=True))) | Q(Exists(poor))
    rows = (
        old.annotate(is_bad=is_bad, is_returned=Exists(claims))
        .order_by()
        .values("product_id_at_order")
        .annotate(
            judged=Count("order", distinct=True),
            wrong=Count("order", distinct=True, filter=Q(is_bad=True)),
            back=Count("order", distinct=True, filter=Q(is_returned=True)),
        )
        .values_list("product_id_at_order", "judged", "wrong", "back")
    )
    found = {row[0]: row[1:] for row in rows}
    counts = np.array([found.get(product_id, (0, 0, 0)) for product_id in ids.tolist()], dtype=np.int64).reshape(-1, 3)
    return counts[:, 0], counts[:, 1], counts[:, 2]


def _heard(ids: Ints, *, since: datetime) -> tuple[Ints, Ints]:
    """Return, for each product, how many people said whether a share of it was of use, and to how many it was not. One statement.

    Everybody counts once for a product, by her last word. Nothing counts before ``LEAST_SHARERS`` have shared it.
    """
    said = Feedback.objects.filter(undone_at__isnull=True, at__gte=since).order_by("at", "pk")
    last: dict[tuple[int, int], bool] = {}
    sharers: dict[int, set[int]] = defaultdict(set)
    for product_id, receiver_id, sharer_id, word in said.values_list("product_id", "receiver_id", "sharer_id", "word").iterator():
        if product_id is None:
            continue
        last[product_id, receiver_id] = word != Feedback.Word.USEFUL
        sharers[product_id].add(sharer_id)
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (product_id, _receiver), is_unwelcome in last.items():
        if len(sharers[product_id]) >= LEAST_SHARERS:
            counts[product_id][0] += 1
            counts[product_id][1] += is_unwelcome
    found = np.array([counts.get(product_id, [0, 0]) for product_id in ids.tolist()], dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _acts(shelf: Shelf, rows: Iterable[tuple[int, int | None, int, datetime]], *, worth: float, now: datetime) -> Acts:
    known = [(person, shop or 0, product, (now - at).total_seconds() / 86_400) for person, shop, product, at in rows]
    products = np.array([row[2] for row in known], dtype=np.int64)
    on_sale = np.isin(products, shelf.ids)
    days = np.array([row[3] for row in known], dtype=np.float64)[on_sale]
    return Acts(
        person=np.array([row[0] for row in known], dtype=np.int64)[on_sale],
        shop=np.array([row[1] for row in known], dtype=np.int64)[on_sale],
        place=np.searchsorted(shelf.ids, products[on_sale]),
        weight=worth * 0.5 ** (np.maximum(days, 0.0) / HALF_LIFE_DAYS),
        is_order=np.full(int(on_sale.sum()), int(worth >= 1.0), dtype=np.int64),
    )
