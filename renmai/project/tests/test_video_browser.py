"""A post with a video on a phone: the demo's own film is found in the feed, played, and jumped about in."""

import io

import pytest
from playwright.sync_api import Page, Response, expect

from renmai.accounts.tests.factories import make_staff
from renmai.content import actions
from renmai.demo.filming import SECONDS, looking_around, pouring
from renmai.journeys.tests.posts import given
from renmai.journeys.tests.world import goods
from tools.testing.browser import shoot
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

JUMPED = """async (video, at) => {
    await new Promise((done, failed) => {
        video.addEventListener("seeked", done, { once: true });
        video.addEventListener("error", () => failed(video.error.message), { once: true });
        video.currentTime = at;
    });
    return video.currentTime;
}"""

TOUCHED = "button => parseFloat(getComputedStyle(button, '::after').height)"
"""A small button is larger for fingers than for eyes."""


@pytest.fixture(autouse=True)
def served_by_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let our own view answer: the server of tests has one for uploads that sends no parts, and before which nothing is private."""
    monkeypatch.setattr("django.test.testcases._MediaFilesHandler._should_handle", lambda *_request: False)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_video_is_found_played_and_jumped_about_in(page_phone: Page, language: str) -> None:
    page, (sku,) = page_phone, goods()
    writer, filmed = make_staff(), pouring("春茶怎么泡不苦", ("茶叶三克", "十五秒就出汤"))
    draft = actions.compose_official(writer, given(sku.product, video=io.BytesIO(filmed.video), pictures=[filmed.poster]))
    post = actions.approve(make_staff(), actions.publish(writer, draft), seen=1)
    asked: list[Response] = []
    page.on("response", lambda answer: asked.append(answer) if "/media/videos/" in answer.url else None)

    page.goto("/discover/latest/")
    card = page.locator(".post-card", has_text=post.title)
    expect(card.locator(".film-mark")).to_contain_text(f"0:0{SECONDS}")
    expect(card.locator("img.picture")).to_be_visible()
    card.locator(".pick-link").click()
    video = page.locator("video")
    expect(video).to_be_visible()
    page.wait_for_load_state()
    assert video.evaluate("v => [v.paused, v.autoplay, v.controls, v.currentTime, v.poster !== '']") == [
        True,
        False,
        True,
        0,
        True,
    ]
    assert not asked, "nothing of the video is fetched before somebody plays it"
    box = video.bounding_box()
    assert box is not None
    assert (box["width"] <= 390, box["height"] >= 44) == (True, True)
    assert page.locator(".button-small").first.evaluate(TOUCHED) >= 44
    assert serious(page) == []
    shoot(page, f"video-still-{language}")

    video.focus()
    page.keyboard.press("Space")
    page.wait_for_function(
        "() => { const v = document.querySelector('video'); return v.currentTime > 0.3 && v.readyState >= 2; }"
    )
    video.evaluate("v => v.pause()")
    shoot(page, f"video-played-{language}")
    assert video.evaluate("v => [v.videoWidth, v.videoHeight, v.duration]") == [360, 480, SECONDS]
    for at in (3.25, 0.5):
        assert video.evaluate(JUMPED, at) == at
    assert {answer.status for answer in asked} == {206}
    assert all(answer.headers["content-range"].startswith("bytes ") for answer in asked)


def test_a_film_is_small_and_the_same_each_time() -> None:
    made = looking_around("tea-tin", 3, "我常买的龙井", "自己家里一直在喝")
    assert made == looking_around("tea-tin", 3, "我常买的龙井", "自己家里一直在喝")
    assert len(made.video) < 300_000
