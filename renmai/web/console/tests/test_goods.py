"""The product editor: two tabs on one product, hostile texts, absurd prices, the table of variants."""

import json
from typing import Any

import pytest
from django.test import Client

from renmai.catalogue import actions
from renmai.catalogue.models import (
    PricePoint,
    Product,
    Sku,
)
from renmai.catalogue.tests.factories import make_sku
from renmai.catalogue.versions import matrix_version
from renmai.kernel.errors import DomainError
from renmai.web.console.tests.house import House, matrix_fields, product_fields, url

pytestmark = pytest.mark.django_db

XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_product_begins_as_a_draft_and_goes_on_sale_with_variants(house: House, owner: Client) -> None:
    answer = owner.post(url("product_new"), product_fields(house.product, code="new-tea", title_zh="新茶"))
    made = Product.objects.get(code="new-tea")
    assert answer["Location"] == url("product_variants", made.pk)
    assert made.status == Product.Status.DRAFT
    refused = owner.post(url("product_list", made.pk), follow=True)
    assert DomainError("catalogue.nothing_to_sell").sentence in text_of(refused)
    table = {
        "option_name_zh": ["口味", "规格", ""],
        "option_name_en": ["Flavour", "", ""],
        "option_values": ["原味 | Plain\n蜂蜜｜Honey", "小\n大", ""],
        "act": "combine",
    }
    page = text_of(owner.post(url("product_variants", made.pk), table))
    assert page.count('name="sku_id"') == 4
    rows = [["原味", "小"], ["原味", "大"], ["蜂蜜", "小"], ["蜂蜜", "大"]]
    saved = table | {
        "act": "save",
        "seen": matrix_version(made.pk),
        "sku_id": [""] * 4,
        "values": [json.dumps(row) for row in rows],
        "code": ["", "", "NT-H-S", ""],
        "price": ["12.8", "¥20", "13.80", "1,021.00"],
        "wholesale": ["", "18.00", "", ""],
        "minimum": ["", "10", "", ""],
        "weight": ["500", "900", "500", "900"],
        "active": ["0", "1", "2"],
    }
    assert owner.post(url("product_variants", made.pk), saved).status_code == 302
    skus = list(Sku.objects.filter(product=made).order_by("position"))
    assert [(sku.options_zh, sku.price_fen, sku.wholesale_price_fen, sku.wholesale_minimum) for sku in skus] == [
        ("原味 · 小", 1280, None, 0),
        ("原味 · 大", 2000, 1800, 10),
        ("蜂蜜 · 小", 1380, None, 0),
    ]
    assert skus[2].code == "NT-H-S"
    assert skus[2].options_en == "Honey · 小"
    owner.post(url("product_list", made.pk))
    made.refresh_from_db()
    assert (made.status, made.lowest_price_fen, made.highest_price_fen) == (Product.Status.LISTED, 1280, 2000)


def test_two_tabs_on_the_texts(house: House, owner: Client) -> None:
    first = product_fields(house.product, title_zh="第一个标题", brand="甲")
    second = product_fields(house.product, title_zh="第二个标题", brand="")
    assert owner.post(url("product", house.product.pk), first).status_code == 302
    late = owner.post(url("product", house.product.pk), second)
    page = text_of(late)
    assert late.status_code == 409
    assert 'value="第二个标题"' in page, "what was typed is still there"
    assert "第一个标题</td>" in page, "what stands now is told"
    house.product.refresh_from_db()
    assert house.product.title_zh == "第一个标题"
    seen = late.context["seen"]
    assert owner.post(url("product", house.product.pk), second | {"seen": seen}).status_code == 302
    house.product.refresh_from_db()
    assert (house.product.title_zh, house.product.brand) == ("第二个标题", "")


def test_a_sale_between_two_saves_disturbs_nobody(house: House, owner: Client) -> None:
    fields, table = product_fields(house.product, title_zh="还是我的"), matrix_fields(house.product, price=["59.00", "109.00"])
    actions.count_sale({house.product.pk: 3})
    actions.count_stock(house.owner, house.sku.pk, on_hand=11, reason="counted")
    assert owner.post(url("product", house.product.pk), fields).status_code == 302
    assert owner.post(url("product_variants", house.product.pk), table).status_code == 302
    house.sku.refresh_from_db()
    assert (house.sku.price_fen, house.sku.stock_free) == (5900, 11)


def test_two_tabs_on_the_table_of_variants(house: House, owner: Client) -> None:
    first = matrix_fields(house.product, price=["61.00", "111.00"])
    second = matrix_fields(house.product, price=["62.00", "112.00"])
    assert owner.post(url("product_variants", house.product.pk), first).status_code == 302
    late = owner.post(url("product_variants", house.product.pk), second)
    page = text_of(late)
    assert late.status_code == 409
    assert 'value="62.00"' in page
    assert "¥61.00" in page
    house.sku.refresh_from_db()
    assert house.sku.price_fen == 6100
    again = second | {"seen": late.context["seen"]}
    assert owner.post(url("product_variants", house.product.pk), again).status_code == 302
    house.sku.refresh_from_db()
    assert house.sku.price_fen == 6200


def test_a_form_without_its_mark_is_late(house: House, owner: Client) -> None:
    assert owner.post(url("product", house.product.pk), product_fields(house.product, seen="")).status_code == 409
    assert owner.post(url("product_variants", house.product.pk), matrix_fields(house.product, seen="")).status_code == 409


def test_renamed_values_and_a_further_option_keep_variants_and_stock(house: House, owner: Client) -> None:
    table = matrix_fields(house.product, option_values=["五十克 | 50 g\n一百克 | 100 g", "", ""], act="combine")
    page = owner.post(url("product_variants", house.product.pk), table)
    draft = page.context["draft"]
    assert [row.sku_id for row in draft.rows] == [int(pk) for pk in table["sku_id"]]
    assert [row.values for row in draft.rows] == [("五十克",), ("一百克",)]
    wider = matrix_fields(
        house.product,
        option_name_zh=["规格", "盒", ""],
        option_name_en=["", "", ""],
        option_values=["50克\n100克", "铁盒\n纸袋", ""],
        act="combine",
    )
    rows = owner.post(url("product_variants", house.product.pk), wider).context["draft"].rows
    assert [(row.values, row.sku_id is not None) for row in rows] == [
        (("50克", "铁盒"), True),
        (("50克", "纸袋"), False),
        (("100克", "铁盒"), True),
        (("100克", "纸袋"), False),
    ]
    assert [row.price for row in rows] == ["58.00", "58.00", "108.00", "108.00"], "a new one begins with its sibling's price"
    assert Sku.objects.filter(product=house.product, is_active=True).count() == 2, "a table that is only made changes nothing"


def test_options_changed_and_saved_at_once_are_shown_first(house: House, owner: Client) -> None:
    table = matrix_fields(house.product, option_values=["50克\n250克", "", ""])
    answer = owner.post(url("product_variants", house.product.pk), table)
    assert answer.status_code == 409
    assert [row.values for row in answer.context["draft"].rows] == [("50克",), ("250克",)]
    assert Sku.objects.filter(product=house.product, is_active=True).count() == 2


def test_a_column_is_filled(house: House, owner: Client) -> None:
    table = matrix_fields(house.product, act="fill:weight", all_weight="750", active=["1"])
    rows = owner.post(url("product_variants", house.product.pk), table).context["draft"].rows
    assert [row.weight for row in rows] == ["500", "750"], "rows that are off stay"
    table = matrix_fields(house.product, act="fill:code", all_code="same")
    assert owner.post(url("product_variants", house.product.pk), table).context["draft"].rows[0].code == house.sku.code


@pytest.mark.parametrize(
    "price", ["", "0", "0.00", "-1", "12.345", "1e9", "NaN", "∞", "１２", "9" * 13, "9" * 60, "12,8,0x", "--", "<b>"]
)
def test_absurd_prices_stay_beside_their_cell(house: House, owner: Client, price: str) -> None:
    answer = owner.post(url("product_variants", house.product.pk), matrix_fields(house.product, price=[price, "108.00"]))
    assert answer.status_code == 400
    assert answer.context["draft"].rows[0].errors.keys() == {"price"}
    assert "<b>" not in text_of(answer)
    single = owner.post(url("sku_price", house.sku.pk), {"price_fen": price})
    assert single.status_code == 400
    house.sku.refresh_from_db()
    assert house.sku.price_fen == 5800
    assert PricePoint.objects.filter(sku=house.sku).count() == 1


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("weight", "0"),
        ("weight", "1000001"),
        ("weight", "heavy"),
        ("minimum", "1000001"),
        ("minimum", "-1"),
        ("wholesale", "free"),
        ("wholesale", "0"),
        ("code", "a b"),
        ("code", "x" * 61),
    ],
)
def test_absurd_cells_stay_beside_their_cell(house: House, owner: Client, column: str, text: str) -> None:
    given = matrix_fields(house.product)
    given[column] = [text, given[column][1]]
    answer = owner.post(url("product_variants", house.product.pk), given)
    assert answer.status_code == 400
    assert answer.context["draft"].rows[0].errors.keys() == {column}


def test_codes_that_are_taken_are_named(house: House, owner: Client) -> None:
    other = make_sku(code="TAKEN-1")
    answer = owner.post(url("product_variants", house.product.pk), matrix_fields(house.product, code=["TAKEN-1", "FREE-1"]))
    assert answer.status_code == 409
    assert "“TAKEN-1”" in text_of(answer)
    assert "FREE-1”" not in text_of(answer)
    assert Sku.objects.get(code="TAKEN-1") == other
    twice = owner.post(url("product_variants", house.product.pk), matrix_fields(house.product, code=["SAME", "SAME"]))
    assert [row.errors.keys() for row in twice.context["draft"].rows] == [{"code"}, {"code"}]


@pytest.mark.parametrize("values", ["[", "1", '{"a": 1}', "[" * 5000, '["not", "there"]', "null"])
def test_forged_combinations_make_nothing(house: House, owner: Client, values: str) -> None:
    answer = owner.post(url("product_variants", house.product.pk), matrix_fields(house.product, values=[values, values]))
    assert answer.status_code == 409
    assert Sku.objects.filter(product=house.product).count() == 2


def test_a_variant_of_another_product_cannot_be_taken(house: House, owner: Client) -> None:
    foreign = make_sku(price_fen=100)
    given = matrix_fields(house.product, sku_id=[str(foreign.pk), ""])
    assert owner.post(url("product_variants", house.product.pk), given).status_code == 404
    foreign.refresh_from_db()
    assert (foreign.price_fen, foreign.product_id) == (100, foreign.product_id)


def test_too_many_combinations_are_refused_before_they_are_made(house: House, owner: Client) -> None:
    lines = "\n".join(str(number) for number in range(100))
    given = matrix_fields(house.product, option_name_zh=["a", "b", "c"], option_values=[lines] * 3, act="combine")
    answer = owner.post(url("product_variants", house.product.pk), given)
    assert answer.status_code == 400
    assert "200" in text_of(answer)


def test_texts_are_never_markup(house: House, owner: Client) -> None:
    fields = product_fields(
        house.product, title_zh=XSS, title_en=XSS, subtitle_zh=XSS, description_zh=XSS, brand="<b>", keywords=XSS
    )
    assert owner.post(url("product", house.product.pk), fields).status_code == 302
    house.product.refresh_from_db()
    assert house.product.title_zh == XSS
    options = {"option_name_zh": [XSS[:38], "", ""], "option_values": [f"{XSS[:30]}\nb", "", ""], "act": "combine"}
    pages = [
        owner.get(url("products")),
        owner.get(url("product", house.product.pk)),
        owner.get(url("product_pictures", house.product.pk)),
        owner.get(url("product_commission", house.product.pk)),
        owner.get(url("sku", house.sku.pk)),
        owner.get(url("stock")),
        owner.get(url("log")),
        owner.post(url("product_variants", house.product.pk), matrix_fields(house.product, **options)),
        owner.post(url("product_preview"), {"title_zh": XSS, "title_en": XSS, "motif": XSS, "picture_seed": XSS}),
        owner.post(url("product", house.product.pk), product_fields(house.product, seen="old", title_zh=f"{XSS}2")),
        owner.get(url("products"), {"q": XSS}),
    ]
    for page in pages:
        assert "<script>alert" not in text_of(page)
        assert "<img src=x" not in text_of(page)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_zh", ""),
        ("title_zh", "x" * 121),
        ("code", "Big Letters"),
        ("category_id", "999999"),
        ("supplier_id", "x"),
        ("freight_template_id", "99999"),
        ("picture_seed", "-1"),
        ("picture_seed", "99999999999"),
        ("motif", "no-such-motif"),
        ("description_zh", "x" * 20_001),
    ],
)
def test_wrong_texts_stay_beside_their_field(house: House, owner: Client, field: str, value: str) -> None:
    answer = owner.post(url("product_new"), product_fields(house.product, code="fresh") | {field: value})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert Product.objects.count() == 1


def test_a_code_that_is_taken_is_told_beside_it(house: House, owner: Client) -> None:
    answer = owner.post(url("product_new"), product_fields(house.product))
    assert (answer.status_code, list(answer.context["form"].errors)) == (409, ["code"])
