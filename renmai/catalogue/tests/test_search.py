"""Search and shelves: Chinese, Latin, mixed; filters, orders and pages; a fixed number of statements."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial

import pytest
from django.utils import translation

from renmai.accounts.models import ActLog, Role
from renmai.catalogue.actions import ProductInput, add_synonym, create_product, reindex, remove_synonym, update_product
from renmai.catalogue.models import Product, SearchTerm
from renmai.catalogue.queries import ShelfQuery, cards, shelf
from renmai.catalogue.queries.shelves import Sort
from renmai.catalogue.search import index_terms, query_terms
from renmai.catalogue.tests.factories import make_category, make_product, make_sku, make_staff, make_supplier
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

Statements = Callable[[int], AbstractContextManager[None]]


def titles(text: str = "", **query: object) -> list[str]:
    return [card.title for card in shelf(ShelfQuery(text=text, **query)).items]  # type: ignore[arg-type]


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def goods(title_zh: str, title_en: str = "", *, price_fen: int = 1000, **fields: object) -> Product:
    product = make_product(title_zh, title_en=title_en, **fields)  # type: ignore[arg-type]
    make_sku(product, price_fen=price_fen)
    reindex(product)
    return product


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("水蜜桃", ("水蜜", "蜜桃")),
        ("茶", ("茶",)),
        ("iPhone手机壳 2KG", ("iphone", "手机", "机壳", "2kg")),
        ("ＡＢＣ　Café", ("abc", "cafe")),
        ("桃桃桃", ("桃桃",)),
        ("!?。，", ()),
        ("", ()),
        ("a" * 50, ("a" * 20,)),
    ],
)
def test_what_a_query_asks_for(text: str, terms: tuple[str, ...]) -> None:
    assert query_terms(text) == terms


def test_a_query_is_bounded() -> None:
    assert len(query_terms("".join(chr(0x4E00 + number) for number in range(500)))) == 12


@pytest.mark.django_db
def test_titles_weigh_more_than_subtitles_and_words_more_than_beginnings() -> None:
    category = make_category("水果", "Fruit")
    product = make_product("桃 Peach", subtitle_zh="山里的桃子", brand="Peachy", category=category, code="x1")
    terms = index_terms(product, [category])
    assert terms["桃"] == 12
    assert terms["桃子"] == 3
    assert terms["peach"] == 12 + 4
    assert terms["pea"] == 6 + 4
    assert terms["peachy"] == 8
    assert terms["水果"] == terms["fruit"] == 6
    assert "p" not in terms
    assert "子" not in terms


@pytest.mark.django_db
def test_chinese_latin_and_mixed_queries() -> None:
    goods("奉化水蜜桃 5斤礼盒", "Fenghua honey peaches")
    goods("黄桃罐头", "Canned yellow peaches")
    goods("手机壳 iPhone 专用", "Case for iPhone")
    assert titles("水蜜桃") == ["奉化水蜜桃 5斤礼盒"]
    assert set(titles("桃")) == {"奉化水蜜桃 5斤礼盒", "黄桃罐头"}
    assert set(titles("PEACH")) == {"奉化水蜜桃 5斤礼盒", "黄桃罐头"}
    assert titles("yellow pea") == ["黄桃罐头"]
    assert titles("iphone手机壳") == ["手机壳 iPhone 专用"]
    assert titles("ｉＰｈｏｎｅ") == ["手机壳 iPhone 专用"]
    # One pair in four may straddle two words of the query.
    assert titles("奉化水蜜桃礼盒") == ["奉化水蜜桃 5斤礼盒"]
    with translation.override("en"):
        assert titles("罐头") == ["Canned yellow peaches"]


@pytest.mark.django_db
def test_nothing_with_all_words_becomes_some_with_any() -> None:
    goods("龙井茶")
    goods("青瓷茶具")
    page = shelf(ShelfQuery(text="龙井咖啡"))
    assert ([card.title for card in page.items], page.is_loosened) == (["龙井茶"], True)
    exact = shelf(ShelfQuery(text="龙井"))
    assert ([card.title for card in exact.items], exact.is_loosened) == (["龙井茶"], False)
    none = shelf(ShelfQuery(text="吹风机 洗碗机"))
    assert (none.items, none.total, none.count, none.is_loosened) == ((), 0, 1, False)
    assert shelf(ShelfQuery(text="……")).items == ()


@pytest.mark.django_db
def test_relevance_puts_the_title_first() -> None:
    goods("陶罐", subtitle_zh="装龙井最好")
    goods("龙井茶")
    goods("明前龙井茶", brand="龙井")
    assert titles("龙井") == ["明前龙井茶", "龙井茶", "陶罐"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "茶"])
def test_orders(text: str) -> None:
    now = clock.now()
    goods("红茶", price_fen=300, sold_count=5, listed_at=now - timedelta(days=2))
    goods("绿茶", price_fen=100, sold_count=9, listed_at=now - timedelta(days=3))
    goods("白茶", price_fen=200, sold_count=1, listed_at=now - timedelta(days=1))
    expected: dict[Sort, list[str]] = {
        "price": ["绿茶", "白茶", "红茶"],
        "-price": ["红茶", "白茶", "绿茶"],
        "newest": ["白茶", "红茶", "绿茶"],
        "sold": ["绿茶", "红茶", "白茶"],
        "relevance": ["绿茶", "红茶", "白茶"],
    }
    assert {sort: titles(text, sort=sort) for sort in expected} == expected


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "茶"])
def test_filters(text: str) -> None:
    top = make_category("饮品", "Drinks")
    below = make_category("茶叶", "Tea", parent=top)
    cheap = goods("红茶", price_fen=100, category=top)
    dear = goods("绿茶", price_fen=900, category=below)
    elsewhere = goods("茶具", price_fen=500)
    sold_out = make_product("茶树精油", indexed=True)
    make_sku(sold_out, stock=0, price_fen=50)
    make_product("茶饼", listed=False, indexed=True)
    assert set(titles(text)) == {"红茶", "绿茶", "茶具", "茶树精油"}
    assert set(titles(text, category_id=top.pk)) == {"红茶", "绿茶"}
    assert titles(text, category_id=below.pk) == ["绿茶"]
    assert set(titles(text, minimum_fen=100, maximum_fen=500)) == {"红茶", "茶具"}
    assert set(titles(text, only_in_stock=True)) == {"红茶", "绿茶", "茶具"}
    assert set(titles(text, product_ids=[cheap.pk, elsewhere.pk])) == {"红茶", "茶具"}
    assert titles(text, product_ids=[]) == []
    assert [card.is_sold_out for card in cards([dear.pk, sold_out.pk])] == [False, True]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "茶"])
def test_pages(text: str) -> None:
    supplier, category = make_supplier(), make_category()
    for number in range(7):
        make_product(f"茶{number}号", sold_count=number, supplier=supplier, category=category, indexed=True)
    pages = [shelf(ShelfQuery(text=text, page=number, size=3)) for number in (1, 2, 3)]
    assert [card.title for page in pages for card in page.items] == [f"茶{number}号" for number in range(6, -1, -1)]
    assert [(page.has_previous, page.has_next) for page in pages] == [(False, True), (True, True), (True, False)]
    assert (pages[0].total, pages[0].count, pages[0].is_capped) == (7, 3, False)
    assert shelf(ShelfQuery(text=text, page=99, size=3)) == pages[2]
    assert shelf(ShelfQuery(text=text, page=-5, size=3)) == pages[0]
    assert shelf(ShelfQuery(text=text, size=10**9)).size == 100


@pytest.mark.django_db
def test_a_shelf_ends_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renmai.catalogue.queries.shelves.MAX_RESULTS", 2)
    for _index in range(3):
        make_product()
    page = shelf(ShelfQuery())
    assert (len(page.items), page.total, page.is_capped) == (2, 2, True)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "茶", "新茶上市"])
@pytest.mark.parametrize("size", [1, 20])
def test_statements_of_a_shelf(text: str, size: int, statements: Statements) -> None:
    for number in range(size):
        product = make_product(f"新茶上市{number}", indexed=True)
        make_sku(product)
        make_sku(product)
    with statements(4):
        assert len(shelf(ShelfQuery(text=text)).items) == size


@pytest.mark.django_db
def test_a_changed_product_is_found_by_its_new_words_only() -> None:
    staff = make_staff()
    given = ProductInput(code="a", category_id=make_category().pk, supplier_id=make_supplier().pk, title_zh="枇杷")
    product = create_product(staff, given)
    assert SearchTerm.objects.filter(product=product, term="枇杷").exists()
    changed = ProductInput(code="a", category_id=given.category_id, supplier_id=given.supplier_id, title_zh="杨梅")
    update_product(staff, product.pk, changed)
    terms = set(SearchTerm.objects.filter(product=product).values_list("term", flat=True))
    assert {"杨梅", "杨", "梅"} <= terms
    assert "枇杷" not in terms


@pytest.mark.django_db
def test_a_synonym_holds_at_once_one_way_or_both_and_no_longer_than_it_is_kept() -> None:
    keeper = make_staff()
    goods("番茄 5斤")
    goods("番茄酱")
    goods("西红柿炒蛋料")
    goods("Trainers", subtitle_en="for running")
    assert titles("西红柿") == ["西红柿炒蛋料"]
    kept = add_synonym(keeper, word=" 西红柿 ", other="番茄", is_both_ways=False)
    assert titles("西红柿")[0] == "西红柿炒蛋料", "its own words weigh more"
    assert set(titles("新鲜西红柿")) == {"番茄 5斤", "番茄酱", "西红柿炒蛋料"}
    assert set(titles("番茄")) == {"番茄 5斤", "番茄酱"}
    later = goods("有机番茄")
    assert later.title_zh in titles("西红柿", sort="newest")
    remove_synonym(keeper, kept.pk)
    assert titles("西红柿") == ["西红柿炒蛋料"]
    add_synonym(keeper, word="西红柿", other="番茄")
    assert set(titles("番茄")) == {"番茄 5斤", "番茄酱", "有机番茄", "西红柿炒蛋料"}
    add_synonym(keeper, word="Sneakers", other="TRAINERS")
    assert titles("sneak") == ["Trainers"]
    add_synonym(keeper, word="Locomotive", other="Train")
    assert titles("locomotive") == [], "a part of a word is another word"
    acts = ActLog.objects.filter(act__startswith="catalogue.synonym_").order_by("pk").values_list("act", flat=True)
    assert [act.removeprefix("catalogue.synonym_") for act in acts] == ["added", "removed", "added", "added", "added"]


@pytest.mark.django_db
def test_synonyms_that_say_nothing_are_refused() -> None:
    keeper = make_staff()
    add_synonym(keeper, word="番茄", other="西红柿")
    for word, other, code in (
        ("茶", "茶叶", "catalogue.synonym"),
        ("……", "茶叶", "catalogue.synonym"),
        ("Tea", " tea", "catalogue.synonym"),
        ("番茄", "西红柿", "catalogue.synonym_taken"),
        ("西红柿", "番茄", "catalogue.synonym_taken"),
    ):
        assert code_of(partial(add_synonym, keeper, word=word, other=other)) == code, word
    assert code_of(lambda: add_synonym(make_staff(Role.ANALYST), word="土豆", other="马铃薯")) == "request.forbidden"
    assert code_of(lambda: remove_synonym(keeper, 0)) == "request.not_found"
