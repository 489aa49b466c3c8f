"""Who earns by a link says so: whatever the link leads to, on the page it opens, in the words that go along, and on the poster."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from importlib import import_module
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.campaigns.plays import packages, plays
from renmai.campaigns.scenes import actions as scenes
from renmai.campaigns.scenes.actions import SceneInput
from renmai.catalogue.models import Product
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.journeys.tests.posts import official
from renmai.journeys.tests.world import agent_with_shop
from renmai.sharing.actions import Landing, choose_product, share
from renmai.sharing.models import Share, Shop
from renmai.web.storefront.views import share_own
from renmai.web.ui.posters import PosterContent
from renmai.web.workbench.views import sharing as workbench

pytestmark = pytest.mark.django_db
LANGUAGES: Final = {"en": "commission", "zh-hans": "佣金"}
KIND: Final = Share.Kind


@dataclass(frozen=True)
class Thing:
    """Something that can be shared: the agent's link to it, and where a customer gets a link of her own (empty: nowhere)."""

    link: Share
    pass_on: str


def _on_sale(shop: Shop) -> Product:
    product = make_product("水蜜桃", indexed=True, lowest_price_fen=5000, highest_price_fen=5000)
    make_sku(product, stock=20, price_fen=5000)
    choose_product(shop, product)
    return product


def _product(shop: Shop) -> Thing:
    product = _on_sale(shop)
    return Thing(share(shop.owner, kind=KIND.PRODUCT, shop=shop, product=product), f"/p/{product.pk}/share/")


def _shop(shop: Shop) -> Thing:
    _on_sale(shop)
    return Thing(share(shop.owner, kind=KIND.SHOP, shop=shop), f"/shop/{shop.code}/share/")


def _scene(shop: Shop) -> Thing:
    owner = make_staff(Role.OWNER)
    blocks = ({"kind": "headline", "text_zh": "秋天的茶", "text_en": "Autumn tea"},)
    scene = scenes.compose_scene(owner, SceneInput(slug="autumn", title_zh="秋茶节", title_en="Tea days", blocks=blocks))
    scenes.publish_scene(owner, scene)
    return _page(shop, None, "/scene/autumn/")


def _post(shop: Shop) -> Thing:
    return _page(shop, None, f"/post/{official(_on_sale(shop)).number}/")


def _page(shop: Shop, campaign_id: int | None, path: str, *, pass_on: str | None = None) -> Thing:
    link = share(shop.owner, kind=KIND.PAGE, shop=shop, product=_on_sale(shop), landing=Landing(campaign_id, path))
    return Thing(link, f"{path}share/" if pass_on is None else pass_on)


def _of_play(key: str) -> Callable[[Shop], Thing]:
    def made(shop: Shop) -> Thing:
        campaign, path, pass_on = import_module(f"{packages()[key]}.tests.endpoints").shared()
        return _page(shop, campaign.pk, path, pass_on=pass_on)

    return made


OWN: Final = {"pass_on": _product, "pass_on_shop": _shop, "pass_on_scene": _scene, "pass_on_post": _post}
"""By the view with which customers share it. A play's pages are shared with ``pass_on_page``."""

THINGS: Final = OWN | {f"play {key}": _of_play(key) for key in plays()}


def test_every_kind_of_thing_that_can_be_shared_is_looked_at_here() -> None:
    assert {name for name in vars(share_own) if name.startswith("pass_on")} == {*OWN, "pass_on_page"}
    assert set(KIND.values) == {"product", "shop", "page"}


def _disclosed(page: str) -> str:
    found = re.findall(r'<p class="disclosure"[^>]*>(.*?)</p>', page, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", " ".join(found)))


def _attribute(page: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', page)
    return unescape(found[1]) if found else ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", THINGS)
def test_a_link_tells_what_is_earned_by_it(what: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    posters: list[PosterContent] = []

    def drawn(content: PosterContent) -> bytes:
        posters.append(content)
        return b""

    monkeypatch.setattr(workbench, "poster_png", drawn)
    monkeypatch.setattr(share_own, "_drawn", drawn)
    _agent, shop = agent_with_shop()
    thing, earns = THINGS[what](shop), LANGUAGES[language]
    agent, friend = (Client(headers={"accept-language": language}) for _who in range(2))
    agent.force_login(shop.owner)
    friend.force_login(make_member())

    given = agent.get(reverse("workbench:share_detail", args=[thing.link.code])).content.decode()
    for place in (_attribute(given, "data-share-text"), _attribute(given, "data-copy"), _disclosed(given)):
        assert earns in place
    assert agent.get(reverse("workbench:poster", args=[thing.link.code])).status_code == 200

    opened = friend.get(f"/s/{thing.link.code}", follow=True)
    assert opened.status_code == 200
    assert earns in _disclosed(opened.content.decode())

    if thing.pass_on:
        passed_on = friend.get(thing.pass_on)
        assert passed_on.status_code == 200
        page = passed_on.content.decode()
        for place in (_attribute(page, "data-share-text"), _disclosed(page)):
            assert earns in place
        own = passed_on.context["link"]
        assert friend.get(reverse("storefront:poster", args=[own.code])).status_code == 200
    assert [earns in content.disclosure for content in posters] == [True] * (2 if thing.pass_on else 1)
