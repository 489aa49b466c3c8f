"""Trust both ways on one page: her customers in four words, the platform by its pledges, and a pause with its reason."""

from datetime import timedelta

import pytest

from renmai.kernel import clock
from renmai.sharing.actions import pause_sharer
from renmai.trust import actions
from renmai.trust.facts import Fact
from renmai.trust.pledges import Outcome, Pledge
from renmai.trust.weights import Kind
from renmai.web.workbench.tests.world import Desk, bound, desk

pytestmark = pytest.mark.django_db


def _page(mine: Desk, query: str = "") -> str:
    answer = mine.client.get(f"/agent/customers/trust/{query}", headers={"accept-language": "en"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_new_agent_reads_what_is_usual() -> None:
    page = _page(desk())
    assert "No customer is with your shop yet." in page
    assert "80 %" in page
    assert "Nothing was due to you yet" in page


def test_both_sides_stand_there_with_their_counts() -> None:
    mine = desk()
    loyal = bound(mine)
    bound(mine)
    now = clock.now()
    actions.record([Fact(Kind.REPEAT, f"order:{number}", mine.user.pk, loyal.pk, now) for number in range(8)])
    kept = [Outcome(Pledge.PAYOUT, f"withdrawal:{number}", mine.user.pk, True, now) for number in range(3)]
    actions.note_outcomes([*kept, Outcome(Pledge.PARCEL, "parcel:1", mine.user.pk, False, now)])
    page = _page(mine)
    for text in ("Trusts you a lot", "Does not know you well yet", "2 of 2 are rested", "kept 3", "broken 1"):
        assert text in page
    assert page.count("Withdrawals paid in time <span") == 3


def test_pledges_come_in_pages() -> None:
    mine = desk()
    now = clock.now()
    actions.note_outcomes(
        [Outcome(Pledge.PARCEL, f"parcel:{number}", mine.user.pk, True, now - timedelta(minutes=number)) for number in range(25)]
    )
    assert _page(mine).count("Parcels sent in time <span") == 20
    assert _page(mine, "?page=2").count("Parcels sent in time <span") == 5


def test_a_paused_agent_is_led_to_why() -> None:
    mine = desk()
    assert "/me/pause/" not in _page(mine)
    pause_sharer(mine.user.pk, until=clock.now() + timedelta(days=30), reason="complaint", evidence="feedback:1")
    assert 'href="/me/pause/"' in _page(mine)
