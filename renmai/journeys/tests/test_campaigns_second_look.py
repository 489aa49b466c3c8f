"""Campaigns between a draft and its launch: what runs is what was judged, and nobody looks a second time at her own words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.campaigns import actions
from renmai.campaigns.actions import running
from renmai.campaigns.actions.composing import Draft, draft_of
from renmai.campaigns.models import Campaign
from renmai.campaigns.tests.fakes import KEY, FakePlay, installed
from renmai.journeys.tests.world import refused
from renmai.kernel import clock
from renmai.policy.linting import Finding
from renmai.policy.rules import Outcome

pytestmark = pytest.mark.django_db
FORBIDDEN = "全网最低价，国家级品质。"
REASON = "looked at it with the law at hand"


@pytest.fixture(autouse=True)
def fake() -> Iterator[FakePlay]:
    with installed(FakePlay()) as play:
        yield play


def draft(copy_zh: str = "慢慢挑。") -> Draft:
    now = clock.now()
    return Draft(title_zh="秋天", copy_zh=copy_zh, channels=("web",), starts_at=now, ends_at=now + timedelta(days=7), terms={})


def with_words(campaign: Campaign, copy_zh: str) -> Draft:
    return replace(draft_of(campaign), copy_zh=copy_zh)


def laid_before(writer: User, last: User, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """A campaign by ``writer`` that ``last`` changed and laid before a second person."""
    place: dict[str, Any] = {"fragment": "", "text_index": 0, "start": 0, "end": 0, "channel": ""}
    doubtful = Finding(
        code="x", family=None, outcome=Outcome.REVIEW, rule_key="x.y", source="law", advice="Say it plainly.", **place
    )
    monkeypatch.setattr(running, "findings_of", lambda *_asked: (doubtful,))
    campaign = actions.compose(writer, KEY, draft())
    campaign = actions.change(last, campaign, with_words(campaign, "慢慢挑，不着急。"))
    return actions.launch(last, campaign)


def test_what_was_changed_in_another_tab_is_what_is_judged() -> None:
    owner = make_staff()
    as_the_first_tab_read_it = actions.compose(owner, KEY, draft())
    actions.change(owner, as_the_first_tab_read_it, with_words(as_the_first_tab_read_it, FORBIDDEN))
    with refused("campaigns.refused_by_policy"):
        actions.launch(owner, as_the_first_tab_read_it)
    assert Campaign.objects.get().status == "draft"


def test_neither_who_composed_it_nor_who_wrote_in_it_last_gives_the_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    writer, last, other = make_staff(), make_staff(), make_staff()
    waiting = laid_before(writer, last, monkeypatch)
    assert waiting.status == "review"
    for own in (writer, last):
        with refused("campaigns.same_person"):
            actions.approve(own, waiting, seen=waiting.revision, reason=REASON)
    assert actions.approve(other, waiting, seen=waiting.revision, reason=REASON).approved_by == other


def test_a_page_left_open_approves_nothing_that_was_changed_since(monkeypatch: pytest.MonkeyPatch) -> None:
    writer, last, other = make_staff(), make_staff(), make_staff()
    as_it_was_looked_at = laid_before(writer, last, monkeypatch)
    draft_again = actions.send_back(other, as_it_was_looked_at, reason=REASON)
    again = actions.launch(last, actions.change(last, draft_again, with_words(draft_again, FORBIDDEN)))
    assert (again.status, again.version) == ("review", as_it_was_looked_at.version)
    with refused("campaigns.changed_since"):
        actions.approve(other, as_it_was_looked_at, seen=as_it_was_looked_at.revision, reason=REASON)
    assert actions.approve(other, again, seen=again.revision, reason=REASON).status == "launched"


def test_only_a_draft_is_launched_and_only_what_was_laid_before_is_approved(monkeypatch: pytest.MonkeyPatch) -> None:
    writer, other = make_staff(), make_staff()
    unfinished = actions.compose(writer, KEY, draft())
    with refused("campaigns.state"):
        actions.approve(other, unfinished, seen=unfinished.revision, reason=REASON)
    paused = actions.pause(writer, actions.launch(writer, unfinished))
    with refused("campaigns.state"):
        actions.launch(writer, paused)
    assert Campaign.objects.get().status == "paused"
