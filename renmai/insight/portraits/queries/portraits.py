"""Portraits as people see them: she herself, her agent, the staff, and the rooms that match goods with her."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.accounts.queries import has_consent
from renmai.insight.portraits.conditions import agreeing
from renmai.insight.portraits.facets import FACETS, WHOLE, Facet, Source, half_life
from renmai.insight.portraits.fading import strength
from renmai.insight.portraits.models import Correction, Interest, Portrait, Stale, Withheld
from renmai.insight.portraits.parts import FACETS_OF, Part
from renmai.insight.portraits.queries.names import names
from renmai.insight.portraits.tags import Tag, tags_of
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.sharing.models import Binding, Shop

SHOWN_OF_A_FACET = 6
FAINTEST = 0.05
"""What has faded to less than a twentieth of one look is not shown any more."""


@dataclass(frozen=True)
class Taste:
    """One interest: how strong now (1 is one look this moment), which part of its facet and source, and what it rests on."""

    facet: Facet
    source: Source
    value: str
    name: str
    strength: float
    share: float
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Shown:
    """One facet of one source with its strongest interests, and after how many days half of them is forgotten."""

    facet: Facet
    source: Source
    label: "str | Promise"
    half_life_days: float
    tastes: tuple[Taste, ...]


@dataclass(frozen=True)
class Likeness:
    """A portrait. ``is_followed``: she lets the shop keep what she looks at; ``facts`` is None for whoever left no trace yet.

    ``waits_since`` is set while a change of her facts has not been counted yet.
    """

    user: User
    facts: Portrait | None
    shown: tuple[Shown, ...]
    tags: tuple[Tag, ...]
    corrections: tuple[tuple[Correction, str], ...]
    is_followed: bool
    waits_since: datetime | None


def own(user: User) -> Likeness:
    """Return her portrait as she sees it herself: everything there is. Ten statements."""
    return likeness(user)


def likeness(user: User) -> Likeness:
    """Return somebody's portrait. Whoever shows it to others has asked whether they may see it."""
    is_followed = has_consent(user, Purpose.BROWSING)
    rows = Interest.objects.filter(user=user)
    if not is_followed:
        rows = rows.exclude(source=Source.BROWSING)
    corrections = list(Correction.objects.filter(user=user).order_by("-at", "-pk")[:100])
    words = names((row.facet, row.value) for row in corrections)
    return Likeness(
        user=user,
        facts=Portrait.objects.filter(user=user).first(),
        shown=_shown(rows),
        tags=tags_of([user.pk]).get(user.pk, ()),
        corrections=tuple((row, words[row.facet, row.value]) for row in corrections),
        is_followed=is_followed,
        waits_since=Stale.objects.filter(user=user).values_list("since", flat=True).first(),
    )


def for_agent(shop: Shop, customer_id: int) -> tuple[Shown, ...] | None:
    """Return what a customer lets her agent see of what she looks at: nothing without both agreements; None when she tells nothing.

    Raises ``portraits.not_hers`` unless she is bound to this shop now. Purchases are left out: those of the agent's own shop she knows, and
    others are none of her business.
    """
    binding = (
        Binding.objects.filter(shop=shop, customer=customer_id, status=Binding.Status.ACTIVE).select_related("customer").first()
    )
    if binding is None:
        raise DomainError("portraits.not_hers")
    customer = binding.customer
    if not tells_agent(customer):
        return None
    hidden = withheld_parts(customer)
    allowed = [facet for part, facets in FACETS_OF.items() if part not in hidden for facet in facets]
    return _shown(Interest.objects.filter(user=customer, source=Source.BROWSING, facet__in=allowed))


def tells_agent(customer: User) -> bool:
    """Whether she lets her agent know what she looks at, at this moment. Two statements at most."""
    return has_consent(customer, Purpose.BROWSING) and has_consent(customer, Purpose.AGENT_ALERTS)


def withheld_parts(user: User) -> frozenset[Part]:
    """Return the parts of her portrait that her agent does not see."""
    return frozenset(Part(part) for part in Withheld.objects.filter(user=user).values_list("part", flat=True))


def interests_of(user_ids: Collection[int], facet: Facet, *, source: Source = Source.BROWSING) -> dict[int, dict[str, float]]:
    """Return for each of these people how strong her interests of a facet are now; for rooms that match goods. Two statements.

    From browsing only of those who agree both to being followed and to personal recommendations; people without any are missing.
    """
    rows = Interest.objects.filter(user__in=user_ids, facet=facet, source=source).exclude(value=WHOLE)
    if source is Source.BROWSING:
        for purpose in (Purpose.BROWSING, Purpose.RECOMMENDATIONS):
            rows = rows.filter(user__in=agreeing(purpose).values("user"))
    now, days = clock.now(), half_life(facet, source)
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for user_id, value, score in rows.order_by().values_list("user", "value", "score"):
        found[user_id][value] = strength(score, now, half_life_days=days)
    return dict(found)


def _shown(rows: Iterable[Interest]) -> tuple[Shown, ...]:
    now = clock.now()
    by_facet: dict[tuple[Facet, Source], list[Interest]] = defaultdict(list)
    wholes: dict[tuple[Facet, Source], float] = {}
    for row in rows:
        key = (Facet(row.facet), Source(row.source))
        if row.value == WHOLE:
            wholes[key] = row.score
        elif strength(row.score, now, half_life_days=half_life(*key)) >= FAINTEST:
            by_facet[key].append(row)
    best = {key: sorted(found, key=lambda row: (-row.score, row.value))[:SHOWN_OF_A_FACET] for key, found in by_facet.items()}
    words = names((row.facet, row.value) for found in best.values() for row in found)
    order = list(FACETS)
    return tuple(
        Shown(
            facet=facet,
            source=source,
            label=FACETS[facet].label,
            half_life_days=half_life(facet, source),
            tastes=tuple(_taste(row, now, wholes.get((facet, source), row.score), words) for row in best[facet, source]),
        )
        for facet, source in sorted(best, key=lambda key: (key[1] != Source.BROWSING, order.index(key[0])))
    )


def _taste(row: Interest, now: datetime, whole: float, words: Mapping[tuple[str, str], str]) -> Taste:
    facet, source = Facet(row.facet), Source(row.source)
    return Taste(
        facet=facet,
        source=source,
        value=row.value,
        name=words[row.facet, row.value],
        strength=strength(row.score, now, half_life_days=half_life(facet, source)),
        share=min(1.0, 2.0 ** (row.score - whole)),
        count=row.count,
        first_at=row.first_at,
        last_at=row.last_at,
    )
