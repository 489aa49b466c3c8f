"""The linter on a page of its own: what is found is marked where it stands, limits hold, and only who composes campaigns gets in."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from renmai.accounts.models import Role
from renmai.policy.linting import TEXT_MAX_LENGTH, Copy, Finding
from renmai.policy.rules import Outcome
from renmai.web.console import copy_check
from renmai.web.console.copy_check import check
from renmai.web.console.tests import house as houses
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.test_campaigns_browser import fits
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db
PAGE = reverse("console:copy_check")
WORDS = {
    "zh-hans": ("待检查的文案", "微信", "检查", "不得发布"),
    "en": ("Words to check", "WeChat: links", "Check", "This must not go out like this"),
}
PHONE_WIDTH = 390
BAD, FINE = "转发到群就送红包", "两个人一起买，更便宜。"


@pytest.fixture
def editor() -> Client:
    """The browser of somebody who composes campaigns."""
    client = scenes.browser_of(scenes.member_of_staff(Role.MERCHANDISER))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def finding(start: int, end: int, outcome: Outcome = Outcome.REVIEW, *, channel: str = "", code: str = "a.rule") -> Finding:
    return Finding(
        code=code,
        family=None,
        outcome=outcome,
        fragment="",
        text_index=0,
        start=start,
        end=end,
        channel=channel,
        rule_key=code,
        source="A law, article 1",
        advice="Say it otherwise.",
    )


def told(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    def answer(_copy: Copy) -> tuple[Finding, ...]:
        return findings

    monkeypatch.setattr(copy_check, "lint", answer)


def test_what_is_found_is_marked_where_it_stands_with_source_and_advice(editor: Client) -> None:
    page = editor.post(PAGE, {"text": f"周末活动\r\n{BAD}，快来", "channels": ["wechat"]}).content.decode()
    assert "This must not go out like this" in page
    assert re.search(r'周末活动\n[^<]*<mark class="copy-bad">[^<]*转发', page)
    assert '<a href="#finding-1">1</a>' in page
    assert 'id="finding-1"' in page
    assert "微信外部链接内容管理规范" in page


def test_it_depends_on_where_people_read_it(editor: Client) -> None:
    words = "帮我砍一刀"
    assert "objection-bad" in editor.post(PAGE, {"text": words, "channels": ["wechat"]}).content.decode()
    assert "objection-bad" not in editor.post(PAGE, {"text": words, "channels": ["web"]}).content.decode()


def test_nothing_to_say_is_said(editor: Client) -> None:
    page = editor.post(PAGE, {"text": FINE, "channels": ["web", "wechat"]}).content.decode()
    assert "The rules have nothing against it." in page
    assert "no lawyer" in page
    assert "copy-marked" not in page


def test_findings_that_overlap_cut_the_text_and_lose_none_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told(
        monkeypatch,
        finding(1, 5, code="one"),
        finding(3, 8, Outcome.REFUSE, code="two"),
        finding(8, 9, Outcome.ALLOW, code="three"),
    )
    found = check("0123456789", ["web"])
    assert [(piece.text, piece.tone, piece.numbers) for piece in found.pieces] == [
        ("0", "", ()),
        ("12", "warn", ()),
        ("34", "bad", (1,)),
        ("567", "bad", (2,)),
        ("8", "info", (3,)),
        ("9", "", ()),
    ]


def test_the_same_objection_on_several_channels_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, finding(0, 2, channel="wechat"), finding(0, 2, channel="sms"), finding(0, 2, code="other"))
    found = check("0123", ["wechat", "sms"]).found
    assert [(each.number, len(each.channels)) for each in found] == [(1, 2), (2, 0)]
    assert check("0123", ["wechat"]).pieces[0].numbers == (1, 2)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"text": " ", "channels": ["web"]}, "Paste the words"),
        ({"text": "字" * (TEXT_MAX_LENGTH + 1), "channels": ["web"]}, "at most 5000 characters"),
        ({"text": FINE}, "Choose at least one place."),
        ({"text": FINE, "channels": ["moon"]}, "moon"),
        ({"text": f"{FINE}\0", "channels": ["web"]}, "Null characters"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field_and_kept(editor: Client, form: dict[str, object], says: str) -> None:
    answer = editor.post(PAGE, form)
    assert (answer.status_code, says in answer.content.decode()) == (400, True)
    assert str(form["text"]).strip().replace("\0", "")[:10] in answer.content.decode()


def test_the_last_words_of_the_longest_text_are_read_and_markup_is_only_text(editor: Client) -> None:
    text = "<b>" + "好" * (TEXT_MAX_LENGTH - len(BAD) - 4) + "。" + BAD
    page = editor.post(PAGE, {"text": text, "channels": ["wechat"]}).content.decode()
    assert 'class="copy-bad"' in page
    assert "<b>好" not in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("role", [Role.ANALYST, Role.SERVICE, Role.FINANCE, Role.FULFILMENT])
def test_who_composes_no_campaigns_is_refused(role: Role) -> None:
    client = scenes.browser_of(scenes.member_of_staff(role))
    assert (client.get(PAGE).status_code, client.post(PAGE, {"text": FINE}).status_code) == (403, 403)


def test_the_list_of_campaigns_leads_to_it(editor: Client) -> None:
    listed = reverse("console:campaigns")
    assert PAGE in editor.get(listed).content.decode()
    assert PAGE not in scenes.browser_of(scenes.member_of_staff(Role.ANALYST)).get(listed).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_in_a_browser(open_page: Callable[..., Page], site: str, language: str) -> None:
    words, places, button, verdict = WORDS[language]
    houses.build()
    page = open_page(viewport={"width": PHONE_WIDTH, "height": 844})
    signed_in(page, site)
    page.goto(PAGE)
    assert serious(page) == []
    page.get_by_label(words).fill(f"{FINE}{BAD}，先到先得。\n全网最低价。")
    expect(page.locator("#copy-found mark.copy-bad").first).to_be_visible()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
    expect(page.locator("#copy-found")).to_contain_text(verdict)
    for width in (PHONE_WIDTH, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert serious(page) == []
        assert fits(page)
    for box in page.get_by_label(places).all():
        expect(box).to_be_checked()
