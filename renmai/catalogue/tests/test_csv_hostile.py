"""Files that no shop keeps: every line ends imported or in quarantine, a feed is refused or applied, and nothing takes long."""

import time

import pytest

from renmai.catalogue import audit
from renmai.catalogue.actions import ImportHooks, Quarantined, apply_feed, import_catalogue
from renmai.catalogue.models import Product, Sku, SupplierFeed
from renmai.catalogue.tests.factories import make_product, make_sku, make_staff
from renmai.kernel.errors import DomainError

pytestmark = pytest.mark.django_db

HEAD = "product_code,sku_code,category,supplier,title_zh,price,stock"
GOOD = "p1,s1,茶,hill,龙井,12.80,40"
SECONDS = 3


def imported(*lines: str, head: str = HEAD) -> list[Quarantined]:
    """Import a file of one good line and these; return the quarantine."""
    out: list[Quarantined] = []
    began = time.process_time()
    result = import_catalogue(None, [f"{line}\n" for line in (head, GOOD, *lines)], hooks=ImportHooks(quarantine=out.append))
    assert time.process_time() - began < SECONDS
    assert result.read == result.imported + result.quarantined + result.already
    assert (result.imported, len(out)) == (1, result.quarantined)
    assert list(audit.violations()) == []
    return out


@pytest.mark.parametrize(
    "amount",
    [
        *(
            "-1",
            "0",
            "1e400",
            "1e999999",
            "NaN",
            "sNaN",
            "Infinity",
            "-0",
            "0x10",
            "1_000",
            "+1",
            "１２",
            "٣",
            "²",
            "1,5",
            "1.005",
        ),
        *("", "true", "null", "9" * 30, "9" * 5000, "12.80元", "=1+1", "1 2"),
    ],
)
def test_amounts_that_are_none(amount: str) -> None:
    (line,) = imported(f'p2,s2,茶,hill,龙井,"{amount}",40')
    assert line.column == "price"
    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    "number", ["-1", "1.0", "1e3", "NaN", "１２", "²", "0x10", "1_000", "9" * 30, str(2**31), str(2**63), "true"]
)
def test_pieces_that_are_no_numbers(number: str) -> None:
    (line,) = imported(f"p2,s2,茶,hill,龙井,12.80,{number}")
    assert line.column == "stock"


@pytest.mark.parametrize(
    "line",
    [
        "p2,s2,茶,hill,龙\x00井,12.80,40",
        "p2,s\x002,茶,hill,龙井,12.80,40",
        "../../p,s2,茶,hill,龙井,12.80,40",
        "p2,s2,茶/绿茶/龙井,hill,龙井,12.80,40",
        "p2,s2,茶,hill," + "长" * 5000 + ",12.80,40",
        "p2,s2,茶,hill,龙井,12.80,40,more,and,more",
        "p2,s2," + "," * 100_000,
        "p2",
        ",,,,,,1",
        "p2,s2,茶,hi ll,龙井,12.80,40",
    ],
    ids=lambda line: line[:20].replace("\x00", "?"),
)
def test_lines_that_make_no_sense(line: str) -> None:
    assert len(imported(line)) == 1
    assert Product.objects.count() == 1


def test_a_quotation_that_never_ends_takes_the_rest_and_no_more() -> None:
    lines = [HEAD, GOOD, 'p2,s2,茶,hill,"龙井,12.80,40', *["p3,s3,茶,hill,龙井,12.80,40"] * 20_000]
    began = time.process_time()
    result = import_catalogue(None, [f"{line}\n" for line in lines])
    assert time.process_time() - began < SECONDS
    assert result.read == result.imported + result.quarantined + result.already
    assert set(Product.objects.values_list("code", flat=True)) <= {"p1", "p3"}


@pytest.mark.parametrize("head", ["", "a" * 200_000, "product_code", HEAD.replace("price", "preis"), "\x00" * 100])
def test_heads_that_are_none(head: str) -> None:
    with pytest.raises(DomainError) as refused:
        import_catalogue(None, [f"{head}\n", f"{GOOD}\n"])
    assert refused.value.code == "catalogue.import_columns"
    assert not Product.objects.exists()


def test_a_million_columns() -> None:
    assert imported(head=f"{HEAD}{',x' * 1_000_000}") == []


@pytest.mark.parametrize(
    "text",
    ["", "\ufeff", "sku_code", "on_hand,sku\n1,2", '"' + "x" * 200_000, "sku_code,on_hand\n" + "x" * 200_000 + ",1", "\x00\x00"],
    ids=["empty", "mark", "one", "other", "long head", "long cell", "nul"],
)
def test_feeds_that_are_none(text: str) -> None:
    sku = make_sku(make_product(), stock=5)
    with pytest.raises(DomainError) as refused:
        apply_feed(make_staff(), sku.product.supplier_id, text)
    assert refused.value.code == "catalogue.feed_columns"
    assert not SupplierFeed.objects.exists()


def test_a_feed_with_a_million_columns_and_absurd_cells() -> None:
    product = make_product()
    sku, other = make_sku(product, stock=5), make_sku(product, stock=5)
    cells = ["-1", "1e3", "NaN", "１２", "9" * 30, "", "²", "0x10", "=1+1"]
    wrong = [f"{sku.code},{cell}" for cell in cells]
    lines = [f"\ufeffsku_code,on_hand{',x' * 700_000}", *wrong, f"{other.code}\x00,7", *["nobody"] * 3000]
    began = time.process_time()
    report = apply_feed(make_staff(), sku.product.supplier_id, "\n".join(lines))
    assert time.process_time() - began < SECONDS
    assert (report.rows_applied, report.rows_refused) == (1, len(cells) + 3000)
    assert [Sku.objects.get(pk=one.pk).stock_free for one in (sku, other)] == [5, 7]
    assert list(audit.violations()) == []
