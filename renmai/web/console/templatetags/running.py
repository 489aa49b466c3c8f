"""Tags of the pages that run the house."""

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from renmai.catalogue.models import Product, Sku, StockMovement
from renmai.policy.rules import Rule
from renmai.web.console import amounts, words
from renmai.web.console.freight_form import ZoneDraft

register = template.Library()

ZONE_FIELDS: tuple[tuple[str, "str | Promise"], ...] = (
    ("first_grams", _("First weight, g")),
    ("first_fee", _("First fee, ¥")),
    ("next_grams", _("Every further weight, g")),
    ("next_fee", _("costs, ¥")),
    ("free_over", _("Free from, ¥ (empty: never)")),
)

PRODUCT_TONES = {Product.Status.DRAFT: "info", Product.Status.LISTED: "good", Product.Status.DELISTED: ""}


@register.simple_tag
def product_status(product: Product) -> SafeString:
    """Draw whether a product is on sale."""
    tone = PRODUCT_TONES[Product.Status(product.status)]
    return format_html('<span class="badge{}">{}</span>', f" badge-{tone}" if tone else "", product.get_status_display())


@register.filter
def is_low(sku: Sku, below: int) -> bool:
    """Whether a variant that is switched on is short of stock."""
    return sku.is_active and sku.stock_free < below


@register.filter
def moved(change: int) -> str:
    """Write a change of pieces with its sign; a dash for none."""
    return f"{change:+d}".replace("-", "\N{MINUS SIGN}") if change else "–"


@register.filter
def movement_kind(movement: StockMovement) -> str:
    """Say what kind of move it was."""
    return words.movement(movement)


@register.filter
def percent(basis_points: int) -> str:
    """Write basis points as a percentage: ``7.5 %``."""
    return f"{amounts.percent(basis_points)} %"


@register.filter
def of_row(rows: dict[int, object], row_id: int) -> object | None:
    """Return what belongs to one row of a table of others; None when nothing does."""
    return rows.get(row_id)


@register.filter
def act_label(act: str) -> str:
    """Say what an act of the log was."""
    return words.act(act)


@register.filter
def object_label(object_type: str) -> str:
    """Say what kind of thing an act touched."""
    return words.thing(object_type)


@register.filter
def alert_label(code: str) -> str:
    """Say what an alert is about."""
    return words.alert(code)


@register.filter
def alert_advice(code: str) -> str:
    """Say what to do about an alert."""
    return words.advice(code)


@register.filter
def limit(rule: Rule) -> str:
    """Write what a rule allows, in the unit in which people think."""
    return words.limit(rule)


@register.filter
def feed_reason(reason: str) -> str:
    """Say in the active language why a line of a feed was refused."""
    return words.translated(reason)


@register.filter
def zone_fields(zone: ZoneDraft) -> list[tuple[str, "str | Promise", str, str]]:
    """Return the fields of a zone: name, label, what was typed, what is wrong with it."""
    return [(name, label, getattr(zone, name), zone.errors.get(name, "")) for name, label in ZONE_FIELDS]
