"""After-sale and reviews as pages."""

import pytest
from django.test import Client

from renmai.accounts.tests.factories import make_staff
from renmai.journeys import after_sale as journey
from renmai.journeys.tests.world import buy, lines, settle_down, ship_all, stock, violations
from renmai.ordering.actions import shipping
from renmai.ordering.models import AfterSale, EvidencePicture, Order, OrderLine, Review, Shipment
from renmai.policy import queries as policy
from renmai.web.storefront.tests.buying import Values, errors_of, picture, received, signed_in, text_of, upload, values_of
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def address_of(order: Order, line: OrderLine) -> str:
    return f"/orders/{order.number}/after-sale/{line.pk}/"


def claim_form(client: Client, order: Order, line: OrderLine) -> Values:
    page = client.get(address_of(order, line))
    assert page.status_code == 200
    key = values_of(page, "idempotency_key")[0]
    return {"idempotency_key": key, "kind": "return", "quantity": 1, "reason": "quality", "note": "It is torn."}


def test_every_quantity_stands_with_its_exact_refund() -> None:
    who, client, (sku,) = signed_in(price_fen=3333)
    order, line = received(who, sku, 3)
    page = text_of(client.get(address_of(order, line)))
    for said in ("1 piece · ¥33.33 back", "2 pieces · ¥66.66 back", "3 pieces · ¥99.99 back"):
        assert said in page


def test_many_pieces_are_worked_out_on_request() -> None:
    who, client, (sku,) = signed_in(price_fen=1001, stock=100)
    order, line = received(who, sku, 30)
    page = client.get(address_of(order, line) + "?quantity=7&reason=other&note=kept")
    assert 'class="price-major">70</span><span class="price-minor">.07' in text_of(page)
    assert "kept" in text_of(page)
    for strange in ("0", "31", "x", "9" * 40):
        assert client.get(address_of(order, line) + f"?quantity={strange}").status_code == 200


def test_only_what_is_possible_is_offered() -> None:
    who, client, (sku,) = signed_in()
    waiting = buy(who, [(sku, 1)])
    (line,) = lines(waiting)
    assert values_of(client.get(address_of(waiting, line)), "kind") == ["refund"]
    order, line = received(who, sku)
    assert values_of(client.get(address_of(order, line)), "kind") == ["refund", "return", "exchange"]


def test_what_has_not_left_is_refunded_at_once() -> None:
    who, client, (sku,) = signed_in(price_fen=1000)
    order = buy(who, [(sku, 2)])
    (line,) = lines(order)
    form = claim_form(client, order, line) | {"kind": "refund", "quantity": 2, "reason": "no_longer_wanted"}
    assert "2 pieces · ¥28.00 back" in text_of(client.get(address_of(order, line)))
    client.post(address_of(order, line), form)
    settle_down()
    claim = AfterSale.objects.get()
    assert (claim.status, claim.amount_fen, stock(sku)) == ("done", 2800, (20, 0, 0))
    assert violations() == []


def test_a_return_with_pictures_from_request_to_refund() -> None:
    who, client, (sku,) = signed_in(price_fen=1000)
    order, line = received(who, sku, 2)
    form = claim_form(client, order, line) | {"pictures": [picture(), picture("b.png", size=50)]}
    answer = client.post(address_of(order, line), form)
    claim = AfterSale.objects.get()
    address = f"/after-sales/{claim.number}/"
    assert answer["Location"] == address
    assert (claim.kind, claim.quantity, claim.is_quality_issue, EvidencePicture.objects.count()) == ("return", 1, True, 2)
    page = text_of(client.get(address))
    assert "your request counts as approved" in page
    assert page.count('class="thumb" src="/media/') == 2
    owner = make_staff()
    journey.approve(owner, claim.number, answer="Send it to Lin, Road 1.")
    page = text_of(client.get(address))
    assert "Send it to Lin, Road 1." in page
    wrong = client.post(address + "send-back/", {"carrier": "sf", "tracking_number": "1"})
    assert wrong.status_code == 400
    assert errors_of(wrong) == ["Please enter a tracking number of 6 to 40 letters and digits."]
    assert client.post(address + "send-back/", {"carrier": "sf", "tracking_number": "SF12345678"}).status_code == 302
    again = client.post(address + "send-back/", {"carrier": "sf", "tracking_number": "SF12345678"})
    assert again.status_code == 409
    assert "SF12345678" in text_of(client.get(address))
    journey.receive_back(owner, claim.number)
    settle_down()
    assert "The money has gone back the way it came." in text_of(client.get(address))
    assert violations() == []


def test_an_exchange_ends_when_she_confirms() -> None:
    who, client, (sku,) = signed_in()
    order, line = received(who, sku)
    client.post(address_of(order, line), claim_form(client, order, line) | {"kind": "exchange"})
    number = AfterSale.objects.get().number
    owner = make_staff()
    assert client.post(f"/after-sales/{number}/confirm/").status_code == 409
    journey.approve(owner, number)
    client.post(f"/after-sales/{number}/send-back/", {"carrier": "sf", "tracking_number": "SF12345678"})
    journey.receive_back(owner, number)
    shipping.ship(owner, Shipment.objects.get(after_sale__isnull=False).pk, carrier="sf", tracking_number="SF99999999")
    page = text_of(client.get(f"/after-sales/{number}/"))
    assert "SF99999999" in page
    assert "The replacement has arrived" in page
    client.post(f"/after-sales/{number}/confirm/")
    assert AfterSale.objects.get().status == "done"


def test_a_request_is_taken_back() -> None:
    who, client, (sku,) = signed_in()
    order, line = received(who, sku)
    client.post(address_of(order, line), claim_form(client, order, line))
    number = AfterSale.objects.get().number
    assert client.post(f"/after-sales/{number}/withdraw/").status_code == 302
    assert client.post(f"/after-sales/{number}/withdraw/").status_code == 409
    assert AfterSale.objects.get().status == "cancelled"
    assert "You can ask again" in text_of(client.get(f"/after-sales/{number}/"))


def test_the_same_request_twice_is_one_claim() -> None:
    who, client, (sku,) = signed_in()
    order, line = received(who, sku, 1)
    form = claim_form(client, order, line)
    first, second = client.post(address_of(order, line), form), client.post(address_of(order, line), form)
    assert first["Location"] == second["Location"]
    assert AfterSale.objects.count() == 1
    assert client.get(address_of(order, line)).status_code == 409


@pytest.mark.parametrize(
    "changed",
    [
        {"quantity": "0"},
        {"quantity": "-1"},
        {"quantity": "3"},
        {"quantity": "1000000000"},
        {"quantity": "x"},
        {"quantity": "9" * 40},
        {"kind": ""},
        {"kind": "gift"},
        {"reason": ""},
        {"reason": "boredom"},
        {"note": "x" * 10_000},
        {"pictures": [upload(SVG, "a.svg")]},
        {"pictures": [upload(b"")]},
        {"pictures": [upload(b"\x89PNG\r\n\x1a\n broken")]},
        {"pictures": [upload(b"\x89PNG\r\n\x1a\n" + b"0" * (8 * 1024 * 1024))]},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_is_wrong_is_said_beside_its_field_and_changes_nothing(changed: Values) -> None:
    who, client, (sku,) = signed_in()
    order, line = received(who, sku, 2)
    form = claim_form(client, order, line) | changed
    answer = client.post(address_of(order, line), form)
    assert answer.status_code in (400, 409, 413, 415)
    assert len(errors_of(answer)) == 1
    assert (AfterSale.objects.count(), EvidencePicture.objects.count()) == (0, 0)
    assert OrderLine.objects.get(pk=line.pk).claimed_quantity == 0


def test_seven_pictures_are_too_many() -> None:
    who, client, (sku,) = signed_in()
    order, line = received(who, sku)
    form = claim_form(client, order, line) | {"pictures": [picture(f"{number}.png") for number in range(7)]}
    answer = client.post(address_of(order, line), form)
    assert errors_of(answer) == ["At most 6 pictures can be added."]
    assert not AfterSale.objects.exists()


def test_a_line_of_another_order_is_not_claimed_here() -> None:
    who, client, (sku,) = signed_in()
    order, _line = received(who, sku)
    (other_line,) = lines(buy(who, [(sku, 1)]))
    assert client.get(f"/orders/{order.number}/after-sale/{other_line.pk}/").status_code == 404
    assert client.get(f"/orders/{order.number}/review/{other_line.pk}/").status_code == 404
    assert client.get(f"/orders/{order.number}/after-sale/{'9' * 30}/").status_code == 404


def test_the_list_of_claims() -> None:
    who, client, (sku,) = signed_in()
    assert "Nothing to put right" in text_of(client.get("/after-sales/"))
    order, line = received(who, sku)
    client.post(address_of(order, line), claim_form(client, order, line))
    number = AfterSale.objects.get().number
    assert f"/after-sales/{number}/" in text_of(client.get("/after-sales/"))
    assert f"/after-sales/{number}/" in text_of(client.get(f"/orders/{order.number}/"))


def test_a_review_is_written_once_and_shown_afterwards() -> None:
    who, client, (sku,) = signed_in()
    order, line = received(who, sku)
    address = f"/orders/{order.number}/review/{line.pk}/"
    form: Values = {"rating": "5", "text": "Sweet & juicy", "pictures": [picture()]}
    assert client.post(address, form)["Location"] == address
    assert client.post(address, form | {"rating": "1"}).status_code == 200
    review = Review.objects.get()
    assert (review.rating, review.text, review.pictures.count()) == (5, "Sweet & juicy", 1)
    page = text_of(client.get(address))
    assert "Sweet &amp; juicy" in page
    assert "5 of 5 stars" in page


@pytest.mark.parametrize(
    "changed",
    [
        {"rating": ""},
        {"rating": "0"},
        {"rating": "6"},
        {"rating": "x"},
        {"text": "x" * 10_000},
        {"pictures": [upload(SVG, "a.svg")]},
        {"pictures": [upload(b"")]},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_review_that_is_wrong_keeps_what_was_typed(changed: Values) -> None:
    who, client, (sku,) = signed_in()
    order, line = received(who, sku)
    answer = client.post(f"/orders/{order.number}/review/{line.pk}/", {"rating": "4", "text": "It was fine"} | changed)
    assert answer.status_code in (400, 415)
    assert len(errors_of(answer)) == 1
    assert changed.get("text", "It was fine") in text_of(answer)
    assert not Review.objects.exists()


def test_goods_that_have_not_arrived_are_not_reviewed() -> None:
    who, client, (sku,) = signed_in()
    order = ship_all(make_staff(), buy(who, [(sku, 1)]))
    (line,) = lines(order)
    assert client.post(f"/orders/{order.number}/review/{line.pk}/", {"rating": "5"}).status_code == 409
    assert not Review.objects.exists()


def test_statements_of_claims_and_reviews() -> None:
    who, client, (sku,) = signed_in()
    order, line = received(who, sku)
    policy.switch("pickup.enabled")
    with exactly(7):  # session, person, order, line, parcels and their contents, pictures of the goods
        client.get(address_of(order, line))
    client.post(address_of(order, line), claim_form(client, order, line))
    number = AfterSale.objects.get().number
    client.get("/after-sales/")
    with exactly(4):  # session, person, claims, pictures of the goods
        client.get("/after-sales/")
    with exactly(7):  # session, person, claim, replacement, story, evidence, pictures of the goods
        client.get(f"/after-sales/{number}/")
