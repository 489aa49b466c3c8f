"""Who gets what, and that it stays."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from renmai.accounts.actions import visitor
from renmai.accounts.events import VisitorRecognised
from renmai.accounts.models import Visitor
from renmai.accounts.tests.factories import Statements, make_staff
from renmai.insight.experiments import actions
from renmai.insight.experiments.dealing import Deal, dealt, die, first_gap, option_of, user_key
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.queries import variant
from renmai.insight.experiments.reactions import join_exposures
from renmai.insight.experiments.running import forget_running, snapshot
from renmai.insight.experiments.tests.trying import BEGIN, SHELF, at, pays, people, running
from renmai.kernel.errors import DomainError

SHELF_DEAL = Deal(
    experiment_id=1,
    salt="salt",
    unit="member",
    audience="everybody",
    switches=("home.shelf",),
    variants=(("sold", 5000), ("newest", 5000)),
    layer="home",
    layer_from=0,
    layer_basis_points=10_000,
    traffic_basis_points=10_000,
    is_holdout=False,
)
KEYS = [user_key(number) for number in range(20_000)]


def test_the_dice_never_change() -> None:
    """Pinned: another number would hand other variants to people who have theirs."""
    assert [die("variant", "salt", user_key(number)) for number in (1, 2, 3)] == [1103, 9759, 7730]


def test_the_dice_are_even_and_know_nothing_of_each_other() -> None:
    counts = Counter((dealt(SHELF_DEAL, key), die("variant", "other salt", key) < 5000) for key in KEYS)
    for many in counts.values():
        assert many == pytest.approx(5000, abs=250)


def test_more_traffic_adds_people_and_changes_nobody() -> None:
    small = {key: dealt(replace(SHELF_DEAL, traffic_basis_points=1000), key) for key in KEYS}
    large = {key: dealt(replace(SHELF_DEAL, traffic_basis_points=4000), key) for key in KEYS}
    taking_part = {key: got for key, got in small.items() if got}
    assert len(taking_part) == pytest.approx(2000, abs=200)
    assert taking_part.items() <= large.items()
    assert sum(got is not None for got in large.values()) == pytest.approx(8000, abs=300)


def test_experiments_of_one_layer_have_nobody_in_common() -> None:
    one = replace(SHELF_DEAL, layer_basis_points=4000)
    other = replace(SHELF_DEAL, salt="other", layer_from=4000, layer_basis_points=6000)
    assert all((dealt(one, key) is None) != (dealt(other, key) is None) for key in KEYS)


def test_gaps_in_a_layer() -> None:
    assert first_gap([], 10_000) == 0
    assert first_gap([(0, 4000), (6000, 1000)], 2000) == 4000
    assert first_gap([(0, 4000), (6000, 1000)], 3000) == 7000
    assert first_gap([(0, 4000), (6000, 1000)], 3001) is None


def test_options_of_a_cell() -> None:
    assert option_of("newest+voice", ["home.shelf", "share.message"], "share.message") == "voice"


@pytest.mark.django_db
def test_where_nothing_runs_nothing_is_asked(statements: Statements) -> None:
    (member,) = people(1)
    snapshot()
    with statements(0):
        assert variant("home.shelf", user=member) == "sold"
    with pytest.raises(DomainError, match=r"experiments\.unknown_switch"):
        variant("home.roof", user=member)


@pytest.mark.django_db
def test_the_first_time_leaves_one_row_and_ever_after_it_answers(statements: Statements) -> None:
    running()
    (member,) = people(1)
    with at(BEGIN + timedelta(hours=1)):
        first = variant("home.shelf", user=member)
        with statements(1):
            assert variant("home.shelf", user=member) == first
    exposure = Exposure.objects.get()
    assert (exposure.user, exposure.variant, exposure.at) == (member, first, BEGIN + timedelta(hours=1))
    assert variant("home.shelf") == "sold"
    assert Exposure.objects.count() == 1


@pytest.mark.django_db
def test_two_pages_at_the_same_moment_leave_one_row() -> None:
    row = running()
    (member,) = people(1)
    variant("home.shelf", user=member)
    kept = Exposure.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Exposure.objects.create(experiment=row, user=member, variant="newest")
    Exposure.objects.bulk_create([Exposure(experiment=row, user=member, variant="newest")], ignore_conflicts=True)
    assert Exposure.objects.get() == kept


@pytest.mark.django_db
def test_guests_are_dealt_out_only_where_browsers_are() -> None:
    browser = visitor(None)
    running()
    variant("home.shelf", visitor=browser.pk)
    assert not Exposure.objects.exists()
    owner = make_staff()
    actions.stop(owner, Experiment.objects.get(status="running"), reason="the next one begins")
    running(unit="visitor")
    got = variant("home.shelf", visitor=browser.pk)
    assert Exposure.objects.get().visitor_id == browser.pk
    assert variant("home.shelf", visitor=browser.pk) == got


@pytest.mark.django_db
def test_a_guest_who_becomes_a_member_keeps_what_she_was_dealt() -> None:
    row = running(unit="visitor")
    browsers = [Visitor.objects.create() for _number in range(40)]
    members = people(40)
    dealt_first = [variant("home.shelf", visitor=browser.pk) for browser in browsers]
    for browser, member in zip(browsers, members, strict=True):
        join_exposures(VisitorRecognised(str(browser.pk), member.pk))
        join_exposures(VisitorRecognised(str(browser.pk), member.pk))
    assert [variant("home.shelf", user=member) for member in members] == dealt_first
    assert [variant("home.shelf", user=member, visitor=UUID(int=7)) for member in members] == dealt_first
    assert Exposure.objects.count() == 40
    anew = {dealt(snapshot().by_switch["home.shelf"][0], user_key(member.pk)) for member in members}
    assert anew == {"sold", "newest"}  # her own number would have given about half of them something else
    assert row.exposures.filter(superseded_at__isnull=False).count() == 0


@pytest.mark.django_db
def test_of_two_exposures_of_one_person_the_earlier_counts() -> None:
    running(unit="visitor")
    early, late = people(2)
    one, other = Visitor.objects.create(), Visitor.objects.create()
    with at(BEGIN + timedelta(hours=1)):
        variant("home.shelf", visitor=one.pk)
        variant("home.shelf", user=late)
    with at(BEGIN + timedelta(hours=2)):
        variant("home.shelf", user=early)
        variant("home.shelf", visitor=other.pk)
    join_exposures(VisitorRecognised(str(one.pk), early.pk))
    join_exposures(VisitorRecognised(str(other.pk), late.pk))
    live = {row.user_id: row for row in Exposure.objects.filter(superseded_at__isnull=True)}
    assert live[early.pk].visitor_id == one.pk
    assert live[late.pk].visitor_id is None
    assert Exposure.objects.filter(superseded_at__isnull=False).count() == 2


@pytest.mark.django_db
def test_an_audience_is_judged_when_somebody_comes_first() -> None:
    running(audience="new")
    fresh, old = people(2)
    pays(old, moment=BEGIN - timedelta(days=3))
    with at(BEGIN + timedelta(days=1)):
        variant("home.shelf", user=old)
        got = variant("home.shelf", user=fresh)
    assert list(Exposure.objects.values_list("user", "orders_before")) == [(fresh.pk, 0)]
    pays(fresh, moment=BEGIN + timedelta(days=2))
    assert variant("home.shelf", user=fresh) == got


@pytest.mark.django_db
def test_only_agents_are_dealt_out_where_agents_are() -> None:
    running(SHELF, switches={"share.message": ("plain", "voice")}, unit="agent", metric="openings", guardrails=())
    for member in people(20):
        assert variant("share.message", user=member) == "plain"
    assert not Exposure.objects.exists()


@pytest.mark.django_db
def test_people_held_out_meet_no_experiment_and_no_decision() -> None:
    owner = make_staff()
    decided = running(owner=owner)
    actions.decide(owner, decided, variant="newest", reason="it brought more people back")
    running(SHELF, owner=owner, is_holdout=True, held_basis_points=5000, switches={}, metric="kept")
    running(SHELF, owner=owner, switches={"share.message": ("plain", "voice")})
    forget_running()
    seen: Counter[tuple[bool, str]] = Counter()
    for member in people(60):
        home, message = variant("home.shelf", user=member), variant("share.message", user=member)
        held = Exposure.objects.get(user=member, experiment__is_holdout=True).variant == "held"
        seen[held, home] += 1
        assert Exposure.objects.filter(user=member, experiment__is_holdout=False).exists() != held
        assert not (held and message != "plain")
    assert set(seen) == {(True, "sold"), (False, "newest")}


@pytest.mark.django_db
def test_a_decision_holds_for_everybody_until_the_next() -> None:
    owner = make_staff()
    (member,) = people(1)
    row = running(owner=owner)
    actions.decide(owner, row, variant="newest", reason="it brought more people back")
    forget_running()
    assert variant("home.shelf", user=member) == "newest"
    assert variant("home.shelf") == "newest"
    again = running(owner=owner)
    actions.decide(owner, again, variant="sold", reason="the year after it did not")
    forget_running()
    assert variant("home.shelf", user=member) == "sold"
