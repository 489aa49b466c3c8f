"""The operator's pages of campaigns: composing by a play's own fields, launching under the rules, changing while it runs, figures."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import ActLog, Role
from renmai.accounts.tests.factories import Statements
from renmai.campaigns import actions, queries
from renmai.campaigns.models import Campaign
from renmai.campaigns.queries import standing
from renmai.campaigns.tests.fakes import running_campaign
from renmai.kernel import clock
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.house import House
from renmai.web.console.tests.plays import KEY, SamplePlay, form_fields, sample

pytestmark = pytest.mark.django_db
NEW = reverse("console:campaign_new", args=[KEY])


@pytest.fixture
def play() -> Iterator[SamplePlay]:
    with sample() as made:
        yield made


@pytest.fixture
def english(owner: Client) -> Client:
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return owner


def page(campaign: Campaign, act: str = "") -> str:
    return reverse(f"console:campaign{act and '_' + act}", args=[campaign.pk])


def mine() -> "QuerySet[Campaign]":
    """The campaigns of the sample play: the house may have others."""
    return Campaign.objects.filter(play=KEY)


def composed(client: Client, house: House, **changes: object) -> Campaign:
    answer = client.post(NEW, form_fields(house.sku.pk, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return Campaign.objects.latest("pk")


def test_what_is_typed_becomes_terms_of_the_right_kind(english: Client, house: House, play: SamplePlay) -> None:
    campaign = composed(english, house)
    assert campaign.terms == {
        "sku_id": house.sku.pk,
        "tiers": [[2, 900], [5, 700]],
        "off_fen": 150,
        "share": 250,
        "hours": 24,
        "most": 2,
        "is_open": True,
        "late": "new",
        "slogan": "",
        "cap_fen": None,
        "helpers": False,
    }
    assert (campaign.status, campaign.budget_fen, campaign.channels) == ("draft", 50_000, ["web"])
    assert (campaign.return_bound_basis_points, campaign.complaint_bound_basis_points) == (1250, 500)
    assert campaign.created_by == house.owner
    assert ActLog.objects.latest("pk").act == "campaign.composed"


def test_times_are_chinas(english: Client, house: House, play: SamplePlay) -> None:
    day = f"{clock.now() + timedelta(days=2):%Y-%m-%d}"
    campaign = composed(english, house, starts_at=f"{day}T09:00", ends_at=f"{day}T21:30")
    assert (f"{campaign.starts_at:%H:%M}", f"{campaign.ends_at:%H:%M}") == ("01:00", "13:30")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"term_off_fen": "0"}, "term_off_fen"),
        ({"term_off_fen": "one"}, "term_off_fen"),
        ({"term_share": "51"}, "term_share"),
        ({"term_hours": "73"}, "term_hours"),
        ({"term_tiers_people": ["2", "x"], "term_tiers_price": ["9", "7"]}, "term_tiers"),
        ({"term_tiers_people": ["2", "5"], "term_tiers_price": ["7", "9"]}, "term_tiers"),
        ({"term_tiers_people": ["", ""], "term_tiers_price": ["", ""]}, "term_tiers"),
        ({"term_sku_id": ""}, "term_sku_id"),
        ({"term_sku_id": "999999"}, "term_sku_id"),
        ({"term_late": "never"}, "term_late"),
        ({"term_most": "5", "term_hours": "3"}, "term_most"),
        ({"channels": []}, "channels"),
        ({"ends_at": "2026-01-01T00:00"}, "ends_at"),
        ({"budget_fen": "0"}, "budget_fen"),
        ({"return_bound_basis_points": "101"}, "return_bound_basis_points"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    english: Client, house: House, play: SamplePlay, changes: dict[str, object], field: str
) -> None:
    answer = english.post(NEW, form_fields(house.sku.pk, **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert not mine().exists()
    assert 'value="两人成团"' in answer.content.decode()


def test_the_editor_shows_a_campaign_as_it_stands(english: Client, house: House, play: SamplePlay) -> None:
    campaign = composed(english, house)
    shown = english.get(page(campaign, "edit")).content.decode()
    for text in ('name="term_off_fen" value="1.50"', 'value="12.5"', "龙井茶", house.sku.code, "takes 150 fen off"):
        assert text in shown
    assert 'name="term_tiers_people" value="5"' in shown
    answer = english.post(page(campaign, "edit"), form_fields(house.sku.pk, term_off_fen="2"))
    assert answer.status_code == 302
    campaign.refresh_from_db()
    assert (campaign.terms["off_fen"], campaign.version) == (200, 2)


def test_the_preview_follows_and_the_linter_stands_beside_its_words(english: Client, house: House, play: SamplePlay) -> None:
    address = reverse("console:campaign_preview", args=[KEY])
    calm = english.post(address, form_fields(house.sku.pk, term_off_fen="3")).content.decode()
    assert "takes 300 fen off" in calm
    assert "The rules have nothing against it." in calm
    loud = form_fields(house.sku.pk, channels=["web", "wechat"], term_helpers="on", copy_zh="转发到群里就能领红包")
    answer = english.post(address, loud).content.decode()
    assert "wechat.bargain_assist" in answer
    assert 'id="said-settings" hx-swap-oob="true"><div class="objection objection-bad"' in answer
    assert 'id="said-copy_zh" hx-swap-oob="true"><div class="objection' in answer
    assert "<mark>" in answer
    assert not mine().exists()


def test_the_preview_says_what_is_missing(english: Client, house: House, play: SamplePlay) -> None:
    answer = english.post(reverse("console:campaign_preview", args=[KEY]), {"title_zh": "新"})
    assert "The preview appears once this is filled in: Goods" in answer.content.decode()


def test_a_promise_that_nothing_keeps_is_told_before_the_launch(english: Client, house: House, play: SamplePlay) -> None:
    address = reverse("console:campaign_preview", args=[KEY])
    told, link = "It promises rewards that no open campaign hands out now (Sample play)", f'href="{NEW}"'
    assert told not in english.post(address, form_fields(house.sku.pk)).content.decode()
    play.can = False
    assert told not in english.post(address, {"title_zh": "新"}).content.decode()
    shown = english.post(address, form_fields(house.sku.pk)).content.decode()
    assert (told in shown, link in shown) == (True, True)
    assert told in english.get(page(composed(english, house))).content.decode()


def test_words_are_judged_before_the_terms_are_complete(english: Client, play: SamplePlay) -> None:
    answer = english.post(
        reverse("console:campaign_preview", args=[KEY]), {"copy_zh": "转发到群里就能领红包", "channels": ["web"]}
    )
    assert 'id="said-copy_zh" hx-swap-oob="true"><div class="objection' in answer.content.decode()


def test_without_scripts_a_button_previews_and_searches(english: Client, house: House, play: SamplePlay) -> None:
    answer = english.post(NEW, form_fields(0, term_sku_id="", term_sku_id_q=house.sku.code, act="look"))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert f'name="term_sku_id" value="{house.sku.pk}"' in shown
    assert not mine().exists()


def test_a_variant_is_found_by_code_and_by_title(english: Client, house: House, play: SamplePlay) -> None:
    for text in (house.sku.code, "龙井"):
        answer = english.get(reverse("console:campaign_skus"), {"name": "term_sku_id", "term_sku_id_q": text})
        assert f'value="{house.sku.pk}"' in answer.content.decode()
    nothing = english.get(reverse("console:campaign_skus"), {"name": "term_sku_id", "term_sku_id_q": "no such thing"})
    assert "Nothing on sale with this code or title." in nothing.content.decode()


def test_a_draft_is_launched_and_stopped_for_a_reason(english: Client, house: House, play: SamplePlay) -> None:
    campaign = composed(english, house)
    english.post(page(campaign, "launch"))
    campaign.refresh_from_db()
    assert campaign.status == "launched"
    english.post(page(campaign, "pause"))
    assert mine().get().status == "paused"
    english.post(page(campaign, "resume"))
    short = english.post(page(campaign, "stop"), {"reason": "no"})
    assert short.status_code == 400
    assert mine().get().status == "launched"
    english.post(page(campaign, "stop"), {"reason": "the goods are spoiled"})
    campaign.refresh_from_db()
    assert (campaign.status, campaign.stop_reason) == ("stopped", "the goods are spoiled")
    again = english.post(page(campaign, "stop"), {"reason": "the goods are spoiled"})
    assert again.status_code == 409
    acts = list(ActLog.objects.filter(object_id=campaign.number).order_by("pk").values_list("act", flat=True))
    assert acts == [f"campaign.{act}" for act in ("composed", "launched", "paused", "resumed", "stopped")]


def test_what_a_rule_refuses_is_not_launched_and_says_why(english: Client, house: House, play: SamplePlay) -> None:
    campaign = composed(english, house, channels=["wechat"], term_helpers="on")
    shown = english.post(page(campaign, "launch"), follow=True).content.decode()
    assert "wechat.bargain_assist" in shown
    assert mine().get().status == "draft"


def test_a_second_person_gives_the_second_look(english: Client, house: House, play: SamplePlay) -> None:
    campaign = composed(english, house)
    Campaign.objects.filter(pk=campaign.pk).update(status="review")
    own = english.get(page(campaign)).content.decode()
    assert "You composed it yourself" in own
    assert 'data-open="approve"' not in own
    assert english.post(page(campaign, "approve"), {"reason": "looked at every word"}).status_code == 409
    other = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    assert other.post(page(campaign, "send_back"), {"reason": "say the price plainly"}).status_code == 302
    assert mine().get().status == "draft"
    Campaign.objects.filter(pk=campaign.pk).update(status="review")
    assert other.post(page(campaign, "approve"), {"seen": campaign.revision, "reason": "looked at every word"}).status_code == 302
    assert mine().get().status == "launched"


def test_one_that_runs_keeps_its_beginning_and_tells_its_versions(english: Client, house: House, play: SamplePlay) -> None:
    campaign = composed(english, house, act="launch")
    assert campaign.status == "launched"
    moved = form_fields(house.sku.pk, starts_at="2031-01-01T00:00", term_off_fen="4.00")
    assert english.post(page(campaign, "edit"), moved).status_code == 302
    now = mine().get()
    assert (now.starts_at, now.version, now.terms["off_fen"]) == (campaign.starts_at, 2, 400)
    assert list(campaign.versions.order_by("number").values_list("terms__off_fen", flat=True)) == [150, 400]
    shown = english.get(page(campaign)).content.decode()
    assert "¥1.50</span> → ¥4.00" in shown
    refused = english.post(page(campaign, "edit"), form_fields(house.sku.pk, channels=["wechat"], term_helpers="on"))
    assert refused.status_code == 409
    assert "wechat.bargain_assist" in refused.content.decode()


def test_the_choice_names_the_channels_that_are_closed(english: Client, house: House, play: SamplePlay) -> None:
    shown = english.get(reverse("console:campaign_choose")).content.decode()
    assert "Shows what an editor can do." in shown
    assert reverse("console:campaign_new", args=[KEY]) in shown
    object.__setattr__(play, "facts", lambda _terms: SamplePlay.facts(play, {"helpers": True}))
    shown = english.get(reverse("console:campaign_choose")).content.decode()
    assert "Not on: WeChat" in shown
    assert "wechat.bargain_assist" in shown


def test_the_list_says_what_to_do_when_it_is_empty(play: SamplePlay) -> None:
    english = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    english.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    shown = english.get(reverse("console:campaigns")).content.decode()
    assert "No campaign yet" in shown
    assert reverse("console:campaign_choose") in shown
    running_campaign(KEY)
    listed = english.get(reverse("console:campaigns"), {"play": KEY, "status": "launched"}).content.decode()
    assert "Sample play" in listed
    assert "No campaign like this" in english.get(reverse("console:campaigns"), {"status": "ended"}).content.decode()


def test_figures_stand_with_their_definitions(english: Client, play: SamplePlay) -> None:
    campaign = running_campaign(KEY, terms={each.name: each.default for each in play.fields})
    shown = english.get(page(campaign)).content.decode()
    for text in ("Groups opened", "Every group that was begun.", "2.0 h", "Too few to judge", "no budget was set"):
        assert text in shown


def test_guardrails_say_how_they_stand(play: SamplePlay) -> None:
    campaign = running_campaign(KEY, return_bound_basis_points=1000)

    def states(returned: int, paid: int = 100) -> list[str]:
        money = queries.lists.Money(paid, paid, paid, 0, 0, paid, returned, 0)
        return [bound.state for bound in standing.bounds_of(campaign, money, standing.Mutes(0, 0))[:2]]

    assert states(3, paid=19) == ["few", "few"]
    assert states(9) == ["kept", "kept"]
    assert states(12) == ["near", "kept"]
    assert states(30) == ["broken", "kept"]


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_sends_the_same_statements_for_one_and_for_twenty(
    english: Client, play: SamplePlay, statements: Statements, rows: int
) -> None:
    for _row in range(rows):
        running_campaign(KEY)
    english.get(reverse("console:campaigns"))
    with statements(12):
        english.get(reverse("console:campaigns"))


@pytest.mark.parametrize("rows", [1, 20])
def test_a_campaign_sends_the_same_statements_for_one_version_and_for_twenty(
    english: Client, house: House, play: SamplePlay, statements: Statements, rows: int
) -> None:
    campaign = composed(english, house, act="launch")
    for number in range(rows - 1):
        draft = actions.composing.draft_of(campaign)
        terms = dict(campaign.terms) | {"off_fen": 200 + number}
        campaign = actions.change(house.owner, campaign, type(draft)(**{**draft.__dict__, "terms": terms}))
    english.get(page(campaign))
    with statements(18):
        english.get(page(campaign))
