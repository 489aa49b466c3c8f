"""The play as the core sees it: found, migrated, priced, limited, audited."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from renmai_play_bundle.audit import violations as own_violations
from renmai_play_bundle.models import Use

from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.actions import Draft, compose, launch
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import plays
from renmai.campaigns.queries import offers_on
from renmai.campaigns.tests.fakes import choice
from renmai.catalogue.models import Sku
from renmai.journeys import cancelling, checkout
from renmai.journeys.tests.world import customer, draft, goods, lines, place, refused, violations
from renmai.kernel import clock

pytestmark = pytest.mark.django_db


def offered(
    *, pieces: int = 3, price_fen: int = 2500, per_person: int = 1, prices: tuple[int, ...] = (1000, 1500, 2000, 1000)
) -> tuple[Campaign, list[Sku]]:
    """A campaign, composed and launched by an operator, on goods of these prices."""
    skus = [goods(price_fen=price, freight=False)[0] for price in prices]
    terms: dict[str, Any] = {
        "codes": " ".join(sku.code for sku in skus),
        "pieces": pieces,
        "price_fen": price_fen,
        "per_person": per_person,
    }
    wanted = Draft(
        title_zh="任选三件",
        title_en="Any three",
        channels=("web", "wechat"),
        starts_at=clock.now() - timedelta(minutes=1),
        ends_at=clock.now() + timedelta(days=3),
        terms=terms,
    )
    actor = make_staff()
    return launch(actor, compose(actor, "bundle", wanted)), skus


def test_the_core_knows_it() -> None:
    assert plays()["bundle"].key == "bundle"
    with translation.override("zh-hans"):
        assert str(plays()["bundle"].title) == "任选优惠"


def test_any_three_cost_the_price_and_each_fen_is_explained() -> None:
    campaign, (peach, plum, pear, _other) = offered()
    who, (stranger,) = customer(), goods(price_fen=700, freight=False)
    wants = [(peach, 1), (plum, 1), (pear, 1), (stranger, 1)]
    quoted = checkout.quote(who.user, draft(who, wants, plays=(choice(campaign),)))
    assert (quoted.payable_fen, quoted.discount_fen) == (2500 + 700, 2000)
    order = place(who, wants, plays=(choice(campaign),))
    assert [line.discount_fen for line in lines(order)] == [444, 667, 889, 0]
    assert list(order.adjustments.values_list("kind", "amount_fen")) == [("bundle", -2000)]
    assert Use.objects.get().order_id == order.pk
    assert violations() == []


def test_two_are_too_few_and_four_too_many_and_quantities_count() -> None:
    campaign, (peach, plum, pear, other) = offered()
    who = customer()
    for wants in ([(peach, 1), (plum, 1)], [(peach, 1), (plum, 1), (pear, 1), (other, 1)], [(peach, 2), (plum, 2)]):
        with refused("bundle.pieces"):
            checkout.quote(who.user, draft(who, wants, plays=(choice(campaign),)))
    assert checkout.quote(who.user, draft(who, [(peach, 2), (plum, 1)], plays=(choice(campaign),))).payable_fen == 2500


def test_the_limit_per_person_is_given_back_with_a_cancelled_order() -> None:
    campaign, (peach, *_others) = offered()
    who = customer()
    first = place(who, [(peach, 3)], plays=(choice(campaign),))
    with refused("bundle.limit"):
        place(who, [(peach, 3)], plays=(choice(campaign),))
    cancelling.cancel(who.user, first.number)
    assert not Use.objects.exists()
    place(who, [(peach, 3)], plays=(choice(campaign),))
    assert Use.objects.get().turn == 1
    assert violations() == []


def test_terms_that_are_none() -> None:
    (peach,) = goods(price_fen=1000)
    for terms, code in (
        ({"codes": f"{peach.code} nothing"}, "bundle.codes"),
        ({"codes": peach.code}, "bundle.codes"),
        ({"codes": f"{peach.code} {goods(price_fen=900)[0].code}", "price_fen": 2700}, "bundle.too_dear"),
    ):
        wanted = Draft(
            title_zh="任选", channels=("web",), starts_at=clock.now(), ends_at=clock.now() + timedelta(days=1), terms=terms
        )
        with refused(code):
            compose(make_staff(), "bundle", wanted)


def test_the_page_ticks_nothing_and_leads_to_the_checkout() -> None:
    campaign, (peach, plum, pear, _other) = offered()
    with translation.override("en"):
        (offer,) = offers_on(peach.product_id)
    assert (offer.label, offer.url) == ("Any 3 for ¥25.00", reverse("bundle:choose", args=[campaign.pk]))
    client = Client(headers={"accept-language": "en", "user-agent": "Mozilla/5.0 (iPhone)"})
    client.force_login(customer().user)
    shown = client.get(offer.url).content.decode()
    assert shown.count('type="checkbox"') == 4
    # 电子商务法 19: nothing is put into the basket by default.
    assert " checked" not in shown
    few = client.post(offer.url, {"sku": [peach.pk]})
    assert (few.status_code, "Please choose exactly 3 of these." in few.content.decode()) == (409, True)
    gone = client.post(offer.url, {"sku": [peach.pk, plum.pk, pear.pk]})
    assert gone.status_code == 302
    assert "¥25.00" in client.get(gone.headers["Location"]).content.decode()


def test_programs_see_it() -> None:
    campaign, skus = offered()
    (found,) = Client().get("/api/v1/plays/bundle/offers").json()["items"]
    assert (found["campaign_id"], found["sku_ids"], found["price_fen"]) == (campaign.pk, [sku.pk for sku in skus], 2500)


def test_the_audit_misses_a_use() -> None:
    campaign, (peach, *_others) = offered()
    who = customer()
    order = place(who, [(peach, 3)], plays=(choice(campaign),))
    Use.objects.all().delete()
    assert [violation.detail for violation in own_violations()] == ["does not count against its buyer's limit"]
    Use.objects.create(order=order, campaign=campaign, buyer=who.user, turn=1)
    cancelling.cancel(who.user, order.number)
    Use.objects.create(order=order, campaign=campaign, buyer=who.user, turn=1)
    assert [violation.detail for violation in own_violations()] == ["counts, and its order was cancelled"]
