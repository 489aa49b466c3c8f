"""Scenes: blocks, publishing under the rules, and the figures of what came of them."""

from datetime import timedelta
from typing import Any

import pytest

from renmai.accounts.models import ActLog, Role, User, Visitor
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.campaigns import audit
from renmai.campaigns.scenes import actions, queries
from renmai.campaigns.scenes import blocks as blocks_of
from renmai.campaigns.scenes.actions import SceneInput
from renmai.campaigns.scenes.models import Scene, SceneVersion
from renmai.campaigns.tests.fakes import running_campaign
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.journeys.tests import world
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.policy.linting import Finding
from renmai.policy.rules import Outcome

pytestmark = pytest.mark.django_db
HEADLINE = {"kind": "headline", "text_zh": "秋天的茶", "text_en": "Autumn tea"}


@pytest.fixture
def owner() -> User:
    return make_staff(Role.OWNER)


def given(*blocks: Any, **changes: Any) -> SceneInput:
    return SceneInput(**{"slug": "autumn-tea", "title_zh": "秋茶节", "title_en": "Tea days", "blocks": blocks} | changes)


def refused(code: str, field: str, act: Any, *args: Any, **kwargs: Any) -> None:
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_customers_see_what_was_published_until_it_is_published_again(owner: User) -> None:
    scene = actions.compose_scene(owner, given(HEADLINE))
    refused("request.not_found", "", queries.scene_of_slug, "autumn-tea")
    scene = actions.publish_scene(owner, scene)
    scene = actions.change_scene(owner, scene, given(HEADLINE | {"text_zh": "冬天的茶"}, title_zh="冬茶节"), seen=scene.revision)
    assert queries.scene_of_slug("autumn-tea").title_zh == "秋茶节"
    actions.publish_scene(owner, scene)
    now = queries.scene_of_slug("autumn-tea")
    assert (now.number, now.title_zh, now.blocks[0]["text_zh"]) == (2, "冬茶节", "冬天的茶")
    assert SceneVersion.objects.get(number=1).blocks[0]["text_zh"] == "秋天的茶"
    acts = list(ActLog.objects.filter(object_type="scene").order_by("pk").values_list("act", flat=True))
    assert acts == ["scene.composed", "scene.published", "scene.changed", "scene.published"]


def test_a_withdrawn_scene_is_gone_until_it_is_published_again(owner: User) -> None:
    scene = actions.publish_scene(owner, actions.compose_scene(owner, given(HEADLINE)))
    refused("campaigns.reason", "reason", actions.withdraw_scene, owner, scene, reason="no")
    scene = actions.withdraw_scene(owner, scene, reason="the season is over")
    refused("request.not_found", "", queries.scene_of_slug, "autumn-tea")
    refused("campaigns.state", "", actions.withdraw_scene, owner, scene, reason="the season is over")
    assert actions.publish_scene(owner, scene).status == Scene.Status.PUBLISHED


def test_two_people_at_once_do_not_write_over_each_other(owner: User) -> None:
    scene = actions.compose_scene(owner, given())
    actions.change_scene(owner, scene, given(HEADLINE), seen=scene.revision)
    refused("request.conflict", "", actions.change_scene, owner, scene, given(), seen=scene.revision)
    assert Scene.objects.get().blocks == [HEADLINE]


@pytest.mark.parametrize("slug", ["", "Tea", "tea days", "-tea", "tea--days", "茶", "x" * 61])
def test_its_address_is_a_plain_word(owner: User, slug: str) -> None:
    refused("campaigns.slug", "slug", actions.compose_scene, owner, given(slug=slug))


def test_an_address_is_there_once_and_stays_once_it_is_known(owner: User) -> None:
    scene = actions.compose_scene(owner, given(HEADLINE))
    refused("campaigns.slug_taken", "slug", actions.compose_scene, owner, given())
    scene = actions.change_scene(owner, scene, given(HEADLINE, slug="tea"), seen=scene.revision)
    scene = actions.publish_scene(owner, scene)
    refused("campaigns.slug_fixed", "slug", actions.change_scene, owner, scene, given(slug="other"), seen=scene.revision)


@pytest.mark.parametrize(
    "block",
    [
        {"kind": "script", "text_zh": "x"},
        {"kind": "headline", "text_zh": 7},
        {"kind": "headline", "text_zh": "长" * 61},
        {"kind": "headline", "text_zh": "a\x07b"},
        {"kind": "headline", "html": "<b>"},
        {"kind": "picture", "picture_id": "1"},
        {"kind": "picture", "picture_id": True},
        {"kind": "products", "product_ids": [1.5]},
        {"kind": "products", "product_ids": list(range(1, 14))},
        {"kind": "button", "path": None},
        ["headline"],
        None,
    ],
)
def test_what_is_no_block_is_refused_at_its_place(owner: User, block: object) -> None:
    refused("campaigns.block", "blocks.1", actions.compose_scene, owner, given(HEADLINE, block))


def test_there_is_an_end_to_blocks(owner: User) -> None:
    refused("campaigns.blocks", "", actions.compose_scene, owner, given(*[HEADLINE] * 31))


@pytest.mark.parametrize(
    ("block", "field"),
    [
        ({"kind": "headline"}, "1.text_zh"),
        ({"kind": "picture"}, "1.picture_id"),
        ({"kind": "products"}, "1.product_ids"),
        ({"kind": "campaign"}, "1.campaign_id"),
        ({"kind": "button", "label_zh": "去看看"}, "1.path"),
    ],
)
def test_an_unfinished_block_is_kept_and_not_published(owner: User, block: object, field: str) -> None:
    scene = actions.compose_scene(owner, given(HEADLINE, block))
    refused("campaigns.block_unfinished", field, actions.publish_scene, owner, scene)
    refused("campaigns.scene_empty", "", actions.publish_scene, owner, actions.compose_scene(owner, given(slug="empty")))


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/console/",
        "/api/me",
        "/nowhere/",
    ],
)
def test_a_button_leads_to_our_own_pages_only(owner: User, path: str) -> None:
    scene = actions.compose_scene(owner, given({"kind": "button", "label_zh": "去", "path": path}))
    refused("campaigns.block_path", "0.path", actions.publish_scene, owner, scene)
    assert all(blocks_of.is_our_page(good) for good in ("/", "/discover/", "/search/?q=tea", "/p/7/#reviews"))


def test_what_blocks_name_must_be_there(owner: User) -> None:
    hidden = make_product(listed=False)
    never = running_campaign(status="draft", launched_at=None)
    for block, field in (
        ({"kind": "products", "product_ids": [hidden.pk]}, "0.product_ids"),
        ({"kind": "countdown", "campaign_id": never.pk}, "0.campaign_id"),
        ({"kind": "picture", "picture_id": 999_999}, "0.picture_id"),
    ):
        scene = actions.compose_scene(owner, given(block, slug=f"s{field[2:5]}"))
        refused("campaigns.block_gone", field, actions.publish_scene, owner, scene)


def _finding(outcome: Outcome) -> Finding:
    place: dict[str, Any] = {"fragment": "", "text_index": 0, "start": 0, "end": 0, "channel": ""}
    return Finding(code="x", family=None, outcome=outcome, rule_key="x.y", source="law", advice="Say it plainly.", **place)


def test_the_rules_judge_its_words(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = actions.compose_scene(owner, given(HEADLINE))
    seen: list[tuple[str, ...]] = []
    outcome = Outcome.REFUSE

    def judge(copy: Any) -> tuple[Finding, ...]:
        seen.append(copy.texts)
        return (_finding(outcome),)

    monkeypatch.setattr(actions, "lint", judge)
    refused("campaigns.refused_by_policy", "", actions.publish_scene, owner, scene)
    assert seen == [("秋茶节", "Tea days", "秋天的茶", "Autumn tea")]
    outcome = Outcome.REVIEW
    refused("campaigns.same_person", "", actions.publish_scene, owner, scene)
    merchandiser = make_staff(Role.MERCHANDISER, username="merchandiser")
    refused("campaigns.refused_by_policy", "", actions.publish_scene, merchandiser, scene)
    assert actions.publish_scene(make_staff(Role.OWNER, username="second"), scene).status == Scene.Status.PUBLISHED


def test_only_who_may_composes(owner: User) -> None:
    scene = actions.compose_scene(owner, given(HEADLINE))
    for who in (make_staff(Role.ANALYST, username="analyst"), make_member()):
        refused("request.forbidden", "", actions.compose_scene, who, given(slug="other"))
        refused("request.forbidden", "", actions.publish_scene, who, scene)
    assert queries.access_scene(make_staff(Role.FINANCE, username="finance"), scene.pk) == scene
    refused("request.forbidden", "", queries.access_scene, make_member(), scene.pk)


def test_visits_count_browsers_once_a_day(owner: User) -> None:
    scene = actions.compose_scene(owner, given(HEADLINE))
    one, two = Visitor.objects.create(), Visitor.objects.create()
    assert actions.record_scene_visit(scene, one)
    assert not actions.record_scene_visit(scene, one)
    assert actions.record_scene_visit(scene, two)
    with clock.shift(timedelta(days=1)):
        assert actions.record_scene_visit(scene, one)
    found = queries.figures_of_scenes([scene.pk])[scene.pk]
    assert (found.visits, found.visitors, found.orders, found.net_fen) == (3, 2, 0, 0)


def test_sales_are_the_paid_orders_with_its_source(owner: User) -> None:
    """Computed again from the orders themselves, one by one."""
    scene = actions.compose_scene(owner, given(HEADLINE))
    other = actions.compose_scene(owner, given(slug="other"))
    product = make_product()
    sku = make_sku(product, stock=50, price_fen=5000)
    buyer = world.customer()
    for source in (scene.source, scene.source, other.source, "shop"):
        world.buy(buyer, [(sku, 1)], source=source)
    Order.objects.filter(source=scene.source).update(refunded_fen=700)
    world.place(buyer, [(sku, 1)], source=scene.source)
    found = queries.figures_of_scenes([scene.pk, other.pk])
    for row in (scene, other):
        mine = [order for order in Order.objects.all() if order.source == row.source and order.paid_at is not None]
        again = (len(mine), sum(order.payable_fen - order.refunded_fen for order in mine))
        assert (found[row.pk].orders, found[row.pk].net_fen) == again
    assert (found[scene.pk].orders, found[other.pk].orders) == (2, 1)


def test_the_audit_misses_a_version_that_is_gone(owner: User) -> None:
    scene = actions.publish_scene(owner, actions.compose_scene(owner, given(HEADLINE)))
    assert not [found for found in audit.violations() if "scene" in found.subject]
    SceneVersion.objects.filter(scene=scene).delete()
    (found,) = [found for found in audit.violations() if "scene" in found.subject]
    assert "version 1" in found.detail
