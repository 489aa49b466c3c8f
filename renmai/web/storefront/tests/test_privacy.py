"""A customer's privacy page: what is kept in plain words, and every switch counts at once."""

import json

import pytest

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User, Visitor
from renmai.accounts.queries import has_consent
from renmai.alerts.models import BrowseAlert
from renmai.insight.models import View
from renmai.insight.portraits import actions
from renmai.insight.portraits.models import Correction, Interest
from renmai.insight.portraits.queries import withheld_parts
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tests.test_facts import keeper
from renmai.insight.portraits.tests.world import NOON, bought, did, follower, goods
from renmai.insight.stream.delivery import Consumer, drain
from renmai.insight.stream.models import EventRow
from renmai.kernel import clock
from renmai.matching.models import Selection
from renmai.sharing.models import Binding
from renmai.web.storefront.tests.shelves import browser

pytestmark = pytest.mark.django_db
READERS = (Consumer(READER, actions.on_events),)


@pytest.fixture
def her() -> User:
    """Somebody who looked at nappies just now, and bought tea."""
    user = follower("顾小美")
    did("product_viewed", user=user, product=goods("baby"), at=clock.now())
    bought(user, goods("tea"), at=clock.now())
    actions.refresh([user.pk])
    drain(READERS)
    return user


def test_it_says_what_is_kept_and_from_where(her: User) -> None:
    page = browser(her).get("/me/privacy/").content.decode()
    for text in ("From what you looked at", "From what you bought", "Baby", "Tea", "Nobody. You have no agent."):
        assert text in page, text


def test_one_tap_switches_a_purpose_off_and_on(her: User) -> None:
    hers = browser(her)
    hers.post("/me/privacy/purpose/", {"purpose": "browsing", "give": "0"})
    assert not has_consent(her, Purpose.BROWSING)
    page = hers.get("/me/privacy/").content.decode()
    assert "From what you looked at" not in page
    assert "From what you bought" in page
    hers.post("/me/privacy/purpose/", {"purpose": "recommendations", "give": "0"})
    assert "Recommendations are not personal now" in hers.get("/me/privacy/").content.decode()
    hers.post("/me/privacy/purpose/", {"purpose": "browsing", "give": "1"})
    assert has_consent(her, Purpose.BROWSING)


@pytest.mark.parametrize("purpose", ["terms", "privacy", "agent_agreement", "everything", ""])
def test_what_the_account_needs_is_no_switch(her: User, purpose: str) -> None:
    before = her.consents.filter(withdrawn_at__isnull=True).count()
    assert browser(her).post("/me/privacy/purpose/", {"purpose": purpose, "give": "0"}).status_code == 400
    assert her.consents.filter(withdrawn_at__isnull=True).count() == before


def test_not_me_takes_a_line_out_and_it_can_be_counted_again(her: User) -> None:
    hers = browser(her)
    hers.post("/me/privacy/correct/", {"facet": "category", "value": "baby"})
    assert not Interest.objects.filter(user=her, facet="category", value="baby").exists()
    page = hers.get("/me/privacy/").content.decode()
    assert "What you took out" in page
    hers.post(f"/me/privacy/corrections/{Correction.objects.get().pk}/")
    actions.refresh_due(10)
    assert Interest.objects.filter(user=her, facet="category", value="baby").exists()


def test_her_agent_sees_what_she_leaves_on(her: User) -> None:
    _agent, shop = keeper()
    Binding.objects.create(customer=her, shop=shop, protected_until=NOON)
    hers = browser(her)
    assert "may see the parts that you leave on" in hers.get("/me/privacy/").content.decode()
    hers.post("/me/privacy/agent/", {"part": "goods", "show": "0"})
    assert withheld_parts(her) == {"goods"}
    assert hers.post("/me/privacy/agent/", {"part": "phone", "show": "0"}).status_code == 400
    hers.post("/me/privacy/purpose/", {"purpose": "agent_alerts", "give": "0"})
    assert "is told nothing of what you look at" in hers.get("/me/privacy/").content.decode()


def told_about(her: User) -> None:
    """Her agent hears that she looks at peaches."""
    keeper_, shop = keeper()
    BrowseAlert.objects.create(
        agent=keeper_,
        shop=shop,
        customer=her,
        product=goods("digital"),
        day=NOON.date(),
        chance_basis_points=1_200,
        browsed_at=NOON,
        received_at=NOON,
        due_at=NOON,
    )


def test_it_says_what_her_agent_was_told(her: User) -> None:
    told_about(her)
    assert "Agent heard that you look at “水蜜桃”" in browser(her).get("/me/privacy/").content.decode()
    assert "heard that you look at" not in browser(follower()).get("/me/privacy/").content.decode()


def test_deleting_asks_first_and_leaves_nothing_of_what_she_looked_at(her: User) -> None:
    hers = browser(her)
    View.objects.create(visitor=Visitor.objects.create(user=her), user=her, product=goods("tea"), funnel="search")
    told_about(her)
    Selection.objects.create(audience="member", subject_id=her.pk, strategy="personal", made_at=NOON, due_at=NOON)
    assert "It cannot be undone." in hers.get("/me/privacy/forget/").content.decode()
    assert Interest.objects.filter(user=her, source="browsing").exists()
    hers.post("/me/privacy/forget/")
    assert not Interest.objects.filter(user=her, source="browsing").exists()
    assert not EventRow.objects.filter(user_id=her.pk, name="product_viewed").exists()
    assert not View.objects.filter(user=her).exists()
    assert not BrowseAlert.objects.filter(customer=her).exists()
    assert not Selection.objects.filter(audience="member", subject_id=her.pk).exists()
    assert Interest.objects.filter(user=her, source="orders").exists()
    assert has_consent(her, Purpose.BROWSING)


def test_her_copy_holds_everything_and_nobody_elses(her: User) -> None:
    other = follower("别人")
    did("product_viewed", user=other, product=goods("digital"), at=clock.now())
    drain(READERS)
    answer = browser(her).get("/me/privacy/copy.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="renmai-copy.json"'
    copy = json.loads(b"".join(answer))
    assert (copy["name"], copy["orders"]) == ("顾小美", 1)
    assert {row["value"] for row in copy["interests"] if row["facet"] == "category"} == {"", "baby", "tea"}
    assert [event["name"] for event in copy["events"]] == ["product_viewed"]
    assert {row["purpose"] for row in copy["consents"]} == {"browsing", "recommendations", "agent_alerts"}
    parts = {part["table"]: part for part in copy["parts"]}
    assert parts["accounts.User by pk"]["rows"][0][3] == "顾小美"
    assert len(parts["ordering.Order by buyer"]["rows"]) == 1
    assert "别人" not in json.dumps(copy, ensure_ascii=False)


@pytest.mark.parametrize("address", ["", "purpose/", "correct/", "agent/", "forget/", "corrections/1/"])
def test_a_guest_has_none(address: str) -> None:
    answer = browser().post(f"/me/privacy/{address}") if address else browser().get("/me/privacy/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")
