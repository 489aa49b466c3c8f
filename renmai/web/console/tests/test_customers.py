"""The pages about customers: what they show, what leaves a trace, how a segment is composed without a script."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from renmai.accounts.models import ActLog, Role, User
from renmai.insight.portraits import actions
from renmai.insight.portraits.models import Segment
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tests.test_facts import keeper
from renmai.insight.portraits.tests.world import NOON, bought, did, follower, goods, shelf
from renmai.insight.stream.delivery import Consumer, drain
from renmai.kernel import clock
from renmai.matching.tests import test_segments
from renmai.matching.tests.town import make_lists
from renmai.sharing.models import Binding
from renmai.web.console.tests import scene as scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def her() -> User:
    """Somebody who bought tea and looked at nappies just now."""
    user = follower("顾小美")
    tea, nappies = goods("tea", brand="云上"), goods("baby")
    bought(user, tea, at=clock.now())
    for _number in range(6):
        did("product_viewed", user=user, product=nappies, at=clock.now())
    drain((Consumer(READER, actions.on_events),))
    actions.mark([user.pk])
    actions.refresh_due(10)
    return user


@pytest.fixture
def owner() -> Client:
    client = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_a_portrait_shows_both_sources_and_leaves_a_line_in_the_log(owner: Client, her: User) -> None:
    page = owner.get(f"/console/customers/{her.pk}/").content.decode()
    for text in ("顾小美", "From what she looked at", "From what she bought", "Tea", "Baby", "云上", "Mum"):
        assert text in page, text
    entry = ActLog.objects.get(act="portrait.seen")
    assert (entry.object_type, entry.object_id) == ("customer", str(her.pk))


def test_every_interest_opens_into_its_rows(owner: Client, her: User) -> None:
    looks = owner.get(f"/console/customers/{her.pk}/evidence/?facet=category&source=browsing&value=baby").content.decode()
    assert looks.count("Opened the page") == 6
    lines = owner.get(f"/console/customers/{her.pk}/evidence/?facet=category&source=orders&value=tea").content.decode()
    assert her.orders.get().number in lines


@pytest.mark.parametrize(
    "query", ["", "?facet=password&source=orders&value=x", "?facet=category&source=orders&value=", "?facet=hour"]
)
def test_evidence_of_nothing_does_not_exist(owner: Client, her: User, query: str) -> None:
    assert owner.get(f"/console/customers/{her.pk}/evidence/{query}").status_code == 404


def test_staff_have_no_portrait(owner: Client) -> None:
    colleague = scenes.member_of_staff(Role.ANALYST)
    assert owner.get(f"/console/customers/{colleague.pk}/").status_code == 404
    assert not ActLog.objects.filter(act="portrait.seen").exists()


def test_the_list_is_filtered_by_tag(owner: Client, her: User) -> None:
    assert "顾小美" in owner.get("/console/customers/?tag=mother").content.decode()
    assert "顾小美" not in owner.get("/console/customers/?tag=quality&q=顾").content.decode()


FORM = {
    "name": "爱茶的人",
    "match": "all",
    "count": "1",
    "field-0": "category",
    "comparison-0": "some",
    "value-0": ["tea", "home"],
}


def test_a_segment_is_composed_step_by_step(owner: Client, her: User) -> None:
    shelf("home")
    assert "category-0" not in owner.get("/console/segments/new/").content.decode()
    grown = owner.post("/console/segments/new/", FORM | {"act": "add"}).content.decode()
    assert 'name="field-1"' in grown
    assert '<option value="tea" selected>' in grown
    smaller = owner.post("/console/segments/new/", FORM | {"act": "drop:0", "count": "1"}).content.decode()
    assert 'name="field-0"' not in smaller
    counted = owner.post("/console/segments/new/", FORM).content.decode()
    assert '<p class="stat-value">1</p>' in counted
    assert not Segment.objects.exists(), "counting saves nothing"
    saved = owner.post("/console/segments/new/", FORM | {"act": "save"})
    segment = Segment.objects.get()
    assert saved.headers["Location"] == f"/console/segments/{segment.pk}/"
    assert (segment.size, segment.conditions) == (1, [{"field": "category", "comparison": "some", "values": ["tea", "home"]}])
    again = owner.post("/console/segments/new/", FORM | {"act": "save"})
    assert again.status_code == 409
    assert "There is a segment of this name already." in again.content.decode()
    assert "顾小美" in owner.get(f"/console/customers/?segment={segment.pk}").content.decode()
    owner.post(f"/console/segments/{segment.pk}/archive/")
    assert owner.get(f"/console/segments/{segment.pk}/").status_code == 404


def test_a_changed_field_takes_a_comparison_that_it_has(owner: Client, her: User) -> None:
    page = owner.post("/console/segments/new/", FORM | {"field-0": "orders", "value-0": "many"}).content.decode()
    assert '<option value="at_least" selected>' in page
    assert "Please give a value that this condition can have." in page


def test_who_may_only_look_finds_the_form_closed(her: User) -> None:
    owner = scenes.member_of_staff(Role.OWNER)
    segment = actions.compose(
        owner, name="Buyers", match="all", conditions=[{"field": "orders", "comparison": "at_least", "values": ["1"]}]
    )
    auditor = scenes.browser_of(scenes.member_of_staff(Role.AUDITOR))
    assert '<fieldset class="stack" disabled>' in auditor.get(f"/console/segments/{segment.pk}/").content.decode()
    assert auditor.post(f"/console/segments/{segment.pk}/", FORM | {"act": "save"}).status_code == 403
    assert Segment.objects.get().name == "Buyers"


def test_the_matrix_of_ties_says_who_went_where(owner: Client, her: User) -> None:
    agent, shop = keeper()
    assert "No ties yet" in owner.get("/console/customers/ties/").content.decode()
    Binding.objects.create(customer=her, shop=shop, protected_until=NOON, bound_at=NOON)
    bought(her, goods("tea"), at=NOON + timedelta(days=3), shop_id=shop.pk)
    page = owner.get("/console/customers/ties/").content.decode()
    assert "100 % · 3 days" in page
    assert "Her ties to shops" in owner.get(f"/console/customers/{her.pk}/").content.decode()
    assert "Her ties to shops" not in owner.get(f"/console/customers/{agent.pk}/").content.decode()


def test_goods_are_chosen_for_a_segment_and_its_page_shows_them_to_its_people_alone(owner: Client) -> None:
    segment, (member, *_others, stranger), (fruit, *_more) = test_segments.town()
    page = f"/console/segments/{segment.pk}/"
    assert "Choose goods for them" in owner.get(page).content.decode()
    owner.post(f"{page}goods/")
    assert "The list is being made." in owner.get(page).content.decode()
    make_lists()
    made = owner.get(page).content.decode()
    assert "From what 4 people did who agree to recommendations." in made
    assert any(product.title in made for product in fruit)
    hers, theirs = (scenes.browser_of(each).get(f"/for-you/{segment.pk}/").content.decode() for each in (member, stranger))
    assert ("也许适合你" in hers, "也许适合你" in theirs) == (True, False)
    assert all(segment.name not in shown for shown in (hers, theirs)), "nobody is told by which name the shop calls her"
    owner.post(f"{page}goods/", {"stop": "1"})
    assert owner.get(f"/for-you/{segment.pk}/").status_code == 404
