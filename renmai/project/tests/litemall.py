"""Turns the catalogue of a real shop, kept as SQL inserts outside this repository, into the CSV that the import reads."""

import csv
import io
import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "litemall_catalogue"
DATA = FOLDER / "litemall_data.sql.xz"
COLUMNS = (
    "product_code",
    "sku_code",
    "category",
    "supplier",
    "supplier_name",
    "title_zh",
    "subtitle_zh",
    "brand",
    "keywords",
    "options",
    "price",
    "stock",
    "listed",
    "commission_bps",
)

_INSERT = re.compile(r"INSERT INTO `(\w+)` VALUES ")
_TOKEN = re.compile(r"'((?:[^'\\]|\\.|'')*)'|(\()|(\))|([^,();\s]+)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def tables() -> dict[str, list[tuple[str | None, ...]]]:
    """Return the rows of every table in the dump."""
    found: dict[str, list[tuple[str | None, ...]]] = {}
    with lzma.open(DATA, "rt", encoding="utf-8") as file:
        for line in file:
            match = _INSERT.match(line)
            if match:
                found.setdefault(match[1], []).extend(_rows(line[match.end() :]))
    return found


def as_csv() -> str:
    """Return the goods of the dump that have a price, one line per variant."""
    data = tables()
    categories = {row[0]: (str(row[1]), row[4]) for row in data["litemall_category"]}
    brands = {row[0]: str(row[1]) for row in data["litemall_brand"]}
    names: dict[str | None, list[str]] = {}
    for row in data["litemall_goods_specification"]:
        known = names.setdefault(row[1], [])
        if str(row[2]) not in known:
            known.append(str(row[2]))
    goods = {row[0]: row for row in data["litemall_goods"]}
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    for variant in sorted(data["litemall_goods_product"], key=lambda row: (int(str(row[1])), int(str(row[0])))):
        product = goods[variant[1]]
        chosen = json.loads(str(variant[2]))
        writer.writerow(
            {
                "product_code": f"lm-{product[0]}",
                "sku_code": f"lm-{product[0]}-{variant[0]}",
                "category": _path(categories, product[3]),
                "supplier": f"brand-{product[4]}",
                "supplier_name": brands.get(product[4], "自营"),
                "title_zh": product[2],
                "subtitle_zh": product[7],
                "brand": brands.get(product[4], ""),
                "keywords": product[6],
                "options": "; ".join(f"{name}={value}" for name, value in zip(names[variant[1]], chosen, strict=True)),
                "price": variant[3],
                "stock": variant[4],
                "listed": product[8],
                "commission_bps": "800",
            }
        )
    return file.getvalue()


def _path(categories: dict[str | None, tuple[str, str | None]], category_id: str | None) -> str:
    if category_id not in categories:
        return ""
    name, above = categories[category_id]
    return f"{categories[above][0]}/{name}" if above in categories else name


def _rows(values: str) -> Iterator[tuple[str | None, ...]]:
    row: list[str | None] = []
    for quoted, opens, closes, bare in _TOKEN.findall(values):
        if opens:
            row = []
        elif closes:
            yield tuple(row)
        elif bare:
            row.append(None if bare == "NULL" else bare)
        else:
            row.append(re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), quoted.replace("''", "'")))
