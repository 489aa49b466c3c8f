"""The editor of scenes: blocks added, moved, filled in and published, without and with what goes wrong."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Visitor
from renmai.accounts.tests.factories import Statements
from renmai.campaigns.scenes.actions import record_scene_visit
from renmai.campaigns.scenes.models import Scene, ScenePicture
from renmai.campaigns.tests.fakes import running_campaign
from renmai.catalogue.tests.factories import make_product
from renmai.kernel import clock
from renmai.web.console.tests import house as houses
from renmai.web.console.tests.house import House

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("console:scenes"), reverse("console:scene_new")


@pytest.fixture
def english(owner: Client) -> Client:
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return owner


@pytest.fixture
def scene(english: Client) -> Scene:
    english.post(NEW, {"title_zh": "秋茶节", "title_en": "Autumn tea"})
    return Scene.objects.get()


def page(scene: Scene) -> str:
    return reverse("console:scene", args=[scene.pk])


def form(scene: Scene, *kinds: str, act: str = "save", **fields: Any) -> dict[str, object]:
    scene.refresh_from_db()
    base = {"title_zh": scene.title_zh, "title_en": scene.title_en, "slug": scene.slug, "seen": scene.revision}
    return {**base, "block": list(kinds), "act": act, **fields}


def test_a_scene_begins_with_its_title(scene: Scene) -> None:
    assert (scene.slug, scene.status, scene.blocks) == ("autumn-tea", "draft", [])


def test_a_title_without_latin_letters_gets_a_word_too(english: Client) -> None:
    english.post(NEW, {"title_zh": "春天"})
    assert re.fullmatch(r"scene-[a-z0-9]{6}", Scene.objects.get().slug)
    answer = english.post(NEW, {"title_zh": "", "title_en": "x"})
    assert (answer.status_code, list(answer.context["draft"].problems)) == (400, ["title_zh"])


def test_blocks_are_added_moved_and_removed_and_keep_their_words(english: Client, scene: Scene) -> None:
    answer = english.post(page(scene), form(scene, act="add:headline"))
    assert answer.headers["Location"] == f"{page(scene)}#block-0"
    english.post(page(scene), form(scene, "headline", b0_text_zh="好茶", act="add:divider"))
    moved = english.post(page(scene), form(scene, "headline", "divider", b0_text_zh="好茶", act="up:1"))
    assert moved.headers["Location"] == f"{page(scene)}#block-0"
    scene.refresh_from_db()
    assert [block["kind"] for block in scene.blocks] == ["divider", "headline"]
    assert scene.blocks[1]["text_zh"] == "好茶"
    english.post(page(scene), form(scene, "divider", "headline", b1_text_zh="好茶", act="remove:0"))
    scene.refresh_from_db()
    assert [block["kind"] for block in scene.blocks] == ["headline"]


@pytest.mark.parametrize("act", ["add:nothing", "up:9", "down:x", "remove:-1", "", "publish:3"])
def test_an_odd_button_only_saves(english: Client, scene: Scene, act: str) -> None:
    assert english.post(page(scene), form(scene, "divider", act=act)).status_code == 302
    scene.refresh_from_db()
    assert scene.blocks == [{"kind": "divider"}]


def test_everything_that_a_block_holds_is_kept_and_shown(english: Client, scene: Scene, house: House) -> None:
    campaign = running_campaign(title_zh="两人团", title_en="For two")
    kinds = ("headline", "text", "picture", "products", "campaign", "countdown", "button", "divider")
    fields: dict[str, Any] = {
        "b0_text_zh": "今秋第一泡",
        "b0_text_en": "First of the season",
        "b1_text_zh": "山上来的。",
        "b2_alt_zh": "茶园",
        "b2_file": SimpleUploadedFile("a.png", houses.png(30, 20), "image/png"),
        "b3_product_ids": [str(house.product.pk)],
        "b4_campaign_id": str(campaign.pk),
        "b5_campaign_id": str(campaign.pk),
        "b6_label_zh": "去逛逛",
        "b6_path": "/discover/",
    }
    assert english.post(page(scene), form(scene, *kinds, **fields)).status_code == 302
    scene.refresh_from_db()
    picture = ScenePicture.objects.get()
    assert (scene.blocks[2]["picture_id"], picture.width, picture.path[-5:]) == (picture.pk, 30, ".webp")
    assert scene.blocks[3]["product_ids"] == [house.product.pk]
    shown = english.get(page(scene)).content.decode()
    for text in ("First of the season", "山上来的。", house.product.title_zh, "For two", "data-countdown", "/discover/"):
        assert text in shown
    again = form(scene, *kinds, act="publish", **{**fields, "b2_file": "", "b2_picture_id": str(picture.pk)})
    assert english.post(page(scene), again).status_code == 302
    scene.refresh_from_db()
    assert (scene.status, scene.version) == ("published", 1)


def test_what_is_unfinished_stands_beside_its_block(english: Client, scene: Scene) -> None:
    answer = english.post(page(scene), form(scene, "headline", "button", b0_text_zh="好茶", b1_label_zh="去", act="publish"))
    assert (answer.status_code, list(answer.context["draft"].problems)) == (400, ["1.path"])
    assert "Block 2 is not finished" in answer.content.decode()
    scene.refresh_from_db()
    assert (scene.status, len(scene.blocks)) == ("draft", 2)


def test_a_file_that_is_no_picture_is_refused_at_its_block(english: Client, scene: Scene) -> None:
    fields: dict[str, Any] = {"b0_file": SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", "image/png"), "b0_alt_zh": "茶园"}
    answer = english.post(page(scene), form(scene, "picture", **fields))
    assert (answer.status_code, list(answer.context["draft"].problems)) == (415, ["0.picture_id"])
    assert 'value="茶园"' in answer.content.decode()
    assert not ScenePicture.objects.exists()


def test_saving_over_somebody_elses_words_takes_a_second_look(english: Client, scene: Scene) -> None:
    old = form(scene, "headline", b0_text_zh="我的")
    english.post(page(scene), form(scene, "headline", b0_text_zh="别人的"))
    answer = english.post(page(scene), old)
    assert answer.status_code == 409
    assert 'value="我的"' in answer.content.decode()
    again = old | {"seen": answer.context["draft"].seen}
    assert english.post(page(scene), again).status_code == 302
    scene.refresh_from_db()
    assert scene.blocks[0]["text_zh"] == "我的"


def test_the_preview_draws_and_judges_what_stands_in_the_form(english: Client, scene: Scene) -> None:
    sent = form(scene, "headline", "text", b0_text_en="Fresh", b0_text_zh="新鲜", b1_text_zh="<b>x</b>")
    answer = english.post(reverse("console:scene_preview"), sent).content.decode()
    assert '<h2 class="scene-headline">Fresh</h2>' in answer
    assert "&lt;b&gt;x" in answer
    assert 'id="said-0-text_zh" hx-swap-oob="true"' in answer
    scene.refresh_from_db()
    assert scene.blocks == []


def test_goods_are_found_with_and_without_scripts(english: Client, scene: Scene, house: House) -> None:
    found = english.get(reverse("console:scene_goods"), {"name": "b0_product_ids", "b0_product_ids_q": "龙井"})
    assert f'name="b0_product_ids" value="{house.product.pk}"' in found.content.decode()
    answer = english.post(page(scene), form(scene, "products", act="find:0", b0_product_ids_q=house.product.code))
    assert f'name="b0_product_ids" value="{house.product.pk}"' in answer.content.decode()
    scene.refresh_from_db()
    assert scene.blocks == []


def test_a_scene_is_withdrawn_for_a_reason(english: Client, scene: Scene) -> None:
    english.post(page(scene), form(scene, "headline", b0_text_zh="好茶", act="publish"))
    address = reverse("console:scene_withdraw", args=[scene.pk])
    assert english.post(address, {"reason": "no"}).status_code == 400
    assert english.post(address, {"reason": "the season is over"}).status_code == 302
    scene.refresh_from_db()
    assert scene.status == "withdrawn"
    assert english.post(address, {"reason": "the season is over"}).status_code == 409


def test_the_list_says_what_to_do_when_it_is_empty(english: Client) -> None:
    shown = english.get(LIST).content.decode()
    assert "No scene yet" in shown
    assert NEW in shown


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_sends_the_same_statements_for_one_and_for_twenty(english: Client, statements: Statements, rows: int) -> None:
    for number in range(rows):
        scene = Scene.objects.create(slug=f"s{number}", title_zh="页", status="published", version=1, published_at=clock.now())
        record_scene_visit(scene, Visitor.objects.create())
    english.get(LIST)
    with statements(12):
        english.get(LIST)


@pytest.mark.parametrize("number", [1, 12])
def test_the_editor_sends_the_same_statements_for_one_product_and_for_twelve(
    english: Client, scene: Scene, statements: Statements, number: int
) -> None:
    ids = [make_product(listed=True).pk for _number in range(number)]
    campaign = running_campaign(ends_at=clock.now() + timedelta(days=3))
    blocks: list[dict[str, object]] = [{"kind": "products", "product_ids": ids, "heading_zh": "", "heading_en": ""}]
    blocks += [{"kind": "countdown", "campaign_id": campaign.pk}] * number
    Scene.objects.filter(pk=scene.pk).update(blocks=blocks)
    english.get(page(scene))
    with statements(20):
        english.get(page(scene))
