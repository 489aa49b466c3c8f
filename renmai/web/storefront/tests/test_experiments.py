"""What is tried out on customers' pages: both ways are shown, each person always the same one."""

import pytest

from renmai.accounts.actions import give_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.tests.factories import Statements, make_staff
from renmai.insight.experiments import actions
from renmai.insight.experiments.models import Exposure
from renmai.insight.experiments.queries import variant
from renmai.insight.experiments.running import forget_running
from renmai.insight.experiments.tests.trying import SHELF, running
from renmai.matching import selections
from renmai.matching.queries import ForMember
from renmai.matching.selections import Entry
from renmai.web.storefront.tests.shelves import agent, browser, goods, make_member
from renmai.web.storefront.views import shelf_home

pytestmark = pytest.mark.django_db


def is_newest_first(page: str) -> bool:
    return page.index('id="new-title"') < page.index('id="best-title"')


def test_the_home_page_begins_with_what_somebody_was_dealt() -> None:
    goods(3)
    running()
    seen = set()
    for _person in range(12):
        member = make_member()
        client = browser(member)
        shown = {is_newest_first(client.get("/").content.decode()) for _time in range(2)}
        dealt = Exposure.objects.get(user=member).variant
        assert shown == {dealt == "newest"}
        seen.add(dealt)
    assert seen == {"sold", "newest"}


def test_she_counts_in_an_experiment_on_strategies_when_she_sees_the_list_it_made() -> None:
    (peach,) = goods(1)
    row = running(SHELF, switches={"chosen.strategy": ("setting", "tail")})
    member = make_member()
    give_consent(member, Purpose.RECOMMENDATIONS)
    selections.keep("member", member.pk, [Entry(peach.pk)], strategy="tail")
    client = browser(member)
    client.get("/")
    client.get("/for-you/")
    assert not Exposure.objects.exists(), "the list was made before it began"
    selections.note_experiments("member", {member.pk: row.pk})
    client.get("/for-you/", headers={"Sec-Purpose": "prefetch"})
    assert not Exposure.objects.exists(), "what is fetched ahead is seen by nobody"
    client.get("/for-you/")
    assert Exposure.objects.get().user_id == member.pk


def test_goods_chosen_for_her_stand_there_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    (peach,) = goods(1)
    chosen: dict[str, ForMember | None] = {"hers": None}
    monkeypatch.setattr(shelf_home, "_chosen_for", lambda _user: chosen["hers"])
    running(SHELF, switches={"home.chosen": ("personal", "popular")})
    browser(make_member()).get("/")
    assert not Exposure.objects.exists()  # nothing was chosen for her, so nothing is tried on her
    chosen["hers"] = ForMember((Entry(peach.pk),), is_personal=True, strategy="personal")
    seen = set()
    for _person in range(12):
        member = make_member()
        page = browser(member).get("/").content.decode()
        dealt = Exposure.objects.get(user=member).variant
        assert ('id="chosen-title"' in page) == (dealt == "personal")
        seen.add(dealt)
    assert seen == {"personal", "popular"}


def test_who_only_fetches_ahead_is_not_counted() -> None:
    goods(1)
    running(unit="visitor")
    client = browser(make_member())
    client.head("/")
    client.get("/", headers={"sec-purpose": "prefetch"})
    assert not Exposure.objects.exists()
    client.get("/")
    assert Exposure.objects.count() == 1


def test_without_an_experiment_the_home_page_asks_nothing_more(statements: Statements) -> None:
    goods(1)
    client = browser()
    client.get("/")
    with statements(6):
        assert not is_newest_first(client.get("/").content.decode())


def test_an_agents_words_go_along_with_a_link() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach, voice="I eat these myself.")
    row = running(SHELF, switches={"share.message": ("plain", "voice")}, unit="agent", metric="openings", guardrails=())
    page = browser(shop.owner).get(f"/p/{peach.pk}/share/").content.decode()
    assert ("I eat these myself." in page) == (variant("share.message", user=shop.owner) == "voice")
    actions.decide(make_staff(), row, variant="voice", reason="her words bring more openings")
    forget_running()
    assert "I eat these myself." in browser(shop.owner).get(f"/p/{peach.pk}/share/").content.decode()
