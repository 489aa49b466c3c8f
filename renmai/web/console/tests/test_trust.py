"""Trust on the console: figures that are those of the rows, a tie explained, and a pause ended with a reason."""

from datetime import timedelta

import pytest
from django.test import Client

from renmai.accounts.models import ActLog, Role
from renmai.kernel import clock
from renmai.sharing.actions import pause_sharer
from renmai.sharing.models import Pause
from renmai.sharing.tests import factories
from renmai.trust import actions
from renmai.trust.facts import Fact
from renmai.trust.weights import Kind
from renmai.web.console.tests.scene import browser_of, member_of_staff

pytestmark = pytest.mark.django_db


def _browser(role: Role) -> Client:
    client = browser_of(member_of_staff(role))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_an_empty_platform_says_what_will_stand_there() -> None:
    page = _browser(Role.SERVICE).get("/console/trust/").content.decode()
    assert "No tie yet" in page
    assert "Nobody is paused." in page


def test_a_tie_leads_from_the_list_to_its_entries() -> None:
    one, other = factories.user("Ling"), factories.user("Mei")
    now = clock.now()
    actions.record(
        [Fact(Kind.KEPT, "order:1", one.pk, other.pk, now, flow_fen=4200), Fact(Kind.OPENED, "v", one.pk, other.pk, now)]
    )
    client = _browser(Role.AUDITOR)
    address = f"/console/trust/{one.pk}/{other.pk}/"
    assert f'href="{address}"' in client.get("/console/trust/").content.decode()
    page = client.get(address).content.decode()
    for text in ("order:1", "Bought and kept", "¥42.00", "Opened a link"):
        assert text in page
    assert client.get(f"/console/trust/{one.pk}/{one.pk}/").status_code == 404
    assert client.get(f"/console/trust/{one.pk}/999999/").status_code == 404


def test_a_pause_ends_with_a_reason_that_is_logged() -> None:
    sharer = factories.user("Ling")
    until = clock.now() + timedelta(days=30)
    pause = pause_sharer(sharer.pk, until=until, reason="complaint", evidence="feedback:1")
    client = _browser(Role.SERVICE)
    refused = client.post(f"/console/trust/pauses/{pause.pk}/lift/", {"reason": "no"})
    assert refused.status_code == 400
    assert "Say why, in 5 to 200 characters." in refused.content.decode()
    assert client.post(f"/console/trust/pauses/{pause.pk}/lift/", {"reason": "It was about another shop"}).status_code == 302
    assert Pause.objects.get().lift_reason == "It was about another shop"
    assert ActLog.objects.filter(act="sharing.lift_pause", object_id=str(pause.pk)).count() == 1
    assert client.post(f"/console/trust/pauses/{pause.pk}/lift/", {"reason": "It was about another shop"}).status_code == 409
