"""The counter's page: price first, then the money, once."""

import pytest
from django.test import Client

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.journeys.tests.world import goods
from renmai.ordering.models import Order
from renmai.payments.models import TillEntry

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/console/counter/"


def clerk(client: Client) -> Client:
    client.force_login(make_staff(Role.FULFILMENT))
    return client


def typed(code: str, **more: str) -> dict[str, str]:
    return {"phone": "13712345678", "name": "Lin", "code_1": code, "quantity_1": "2", "idempotency_key": "till-key-1"} | more


def test_the_price_comes_first_and_the_sale_happens_once(client: Client) -> None:
    (sku,) = goods(stock=5)
    priced = clerk(client).post(ADDRESS, typed(sku.code, step="price"))
    assert priced.status_code == 200
    assert "39.98" in priced.content.decode()
    assert Order.objects.count() == 0
    for _again in range(2):
        sold = client.post(ADDRESS, typed(sku.code, step="sell", payable="3998"))
        assert sold.status_code == 302
    assert (Order.objects.get().status, TillEntry.objects.get().amount_fen) == ("received", 3998)


def test_a_code_may_be_typed_in_any_case(client: Client) -> None:
    (sku,) = goods(stock=5)
    priced = clerk(client).post(ADDRESS, typed(sku.code.swapcase(), step="price"))
    assert (priced.status_code, "39.98" in priced.content.decode()) == (200, True)


def test_a_changed_price_is_told_before_money_is_taken(client: Client) -> None:
    (sku,) = goods(stock=5)
    answer = clerk(client).post(ADDRESS, typed(sku.code, step="sell", payable="1"))
    assert answer.status_code == 409
    assert (Order.objects.count(), TillEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code_1": "nothing-such"},
        {"quantity_1": "0"},
        {"quantity_1": "1e9"},
        {"phone": "abc"},
        {"code_1": ""},
        {"quantity_1": "9"},
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_sold(client: Client, wrong: dict[str, str]) -> None:
    (sku,) = goods(stock=5)
    answer = clerk(client).post(ADDRESS, typed(sku.code, step="sell") | wrong)
    assert answer.status_code in {400, 409}
    assert "error" in answer.content.decode()
    assert (Order.objects.count(), TillEntry.objects.count()) == (0, 0)


def test_nobody_else_comes_to_the_till(client: Client) -> None:
    (sku,) = goods(stock=5)
    for person, expected in ((None, 302), (make_member(), 302), (make_staff(Role.ANALYST), 403)):
        client.logout()
        if person is not None:
            client.force_login(person)
        assert client.post(ADDRESS, typed(sku.code, step="sell")).status_code == expected
    assert Order.objects.count() == 0
