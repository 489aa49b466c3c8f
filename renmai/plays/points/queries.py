"""Reads of points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Choice, Line, Option
from renmai.campaigns.queries import open_campaigns
from renmai.kernel import clock
from renmai.kernel.paging import paged, viewed
from renmai.plays.points.actions.expiring import over
from renmai.plays.points.models import Account, Lot, Move, Pot, Spending
from renmai.plays.points.rates import Rates, rates_of
from renmai.plays.points.words import REASONS

KEY = "points"
PAGE_SIZE = 30


@dataclass(frozen=True)
class Balance:
    """What somebody has. ``ends_next`` of her points end at ``next_end``, unless she uses them before."""

    available: int
    reserved: int
    debt: int
    ends_next: int
    next_end: datetime | None


@dataclass(frozen=True)
class StatementLine:
    """One line: ``points`` is what it changed of what she can spend; for a debt, what it changed of that."""

    title: str
    why: str
    points: int
    is_debt: bool
    order_number: str
    campaign: str
    at: datetime


@dataclass(frozen=True)
class Counted:
    """The figures of one campaign, in points, orders and fen."""

    earned: int
    spent: int
    orders: int
    off_fen: int
    still_out: int


def programme() -> Campaign | None:
    """Return the campaign by which points are earned now, None when none is open; of several the oldest."""
    return next(iter(open_campaigns(play=KEY)), None)


def rates_now() -> Rates | None:
    """Return today's terms."""
    found = programme()
    return rates_of(found.terms) if found else None


def usable(user: User) -> int:
    """Return how many points she can spend now. Two statements."""
    account = Account.objects.filter(user=user).first()
    return account.available - over(account, clock.now()) if account else 0


def balance(user: User) -> Balance:
    """Return what she has and what ends next. Three statements."""
    now = clock.now()
    account = Account.objects.filter(user=user).first() or Account(user=user)
    run_out = over(account, now)
    end = Lot.objects.filter(user=user, expires_at__gt=now, is_over=False).order_by("expires_at").values("expires_at", "points")
    gone, ends_next, next_end = account.gone + run_out, 0, None
    before = (
        (Lot.objects.filter(user=user, expires_at__lte=now).aggregate(points=Sum("points"))["points"] or 0)
        if account.issued
        else 0
    )
    for lot in end[:500]:
        before += lot["points"]
        if before > gone:
            ends_next, next_end = before - gone, lot["expires_at"]
            break
    return Balance(account.available - run_out, account.reserved, account.debt, ends_next, next_end)


def statement(user: User, *, page: int = 1) -> "Page[StatementLine]":
    """Return everything that ever changed her points, the newest first. Spending what was kept for an order changes nothing any more."""
    mine = Move.objects.filter(user=user).filter(
        Q(source__in=[Pot.AVAILABLE, Pot.DEBT]) | Q(target__in=[Pot.AVAILABLE, Pot.DEBT])
    )
    rows = mine.select_related("order", "campaign").order_by("-at", "-pk")
    return viewed(paged(rows, number=page, size=PAGE_SIZE), _line)


def options(user: User, lines: Sequence[Line]) -> list[Option]:
    """Return what her points could take off these goods: as many as fit. No statement while no campaign is open."""
    found = programme()
    if found is None:
        return []
    available = usable(user)
    if not available:
        return []
    rates = rates_of(found.terms)
    off_fen = rates.most_off(available, sum(line.amount_fen for line in lines))
    points = rates.needed(off_fen)
    why_not = ""
    if not off_fen or points < rates.minimum_points:
        why_not = _("Points can be used from %(minimum)s on.") % {"minimum": rates.minimum_points}
        off_fen = 0
    label = _("Use %(points)s points") % {"points": points}
    detail = _("You have %(points)s") % {"points": available}
    return [Option(Choice(KEY, found.pk, "" if why_not else str(points)), label, off_fen, detail=detail, why_not=why_not)]


def count(campaign_id: int) -> Counted:
    """Return a campaign's figures, in three statements."""
    moves = Move.objects.filter(campaign_id=campaign_id)
    sums = moves.aggregate(
        earned=Sum("points", filter=Q(reason="earned")),
        back=Sum("points", filter=Q(reason="taken_back")),
    )
    spent = Spending.objects.filter(campaign_id=campaign_id, status=Spending.Status.SPENT)
    used = spent.aggregate(points=Sum(F("points") - F("returned")), orders=Count("pk"), off=Sum("off_fen"))
    out = Account.objects.aggregate(points=Sum(F("issued") - F("gone")))["points"] or 0
    return Counted((sums["earned"] or 0) - (sums["back"] or 0), used["points"] or 0, used["orders"], used["off"] or 0, out)


def _line(move: Move) -> StatementLine:
    title, why = REASONS[move.reason]
    is_debt = Pot.DEBT in {move.source, move.target}
    hers = Pot.DEBT if is_debt else Pot.AVAILABLE
    return StatementLine(
        title=str(title),
        why=str(why),
        points=move.points if move.target == hers else -move.points,
        is_debt=is_debt,
        order_number=move.order.number if move.order else "",
        campaign=move.campaign.title if move.campaign else "",
        at=move.at,
    )
