"""What is agreed beforehand, and stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from renmai.accounts.models import ActLog, Role, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.catalogue.models import Product
from renmai.insight.experiments import actions
from renmai.insight.experiments.audit import violations
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.queries import variant
from renmai.insight.experiments.tests.trying import BEGIN, SHELF, at, people, running
from renmai.insight.tests.test_figures import buy, product
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert
from renmai.ordering.models import AfterSale

pytestmark = pytest.mark.django_db
REASON = "because the figures say so"


def refused(code: str, **changes: object) -> None:
    with pytest.raises(DomainError) as caught:
        actions.compose(make_staff(), replace(SHELF, **changes))  # type: ignore[arg-type]
    assert caught.value.code == f"experiments.{code}"
    assert caught.value.sentence


def test_a_draft_says_what_is_expected_and_what_decides() -> None:
    refused("title", title="  ")
    refused("hypothesis", hypothesis="better")
    refused("switches", switches={})
    refused("options", switches={"home.shelf": ("sold",)})
    refused("options", switches={"home.shelf": ("sold", "roof")})
    refused("options", switches={"home.shelf": ("sold", "sold")})
    refused("unknown_switch", switches={"home.roof": ("red", "blue")})
    refused("unit", unit="agent", metric="openings", guardrails=())
    refused("unknown_metric", metric="happiness")
    refused("unknown_metric", metric="openings", unit="visitor")
    refused("guardrail", guardrails=(("bought", 1000),))
    refused("guardrail", guardrails=(("returns", 1000), ("returns", 500)))
    refused("value", window_days=0)
    refused("value", lift_basis_points=0)
    refused("value", traffic_basis_points=0)
    refused("value", audience="martians")
    refused("value", is_holdout=True, switches={}, held_basis_points=9000)


def test_variants_share_everybody_out() -> None:
    both = replace(SHELF, switches={"home.shelf": ("sold", "newest"), "share.message": ("plain", "voice")})
    assert actions.variants_of(both) == [
        ["sold+plain", 2500],
        ["sold+voice", 2500],
        ["newest+plain", 2500],
        ["newest+voice", 2500],
    ]
    assert actions.variants_of(SHELF) == [["sold", 5000], ["newest", 5000]]


def test_only_who_may_does() -> None:
    analyst, member = make_staff(Role.ANALYST), make_member()
    row = running()
    for nobody in (analyst, member):
        for act in (
            lambda: actions.compose(nobody, SHELF),  # noqa: B023
            lambda: actions.change(nobody, row, SHELF),  # noqa: B023
            lambda: actions.start(nobody, row),  # noqa: B023
            lambda: actions.widen(nobody, row, traffic_basis_points=10_000),  # noqa: B023
            lambda: actions.stop(nobody, row, reason=REASON),  # noqa: B023
            lambda: actions.decide(nobody, row, variant="sold", reason=REASON),  # noqa: B023
        ):
            with pytest.raises(DomainError, match=r"request\.forbidden"):
                act()
    row.refresh_from_db()
    assert row.status == "running"


def test_its_life_is_written_down() -> None:
    owner = make_staff()
    row = actions.compose(owner, SHELF)
    row = actions.change(owner, row, replace(SHELF, window_days=14, traffic_basis_points=1000))
    row = actions.start(owner, row)
    with pytest.raises(DomainError, match=r"experiments\.frozen"):
        actions.change(owner, row, SHELF)
    with pytest.raises(DomainError, match=r"experiments\.state"):
        actions.start(owner, row)
    with pytest.raises(DomainError, match=r"experiments\.shrinks"):
        actions.widen(owner, row, traffic_basis_points=500)
    row = actions.widen(owner, row, traffic_basis_points=10_000)
    with pytest.raises(DomainError, match=r"experiments\.reason"):
        actions.stop(owner, row, reason="no")
    assert actions.stop(owner, row, reason=REASON)
    assert not actions.stop(owner, row, reason=REASON)
    row.refresh_from_db()
    with pytest.raises(DomainError, match=r"experiments\.decision"):
        actions.decide(owner, row, variant="roof", reason=REASON)
    row = actions.decide(owner, row, variant="sold", reason=REASON)
    assert (row.status, row.decision, row.window_days, row.traffic_basis_points) == ("decided", "sold", 14, 10_000)
    with pytest.raises(DomainError, match=r"experiments\.state"):
        actions.decide(owner, row, variant="newest", reason=REASON)
    acts = ActLog.objects.filter(object_id=row.number).order_by("pk").values_list("act", flat=True)
    assert [act.partition(".")[2] for act in acts] == ["composed", "changed", "started", "widened", "stopped", "decided"]


def test_two_experiments_share_a_layer_or_wait() -> None:
    owner = make_staff()
    first = running(owner=owner, layer_basis_points=6000)
    second = actions.compose(owner, replace(SHELF, layer_basis_points=5000))
    with pytest.raises(DomainError, match=r"experiments\.layer_full") as caught:
        actions.start(owner, second)
    assert caught.value.details == {"free": "40"}
    second = actions.start(owner, actions.change(owner, second, replace(SHELF, layer_basis_points=4000)))
    assert (first.layer_from, second.layer_from) == (0, 6000)
    for member in people(50):
        variant("home.shelf", user=member)
    assert Exposure.objects.count() == 50
    assert not list(violations())


def test_a_switch_belongs_to_one_layer_at_a_time() -> None:
    owner = make_staff()
    running(owner=owner)
    both = replace(SHELF, switches={"share.message": ("plain", "voice"), "home.shelf": ("sold", "newest")})
    with pytest.raises(DomainError, match=r"experiments\.switch_taken"):
        actions.start(owner, actions.compose(owner, both))


def test_there_is_one_holdout() -> None:
    owner = make_staff()
    running(owner=owner, is_holdout=True, switches={}, metric="kept")
    with pytest.raises(DomainError, match=r"experiments\.holdout_taken"):
        running(owner=owner, is_holdout=True, switches={}, metric="kept")


def test_harm_beyond_a_bound_stops_it_and_says_so() -> None:
    row = running(metric="orders", guardrails=(("complaints", 1000),))
    with at(BEGIN + timedelta(hours=1)):
        dealt = [(member, variant("home.shelf", user=member)) for member in people(600)]
    for member, option in dealt:
        if (option == "newest" and member.pk % 3) or (option == "sold" and member.pk % 10 == 0):
            complain(member)
    with at(BEGIN + timedelta(days=6)):
        assert actions.guard_experiments(10) == 0  # nobody's window is over
    with at(BEGIN + timedelta(days=8)):
        assert actions.guard_experiments(10) == 1
        assert actions.guard_experiments(10) == 0
    row.refresh_from_db()
    assert (row.status, row.stop_reason) == ("stopped", "complaints: newest, over 10 %")
    assert Alert.objects.get(code="experiment.stopped").subject == row.number


def complain(member: User) -> None:
    item = Product.objects.filter(code="tea-1").first() or product("tea-1")
    order = buy(member, item, at=BEGIN + timedelta(hours=2))
    AfterSale.objects.create(
        number=f"A{order.number}",
        order=order,
        order_line=order.lines.get(),
        kind="return",
        quantity=1,
        amount_fen=100,
        reason="quality",
        is_quality_issue=True,
        idempotency_key=order.number,
        requested_at=BEGIN + timedelta(hours=3),
        deadline_at=BEGIN + timedelta(days=3),
    )


def test_a_deal_that_cannot_be_is_told_and_stops_nothing() -> None:
    row = running()
    with at(BEGIN + timedelta(hours=1)):
        for member in people(300):
            variant("home.shelf", user=member)
    Exposure.objects.filter(pk__in=Exposure.objects.filter(variant="newest").values_list("pk", flat=True)[:110]).delete()
    with at(BEGIN + timedelta(days=1)):
        assert actions.guard_experiments(10) == 1
    row.refresh_from_db()
    assert row.status == "running"
    assert Alert.objects.get(code="experiment.deal").subject == row.number


def test_the_audit_finds_what_the_dice_never_said() -> None:
    row = running()
    (member,) = people(1)
    got = variant("home.shelf", user=member)
    assert not list(violations())
    Exposure.objects.update(variant="newest" if got == "sold" else "sold", at=BEGIN - timedelta(days=1))
    assert [violation.subject for violation in violations()] == [f"exposure {Exposure.objects.get().pk}"] * 2
    Experiment.objects.filter(pk=row.pk).update(layer_basis_points=6000)
    with at(BEGIN):
        running(layer_basis_points=4000)
    Experiment.objects.exclude(pk=row.pk).update(layer_from=5000)
    assert "have the same people" in next(violation.detail for violation in violations())
