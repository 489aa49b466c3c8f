"""``renmai import catalogue``: the command a person types, also on the 239 goods of a real shop."""

import csv
from pathlib import Path

import pytest

from renmai.accounts.models import Role, StaffRole, User
from renmai.catalogue import audit
from renmai.catalogue.models import Category, Product, Sku
from renmai.catalogue.queries import ShelfQuery, shelf
from renmai.distribution.models import ProductRate
from renmai.project.command import main
from renmai.project.tests import litemall

pytestmark = pytest.mark.django_db

HEADER = "product_code,sku_code,category,supplier,title_zh,price,stock,commission_bps\n"
PEACH = "peach,peach-1,水果,farm,水蜜桃,12.80,5,800\n"
NO_PRICE = "plum,plum-1,水果,farm,李子,,5,\n"


@pytest.fixture
def owner() -> User:
    user = User.objects.create(username="lin", display_name="Lin", is_staff=True)
    StaffRole.objects.create(user=user, role=Role.OWNER)
    return user


def write(folder: Path, *lines: str, name: str = "goods.csv") -> Path:
    path = folder / name
    path.write_text("\ufeff" + HEADER + "".join(lines), encoding="utf-8")
    return path


def test_the_lines_add_up_and_the_quarantine_can_be_put_right(
    tmp_path: Path, owner: User, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, PEACH, NO_PRICE)
    assert main(["import", "catalogue", str(path)]) == 0
    quarantine = tmp_path / "goods.quarantine.csv"
    said = capsys.readouterr().out.splitlines()
    assert said == [f"quarantine: {quarantine}", "read 2 = imported 1 + quarantined 1 + already there 0"]
    rows = list(csv.DictReader(quarantine.read_text(encoding="utf-8").splitlines()))
    assert [(row["line"], row["column"], row["reason"], row["title_zh"]) for row in rows] == [("3", "price", "is empty", "李子")]
    assert ProductRate.objects.get().basis_points == 800

    quarantine.write_text(quarantine.read_text(encoding="utf-8").replace("李子,,", "李子,6.50,"), encoding="utf-8")
    assert main(["import", "catalogue", str(quarantine), "--quarantine", str(tmp_path / "rest.csv")]) == 0
    assert capsys.readouterr().out == "read 1 = imported 1 + quarantined 0 + already there 0\n"
    assert not (tmp_path / "rest.csv").exists()
    assert Sku.objects.get(code="plum-1").price_fen == 650

    assert main(["import", "catalogue", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "read 2 = imported 0 + quarantined 1 + already there 1"


@pytest.mark.usefixtures("owner")
def test_a_quarantine_that_is_refused_again_keeps_one_reason(tmp_path: Path) -> None:
    path = write(tmp_path, NO_PRICE)
    main(["import", "catalogue", str(path)])
    main(["import", "catalogue", str(tmp_path / "goods.quarantine.csv")])
    again = (tmp_path / "goods.quarantine.quarantine.csv").read_text(encoding="utf-8").splitlines()
    assert again[0] == "line,column,reason," + HEADER.strip()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["missing.csv"], "missing.csv is not a file."),
        (["goods.csv", "--quarantine", "goods.csv"], "goods.csv is the file to read; name another one with --quarantine."),
        (["goods.csv", "--as", "nobody"], "there is no member of the staff called nobody."),
        (["latin.csv"], "latin.csv is not UTF-8; save it as UTF-8 first."),
        (["short.csv"], "lacks the column"),
        (["goods.csv"], "the file sets commissions, which needs an owner"),
    ],
)
def test_what_a_person_can_put_right_is_said_in_one_sentence(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, PEACH)
    (tmp_path / "latin.csv").write_bytes(HEADER.encode() + "é".encode("latin-1"))
    (tmp_path / "short.csv").write_text("product_code\n", encoding="utf-8")
    from django.utils import translation

    with translation.override("en"):
        assert main(["import", "catalogue", *arguments]) == 2
    assert sentence in capsys.readouterr().err
    assert not Product.objects.exists()
    assert (tmp_path / "goods.csv").read_text(encoding="utf-8") == "\ufeff" + HEADER + PEACH


@pytest.mark.usefixtures("owner")
def test_239_goods_of_a_real_shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not litemall.DATA.exists():
        reason = f"the catalogue of the real shop is not beside this checkout ({litemall.DATA.name})"
        print(f"skipped: {reason}")
        pytest.skip(reason)
    path = tmp_path / "litemall.csv"
    path.write_text(litemall.as_csv(), encoding="utf-8")
    assert main(["import", "catalogue", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "read 244 = imported 244 + quarantined 0 + already there 0"
    assert (Product.objects.count(), Sku.objects.count(), ProductRate.objects.count()) == (239, 244, 239)
    assert list(audit.violations()) == []

    assert main(["import", "catalogue", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "read 244 = imported 0 + quarantined 0 + already there 244"

    for text in ("四件套", "床垫", "锅"):
        found = shelf(ShelfQuery(text=text, size=100))
        assert found.items, text
        assert any(text in card.title for card in found.items), text
    assert Category.objects.filter(parent__isnull=False).exists()
