"""Running the house in a real browser: a product from nothing to the shelf with its stock, and a setting that the law forbids."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from renmai.accounts.models import Role
from renmai.catalogue.models import Product, Sku
from renmai.policy import queries as policy
from renmai.web.console.tests import house as houses
from renmai.web.console.tests import scene as scenes
from tools.testing.browser import DESKTOP
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(page: Page, site: str) -> None:
    """Carry on as somebody who has signed in; ``test_console_browser`` shows how one does."""
    client = scenes.browser_of(scenes.member_of_staff(Role.OWNER))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def test_a_product_comes_onto_the_shelf(page_desktop: Page, site: str, tmp_path: Path, expected_console: list[str]) -> None:
    house = houses.build()
    page = page_desktop
    signed_in(page, site)
    page.goto("/console/products/")
    page.get_by_role("link", name="新建商品").click()
    assert serious(page) == []
    page.get_by_label("中文标题").fill("云雾绿茶")
    page.get_by_label("英文标题").fill("Cloud green tea")
    page.get_by_label("编码").fill("cloud-tea")
    page.locator("[name=supplier_id]").select_option(str(house.supplier_id))
    expect(page.locator("#preview")).to_contain_text("Cloud green tea")
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_role("heading", level=1, name="云雾绿茶")).to_be_visible()
    page.locator("#option-zh-1").fill("年份")
    page.locator("#option-values-1").fill("今年 | This year\n去年 | Last year")
    page.locator("#option-zh-2").fill("规格")
    page.locator("#option-values-2").fill("50克\n100克")
    page.get_by_role("button", name="按规格项生成表格").click()
    expect(page.locator("tbody tr")).to_have_count(5)
    page.locator("[name=all_price]").fill("88.00")
    page.get_by_role("button", name="向下填充: 价格").or_(page.locator("[value='fill:price']")).first.click()
    expect(page.locator("[name=price]").nth(3)).to_have_value("88.00")
    page.locator("[name=price]").nth(3).fill("168.00")
    assert serious(page) == []
    page.get_by_role("button", name="保存规格表").click()
    expect(page.get_by_text("已保存 4 个规格")).to_be_visible()
    picture = tmp_path / "tea.png"
    picture.write_bytes(houses.png(400, 400, colour="#1f7a5a"))
    page.get_by_role("link", name="图片", exact=True).click()
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_text("封面")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="上架").click()
    expect(page.get_by_text("“云雾绿茶”已上架。")).to_be_visible()
    made = Product.objects.get(code="cloud-tea")
    assert (made.status, made.lowest_price_fen, made.highest_price_fen) == (Product.Status.LISTED, 8800, 16_800)
    codes = list(Sku.objects.filter(product=made).order_by("position").values_list("code", flat=True))
    page.goto(f"/console/suppliers/{house.supplier_id}/")
    page.get_by_label("或直接粘贴内容").fill("sku_code,on_hand\n" + "\n".join(f"{code},{9}" for code in codes) + "\nno-such,1")
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.get_by_text("成功 4 行，拒绝 1 行")).to_be_visible()
    expect(page.get_by_role("cell", name="该供应商没有这个 SKU")).to_be_visible()
    assert serious(page) == []
    page.goto(f"/p/{made.pk}/")
    expect(page.locator("main").get_by_role("heading", name="云雾绿茶")).to_be_visible()
    assert list(Sku.objects.filter(product=made).values_list("stock_free", flat=True)) == [9] * 4


def test_a_setting_that_the_law_forbids(page_desktop: Page, site: str, expected_console: list[str]) -> None:
    expected_console.append("409")
    page = page_desktop
    signed_in(page, site)
    page.goto("/console/settings/")
    assert serious(page) == []
    page.get_by_role("link", name="佣金层级").click()
    page.get_by_label(re.compile("新值")).fill("3")
    effect = page.locator("#effect")
    expect(effect).to_contain_text("法规不允许这样设置")
    expect(effect).to_contain_text("禁止传销条例 第七条(三)")
    page.get_by_label("原因").fill("想要更多层级来扩大团队")
    page.get_by_role("button", name="修改").click()
    expect(page.locator(".field-error")).to_contain_text("commission.depth")
    expect(page.get_by_label("原因")).to_have_value("想要更多层级来扩大团队")
    assert serious(page) == []
    assert policy.integer("commission.depth") == 1


def test_the_audit_runs_by_itself(page_desktop: Page, site: str) -> None:
    houses.build()
    signed_in(page_desktop, site)
    page_desktop.goto("/console/audit/")
    expect(page_desktop.get_by_text("全部成立：0 处异常")).to_be_visible()
    assert serious(page_desktop) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_read_by_everybody(browser: Browser, live_server: LiveServer, site: str, scheme: str) -> None:
    house = houses.build()
    context = browser.new_context(base_url=site, locale="zh-CN", color_scheme=scheme, **DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    signed_in(page, site)
    found = {}
    for name, arguments in (
        ("products", ()),
        ("product", (house.product.pk,)),
        ("product_commission", (house.product.pk,)),
        ("sku", (house.sku.pk,)),
        ("categories", ()),
        ("suppliers", ()),
        ("freight_template", (house.template.pk,)),
        ("rules", ()),
        ("adviser", ()),
        ("alerts", ()),
        ("log", ()),
        ("staff", ()),
        ("person_new", ()),
        ("api", ()),
        ("webhook_new", ()),
    ):
        page.goto(houses.url(name, *arguments))
        problems = serious(page)
        if problems:
            found[name] = problems
    context.close()
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)


def test_the_matrix_works_without_javascript(browser: Browser, live_server: LiveServer, site: str) -> None:
    house = houses.build()
    context = browser.new_context(base_url=site, locale="zh-CN", java_script_enabled=False, **DESKTOP)
    page = context.new_page()
    signed_in(page, site)
    page.goto(houses.url("product_variants", house.product.pk))
    page.locator("#option-values-1").fill("50克\n100克\n250克")
    page.get_by_role("button", name="按规格项生成表格").click()
    expect(page.locator("[name=price]")).to_have_count(3)
    page.locator("[name=price]").nth(2).fill("230")
    page.get_by_role("button", name="保存规格表").click()
    expect(page.get_by_text("已保存 3 个规格")).to_be_visible()
    context.close()
    assert Sku.objects.get(product=house.product, options_zh="250克").price_fen == 23_000
