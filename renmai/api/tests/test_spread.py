"""How a campaign spreads, as programs read it."""

import pytest

from renmai.accounts.models import Consent, Role
from renmai.accounts.tests.factories import make_staff
from renmai.api.tests.world import Program
from renmai.insight.spread.tests.town import NOW, START, Town
from renmai.kernel import clock
from renmai.programs.actions import create_token

pytestmark = pytest.mark.django_db


def program(role: Role) -> Program:
    _token, text = create_token(make_staff(role), name="figures")
    return Program(text)


def test_figures_have_definitions_and_intervals() -> None:
    town = Town()
    agent, friend = town.user(), town.user()
    town.visit(town.link(agent, 0), friend, 1)
    town.buy(friend, 2, off=250)
    found = program(Role.ANALYST).get(
        f"/staff/campaigns/{town.campaign.pk}/spread?first={START:%Y-%m-%d}&last={NOW:%Y-%m-%d}", **{"Accept-Language": "en"}
    )
    figures = {figure["key"]: figure for figure in found["figures"]}
    assert (figures["k"]["value"], figures["k"]["count"], found["people"]) == (0.5, 2, 2)
    assert figures["k"]["low"] < 0.5 < figures["k"]["high"]
    assert figures["k"]["definition"].startswith("How many others")
    assert (figures["depth"]["value"], figures["depth"]["low"]) == (1, None)
    assert found["steps"] == {"sharers": 1, "invited": 1, "joined": 2, "brought": 1, "placed": 1, "paid": 1}
    assert found["generations"] == [1, 1]
    assert found["sizes"][-1] == {"least": 2, "most": 2, "trees": 1, "people": 2}
    assert (found["first"], found["wear"], found["is_cut"]) == (f"{START:%Y-%m-%d}", None, False)
    assert found["costs"] == [{"incentive": "discount", "ripe": 1, "waiting": 0, "kept": 0, "cost_fen": 250, "each": None}]
    assert sum(week["people"] for week in found["weeks"]) == 2


def test_whom_to_ask() -> None:
    town = Town()
    known = town.user("Known")
    Consent.objects.create(user=known, purpose="marketing", version="2026-11")
    link = town.product_link(known, 0)
    for _friend in range(3):
        town.visit(link, town.user(), 55)
    owner = program(Role.OWNER)
    with clock.travel(NOW):
        (seed,) = owner.get(f"/staff/campaigns/{town.campaign.pk}/seeds")["items"]
    assert (seed["user_id"], seed["name"], seed["friends"], seed["opened"], seed["joined"]) == (known.pk, "Known", 3, 3, 0)
    assert seed["reach"] == pytest.approx(seed["gain"])


def test_an_impossible_period_is_refused() -> None:
    town = Town()
    path = f"/staff/campaigns/{town.campaign.pk}/spread?first=2026-05-01&last=2026-04-01"
    assert program(Role.OWNER).refused("GET", path) == (400, "request.invalid")
