"""The demo goods: complete in both languages, consistent, honest in their words."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from math import prod

import pytest

from renmai.demo.goods.aftersales import ORDER_NOTES, REASONS, reasons_fitting
from renmai.demo.goods.catalogue import PRODUCTS
from renmai.demo.goods.categories import CATEGORIES
from renmai.demo.goods.freight import FREIGHT_TEMPLATES
from renmai.demo.goods.reviews import REVIEWS, reviews_fitting
from renmai.demo.goods.shops import SHOPS
from renmai.demo.goods.suppliers import SUPPLIERS
from renmai.demo.goods.types import Product, Review, Sku, Text, VoiceNote, grid
from renmai.demo.goods.voices import VOICE_NOTES, voice_notes_fitting

COMMISSION_CAP_BPS = 2_000
BANNED_ZH = re.compile(
    "最|第一|唯一|国家级|世界级|顶级|顶尖|极品|极致|完美|绝对|首选|永久|万能|祖传|特效|纯天然|根治|治愈|疗效|冠军|王牌|独家"
    "|全网|史上|空前|绝无仅有|销量|无敌|100%"
)
BANNED_EN = re.compile(
    r"\b(best|finest|greatest|number one|no\. ?1|perfect|ultimate|unique|miracle|world[- ]class|guaranteed|100 ?%|cures)\b",
    re.IGNORECASE,
)
HAN = re.compile("[\u4e00-\u9fff]")
ALL_WORDS = (CATEGORIES, SUPPLIERS, FREIGHT_TEMPLATES, PRODUCTS, VOICE_NOTES, REVIEWS, REASONS, ORDER_NOTES, SHOPS)


def texts(value: object) -> Iterator[Text]:
    """Yield every text within frozen values and tuples of them."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def by_code(code: str) -> Product:
    """Return one product."""
    return next(product for product in PRODUCTS if product.code == code)


def test_there_are_enough_of_everything() -> None:
    per_category = Counter(product.category for product in PRODUCTS)
    assert per_category == {category.slug: 10 for category in CATEGORIES}
    assert (len(CATEGORIES), len(PRODUCTS), len(SUPPLIERS), len(FREIGHT_TEMPLATES), len(SHOPS)) == (12, 120, 10, 4, 40)
    assert len(REVIEWS) >= 150
    assert min(Counter(note.category for note in VOICE_NOTES)[category.slug] for category in CATEGORIES) >= 5


def test_every_text_is_written_in_both_languages() -> None:
    for text in texts(ALL_WORDS):
        assert text.zh == text.zh.strip() != "", text
        assert text.en == text.en.strip() != "", text
        assert not HAN.search(text.en), text


@pytest.mark.parametrize("field", ["title", "subtitle", "description", "brand"])
def test_the_words_of_products_are_chinese_and_english(field: str) -> None:
    for product in PRODUCTS:
        assert HAN.search(getattr(product, field).zh), product.code
        assert re.search("[a-z]", getattr(product, field).en), product.code


def test_descriptions_have_several_sentences() -> None:
    for product in PRODUCTS:
        assert len([part for part in product.description.zh.split("。") if part]) >= 3, product.code
        assert len(re.findall(r"[.!?](?: |$)", product.description.en)) >= 3, product.code


def test_words_fit_the_columns_they_will_be_kept_in() -> None:
    for product in PRODUCTS:
        assert max(len(product.title.zh), len(product.title.en)) <= 120
        assert max(len(product.subtitle.zh), len(product.subtitle.en)) <= 200
        assert len(" ".join(product.search_zh + product.search_en)) <= 300
        assert all(max(len(text.zh), len(text.en)) <= 40 for text in texts(product.options))
    for shop in SHOPS:
        assert max(len(shop.name.zh), len(shop.name.en)) <= 30
        assert max(len(shop.voice.zh), len(shop.voice.en)) <= 120
    assert all(max(len(note.text.zh), len(note.text.en)) <= 200 for note in VOICE_NOTES)
    assert all(max(len(text.zh), len(text.en)) <= 500 for text in texts((REVIEWS, REASONS, ORDER_NOTES)))


def test_no_superlative_that_advertising_law_forbids() -> None:
    for text in texts(ALL_WORDS):
        assert not BANNED_ZH.search(text.zh), text
        assert not BANNED_EN.search(text.en), text
    for product in PRODUCTS:
        assert not BANNED_ZH.search(" ".join(product.search_zh)), product.code


def test_codes_are_unique() -> None:
    skus = [product.sku_code(sku) for product in PRODUCTS for sku in product.skus]
    assert len(set(skus)) == len(skus)
    for codes in (
        [product.code for product in PRODUCTS],
        [product.title.zh for product in PRODUCTS],
        [product.title.en for product in PRODUCTS],
        [supplier.code for supplier in SUPPLIERS],
        [template.code for template in FREIGHT_TEMPLATES],
        [category.slug for category in CATEGORIES] + [shelf.slug for category in CATEGORIES for shelf in category.subcategories],
        [reason.code for reason in REASONS],
        [shop.name.zh for shop in SHOPS],
        [(product.motif, product.palette_seed) for product in PRODUCTS],
        [(review.category, review.text.zh) for review in REVIEWS],
        [note.text.zh for note in VOICE_NOTES],
    ):
        assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_products_name_shelves_suppliers_freight_and_drawings_that_exist() -> None:
    categories = {category.slug: category for category in CATEGORIES}
    suppliers = {supplier.code: supplier for supplier in SUPPLIERS}
    for product in PRODUCTS:
        category = categories[product.category]
        assert product.subcategory in {shelf.slug for shelf in category.subcategories}, product.code
        assert product.motif in category.motifs, product.code
        assert product.category in suppliers[product.supplier].categories, product.code
        assert product.freight in {template.code for template in FREIGHT_TEMPLATES}, product.code
    for category in CATEGORIES:
        own = [product for product in PRODUCTS if product.category == category.slug]
        assert {product.motif for product in own} == set(category.motifs)
        assert {product.subcategory for product in own} == {shelf.slug for shelf in category.subcategories}
        assert 2 <= len(category.subcategories) <= 3


def test_skus_are_every_combination_of_the_options_once() -> None:
    for product in PRODUCTS:
        counts = [len(option.values) for option in product.options]
        assert len(counts) <= 2, product.code
        assert all(2 <= count <= 4 for count in counts), product.code
        assert len({sku.choice for sku in product.skus}) == len(product.skus) == prod(counts), product.code
        for sku in product.skus:
            assert len(sku.choice) == len(counts), product.code
            assert all(0 <= index < count for index, count in zip(sku.choice, counts, strict=True)), product.code


def test_prices_stock_and_weights_are_whole_and_sane() -> None:
    for product in PRODUCTS:
        assert product.skus[0].extra_fen == 0, product.code
        for sku in product.skus:
            assert all(type(amount) is int for amount in (sku.extra_fen, sku.stock, sku.weight_grams))
            assert sku.extra_fen >= 0, product.code
            assert 1_000 <= product.sku_price_fen(sku) <= 150_000, product.code
            assert sku.stock >= 0, product.code
            assert 10 <= sku.weight_grams <= 15_000, product.code
        if product.reference_price_fen is not None:
            assert product.price_fen < product.reference_price_fen < product.price_fen * 3 // 2, product.code
        if product.wholesale is not None:
            assert product.price_fen * 6 // 10 < product.wholesale.price_fen < product.price_fen, product.code
            assert product.wholesale.min_quantity >= 10, product.code
        if product.storage is not None:
            assert product.storage.shelf_life_days > 0, product.code


def test_food_says_how_long_it_keeps_and_nothing_else_does() -> None:
    for product in PRODUCTS:
        assert (product.storage is not None) == (product.category in {"fresh", "snacks", "tea", "pantry"})


def test_some_stock_is_low_and_some_is_gone() -> None:
    stocks = Counter(sku.stock for product in PRODUCTS for sku in product.skus)
    assert stocks[0] == 3
    assert sum(count for stock, count in stocks.items() if 3 <= stock <= 9) == 15


def test_commission_stays_within_the_cap_and_some_goods_have_no_rate() -> None:
    rates = [product.commission_bps for product in PRODUCTS]
    assert all(rate is None or 0 <= rate <= COMMISSION_CAP_BPS for rate in rates)
    assert rates.count(None) == 3
    assert rates.count(0) == 1


def test_labels_and_prices_of_a_sku() -> None:
    apples = by_code("RM-FR-03")
    large_box = apples.skus[3]
    assert apples.sku_code(large_box) == "RM-FR-03-04"
    assert apples.sku_label(large_box) == Text("80-85mm 10斤装", "80–85 mm / 5 kg")
    assert apples.sku_price_fen(large_box) == 9_380
    assert apples.wholesale_price_fen(large_box) == 8_580
    assert by_code("RM-FR-04").wholesale_price_fen(by_code("RM-FR-04").skus[0]) is None


def test_grid_repeats_single_figures_and_refuses_rows_that_do_not_fit() -> None:
    assert grid((2, 1), stocks=(5, 6), weights=(90,), extras=(0, 200)) == (Sku((0, 0), 0, 5, 90), Sku((1, 0), 200, 6, 90))
    assert grid((), stocks=(7,), weights=(80,)) == (Sku((), 0, 7, 80),)
    with pytest.raises(ValueError, match="zip"):
        grid((3,), stocks=(1, 2), weights=(90,))


@pytest.mark.parametrize(
    ("template", "province", "weight_grams", "goods_fen", "expected_fen"),
    [
        ("standard", "310000", 1_000, 5_000, 800),
        ("standard", "310000", 1_001, 5_000, 1_000),
        ("standard", "310000", 9_000, 9_900, 0),
        ("standard", "310000", 1_000, 9_899, 800),
        ("standard", "650000", 2_500, 50_000, 4_200),
        ("standard", "460000", 1_000, 19_900, 0),
        ("cold-chain", "310000", 3_200, 90_000, 2_600),
        ("cold-chain", "540000", 2_000, 90_000, 4_800),
        ("heavy", "310000", 5_100, 9_000, 1_800),
        ("heavy", "310000", 5_100, 19_900, 0),
        ("heavy", "150000", 5_100, 90_000, 3_700),
        ("light", "310000", 400, 5_899, 500),
        ("light", "310000", 400, 5_900, 0),
    ],
)
def test_freight(template: str, province: str, weight_grams: int, goods_fen: int, expected_fen: int) -> None:
    chosen = next(entry for entry in FREIGHT_TEMPLATES if entry.code == template)
    assert chosen.rate_for(province).price_fen(weight_grams, goods_fen) == expected_fen


def test_far_provinces_are_dearer_in_every_template() -> None:
    for template in FREIGHT_TEMPLATES:
        near = template.rate_for("310000").price_fen(2_000, 0)
        for province in ("650000", "540000", "150000", "460000"):
            assert template.rate_for(province).price_fen(2_000, 0) > near


def test_late_shipping_differs_between_suppliers() -> None:
    assert all(0 < supplier.late_bps < 2_000 for supplier in SUPPLIERS)
    assert max(supplier.late_bps for supplier in SUPPLIERS) == 1_300
    assert all(re.fullmatch(r"\d{6}", supplier.region_code) for supplier in SUPPLIERS)


def test_every_product_can_be_praised_and_criticised() -> None:
    for product in PRODUCTS:
        ratings = Counter(review.rating for review in reviews_fitting(product))
        assert ratings[5] >= 3, product.code
        assert min(ratings[4], ratings[3], ratings[2]) >= 1, product.code
    assert {review.rating for review in REVIEWS} == {1, 2, 3, 4, 5}


def test_every_product_can_be_recommended() -> None:
    assert [product.code for product in PRODUCTS if not voice_notes_fitting(product)] == []


def test_narrowed_words_name_goods_that_exist() -> None:
    everything_said: tuple[Review | VoiceNote, ...] = (*REVIEWS, *VOICE_NOTES)
    for said in everything_said:
        own = [product for product in PRODUCTS if product.category == said.category]
        known = {name for product in own for name in (product.motif, product.subcategory, product.code)}
        assert set(said.fits) <= known, said


def test_a_review_suits_by_category_motif_shelf_or_code() -> None:
    kettle = by_code("RM-DI-05")
    assert Review("digital", 5, Text("好", "Good")).suits(kettle)
    assert Review("digital", 5, Text("好", "Good"), ("kettle",)).suits(kettle)
    assert Review("digital", 5, Text("好", "Good"), ("appliances",)).suits(kettle)
    assert Review("digital", 5, Text("好", "Good"), ("RM-DI-05",)).suits(kettle)
    assert not Review("digital", 5, Text("好", "Good"), ("audio",)).suits(kettle)
    assert not Review("kitchen", 5, Text("好", "Good")).suits(kettle)


def test_after_sale_notes_name_goods_that_exist() -> None:
    known = {name for product in PRODUCTS for name in (product.category, product.motif, product.subcategory, product.code)}
    for note in (*ORDER_NOTES, *(note for reason in REASONS for note in reason.notes)):
        assert set(note.fits) <= known, note


def test_every_product_can_come_back_for_a_fault_and_for_a_reason_that_makes_sense() -> None:
    for product in PRODUCTS:
        reasons = reasons_fitting(product)
        assert len(reasons) >= 3, product.code
        assert any(reason.is_quality_issue for reason in reasons), product.code
    assert {reason.code for reason in reasons_fitting(by_code("RM-FR-02"))} == {"damaged", "missing", "not_received"}
    assert "size" in {reason.code for reason in reasons_fitting(by_code("RM-CL-06"))}


def test_trousers_are_shortened_and_coffee_is_ground() -> None:
    notes = {product.code: {note.text.zh for note in ORDER_NOTES if note.suits(product)} for product in PRODUCTS}
    assert {code for code, said in notes.items() if "裤长改短两厘米，谢谢师傅。" in said} == {"RM-CL-06"}
    assert {code for code, said in notes.items() if "手冲用，请磨中粗。" in said} == {"RM-TE-06"}
    assert min(len(said) for said in notes.values()) >= 10


def test_after_sale_reasons_use_the_three_kinds() -> None:
    assert {reason.kind for reason in REASONS} == {"refund", "return", "exchange"}
    assert {reason.code for reason in REASONS if reason.is_quality_issue} == {
        "damaged",
        "quality",
        "not_as_described",
        "allergy",
    }
