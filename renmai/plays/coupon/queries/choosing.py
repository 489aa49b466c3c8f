"""Which of her coupons fit an order, and what each would take off."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from renmai.accounts.models import User
from renmai.campaigns.plays import Choice, Line, Option
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.windows import CHINA
from renmai.plays.coupon.conditions import Conditions, conditions_of, covered_by
from renmai.plays.coupon.models import Coupon

MOST = 50


def usable(user: User, code: str, *, campaign_id: int) -> Coupon:
    """Return her own usable coupon. Raises ``request.not_found`` for anybody else's, ``coupon.gone`` for one that is used or over."""
    coupon = Coupon.objects.filter(code=code, owner=user, campaign_id=campaign_id).select_related("terms").first()
    if coupon is None:
        raise DomainError("request.not_found")
    if not coupon.is_usable:
        raise DomainError("coupon.gone")
    return coupon


def conditions_on(coupon: Coupon) -> Conditions:
    """Return what stands on a coupon: the terms of its own version, and its own worth if it was a reward."""
    return conditions_of(coupon.terms.terms, worth_fen=coupon.most_fen if coupon.reward_id else None)


def covered(conditions: Conditions, lines: Sequence[Line]) -> frozenset[int]:
    """Return the products among ``lines`` that the conditions hold for."""
    return covered_by([conditions], {line.product_id for line in lines})[conditions]


def options(user: User, lines: Sequence[Line]) -> list[Option]:
    """Return her coupons for these goods: the best first, then those that end first; at the end those that do not fit, and why.

    Two statements whatever their number.
    """
    rows = Coupon.objects.filter(owner=user, status=Coupon.Status.FREE, valid_until__gt=clock.now()).select_related("terms")
    found = [(coupon, conditions_on(coupon)) for coupon in rows.order_by("valid_until", "pk")[:MOST]]
    covers = covered_by({conditions for _coupon, conditions in found}, {line.product_id for line in lines})
    listed = [_option(coupon, conditions, lines, covers[conditions]) for coupon, conditions in found]
    return sorted(listed, key=lambda option: (bool(option.why_not), -option.off_fen))


def _option(coupon: Coupon, conditions: Conditions, lines: Sequence[Line], covered: frozenset[int]) -> Option:
    try:
        off_fen, why_not = sum(conditions.off(lines, covered).values()), ""
    except DomainError as error:
        off_fen, why_not = 0, error.sentence
    until = _("until %(day)s") % {"day": last_day(coupon.valid_until)}
    return Option(Choice("coupon", coupon.campaign_id, coupon.code), conditions.headline, off_fen, detail=until, why_not=why_not)


def last_day(moment: datetime) -> str:
    """Return the day of a moment as China's calendar has it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d}"
