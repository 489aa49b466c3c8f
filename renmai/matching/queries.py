"""Reads of matching: lists as they were made ahead, each in one statement; requirements, demotions, comparisons. Never loads a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, Value, When

from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import Consent, Region, User
from renmai.catalogue.models import Product, Supplier
from renmai.kernel import clock
from renmai.kernel.compiled import Compiled
from renmai.kernel.models import Alert
from renmai.matching.fitted import files
from renmai.matching.models import Comparison, Demotion, Requirements, Selection, Verdict
from renmai.matching.policies import require_manager
from renmai.matching.selections import Entry, Kept, kept
from renmai.matching.wishes import ANYTHING, Wishes
from renmai.sharing import queries as sharing

MOST: Final = 100
PAGE_SIZE: Final = 30
PROVINCE_DIGITS: Final = 2
Audience = Selection.Audience
NOTHING: Final[tuple[Entry, ...]] = ()


@dataclass(frozen=True)
class ForMember:
    """What the shop recommends to somebody: her own list (``is_personal``), or everybody's."""

    entries: tuple[Entry, ...]
    is_personal: bool
    made_at: datetime | None = None
    strategy: str = ""
    experiment_id: int = 0


@dataclass(frozen=True)
class Advice:
    """One product an agent may share today, why, and with whom of her customers above all (ids, the best first)."""

    product_id: int
    entry: Entry
    customer_ids: tuple[int, ...]
    strategy: str


def for_member(user: User | None) -> ForMember:
    """Return the list for this person in one statement: hers if she agrees to personal recommendations at this moment, else everybody's.

    Guests always get everybody's. A list that was never made is empty.
    """
    row = _HERS.first(user.pk) if user is not None else _EVERYBODYS.first()
    if row is None:
        return ForMember(NOTHING, is_personal=False)
    found = kept(row)
    return ForMember(
        found.entries,
        is_personal=found.audience == Audience.MEMBER,
        made_at=found.made_at,
        strategy=found.strategy,
        experiment_id=found.experiment_id,
    )


def for_everybody() -> ForMember:
    """Return everybody's list, for who does not want a personal one. One statement."""
    return for_member(None)


def for_agent(agent: User) -> Kept | None:
    """Return the goods recommended to an agent; None before her first list was made. One statement."""
    return _one(Audience.AGENT, agent.pk)


def groups_of(agent: User) -> list[Kept]:
    """Return the lists for groups of her customers, the largest group first. One statement."""
    rows = Selection.objects.filter(audience=Audience.GROUP, subject_id=agent.pk).order_by("-people", "part")[:MOST]
    return [kept(row) for row in rows]


def for_customer(agent: User, customer_id: int) -> Kept | None:
    """Return the goods of an agent's shop that suit one customer of hers, None when nothing is known of her. One statement.

    Whether the customer lets her know, is still hers, and may be told anything now is for the caller to ask: it changes by the hour.
    """
    row = Selection.objects.filter(audience=Audience.CUSTOMER, subject_id=agent.pk, part=customer_id).first()
    return kept(row) if row is not None else None


def share_today(agent: User, *, limit: int = 5) -> tuple[Advice, ...]:
    """Return what an agent may share today, the best first: goods of her shop, why, and whom each suits best. Three statements at most.

    Who muted her, and who is her customer no more, is left out at once. Whether a customer may be pushed to now (consent, quiet hours,
    trust) is for the caller to ask (``trust.queries.gates``); it changes by the hour.
    """
    found = _one(Audience.SHARE, agent.pk)
    if found is None:
        return ()
    entries = found.entries[: min(limit, MOST)]
    named = {person for entry in entries for person in entry.people}
    if named:
        named &= sharing.bound_to(agent.pk, among=named)
        named -= sharing.who_muted(agent.pk, among=named)
    return tuple(
        Advice(entry.product_id, entry, tuple(person for person in entry.people if person in named), found.strategy)
        for entry in entries
    )


def goes_with(product_id: int) -> tuple[Entry, ...]:
    """Return what goes with a product. One statement."""
    found = _one(Audience.PRODUCT, product_id)
    return found.entries if found else NOTHING


def safe_picks() -> tuple[Entry, ...]:
    """Return the safe picks 省心选, the best-selling first, at most 1,000. One statement."""
    found = _one(Audience.SAFE, 0)
    return found.entries if found else NOTHING


def requirements_of(agent: User) -> Wishes:
    """Return an agent's selection requirements; ``ANYTHING`` when she has none. One statement."""
    row = Requirements.objects.filter(user=agent).first()
    return as_wishes(row) if row is not None else ANYTHING


def as_wishes(row: Requirements) -> Wishes:
    """Return stored requirements as a value."""
    return Wishes(
        categories=frozenset(row.categories),
        brands=frozenset(row.brands),
        minimum_fen=row.minimum_fen,
        maximum_fen=row.maximum_fen,
        commission_points=row.commission_points,
        suppliers=frozenset(row.suppliers),
        ship_from=frozenset(row.ship_from),
        return_points=row.return_points,
    )


@dataclass(frozen=True)
class Choices:
    """What an agent may choose among in her requirements: brands, suppliers and provinces that goods on sale have, with their names."""

    brands: tuple[str, ...]
    suppliers: tuple[tuple[int, str], ...]
    provinces: tuple[tuple[str, str], ...]


def choices() -> Choices:
    """Return what the goods on sale offer to choose among, at most ``MOST`` of a kind. Three statements."""
    listed = Product.objects.filter(status=Product.Status.LISTED)
    brands = listed.exclude(brand="").order_by("brand").values_list("brand", flat=True).distinct()[:MOST]
    suppliers = Supplier.objects.filter(Exists(listed.filter(supplier=OuterRef("pk")))).order_by("name_zh", "pk")[:MOST]
    used = {(supplier.region_id or "")[:PROVINCE_DIGITS] for supplier in suppliers} - {""}
    provinces = Region.objects.filter(parent__isnull=True).order_by("code")
    return Choices(
        brands=tuple(brands),
        suppliers=tuple((supplier.pk, supplier.name) for supplier in suppliers),
        provinces=tuple((row.code[:PROVINCE_DIGITS], row.name) for row in provinces if row.code[:PROVINCE_DIGITS] in used),
    )


def rejected_by(agent: User, *, page: int = 1) -> "Page[Verdict]":
    """Return what an agent said is not for her, the newest first."""
    return _paged(_verdicts(agent, Verdict.Side.AGENT).filter(answer=Verdict.Answer.REJECTED), page)


def hidden_by(member: User, *, page: int = 1) -> "Page[Verdict]":
    """Return what a member does not want to see, the newest first."""
    return _paged(_verdicts(member, Verdict.Side.CUSTOMER), page)


def demotions(actor: User, *, page: int = 1, status: str = Demotion.Status.ACTIVE) -> "Page[Demotion]":
    """Return demoted goods, the newest first. Needs ``matching.manage``."""
    require_manager(actor)
    rows = Demotion.objects.filter(status=status).select_related("product", "lifted_by").order_by("-at", "-pk")
    return _paged(rows, page)


def is_demoted(product_id: int) -> bool:
    """Whether a product is recommended to nobody at present. One statement."""
    return Demotion.objects.filter(product_id=product_id, status=Demotion.Status.ACTIVE).exists()


def newest_comparison(actor: User) -> Comparison | None:
    """Return the last comparison of strategies. Needs ``matching.manage``."""
    require_manager(actor)
    return Comparison.objects.order_by("-made_at", "-pk").first()


@dataclass(frozen=True)
class ModelNow:
    """The model of the lists as it stands: its manifest (None before the first), and why it does not serve ("" when it does).

    ``new_goods`` counts goods that came on sale after it was made: of these it knows nothing yet.
    """

    manifest: files.Manifest | None
    fault: str
    new_goods: int


def model_now(actor: User) -> ModelNow:
    """Return which model serves the lists, or why none does. Needs ``matching.manage``. Three statements at most.

    What shows only when a model is opened (a damaged file, other goods) is what the worker said when it tried last.
    """
    require_manager(actor)
    try:
        said = files.manifest()
    except files.Unusable as unusable:
        return ModelNow(None, unusable.fault, 0)
    listed = Product.objects.filter(status=Product.Status.LISTED, listed_at__gt=said.made_at)
    new_goods = listed.count()
    try:
        files.check(said)
    except files.Unusable as unusable:
        return ModelNow(said, unusable.fault, new_goods)
    told = Alert.objects.filter(code=files.ALERT, resolved_at__isnull=True).values_list("detail", flat=True).first() or ""
    return ModelNow(said, told.partition(":")[0], new_goods)


@dataclass(frozen=True)
class Coverage:
    """The lists of one audience: how many there are, how many wait to be made anew, when the oldest was made."""

    audience: str
    lists: int
    due: int
    oldest_at: datetime | None


def coverage(actor: User) -> list[Coverage]:
    """Return how far the lists reach, one row for each audience that has any. Needs ``matching.manage``. One statement."""
    require_manager(actor)
    rows = Selection.objects.order_by("audience").values("audience")
    counted = rows.annotate(lists=Count("pk"), due=Count("pk", filter=Q(due_at__lte=clock.now())), oldest=Min("made_at"))
    return [Coverage(*row) for row in counted.values_list("audience", "lists", "due", "oldest")]


def lists_for_agents(*, limit: int = 500) -> list[Kept]:
    """Return the newest lists of agents, for the figures about all of them together."""
    rows = Selection.objects.filter(audience=Audience.AGENT).order_by("-made_at", "-pk")[:limit]
    return [kept(row) for row in rows]


def overlap(lists: Sequence[Kept], *, first: int = 20) -> float | None:
    """Return the mean share of common goods among the ``first`` of every two lists, 0 … 1; None for fewer than two lists.

    Counted by how many lists each product is on, which for n lists is the same as comparing all n·(n - 1) / 2 pairs. Shorter lists count
    by their own mean length: two equal lists of nine overlap wholly.
    """
    tops = [[entry.product_id for entry in each.entries[:first]] for each in lists if each.entries]
    if len(tops) < 2:
        return None
    counts: dict[int, int] = {}
    for top in tops:
        for product_id in top:
            counts[product_id] = counts.get(product_id, 0) + 1
    pairs = len(tops) * (len(tops) - 1) / 2
    common = sum(count * (count - 1) / 2 for count in counts.values())
    return common / (pairs * sum(map(len, tops)) / len(tops))


def _one(audience: str, subject_id: int) -> Kept | None:
    row = _LIST.first(audience, subject_id)
    return kept(row) if row is not None else None


def _of_member(user_id: Any) -> QuerySet[Selection, Any]:
    """Her own list while she agrees to it, before everybody's: consent is asked in the same statement, so withdrawing holds at once."""
    purpose = Purpose.RECOMMENDATIONS
    agrees = Consent.objects.filter(
        user_id=OuterRef("subject_id"), purpose=purpose, version=PURPOSES[purpose].version, withdrawn_at__isnull=True
    )
    hers = Q(Exists(agrees), audience=Audience.MEMBER, subject_id=user_id)
    first = Case(When(audience=Audience.MEMBER, then=Value(0)), default=Value(1))
    return Selection.objects.filter(hers | Q(audience=Audience.EVERYBODY, subject_id=0)).order_by(first)[:1]


def _verdicts(user: User, side: str) -> QuerySet[Verdict]:
    return Verdict.objects.filter(user=user, side=side).select_related("product").order_by("-at", "-pk")


def _paged(rows: Any, page: int) -> "Page[Any]":
    return Paginator(rows, PAGE_SIZE).get_page(page)


_HERS: Compiled[Selection] = Compiled(_of_member)
_EVERYBODYS: Compiled[Selection] = Compiled(lambda: Selection.objects.filter(audience=Audience.EVERYBODY, subject_id=0))
_LIST: Compiled[Selection] = Compiled(
    lambda audience, subject_id: Selection.objects.filter(audience=audience, subject_id=subject_id, part=0)
)
