"""Who gets where: every page and every form, for everybody who is not the agent it belongs to."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.tests.factories import make_member, make_staff
from renmai.distribution import actions as distribution
from renmai.distribution.models import Agent, Withdrawal
from renmai.distribution.tests.world import kept
from renmai.sharing.models import Share, Shop, ShopItem
from renmai.web.workbench.tests.world import Desk, bound, desk, goods, link_to, picked, signed_in

pytestmark = pytest.mark.django_db

AGENT_PAGES = ("today", "shares", "share_new", "customers", "shop", "shop_look", "shop_goods")
INCOME_PAGES = ("income", "withdraw", "payout", "withdrawals")


@pytest.fixture
def mine() -> Desk:
    return desk()


def forms(mine: Desk) -> list[tuple[str, dict[str, str]]]:
    """Every form of the agent's pages, filled in so that it would change something."""
    product = picked(mine)
    other = goods()
    return [
        (reverse("workbench:share_new"), {"product": str(product.pk)}),
        (reverse("workbench:shop_look"), {"name": "Changed", "voice": "changed"}),
        (reverse("workbench:shop_status"), {"status": "closed"}),
        (reverse("workbench:shop_choose", args=[other.pk]), {}),
        (reverse("workbench:shop_drop", args=[product.pk]), {}),
        (reverse("workbench:shop_move", args=[product.pk]), {"move": "up"}),
        (reverse("workbench:shop_words", args=[product.pk]), {"voice": "changed"}),
    ]


def money_forms() -> list[tuple[str, dict[str, str]]]:
    return [
        (reverse("workbench:withdraw"), {"amount": "20", "idempotency_key": "k"}),
        (reverse("workbench:payout"), {"real_name": "Changed", "payout_account": "changed"}),
    ]


def everything() -> list[object]:
    """What the forms could change."""
    return [
        list(Shop.objects.order_by("pk").values_list("pk", "name", "voice", "status")),
        list(ShopItem.objects.order_by("pk").values_list("shop", "product", "voice", "position")),
        list(Share.objects.order_by("pk").values_list("pk")),
        list(Withdrawal.objects.order_by("pk").values_list("pk", "status")),
        list(Agent.objects.order_by("pk").values_list("pk", "status", "real_name", "payout_account")),
    ]


@pytest.mark.parametrize("page", [*AGENT_PAGES, *INCOME_PAGES, "join"])
def test_a_guest_signs_in_first_and_comes_back(page: str) -> None:
    address = reverse(f"workbench:{page}")
    answer = Client().get(address)
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.headers["Location"] == f"{reverse('storefront:sign_in')}?next={address.replace('/', '%2F')}"


@pytest.mark.parametrize("page", [*AGENT_PAGES, *INCOME_PAGES])
def test_a_member_is_led_to_join(page: str) -> None:
    answer = signed_in(make_member()).get(reverse(f"workbench:{page}"))
    assert (answer.status_code, answer.headers["Location"]) == (HTTPStatus.FOUND, reverse("workbench:join"))


def test_forms_of_guests_members_and_staff_change_nothing(mine: Desk) -> None:
    sent = [*forms(mine), *money_forms()]
    before = everything()
    for address, values in sent:
        assert Client().post(address, values).status_code == HTTPStatus.FOUND
        assert signed_in(make_member()).post(address, values).status_code == HTTPStatus.FORBIDDEN
        assert signed_in(make_staff()).post(address, values).status_code == HTTPStatus.FORBIDDEN
    assert everything() == before


def test_forms_of_another_agent_do_not_touch_my_shop(mine: Desk) -> None:
    product = picked(mine)
    theirs = desk()
    before = list(ShopItem.objects.filter(shop=mine.shop).values_list("product", "voice", "position"))
    for name in ("shop_drop", "shop_move", "shop_words"):
        theirs.client.post(reverse(f"workbench:{name}", args=[product.pk]), {"voice": "mine now", "move": "up"})
    answer = theirs.client.post(reverse("workbench:share_new"), {"product": str(product.pk)})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert list(ShopItem.objects.filter(shop=mine.shop).values_list("product", "voice", "position")) == before
    assert not Share.objects.exists()


def test_what_belongs_to_another_agent_is_not_found(mine: Desk) -> None:
    theirs = desk()
    link = link_to(mine, picked(mine))
    customer = bound(mine)
    kept(mine.agent)
    entry = mine.agent.entries.first()
    assert entry is not None
    withdrawal = distribution.request_withdrawal(mine.user, amount_fen=1000, idempotency_key="k")
    addresses = [
        reverse("workbench:share_detail", args=[link.code]),
        reverse("workbench:poster", args=[link.code]),
        reverse("workbench:customer", args=[customer.pk]),
        reverse("workbench:income_entry", args=[entry.pk]),
        reverse("workbench:withdrawal", args=[withdrawal.pk]),
    ]
    assert [mine.client.get(address).status_code for address in addresses] == [HTTPStatus.OK] * 5
    assert [theirs.client.get(address).status_code for address in addresses] == [HTTPStatus.NOT_FOUND] * 5


def test_a_suspended_agent_sees_why_and_only_her_income(mine: Desk) -> None:
    kept(mine.agent)
    sent = [*forms(mine), (reverse("workbench:withdraw"), {"amount": "20", "idempotency_key": "k"})]
    distribution.suspend(make_staff(), mine.agent.pk, reason="Claims <b>without</b> proof")
    before = everything()
    for page in AGENT_PAGES:
        answer = mine.client.get(reverse(f"workbench:{page}"))
        assert (answer.status_code, answer.headers["Location"]) == (HTTPStatus.FOUND, reverse("workbench:income"))
    for address, values in sent:
        assert mine.client.post(address, values).status_code == HTTPStatus.FORBIDDEN
    assert everything() == before
    for page in INCOME_PAGES:
        assert mine.client.get(reverse(f"workbench:{page}")).status_code == HTTPStatus.OK
    page = mine.client.get(reverse("workbench:income")).content.decode()
    assert "Claims &lt;b&gt;without&lt;/b&gt; proof" in page
    assert "<b>without</b>" not in page
    assert "tab-bar" not in page
    assert reverse("workbench:withdraw") not in page


def test_a_closed_agent_withdraws_what_is_hers_and_cannot_join_again(mine: Desk) -> None:
    kept(mine.agent)
    distribution.close(make_staff(), mine.agent.pk, reason="Asked to leave")
    answer = mine.client.post(reverse("workbench:withdraw"), {"amount": "10", "idempotency_key": "k"})
    assert answer.status_code == HTTPStatus.FOUND
    assert Withdrawal.objects.get().amount_fen == 1000
    assert mine.client.get(reverse("workbench:join")).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("name", ["shop_status", "shop_choose", "shop_drop", "shop_move"])
def test_acts_are_posts(mine: Desk, name: str) -> None:
    product = picked(mine)
    before = everything()
    arguments = [] if name == "shop_status" else [product.pk]
    assert mine.client.get(reverse(f"workbench:{name}", args=arguments)).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert everything() == before


def test_forms_without_the_token_are_refused(mine: Desk) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mine.user)
    answer = strict.post(reverse("workbench:shop_status"), {"status": "closed"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    mine.shop.refresh_from_db()
    assert mine.shop.status == Shop.Status.OPEN


@pytest.mark.parametrize("number", ["0", "999999999999", "9" * 30])
def test_numbers_that_name_nothing_are_not_found(mine: Desk, number: str) -> None:
    picked(mine)
    for address in (f"customers/{number}/", f"income/{number}/", f"income/withdrawals/{number}/", f"shop/goods/{number}/"):
        assert mine.client.get(f"/agent/{address}").status_code == HTTPStatus.NOT_FOUND
    for act in ("choose", "move"):
        answer = mine.client.post(f"/agent/shop/goods/{number}/{act}/", {"move": "up"})
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert mine.client.post(f"/agent/shop/goods/{number}/drop/").status_code in {HTTPStatus.FOUND, HTTPStatus.NOT_FOUND}
    assert ShopItem.objects.filter(shop=mine.shop).count() == 1
