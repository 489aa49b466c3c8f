"""Lists for segments 人群: an operator has one made for mums or office women; whoever belongs to it and agrees sees it, everybody else what sells."""

from typing import Any, Final

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from renmai.accounts.actions import log_act
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.insight.portraits.conditions import agreeing as agreements
from renmai.insight.portraits.conditions import conditions_of, people
from renmai.insight.portraits.models import Segment
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.matching.models import Selection, Verdict
from renmai.matching.policies import require_manager
from renmai.matching.queries import ForMember
from renmai.matching.selections import DEFAULT_STRATEGY, GROUP_LEAST, Kept, kept

MOST_PEOPLE: Final = 5_000
"""A list is made from what so many of a segment's people did, those who bought last; more would not change it and cost the worker minutes."""

AT_ONCE: Final = 5
Audience = Selection.Audience


def begin(actor: User, segment_id: int) -> None:
    """Have a list made for a segment, and made anew as long as it is kept; nothing if it has one. Needs ``matching.manage``.

    Raises ``request.not_found`` for a segment that there is not, or that was put away.
    """
    require_manager(actor)
    segment = Segment.objects.filter(pk=segment_id, archived_at__isnull=True).first()
    if segment is None:
        raise DomainError("request.not_found")
    asked = {"strategy": DEFAULT_STRATEGY, "due_at": clock.now()}
    _row, is_new = Selection.objects.get_or_create(audience=Audience.SEGMENT, subject_id=segment_id, part=0, defaults=asked)
    if is_new:
        log_act(actor, "matching.segment_begun", object_type="segment", object_id=str(segment_id), detail={"name": segment.name})


def give_up(actor: User, segment_id: int) -> None:
    """Delete the list of a segment; pages that show it are gone. Needs ``matching.manage``; raises ``request.not_found``."""
    require_manager(actor)
    deleted, _by_model = _lists().filter(subject_id=segment_id).delete()
    if not deleted:
        raise DomainError("request.not_found")
    log_act(actor, "matching.segment_given_up", object_type="segment", object_id=str(segment_id))


def of_segment(actor: User, segment_id: int) -> Kept | None:
    """Return the list of a segment, None when it has none. Needs ``matching.manage``. One statement."""
    require_manager(actor)
    row = _lists().filter(subject_id=segment_id).first()
    return kept(row) if row is not None else None


def shown_to(user: User | None, segment_id: int) -> ForMember:
    """Return the list of a segment if this person belongs to it and agrees to personal recommendations at this moment, else everybody's.

    Asked in one statement, after one that reads the segment's conditions; a member's leaves out, by a third, what she does not want to see. A list of too few people is
    nobody's. Raises ``request.not_found`` for a segment without a list.
    """
    segment = Segment.objects.filter(
        Exists(_lists().filter(subject_id=OuterRef("pk"))), pk=segment_id, archived_at__isnull=True
    ).first()
    if segment is None:
        raise DomainError("request.not_found")
    wanted = Q(audience=Audience.EVERYBODY, subject_id=0)
    if user is not None:
        hers = Q(Exists(_members(segment, [user.pk])), audience=Audience.SEGMENT, subject_id=segment_id, people__gte=GROUP_LEAST)
        wanted |= hers
    first = Case(When(audience=Audience.SEGMENT, then=Value(0)), default=Value(1))
    row = Selection.objects.filter(wanted, part=0).order_by(first).first()
    if row is None:
        return ForMember((), is_personal=False)
    found = kept(row)
    is_personal = found.audience == Audience.SEGMENT
    hidden = _hidden(user) if is_personal and user is not None else frozenset()
    entries = tuple(entry for entry in found.entries if entry.product_id not in hidden)
    return ForMember(entries, is_personal=is_personal, made_at=found.made_at, strategy=found.strategy)


def due() -> list[Segment]:
    """Return segments whose list is to be made, a few at a time, after the lists of those that were put away are deleted."""
    _lists().exclude(subject_id__in=Segment.objects.filter(archived_at__isnull=True).values("pk")).delete()
    wanted = _lists().filter(due_at__lte=clock.now()).order_by("due_at", "pk").values_list("subject_id", flat=True)[:AT_ONCE]
    return list(Segment.objects.filter(pk__in=list(wanted)).order_by("pk"))


def agreeing(segment: Segment) -> list[int]:
    """Return those of a segment's people who agree to personal recommendations now, who bought last first, at most ``MOST_PEOPLE``."""
    return list(_members(segment).order_by("-last_order_at", "user_id").values_list("user_id", flat=True)[:MOST_PEOPLE])


def _members(segment: Segment, among: list[int] | None = None) -> "QuerySet[Any]":
    found = people(conditions_of(segment.conditions), segment.match, among=among)
    return found.filter(Exists(agreements(Purpose.RECOMMENDATIONS).filter(user=OuterRef("user"))))


def _lists() -> "QuerySet[Selection]":
    return Selection.objects.filter(audience=Audience.SEGMENT)


def _hidden(user: User) -> frozenset[int]:
    refused = Verdict.objects.filter(user=user, side=Verdict.Side.CUSTOMER, answer=Verdict.Answer.REJECTED)
    return frozenset(refused.values_list("product_id", flat=True))
