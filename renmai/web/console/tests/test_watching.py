"""Compliance and rewards under review: what the pages say, in both languages, and what a decision does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from renmai.accounts.models import ActLog, Role
from renmai.campaigns.models import Reward
from renmai.campaigns.tests.fakes import FakePlay, installed
from renmai.campaigns.tests.held import held_reward
from renmai.distribution.models import Agent
from renmai.distribution.tests import world
from renmai.fraud.pyramid import watch
from renmai.fraud.scorecard import CARD, HOLD_FROM
from renmai.kernel.outbox import raise_alert
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.house import url

pytestmark = pytest.mark.django_db


class Giver(FakePlay):
    """Owns a benefit of its own and remembers to whom it was given."""

    benefits = frozenset({"fake"})

    def cost_fen(self, benefit: str, amount: int) -> int:
        return 0

    def give(self, reward: Reward) -> str:
        self.calls.append(f"gave {reward.amount} to {reward.beneficiary_id}")
        return "given"


@pytest.fixture
def auditor() -> Client:
    return scenes.browser_of(scenes.member_of_staff(Role.AUDITOR))


@pytest.fixture
def finance() -> Client:
    return scenes.browser_of(scenes.member_of_staff(Role.FINANCE))


def line(people: int) -> Agent:
    root = world.agent()
    first = world.agent(introduced_by=root)
    for _each in range(people - 2):
        world.agent(introduced_by=first)
    return root


def shown(client: Client, name: str, language: str = "zh-hans") -> str:
    return client.get(url(name), headers={"accept-language": language}).content.decode()


def test_a_house_without_findings_says_so(auditor: Client) -> None:
    page = shown(auditor, "compliance")
    assert "没有接近任何红线" in page
    assert "没有引荐线接近法律红线" in page
    assert "100%" in page
    assert "Nothing comes near a line" in shown(auditor, "compliance", "en")


def test_the_criminal_line_is_shown_with_its_figures_law_and_evidence(auditor: Client) -> None:
    root = line(31)
    page = shown(auditor, "compliance")
    assert "有一条引荐线已达到三级三十人" in page
    assert "《禁止传销条例》第七条" in page
    assert f"agent {root.pk} · " in page
    assert root.user.display_name in page
    # An auditor may not open agents.
    assert url("agent", root.pk) not in page
    owner = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    english = shown(owner, "compliance", "en")
    assert url("agent", root.pk) in english
    assert "1 alarm: a lawyer should look at it today" in english
    assert 'People in the line</dt><dd class="figures">31</dd>' in english


def test_the_alert_leads_to_the_page() -> None:
    line(31)
    assert watch(200) == 1
    owner = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    page = shown(owner, "alerts")
    assert f'href="{url("compliance")}"' in page
    assert "有引荐线触及刑事红线" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", ("线内人数", "层级（含第一级）")), ("en", ("People in the line", "Levels, the first counted"))],
)
def test_the_alert_says_whom_and_what_in_the_readers_language(language: str, words: tuple[str, str]) -> None:
    root = line(31)
    watch(200)
    owner = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    page = shown(owner, "alerts", language)
    assert f">{root.user.display_name}</a>" in page
    assert all(f"<dt>{word}</dt>" in page for word in words)
    assert '<dd class="figures">31</dd>' in page
    assert "people 31" not in page
    assert f"agent {root.pk}" not in page


def test_an_alert_of_another_release_keeps_its_own_words() -> None:
    raise_alert("pyramid.line", "house 7", "hats 12")
    owner = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    page = shown(owner, "alerts")
    assert "hats 12" in page
    assert "house 7" in page


def test_a_held_reward_tells_its_reasons_and_the_card(finance: Client) -> None:
    reward = held_reward("coupon")
    page = shown(finance, "rewards")
    assert "优惠券 ¥5.00" in page
    assert "住在别处却共用同一浏览器的其他人：4 人" in page
    assert "108 分" in page
    assert reward.order.number in page
    assert page.count("≥ ") == len(CARD)
    english = shown(finance, "rewards", "en")
    assert f"when {HOLD_FROM} points and more speak against them" in english
    assert "who use the same browser but live elsewhere: 4" in english


def test_points_are_counted_and_not_money(finance: Client) -> None:
    held_reward("points")
    assert "放行 500 积分" in shown(finance, "rewards")
    assert "Release 500 points" in shown(finance, "rewards", "en")


def test_releasing_grants_and_refusing_does_not(finance: Client) -> None:
    first, second = held_reward("fake"), held_reward("fake")
    with installed(Giver()) as play:
        answer = finance.post(url("reward_decide", first.pk), {"decision": "release", "answer": "same household, asked her"})
        assert answer.status_code == 302
        assert finance.post(url("reward_decide", second.pk), {"decision": "refuse", "answer": "one person"}).status_code == 302
    assert play.calls == [f"gave 500 to {first.beneficiary_id}"]
    assert Reward.objects.get(pk=first.pk).status == Reward.Status.GRANTED
    assert Reward.objects.get(pk=second.pk).status == Reward.Status.REFUSED
    acts = list(ActLog.objects.order_by("pk").values_list("act", "object_type", "object_id"))
    assert acts[-2:] == [("reward.released", "reward", str(first.pk)), ("reward.refused", "reward", str(second.pk))]
    assert "没有待审的奖励" in shown(finance, "rewards")


def test_a_decision_without_a_word_stays_beside_its_field(finance: Client) -> None:
    reward = held_reward("fake")
    answer = finance.post(url("reward_decide", reward.pk), {"decision": "refuse", "answer": "no"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "field-error" in page
    assert 'value="no"' in page
    assert Reward.objects.get(pk=reward.pk).status == Reward.Status.REVIEW


def test_a_decision_that_was_taken_already_is_refused(finance: Client) -> None:
    reward = held_reward("fake")
    Reward.objects.filter(pk=reward.pk).update(status=Reward.Status.REFUSED)
    answer = finance.post(url("reward_decide", reward.pk), {"decision": "release", "answer": "another look"})
    assert answer.status_code == 409
    assert Reward.objects.get(pk=reward.pk).status == Reward.Status.REFUSED


def test_the_pages_cost_the_same_for_one_and_for_many(finance: Client, auditor: Client) -> None:
    held_reward()
    line(31)
    before = [_statements(finance, "rewards"), _statements(auditor, "compliance")]
    for _each in range(19):
        held_reward()
    for _each in range(3):
        line(31)
    assert [_statements(finance, "rewards"), _statements(auditor, "compliance")] == before


def _statements(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as sent:
        assert client.get(url(name)).status_code == 200
    return len(sent)
