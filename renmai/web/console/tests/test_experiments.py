"""The pages of experiments: composed with a plan beside it, started, read, stopped, decided."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.queries import variant
from renmai.insight.experiments.running import forget_running
from renmai.insight.experiments.tests.trying import BEGIN, at, pays, people, running
from renmai.insight.portraits.actions import mark, refresh, segments
from renmai.insight.portraits.queries import fulfils
from renmai.insight.tests.test_figures import look, product
from renmai.kernel import clock

pytestmark = pytest.mark.django_db
TYPED: dict[str, Any] = {
    "title": "首页先放新品",
    "hypothesis": "New goods first bring members back more often.",
    "switch_home_shelf": ["sold", "newest"],
    "unit": "member",
    "audience": "everybody",
    "metric": "bought",
    "lift_basis_points": "20",
    "window_days": "7",
    "layer_basis_points": "100",
    "traffic_basis_points": "50",
    "guard_returns": "15",
}


def client_of(*roles: Role) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_staff(*roles))
    return client


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_an_empty_list_says_what_to_do() -> None:
    assert "No experiment yet" in text_of(client_of().get(reverse("console:experiments")))
    seen = text_of(client_of(Role.ANALYST).get(reverse("console:experiments")))
    assert reverse("console:experiment_new") not in seen


def test_what_was_typed_becomes_a_draft_and_then_runs() -> None:
    client = client_of()
    answer = client.post(reverse("console:experiment_new"), TYPED)
    row = Experiment.objects.get()
    address = reverse("console:experiment", args=[row.pk])
    assert answer.headers["Location"] == address
    assert (row.switches, row.variants) == (["home.shelf"], [["sold", 5000], ["newest", 5000]])
    assert (row.lift_basis_points, row.traffic_basis_points, row.guardrails) == (2000, 5000, [["returns", 1500]])
    page = text_of(client.get(reverse("console:experiment_edit", args=[row.pk])))
    assert page.count("checked") == 2
    client.post(reverse("console:experiment_edit", args=[row.pk]), TYPED | {"window_days": "14"})
    client.post(reverse("console:experiment_start", args=[row.pk]))
    row.refresh_from_db()
    assert (row.status, row.window_days) == ("running", 14)
    assert client.get(reverse("console:experiment_edit", args=[row.pk])).status_code == 302
    page = text_of(client.get(address))
    assert "A person counts when her 14 days are over" in page
    assert "Bestsellers first" in page


def test_a_saved_segment_may_be_whom_it_is_for_and_stays_as_it_was() -> None:
    client_words = "Segment: 常客"
    segment = segments.compose(
        make_staff(), name="常客", match="all", conditions=[{"field": "orders", "comparison": "at_least", "values": [2]}]
    )
    client = client_of()
    assert client_words in text_of(client.get(reverse("console:experiment_new")))
    answer = client.post(reverse("console:experiment_new"), TYPED | {"audience": f"segment:{segment.pk}", "unit": "visitor"})
    assert "choose a saved segment, and members" in text_of(answer)
    client.post(reverse("console:experiment_new"), TYPED | {"audience": f"segment:{segment.pk}"})
    row = Experiment.objects.get()
    assert (row.audience, row.segment["name"], json.loads(row.segment["conditions"])) == ("segment", "常客", segment.conditions)
    assert f'value="segment:{segment.pk}" selected' in text_of(client.get(reverse("console:experiment_edit", args=[row.pk])))
    assert client_words in text_of(client.get(reverse("console:experiment", args=[row.pk])))
    client.post(reverse("console:experiment_start", args=[row.pk]))
    forget_running()
    once, twice = people(2)
    for buyer, orders in ((once, 1), (twice, 2)):
        for _order in range(orders):
            pays(buyer, moment=clock.now())
    mark([once.pk, twice.pk])
    refresh([once.pk, twice.pk])
    assert (fulfils(once, "all", row.segment["conditions"]), fulfils(twice, "all", row.segment["conditions"])) == (False, True)
    segments.recompose(
        make_staff(),
        segment.pk,
        name="别的",
        match="all",
        conditions=[{"field": "orders", "comparison": "at_least", "values": [1]}],
    )
    assert client_words in text_of(client.get(reverse("console:experiment", args=[row.pk])))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hypothesis": "better"}, "what you expect and why"),
        ({"switch_home_shelf": ["sold"]}, "at least two ways"),
        ({"lift_basis_points": "much"}, "write a percentage"),
        ({"metric": "sold", "unit": "visitor"}, "no such figure"),
        ({"guard_returns": "500"}, "choose a value"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(changes: dict[str, Any], sentence: str) -> None:
    answer = client_of().post(reverse("console:experiment_new"), TYPED | changes)
    assert answer.status_code in {400, 409}
    assert sentence in text_of(answer)
    assert TYPED["title"] in text_of(answer)
    assert not Experiment.objects.exists()


def test_the_plan_follows_what_is_typed_and_keeps_nothing() -> None:
    item = product("tea-1")
    for number, member in enumerate(people(56)):
        look(member, item, at=BEGIN + timedelta(hours=12 * number))
        if number % 4 == 0:
            pays(member, moment=BEGIN + timedelta(hours=12 * number + 1))
    client = client_of()
    with at(BEGIN + timedelta(days=35)):
        small = text_of(client.post(reverse("console:experiment_preview"), TYPED | {"lift_basis_points": "50"}))
        page = text_of(client.post(reverse("console:experiment_new"), TYPED | {"act": "look"}))
    assert "25.0 %" in small
    assert "from 56 people" in small
    assert "People needed in each variant" in page
    assert "Nothing can be foreseen" in text_of(client.post(reverse("console:experiment_preview"), {"title": "x"}))
    assert not Experiment.objects.exists()


def lived_through(begin: datetime = BEGIN) -> Experiment:
    """New goods first bring every second person to buy, bestsellers first every fifth."""
    row = running(metric="bought", guardrails=(("kept", 5000),), moment=begin)
    for number, member in enumerate(people(500)):
        if number % 3 == 0:
            pays(member, moment=begin - timedelta(days=40))
        moment = begin + timedelta(minutes=25 * number)
        with at(moment):
            option = variant("home.shelf", user=member)
        if number % (2 if option == "newest" else 5) == 0:
            pays(member, moment=moment + timedelta(days=1))
    return row


def test_a_result_is_read_and_decided() -> None:
    row = lived_through()
    client = client_of()
    address = reverse("console:experiment", args=[row.pk])
    with at(BEGIN + timedelta(days=20)):
        page = text_of(client.get(address))
        assert "New goods first changes “Bought” by +" in page
        assert "evening-band" in page
        assert "Within its bound" in page
        assert "Never bought before" in page
        assert "Qini" in page
        refused = client.post(reverse("console:experiment_decide", args=[row.pk]), {"variant": "newest", "reason": "yes"})
        assert refused.status_code == 400
        client.post(reverse("console:experiment_decide", args=[row.pk]), {"variant": "newest", "reason": "it brings people back"})
        page = text_of(client.get(address))
        assert "New goods first" in text_of(client.get(reverse("console:experiments")))
    row.refresh_from_db()
    assert (row.status, row.decision) == ("decided", "newest")
    assert "Decided for “New goods first”" in page
    assert reverse("console:experiment_stop", args=[row.pk]) not in page


def test_more_may_take_part_and_it_can_be_stopped() -> None:
    row = running(traffic_basis_points=1000)
    client = client_of()
    assert client.post(reverse("console:experiment_widen", args=[row.pk]), {"traffic": "5"}).status_code == 409
    client.post(reverse("console:experiment_widen", args=[row.pk]), {"traffic": "50"})
    client.post(reverse("console:experiment_stop", args=[row.pk]), {"reason": "the season is over"})
    again = client.post(reverse("console:experiment_stop", args=[row.pk]), {"reason": "the season is over"})
    assert "moved on in the meantime" in text_of(again)
    row.refresh_from_db()
    assert (row.traffic_basis_points, row.status, row.stop_reason) == (5000, "stopped", "the season is over")


def test_a_broken_deal_stands_above_every_figure() -> None:
    row = lived_through()
    Exposure.objects.filter(pk__in=Exposure.objects.filter(variant="newest").values_list("pk", flat=True)[:150]).delete()
    with at(BEGIN + timedelta(days=20)):
        page = text_of(client_of().get(reverse("console:experiment", args=[row.pk])))
    assert page.index("not dealt out as planned") < page.index("Bought")


def test_pages_that_show_no_result_load_no_mathematics() -> None:
    import subprocess
    import sys

    code = (
        "import django, os, sys; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'renmai.project.settings'); django.setup();"
        "import renmai.project.urls, renmai.project.timers, renmai.web.console.urls;"
        "sys.exit(','.join(name for name in ('numpy', 'scipy', 'duckdb', 'ibis', 'pyarrow', 'implicit') if name in sys.modules) or 0)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert found.returncode == 0, found.stderr
