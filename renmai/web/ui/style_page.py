"""Sample values for the living style page: nothing here is read from the database."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from renmai.kernel import clock
from renmai.web.ui.drawing.products import MOTIFS
from renmai.web.ui.drawing.scenes import ILLUSTRATIONS
from renmai.web.ui.icons import ICONS
from renmai.web.ui.navigation import Cell, Column, Crumb, NavigationGroup, Tab, TimelineItem


@dataclass(frozen=True)
class Sample:
    """A product as the pictures need it."""

    title: str
    motif: str
    picture_seed: int
    price_fen: int


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="收货人", max_length=20, help_text="与身份证一致, 便于自提")
    phone = forms.CharField(label="手机号")
    region = forms.ChoiceField(label="地区", choices=[("33", "浙江省"), ("32", "江苏省")])
    note = forms.CharField(label="备注", widget=forms.Textarea, required=False)
    way = forms.ChoiceField(label="配送", choices=[("d", "快递"), ("p", "自提")], widget=forms.RadioSelect)
    default = forms.BooleanField(label="设为默认地址", required=False)


def _tabs() -> list[Tab]:
    return [
        Tab("首页", "home", "#1", current=True),
        Tab("逛", "compass", "#2"),
        Tab("拼团", "group", "#3"),
        Tab("购物车", "cart", "#4", count=3),
        Tab("我的", "person", "#5"),
    ]


def _timeline() -> list[TimelineItem]:
    now = clock.now()
    return [
        TimelineItem("已付款", "done", now - timedelta(days=2)),
        TimelineItem("已发货", "now", now - timedelta(hours=4), "顺丰 SF1234567890", "#track"),
        TimelineItem("待收货", "todo", None, "10 天后自动确认收货"),
    ]


def _navigation() -> list[NavigationGroup]:
    return [
        NavigationGroup("", (Tab("概览", "chart", "#", current=True), Tab("订单", "receipt", "#", count=12))),
        NavigationGroup("商品", (Tab("商品", "tag", "#"), Tab("供应商", "factory", "#"), Tab("运费", "truck", "#"))),
        NavigationGroup("资金", (Tab("提现", "wallet", "#", count=2), Tab("账本", "audit", "#"), Tab("规则", "scale", "#"))),
    ]


def _rows() -> list[list[Cell]]:
    return [
        [
            Cell(f"R26112{n:04d}", "#"),
            Cell("已发货" if n % 2 else "待发货", kind="good" if n % 2 else "warn"),
            Cell(f"¥{n * 37}.00", number=True),
        ]
        for n in range(1, 7)
    ]


def context(request: HttpRequest) -> dict[str, object]:
    """Return the sample values. ``?seed=N`` changes every product drawing."""
    seed = int(request.GET["seed"]) if request.GET.get("seed", "").isdecimal() else 0
    form = SampleForm({"name": "", "phone": "138", "region": "33"})
    return {
        "tabs": _tabs(),
        "navigation": _navigation(),
        "search_url": request.path,
        "products": [Sample(name, name, seed + index, 1990 + index * 730) for index, name in enumerate(sorted(MOTIFS))],
        "illustrations": ILLUSTRATIONS,
        "icons": sorted(ICONS),
        "seeds": [f"face-{seed}-{index}" for index in range(24)],
        "timeline": _timeline(),
        "steps": ["地址", "配送", "确认", "付款"],
        "form": form,
        "columns": [Column("订单"), Column("状态"), Column("金额", number=True, sort_url="#", sorted="descending")],
        "rows": _rows(),
        "crumbs": [Crumb("订单", "#"), Crumb("R261121-0001")],
        "values": [3, 5, 4, 8, 7, 12, 11, 15],
        "page": Paginator(range(100), 10).page(3),
        "soon": clock.now() + timedelta(hours=5),
    }
