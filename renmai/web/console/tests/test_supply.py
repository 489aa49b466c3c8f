"""Pictures, stock, feeds, commission, shelves and freight: what cannot be read is told, what is typed is tried before it is kept."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from renmai.accounts.models import ActLog, Role
from renmai.catalogue import actions
from renmai.catalogue.actions.pools import open_pool
from renmai.catalogue.models import (
    Category,
    FreightTemplate,
    Product,
    ProductPicture,
    Sku,
    StockMovement,
    Supplier,
    SupplierFeed,
)
from renmai.catalogue.tests.factories import make_category, make_product, make_sku
from renmai.distribution.models import ProductRate
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert
from renmai.web.console import words
from renmai.web.console.tests import house as houses
from renmai.web.console.tests import scene as scenes
from renmai.web.console.tests.house import House, url, zone_fields
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def _bomb() -> bytes:
    """A PNG of 30,000 × 30,000 pixels in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (SVG, 415),
        (b"GIF89a<script>", 400),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, 400),
        (_bomb(), 413),
        (b"\xff\xd8\xff" + b"\0" * (8 * 1024 * 1024), 413),
        (b"PK\x03\x04zip", 415),
    ],
    ids=["svg", "gif with markup", "broken", "bomb", "huge", "zip"],
)
def test_what_is_no_picture_is_named_and_the_rest_is_kept(house: House, owner: Client, content: bytes, status: int) -> None:
    good = SimpleUploadedFile("good.png", houses.png(50, 50, colour="#1f7a5a"), "image/png")
    bad = SimpleUploadedFile("<b>bad.png", content, "image/png")
    answer = owner.post(url("product_pictures", house.product.pk), {"pictures": [bad, good]})
    page = text_of(answer)
    assert answer.status_code == status
    assert "&lt;b&gt;bad" in page
    assert "<b>bad" not in page
    assert "<script>alert" not in page
    assert ProductPicture.objects.filter(product=house.product).count() == 2


def test_pictures_are_written_anew_moved_and_taken_off(house: House, owner: Client) -> None:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (60, 40)).save(buffer, "JPEG", exif=exif)
    owner.post(url("product_pictures", house.product.pk), {"pictures": SimpleUploadedFile("a.jpg", buffer.getvalue())})
    first, second = ProductPicture.objects.filter(product=house.product).order_by("position")
    owner.post(url("picture_move", house.product.pk, second.pk), {"to": "left"})
    assert [row.pk for row in ProductPicture.objects.order_by("position")] == [second.pk, first.pk]
    assert ActLog.objects.filter(act="catalogue.pictures_ordered").count() == 1
    other = make_product()
    assert owner.post(url("picture_remove", other.pk, first.pk)).status_code == 404
    assert owner.post(url("picture_remove", house.product.pk, first.pk)).status_code == 302
    assert list(ProductPicture.objects.values_list("pk", flat=True)) == [second.pk]
    assert owner.post(url("product_pictures", house.product.pk)).status_code == 400, "nothing chosen"


def test_a_thirteenth_picture_is_refused(house: House, owner: Client) -> None:
    files = [SimpleUploadedFile(f"{n}.png", houses.png(20 + n, 20)) for n in range(13)]
    answer = owner.post(url("product_pictures", house.product.pk), {"pictures": files})
    assert answer.status_code == 409
    assert ProductPicture.objects.filter(product=house.product).count() == 12
    assert "12" in text_of(answer)


def test_the_effect_of_a_price_is_what_happens(house: House, owner: Client, moving_clock: MovingClock) -> None:
    made = make_sku(price_fen=2000)
    moving_clock.advance(days=20)
    actions.set_price(house.owner, made.pk, price_fen=1500)
    moving_clock.advance(days=5)
    effect = owner.get(url("sku", made.pk), {"price_fen": "12.00"}).context["effect"]
    assert (effect["reference_fen"], effect["change"], effect["is_far"]) == (1500, "-20%", False)
    owner.post(url("sku_price", made.pk), {"price_fen": "12.00"})
    made.refresh_from_db()
    assert made.reference_price_fen == 1500
    up = owner.get(url("sku", made.pk), {"price_fen": "39.00"}).context["effect"]
    assert (up["reference_fen"], up["is_far"]) == (None, True)
    assert owner.get(url("sku", made.pk), {"price_fen": "<x>"}).context["effect"] is None


def test_stock_is_counted_for_a_reason(house: House, owner: Client) -> None:
    assert owner.post(url("sku_count", house.sku.pk), {"on_hand": "12"}).status_code == 400
    assert owner.post(url("sku_count", house.sku.pk), {"on_hand": "-1", "reason": "x"}).status_code == 400
    assert owner.post(url("sku_count", house.sku.pk), {"on_hand": "9" * 12, "reason": "x"}).status_code == 400
    assert owner.post(url("sku_count", house.sku.pk), {"on_hand": "12", "reason": "盘点"}).status_code == 302
    house.sku.refresh_from_db()
    assert house.sku.stock_free == 12
    newest = StockMovement.objects.filter(sku=house.sku).latest("pk")
    assert newest.free_change == -28
    assert ActLog.objects.latest("pk").detail == {"on_hand": 12, "reason": "盘点"}
    assert "手工盘点" in text_of(owner.get(url("sku", house.sku.pk)))


def test_a_feed_reports_line_by_line(house: House, owner: Client) -> None:
    feed = f"sku_code,on_hand,title\n{house.sku.code},7,=cmd()\nno-such,3,\n{house.sku.code},9,\nother,many,\n"
    answer = owner.post(url("supplier_feed", house.supplier_id), {"text": feed}, follow=True)
    page = text_of(answer)
    assert SupplierFeed.objects.get().rows_applied == 1
    assert [line["line"] for line in SupplierFeed.objects.get().report] == [4, 5, 3]
    for sentence in ("该供应商没有这个 SKU", "文件中该 SKU 重复出现", "on_hand 不是整数"):
        assert sentence in page
    again = owner.post(url("supplier_feed", house.supplier_id), {"text": feed}, follow=True)
    assert "该文件已导入过" in text_of(again)
    assert SupplierFeed.objects.count() == 1
    house.sku.refresh_from_db()
    assert house.sku.stock_free == 7


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00garbage", b"a,b\n1,2", b"sku_code\nx", b"\x00\x01\x02", houses.png(), b'sku_code,on_hand\n"unclosed'],
    ids=["empty", "binary", "other columns", "one column", "zeros", "picture", "open quote"],
)
def test_garbage_in_a_feed_is_told_beside_the_file(house: House, owner: Client, content: bytes) -> None:
    before = list(Sku.objects.order_by("pk").values_list("stock_free", flat=True))
    file = SimpleUploadedFile("feed.csv", content, "text/csv")
    answer = owner.post(url("supplier_feed", house.supplier_id), {"file": file})
    assert answer.status_code in {302, 400}
    assert (answer.status_code == 302) == (b"unclosed" in content)
    assert list(Sku.objects.order_by("pk").values_list("stock_free", flat=True)) == before


def test_a_feed_in_the_spreadsheet_s_own_encoding_is_read(house: House, owner: Client) -> None:
    content = f"sku_code,on_hand,品名\n{house.sku.code},5,龙井\n".encode("gb18030")
    owner.post(url("supplier_feed", house.supplier_id), {"file": SimpleUploadedFile("库存.csv", content)})
    house.sku.refresh_from_db()
    assert house.sku.stock_free == 5


def test_the_template_of_a_feed_is_a_feed_without_formulas(house: House, owner: Client) -> None:
    Product.objects.filter(pk=house.product.pk).update(title_zh="=1+1")
    content = owner.get(url("supplier_template", house.supplier_id)).content.decode("utf-8-sig")
    assert f"{house.sku.code},40,'=1+1 50克" in content
    owner.post(url("supplier_feed", house.supplier_id), {"text": content})
    assert SupplierFeed.objects.get().rows_refused == 0


def test_the_commission_is_tried_before_it_is_kept(house: House, owner: Client) -> None:
    page = owner.get(url("product_commission", house.product.pk), {"basis_points": "7.5"})
    asked = page.context["asked"]
    assert (asked.rate.basis_points, asked.lowest_fen, asked.highest_fen) == (750, 435, 810)
    assert not asked.decision.is_refused
    over = owner.get(url("product_commission", house.product.pk), {"basis_points": "30.01"}).context["asked"]
    assert over.decision.is_refused
    answer = owner.post(url("product_commission", house.product.pk), {"basis_points": "30.01"})
    assert answer.status_code == 409
    assert "commission.ratio" in text_of(answer)
    assert "直销管理条例" in text_of(answer)
    assert not ProductRate.objects.exists()
    for wrong in ("", "-1", "x", "1e3"):
        assert owner.post(url("product_commission", house.product.pk), {"basis_points": wrong}).status_code == 400
    assert owner.post(url("product_commission", house.product.pk), {"basis_points": "7.5"}).status_code == 302
    assert ProductRate.objects.get().basis_points == 750
    owner.post(url("product_commission", house.product.pk), {"act": "default"})
    assert not ProductRate.objects.exists()


def test_a_product_leaves_the_shelf_for_a_reason(house: House, owner: Client) -> None:
    empty = owner.post(url("product_delist", house.product.pk), {"reason": ""})
    assert empty.status_code == 400
    assert "data-open-now" in text_of(empty)
    assert owner.post(url("product_delist", house.product.pk), {"reason": "过季"}).status_code == 302
    assert ActLog.objects.latest("pk").detail == {"reason": "过季"}
    twice = owner.post(url("product_delist", house.product.pk), {"reason": "过季"}, follow=True)
    assert DomainError("catalogue.status").sentence in text_of(twice)


def test_shelves_have_two_levels_and_an_order(house: House, owner: Client) -> None:
    top = house.product.category
    fields = {"name_zh": "绿茶", "name_en": "Green tea", "slug": "green-tea", "parent_id": top.pk, "motif": ""}
    assert owner.post(url("categories"), fields).status_code == 302
    green = Category.objects.get(slug="green-tea")
    assert green.parent_id == top.pk
    third = fields | {"slug": "third", "parent_id": green.pk}
    assert owner.post(url("categories"), third).status_code == 400, "only shelves on top are offered"
    assert owner.post(url("categories"), fields).status_code == 409
    assert owner.post(url("category", top.pk), fields | {"slug": "tea", "parent_id": top.pk}).status_code == 400
    second = make_category()
    owner.post(url("category_move", second.pk), {"to": "up"})
    assert list(Category.objects.filter(parent=None).order_by("position").values_list("pk", flat=True)) == [second.pk, top.pk]


def test_freight_is_tried_out_before_it_is_kept(house: House, owner: Client) -> None:
    parcel = {"to": "440000", "weight": "1600", "amount": "50", "act": "try"}
    result = owner.post(url("freight_new"), zone_fields(**parcel)).context["result"]
    assert (result.fee_fen, result.reason) == (800 + 2 * 250, "by_weight")
    free = owner.post(url("freight_new"), zone_fields(**parcel | {"amount": "99"})).context["result"]
    assert (free.fee_fen, free.reason) == (0, "free_over")
    far = zone_fields(**parcel, zones="2", province_0=["650000"], first_grams_1="1000", next_grams_1="1000")
    not_there = owner.post(url("freight_new"), far).context["result"]
    assert not_there.reason == "not_served", "the second zone is not served"
    assert FreightTemplate.objects.count() == 1
    assert owner.post(url("freight_new"), zone_fields()).status_code == 302
    assert FreightTemplate.objects.get(code="standard").zones.get().next_fee_fen == 250
    assert owner.post(url("freight_new"), zone_fields(name_zh="另一个")).status_code == 409, "a new one never replaces another"
    assert FreightTemplate.objects.get(code="standard").name_zh == "快递"


@pytest.mark.parametrize(
    "changed",
    [
        {"first_grams_0": "0"},
        {"first_fee_0": "-1"},
        {"next_grams_0": "9" * 20},
        {"zones": "2", "first_grams_1": "1", "next_grams_1": "1"},
        {"name_zh": ""},
    ],
)
def test_wrong_zones_are_told(house: House, owner: Client, changed: dict[str, str]) -> None:
    answer = owner.post(url("freight_new"), zone_fields(**changed))
    assert answer.status_code == 400
    assert not FreightTemplate.objects.filter(code="standard").exists()


def test_a_supplier_is_taken_on_and_changed(house: House, owner: Client) -> None:
    fields = {
        "name_zh": "山里人",
        "name_en": "Hill folk",
        "code": "hill",
        "region_code": "440300",
        "ship_within_hours": "24",
        "is_active": "on",
    }
    owner.post(url("supplier_new"), fields)
    made = Supplier.objects.get(code="hill")
    assert (made.region_id, made.ship_within_hours, made.is_active) == ("440300", 24, True)
    assert owner.post(url("supplier_new"), fields).status_code == 409
    assert owner.post(url("supplier_edit", made.pk), fields | {"ship_within_hours": "0"}).status_code == 400
    assert owner.post(url("supplier_edit", made.pk), fields | {"region_code": "999999"}).status_code == 400


def test_lists_are_found_by_what_one_knows(house: House, owner: Client) -> None:
    other = make_product("苹果", listed=False)
    low = make_sku(make_product("桃"), stock=1).product

    def titles(**query: str | int) -> list[str]:
        return [row.product.title_zh for row in owner.get(url("products"), query).context["page"]]

    assert titles() == ["桃", "苹果", "龙井茶"]
    assert titles(q="龙井") == ["龙井茶"]
    assert titles(q=house.sku.code) == ["龙井茶"]
    assert titles(status="draft") == ["苹果"]
    assert titles(status="low") == ["桃", "龙井茶"]
    assert titles(supplier=low.supplier_id) == ["桃"]
    assert titles(category=other.category_id) == ["苹果"]
    assert titles(q="%", category="x", supplier="-1", page="999999999999999999999") == []
    assert titles(q="\x00") == ["桃", "苹果", "龙井茶"]


def test_whoever_feeds_stock_counts_without_editing(house: House) -> None:
    packer = scenes.browser_of(scenes.member_of_staff(Role.FULFILMENT))
    page = text_of(packer.get(url("sku", house.sku.pk)))
    assert url("sku_count", house.sku.pk) in page
    assert url("sku_price", house.sku.pk) not in page
    assert f'href="{url("products")}"' not in page
    assert packer.post(url("sku_count", house.sku.pk), {"on_hand": "3", "reason": "x"}).status_code == 302


def test_fewer_pieces_than_reserved_raise_an_alert(house: House, owner: Client) -> None:
    actions.reserve("R1", [actions.StockWant(house.sku.pk, 5)])
    answer = owner.post(url("sku_count", house.sku.pk), {"on_hand": "3", "reason": "flood"}, follow=True)
    assert "已生成预警" in text_of(answer)
    assert Alert.objects.filter(code="stock.shortage", subject=house.sku.code, resolved_at=None).exists()


@pytest.mark.parametrize(("on_hand", "free", "is_short"), [(7, 0, True), (8, 0, False), (9, 1, False)])
def test_pieces_in_pools_lie_on_the_shelf_too(owner: Client, house: House, on_hand: int, free: int, is_short: bool) -> None:
    """Five are set aside for a hot sale, two of these are held there, and three are reserved for orders from the shelf."""
    sku = make_sku(make_product(), stock=20)
    pool = open_pool(sku.pk, reference="sale", pieces=5)
    actions.reserve("T1", [actions.StockWant(sku.pk, 2, pool.pk)])
    actions.reserve("O1", [actions.StockWant(sku.pk, 3)])
    page = owner.get(url("sku", sku.pk), headers={"accept-language": "en"}).content.decode()
    assert "less 3 reserved and 5 set aside for campaigns" in page
    form = {"on_hand": str(on_hand), "reason": "counted twice"}
    done = owner.post(url("sku_count", sku.pk), form, follow=True, headers={"accept-language": "en"}).content.decode()
    assert ("That is fewer than are reserved or set aside" in done) == is_short
    assert Sku.objects.get(pk=sku.pk).stock_free == free
    assert Alert.objects.filter(subject=sku.code).exists() == is_short


def test_every_move_of_pieces_has_words() -> None:
    assert set(words.MOVEMENTS) == set(StockMovement.Kind)
