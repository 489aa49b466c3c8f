"""A points campaign and people who have some, for tests."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.terms import checked
from renmai.campaigns.tests.fakes import choice, running_campaign
from renmai.catalogue.models import Sku
from renmai.journeys.tests.world import Customer, place
from renmai.kernel import clock, ids
from renmai.ordering.models import Order
from renmai.plays.points.actions.booking import What, held, issue
from renmai.plays.points.models import Account, Pot
from renmai.plays.points.play import PLAY


def campaign(fields: dict[str, Any] | None = None, **terms: Any) -> Campaign:
    """A running campaign: 10 points a yuan, 100 points are one yuan, up to half the price, from 1 point on."""
    raw = {"earned_per_yuan": 10, "most_basis_points": 5000, "minimum_points": 1} | terms
    return running_campaign("points", terms=checked(PLAY, raw), **(fields or {}))


def gift(user: User, points: int, *, days: float = 365) -> None:
    """Give somebody points that are good for so many days."""
    with transaction.atomic():
        held(user.pk)
        issue(
            user.pk,
            Pot.SHOP,
            points,
            cause=f"gift:{ids.token()}",
            what=What("reward"),
            expires_at=clock.now() + timedelta(days=days),
        )


def ordered(who: Customer, running: Campaign, sku: Sku, points: int | str = "", *, pieces: int = 1) -> Order:
    """An order with so many of her points, or as many as fit."""
    return place(who, [(sku, pieces)], plays=(choice(running, str(points)),))


def account(user: User) -> tuple[int, int, int]:
    """Available, reserved and owed points."""
    row = Account.objects.get(user=user)
    return row.available, row.reserved, row.debt
