"""What an agent sees of her alerts: only of customers who are hers and still agree, whatever was true when she was told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from renmai.accounts.consents import PURPOSES
from renmai.accounts.models import Consent, User
from renmai.alerts.gate import NEEDED
from renmai.alerts.intent.features import Signals
from renmai.alerts.intent.scoring import Scorer
from renmai.alerts.models import BrowseAlert
from renmai.alerts.queries.models import scorers
from renmai.distribution.models import LeaderTerm
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.sharing.models import Binding, Mute, Share

TASKS: Final = 20
DAY: Final = timedelta(days=1)
NOTES_AT_ONCE: Final = 1000
Status = BrowseAlert.Status


@dataclass(frozen=True)
class Card:
    """An alert as its agent reads it. ``reasons`` are the names of what raised the chance most, with what was seen of each."""

    alert: BrowseAlert
    name: str
    avatar_seed: str
    chance_percent: int
    reasons: tuple[tuple[str, int], ...]
    minutes_left: int


@dataclass(frozen=True)
class Missed:
    """How many alerts an agent of a team let pass since the day began: no customer, no product."""

    agent_user_id: int
    name: str
    count: int
    last_at: datetime


def numbers_after(number: int) -> list[tuple[int, int]]:
    """Return (number, agent's user id) of the alerts behind ``number``, in their order, for live streams. One statement."""
    rows = BrowseAlert.objects.filter(pk__gt=number).order_by("pk")
    return list(rows.values_list("pk", "agent_id")[:NOTES_AT_ONCE])


def newest_number() -> int:
    """Return the number of the newest alert, 0 without one."""
    return BrowseAlert.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def open_numbers(user: User, *, after: int) -> list[int]:
    """Return the numbers of her open alerts behind ``after``, in order: what a page missed while it was not connected."""
    rows = _visible(user).filter(pk__gt=after, status=Status.OPEN, due_at__gt=clock.now()).order_by("-pk")
    return sorted(rows.values_list("pk", flat=True)[:TASKS])


def access_alert(actor: User, alert_id: int) -> BrowseAlert:
    """Return an alert of one's own, with customer, product and shop; ``request.not_found`` for anybody else's.

    So it is for one whose customer has taken her consent back, has muted her, or is not hers any more.
    """
    found = _visible(actor).filter(pk=alert_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def alert_behind(user: User, share: Share, number: int) -> BrowseAlert | None:
    """Return the alert ``number`` that a link of hers answers; None for any other, and once it may not be seen any more."""
    return _visible(user).filter(pk=number, share=share).first()


def tasks(user: User, *, limit: int = TASKS) -> list[Card]:
    """Return her open alerts, those that are due first at the top. Two statements."""
    rows = list(_visible(user).filter(status=Status.OPEN, due_at__gt=clock.now()).order_by("due_at", "pk")[:limit])
    found_by = scorers(alert.intent_model_id for alert in rows)
    return [_card(alert, found_by[alert.intent_model_id]) for alert in rows]


def card(alert: BrowseAlert) -> Card:
    """Return an alert as a card. One statement for the model that found it, if that was a fitted one."""
    return _card(alert, scorers([alert.intent_model_id])[alert.intent_model_id])


def _card(alert: BrowseAlert, model: Scorer) -> Card:
    seen = Signals(**{name: value for name, value in alert.evidence.items() if name in Signals.__dataclass_fields__})
    reasons = tuple((name, alert.evidence[name]) for name in model.reasons(seen))
    left = alert.due_at - clock.now()
    return Card(
        alert=alert,
        name=alert.customer.display_name,
        avatar_seed=alert.customer.avatar_seed,
        chance_percent=round(alert.chance_basis_points / 100),
        reasons=reasons,
        minutes_left=max(0, int(left.total_seconds() // 60)),
    )


def missed_of_team(user: User) -> list[Missed]:
    """Return how many alerts each agent whom this person leads let pass in the last day. Nothing about customers: they agreed to their

    own agent, not to hers. One statement.
    """
    led = LeaderTerm.objects.filter(leader__user=user, until__isnull=True).values("agent__user")
    since = clock.now() - DAY
    rows = BrowseAlert.objects.filter(agent__in=led, status=Status.MISSED, due_at__gte=since)
    grouped = rows.values("agent_id", "agent__display_name").annotate(count=Count("pk"), last=Max("due_at")).order_by("-count")
    return [Missed(row["agent_id"], row["agent__display_name"], row["count"], row["last"]) for row in grouped[:TASKS]]


def day_of(alert_id: int) -> date | None:
    """Return the day in China on which an alert was told; None when it is not there any more."""
    return BrowseAlert.objects.filter(pk=alert_id).values_list("day", flat=True).first()


def missed_on(agent_user_id: int, day: date) -> int:
    """Return how many alerts of a day an agent let pass."""
    return BrowseAlert.objects.filter(agent=agent_user_id, day=day, status=Status.MISSED).count()


def _visible(user: User) -> QuerySet[BrowseAlert]:
    """Return her alerts of customers who agree now to all that it needs, are bound to her shop now and have not muted her."""
    standing = Consent.objects.filter(user=OuterRef("customer"), withdrawn_at__isnull=True)
    agrees = [Exists(standing.filter(purpose=purpose, version=PURPOSES[purpose].version)) for purpose in NEEDED]
    is_hers = Binding.objects.filter(customer=OuterRef("customer"), shop=OuterRef("shop"), status=Binding.Status.ACTIVE)
    has_muted = Mute.objects.filter(receiver=OuterRef("customer"), sharer=user)
    rows = BrowseAlert.objects.filter(*agrees, Exists(is_hers), ~Exists(has_muted), agent=user)
    return rows.select_related("customer", "product", "shop", "share")
