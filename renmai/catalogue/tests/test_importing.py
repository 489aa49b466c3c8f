"""The import of a catalogue: every line is imported, already there, or quarantined with its reason."""

import csv
import io
from collections.abc import Callable

import pytest

from renmai.accounts.models import Role
from renmai.catalogue import audit
from renmai.catalogue.actions import ImportHooks, ImportResult, Quarantined, import_catalogue
from renmai.catalogue.csv_rows import _LENGTHS, CatalogueRow, read_rows
from renmai.catalogue.models import Category, Product, Sku, StockMovement, Supplier
from renmai.catalogue.queries import ShelfQuery, product_page, shelf
from renmai.catalogue.tests.factories import make_category, make_sku, make_staff, make_template
from renmai.kernel.errors import DomainError, refusals
from renmai.kernel.models import OutboxEvent

GOOD = {
    "product_code": "peach",
    "sku_code": "peach-1",
    "category": "生鲜/水果",
    "category_en": "Fresh/Fruit",
    "supplier": "farm",
    "supplier_name": "果园",
    "supplier_name_en": "Farm",
    "title_zh": "水蜜桃",
    "title_en": "Peaches",
    "options": "口味=蜜桃; 规格=2kg",
    "options_en": "Flavour=Peach; Size=2 kg",
    "price": "12.80",
    "stock": "40",
    "weight_grams": "2000",
}


class Run:
    """One import of rows, and what its hooks were told."""

    def __init__(self, *rows: dict[str, str], rate: Callable[[int, int], None] | None = None) -> None:
        self.quarantined: list[Quarantined] = []
        self.progress: list[int] = []
        self.rates: list[tuple[int, int]] = []
        hooks = ImportHooks(
            quarantine=self.quarantined.append,
            progress=self.progress.append,
            rate=rate or (lambda product_id, points: self.rates.append((product_id, points))),
        )
        self.result: ImportResult = import_catalogue(None, text(*rows), hooks=hooks)

    @property
    def reasons(self) -> list[tuple[int, str, str]]:
        return [(line.line, line.column, line.reason) for line in self.quarantined]


def text(*rows: dict[str, str]) -> list[str]:
    columns = list(dict.fromkeys([*GOOD, *(name for row in rows for name in row)]))
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().splitlines(keepends=True)


def row(**changed: str) -> dict[str, str]:
    return GOOD | changed


@pytest.mark.django_db
def test_a_product_with_its_variants() -> None:
    make_template("standard")
    run = Run(
        row(freight_template="standard", commission_bps="800", wholesale_price="9.9", wholesale_minimum="20"),
        row(sku_code="peach-2", options="口味=黄桃; 规格=2kg", options_en="Flavour=Yellow; Size=2 kg", price="15", stock="0"),
    )
    assert str(run.result) == "read 2 = imported 2 + quarantined 0 + already there 0"
    assert (run.result.products, run.progress) == (1, [2])
    page = product_page(Product.objects.get().pk)
    assert (page.product.status, page.product.lowest_price_fen, page.product.highest_price_fen) == ("listed", 1280, 1500)
    assert [(option.name, [value.value for value in option.values]) for option in page.options] == [
        ("口味", ["蜜桃", "黄桃"]),
        ("规格", ["2kg"]),
    ]
    assert [(sku.code, sku.options_text, sku.price_fen, sku.free, sku.weight_grams) for sku in page.skus] == [
        ("peach-1", "蜜桃 · 2kg", 1280, 40, 2000),
        ("peach-2", "黄桃 · 2kg", 1500, 0, 2000),
    ]
    assert (page.skus[0].wholesale_price_fen, page.skus[0].wholesale_minimum) == (990, 20)
    assert Sku.objects.get(code="peach-2").options_en == "Yellow · 2 kg"
    fruit = Category.objects.get(name_zh="水果")
    assert fruit.parent is not None
    assert (fruit.name_en, fruit.parent.name_en, page.supplier.name_en) == ("Fruit", "Fresh", "Farm")
    assert run.rates == [(page.product.pk, 800)]
    assert [card.id for card in shelf(ShelfQuery(text="水蜜桃")).items] == [page.product.pk]
    assert list(OutboxEvent.objects.values_list("name", flat=True)) == ["catalogue.ProductListed"]
    assert list(StockMovement.objects.values_list("sku__code", "kind", "free_change")) == [("peach-1", "import", 40)]
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_a_second_run_finds_all_there_and_changes_nothing() -> None:
    rows = [row(commission_bps="500"), row(product_code="plum", sku_code="plum-1", listed="0")]
    Run(*rows)
    Sku.objects.filter(code="peach-1").update(price_fen=1)
    again = Run(*[changed | {"price": "99", "title_zh": "改名"} for changed in rows])
    assert str(again.result) == "read 2 = imported 0 + quarantined 0 + already there 2"
    assert again.rates == []
    assert Sku.objects.get(code="peach-1").price_fen == 1
    assert (Product.objects.get(code="peach").title_zh, Product.objects.get(code="plum").status) == ("水蜜桃", "draft")
    assert (Product.objects.count(), StockMovement.objects.count(), Supplier.objects.count()) == (2, 2, 1)


@pytest.mark.django_db
def test_a_later_file_adds_variants_to_a_product() -> None:
    Run(row())
    later = Run(row(sku_code="peach-2", options="口味=蜜桃; 规格=5kg", title_zh="别的标题", price="30"))
    assert str(later.result) == "read 1 = imported 1 + quarantined 0 + already there 0"
    product = Product.objects.get()
    assert (product.title_zh, product.highest_price_fen, later.result.products) == ("水蜜桃", 3000, 0)
    assert [value.value for value in product_page(product.pk).options[1].values] == ["2kg", "5kg"]


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"price": ""}, "price", "is empty"),
        ({"title_zh": "  "}, "title_zh", "is empty"),
        ({"price": "12.805"}, "price", "is not an amount in yuan with at most two decimals"),
        ({"price": "0"}, "price", "is not an amount in yuan with at most two decimals"),
        ({"price": "-3"}, "price", "is not an amount in yuan with at most two decimals"),
        ({"price": "NaN"}, "price", "is not an amount in yuan with at most two decimals"),
        ({"price": "Infinity"}, "price", "is not an amount in yuan with at most two decimals"),
        ({"price": "1e30"}, "price", "is not an amount in yuan with at most two decimals"),
        ({"price": "¥12"}, "price", "is not an amount in yuan with at most two decimals"),
        ({"stock": "1.5"}, "stock", "is not a whole number within its bounds"),
        ({"stock": "-1"}, "stock", "is not a whole number within its bounds"),
        ({"weight_grams": "0"}, "weight_grams", "is not a whole number within its bounds"),
        ({"commission_bps": "3001"}, "commission_bps", "is not a whole number within its bounds"),
        ({"listed": "yes"}, "listed", "is neither 1 nor 0"),
        ({"product_code": "Peach!"}, "product_code", "is not a code"),
        ({"sku_code": "a b"}, "sku_code", "is not a code"),
        ({"currency": "yuan"}, "currency", "is not a code"),
        ({"category": "a/b/c"}, "category", "is not one or two names separated by a slash"),
        ({"category": "/b"}, "category", "is not one or two names separated by a slash"),
        ({"options": "口味"}, "options", "is not of the form name=value; name=value"),
        ({"options": "口味=a; 口味=b", "options_en": ""}, "options", "is not of the form name=value; name=value"),
        ({"options_en": "Flavour=Peach"}, "options_en", "is not of the form name=value; name=value"),
        ({"options": "a=1;b=2;c=3;d=4", "options_en": ""}, "options", "is too long"),
        ({"title_zh": "长" * 121}, "title_zh", "is too long"),
    ],
)
def test_lines_that_cannot_be_read_say_why(changed: dict[str, str], column: str, reason: str) -> None:
    (found,) = read_rows(text(row(**changed)))
    assert isinstance(found, Quarantined)
    assert (found.line, found.column, found.reason, found.sentence) == (2, column, reason, f"{column} {reason}")
    assert dict(zip(found.header, found.cells, strict=True))["supplier"] == "farm"


def test_what_a_line_may_leave_out() -> None:
    (found,) = read_rows(["product_code,sku_code,category,supplier,title_zh,price,stock\n", "a,b,水果,farm,桃,1,0\n", "\n"])
    assert isinstance(found, CatalogueRow)
    assert (found.price_fen, found.weight_grams, found.currency, found.is_listed) == (100, 500, "CNY", True)
    assert (found.options, found.commission_basis_points, found.category_en) == ((), None, ("水果",))


def test_a_file_needs_its_columns_and_may_be_broken_in_places() -> None:
    with pytest.raises(DomainError) as refused:
        list(read_rows(["product_code,sku_code\n"]))
    assert (refused.value.code, refused.value.details) == ("catalogue.import_columns", {"column": "category"})
    with pytest.raises(DomainError):
        list(read_rows([]))
    lines = text(row())
    lines += [lines[1].rstrip() + ",extra\n", "a" * 200_000 + "\n", lines[1]]
    found = list(read_rows(lines))
    assert [getattr(line, "reason", "") for line in found] == [
        "",
        "has more cells than the header has columns",
        "cannot be read as CSV",
        "",
    ]


@pytest.mark.django_db
def test_lines_that_contradict_others_are_quarantined() -> None:
    stranger = make_sku(code="stranger-1")
    run = Run(
        row(),
        row(),
        row(sku_code="peach-2"),
        row(sku_code="peach-3", options="颜色=红; 规格=2kg"),
        row(sku_code="peach-4", options="口味=黄桃; 规格=2kg", supplier="other"),
        row(sku_code="peach-5", options="口味=李子; 规格=2kg", currency="GBP"),
        row(sku_code="peach-6", options="口味=杏; 规格=2kg", category="生鲜"),
        row(sku_code=stranger.code, options="口味=枣; 规格=2kg"),
        row(product_code="pear", sku_code="pear-1", freight_template="nobody"),
        row(sku_code="peach-7", options="口味=梨; 规格=2kg", currency="GBP"),
    )
    assert str(run.result) == "read 10 = imported 1 + quarantined 9 + already there 0"
    assert sorted(run.reasons) == [
        (3, "sku_code", "stands in this file before"),
        (4, "options", "are those of another variant already"),
        (5, "options", "have other names than the product's"),
        (6, "supplier", "differs from the product's other lines"),
        (7, "currency", "differs from the product's other lines"),
        (8, "category", "differs from the product's other lines"),
        (9, "sku_code", "belongs to another product already"),
        (10, "freight_template", "names no freight template"),
        (11, "currency", "differs from the product's other lines"),
    ]
    assert set(Product.objects.exclude(pk=stranger.product_id).values_list("code", flat=True)) == {"peach"}
    assert set(Supplier.objects.exclude(pk=stranger.product.supplier_id).values_list("code", flat=True)) == {"farm"}


@pytest.mark.django_db
def test_a_product_has_only_so_many_variants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renmai.catalogue.actions.importing.MAX_SKUS", 2)
    rows = [row(sku_code=f"peach-{number}", options=f"口味={number}; 规格=2kg", options_en="") for number in range(3)]
    assert Run(*rows).reasons == [(4, "sku_code", "is one variant too many for its product")]


@pytest.mark.django_db
def test_what_a_rule_refuses_leaves_no_half_product() -> None:
    refusals("catalogue", {"test_rate": (409, "no")})

    def refuse(product_id: int, points: int) -> None:
        raise DomainError("catalogue.test_rate", field="commission_bps")

    run = Run(row(commission_bps="3000"), row(product_code="plum", sku_code="plum-1"), rate=refuse)
    assert run.reasons == [(2, "commission_bps", "catalogue.test_rate")]
    assert str(run.result) == "read 2 = imported 1 + quarantined 1 + already there 0"
    assert list(Product.objects.values_list("code", flat=True)) == ["plum"]


@pytest.mark.django_db
def test_a_run_that_is_stopped_goes_on_later() -> None:
    rows = [row(product_code=f"p-{number}", sku_code=f"s-{number}", commission_bps="100") for number in range(4)]

    def stop_at_the_third(product_id: int, points: int) -> None:
        if Product.objects.count() == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Run(*rows, rate=stop_at_the_third)
    assert (Product.objects.count(), Sku.objects.count()) == (2, 2)
    assert list(audit.violations()) == []
    assert str(Run(*rows).result) == "read 4 = imported 2 + quarantined 0 + already there 2"


@pytest.mark.django_db
def test_categories_are_found_by_slug_or_name() -> None:
    top = make_category("生鲜", "Fresh")
    below = make_category("水果", "Fruit", parent=top)
    Run(row(), row(product_code="plum", sku_code="plum-1", category=f"{top.slug}/{below.slug}"))
    assert set(Product.objects.values_list("category_id", flat=True)) == {below.pk}
    assert Category.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SERVICE, Role.AUDITOR])
def test_others_import_nothing(role: Role) -> None:
    with pytest.raises(DomainError) as refused:
        import_catalogue(make_staff(role), text(row()))
    assert refused.value.code == "request.forbidden"
    assert not Product.objects.exists()
    assert str(import_catalogue(make_staff(), text(row()))) == "read 1 = imported 1 + quarantined 0 + already there 0"


def test_lengths_are_those_of_the_tables() -> None:
    shared = {"title_zh", "title_en", "subtitle_zh", "subtitle_en", "keywords", "brand", "motif"}
    columns = {field.name: getattr(field, "max_length", None) for field in Product._meta.get_fields()}
    assert {name: _LENGTHS[name] for name in shared} == {name: columns[name] for name in shared}
