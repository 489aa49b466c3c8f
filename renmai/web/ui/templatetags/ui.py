"""Template tags of the look. Each returns finished, escaped markup; the list with one-line usage stands in ``renmai.web.ui``."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import segno
from django import template
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from renmai.kernel import clock
from renmai.web.ui import formats, pictures
from renmai.web.ui.icons import ICONS

register = template.Library()

AVATAR_SIZES = {"small": (1, 24), "medium": (2, 40), "large": (3, 56), "huge": (4, 88)}
PICTURE_CLASSES = {
    "small": "thumb thumb-1",
    "thumb": "thumb",
    "large-thumb": "thumb thumb-3",
    "card": "picture",
    "full": "picture",
}


@register.simple_tag
def icon(name: str, size: str = "", *, label: str = "", filled: bool = False) -> SafeString:
    """Draw an icon of ``icons.py``. ``size``: small, large or huge. With a ``label`` it is read aloud, else it is decoration."""
    classes = "icon" + (f" icon-{size}" if size else "") + (" icon-filled" if filled else "")
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')  # nosec B308  # our own markup
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        classes,
        spoken,
        mark_safe(ICONS[name]),  # noqa: S308 - our own constants  # nosec B308 B703
    )


@register.simple_tag
def money(amount_fen: int, currency: str = "CNY", *, signed: bool = False) -> SafeString:
    """Write an amount in one piece, for tables and sentences."""
    return format_html('<span class="money">{}</span>', formats.money_text(amount_fen, currency, signed=signed))


@register.filter
def money_text(amount_fen: int, currency: str = "CNY") -> str:
    """Return an amount as plain text, for button labels and ``blocktranslate``."""
    return formats.money_text(amount_fen, currency)


@register.simple_tag
def price(amount_fen: int, currency: str = "CNY", *, size: str = "", ink: bool = False, short: bool = False) -> SafeString:
    """Write a price: ¥ small, yuan large, fen small. ``size``: small or large; ``ink`` takes the colour away."""
    parts = formats.money_parts(amount_fen, currency, short=short)
    classes = "price" + (f" price-{size}" if size else "") + (" price-ink" if ink else "")
    return format_html(
        '<span class="{}"><span class="price-sign">{}{}</span><span class="price-major">{}</span><span class="price-minor">{}</span></span>',
        classes,
        parts.minus,
        parts.sign,
        parts.major,
        parts.minor,
    )


@register.simple_tag
def reference_price(amount_fen: int, currency: str = "CNY", label: str = "") -> SafeString:
    """Write the struck-through reference price after the words that say what it refers to."""
    text = label or _("30-day low")
    return format_html('<span class="price-note">{} <del>{}</del></span>', text, formats.money_text(amount_fen, currency))


@register.simple_tag
def avatar(seed: str, size: str = "medium", *, alt: str = "") -> SafeString:
    """Show a face: drawn from ``seed``, or the picture when ``seed`` is an address. ``size``: small, medium, large, huge."""
    number, pixels = AVATAR_SIZES[size]
    return format_html(
        '<img class="avatar avatar-{}" src="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        number,
        pictures.avatar_url(seed),
        pixels,
        pixels,
        alt,
    )


@register.simple_tag
def avatar_url(seed: str) -> str:
    """Return the address of a face."""
    return pictures.avatar_url(seed)


@register.simple_tag
def product_picture(product: Any, size: str = "card", *, alt: str = "", eager: bool = False) -> SafeString:
    """Show a product: its uploaded picture (``picture_path``) or the drawing of its ``motif`` and ``picture_seed``.

    ``size``: small (48), thumb (80), large-thumb (104), card (half a phone) or full (a whole phone).
    """
    path = getattr(product, "picture_path", "")
    source = pictures.sources(path, motif=product.motif, seed=product.picture_seed, size=size)
    sizes = format_html(' srcset="{}" sizes="{}"', source.srcset, source.sizes) if source.srcset else ""
    return format_html(
        '<img class="{}" src="{}"{} width="{}" height="{}" alt="{}" {} decoding="async">',
        PICTURE_CLASSES[size],
        source.url,
        sizes,
        source.pixels,
        source.pixels,
        alt,
        mark_safe('fetchpriority="high"' if eager else 'loading="lazy"'),  # noqa: S308 - two constants  # nosec B308 B703
    )


@register.simple_tag
def scene_picture(picture: Any) -> str:
    """Return the address of an uploaded picture of a scene."""
    return pictures.sources(picture.path, motif="", seed=0, size="full").url


@register.simple_tag
def category_picture(motif: str, *, alt: str = "") -> SafeString:
    """Show the tile of a category."""
    return format_html('<img src="{}" width="56" height="56" alt="{}" loading="lazy">', pictures.tile_url(motif), alt)


@register.simple_tag
def illustration(name: str) -> str:
    """Return the address of an empty-state illustration of ``drawing/scenes.py``."""
    return pictures.illustration_url(name)


@register.simple_tag
def field(bound_field: BoundField) -> SafeString:
    """Draw one form field with label, help and its errors beside it."""
    return bound_field.as_field_group()


@register.simple_tag
def sparkline(values: Sequence[float], *, label: str = "") -> SafeString:
    """Draw the course of ``values`` (oldest first) in 96 × 28; nothing for fewer than two."""
    if len(values) < 2:
        return mark_safe("")  # nosec B308  # our own markup
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = 96 / (len(values) - 1)
    points = [f"{index * step:.1f},{25 - (value - low) / span * 22:.1f}" for index, value in enumerate(values)]
    last_x, last_y = points[-1].split(",")
    return format_html(
        '<svg class="sparkline" viewBox="0 0 96 28" role="img" aria-label="{}"><polygon class="sparkline-area" points="0,28 {} 96,28"/>'
        '<polyline class="sparkline-line" points="{}"/><circle class="sparkline-dot" cx="{}" cy="{}" r="2.2"/></svg>',
        label,
        " ".join(points),
        " ".join(points),
        last_x,
        last_y,
    )


@register.simple_tag
def bar(value: float, maximum: float, *, kind: str = "", label: str = "") -> SafeString:
    """Draw how much of ``maximum`` is reached. ``kind``: honey, coral or slate; jade without."""
    share = max(0.0, min(1.0, value / maximum)) if maximum else 0.0
    return format_html(
        '<svg class="bar{}" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="bar-track" width="100" height="8"/><rect class="bar-fill" width="{}" height="8"/></svg>',
        f" bar-{kind}" if kind else "",
        label,
        f"{share * 100:.1f}",
    )


@register.simple_tag
def qr(text: str, *, label: str = "") -> SafeString:
    """Draw ``text`` as a QR code."""
    markup = segno.make(text, error="m").svg_inline(border=1, omitsize=True, svgclass=None, lineclass=None)
    return format_html('<div class="qr" role="img" aria-label="{}">{}</div>', label or text, mark_safe(markup))  # noqa: S308  # nosec B308 B703  # our own markup


@register.simple_tag(takes_context=True)
def language_switch(context: template.Context) -> SafeString:
    """Draw the button that changes to the other language and comes back to this page (context value ``here`` where no request is)."""
    other, label = ("en", "English") if (get_language() or "").startswith("zh") else ("zh-hans", "中文")
    request = context.get("request")
    values = {
        "other": other,
        "label": label,
        "next": _where_from(request) if request else context.get("here", "/"),
        "action": reverse("set_language"),
    }
    if request is None:
        values["csrf_token"] = context.get("csrf_token", "")
    return mark_safe(render_to_string("ui/components/language.html", values, request))  # noqa: S308 - our own template  # nosec B308 B703


def _where_from(request: HttpRequest) -> str:
    """Return the address to come back to: this page's, or, when it answers a form, that of the page the form stood on."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else request.headers.get("Referer", "/")


@register.simple_tag
def moment(when: datetime) -> SafeString:
    """Write date and time (China's) in a ``<time>``."""
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), formats.moment_text(when))


@register.simple_tag
def ago(when: datetime) -> SafeString:
    """Write how long ago ``when`` was, with the exact time behind it."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', when.isoformat(), formats.moment_text(when), formats.ago_text(when)
    )


@register.simple_tag
def server_now() -> str:
    """Return the server's time for a countdown."""
    return clock.now().isoformat()


@register.simple_tag(takes_context=True)
def querystring_with(context: template.Context, **changes: object) -> str:
    """Return this page's query string with ``changes``; a value of ``None`` or an empty text takes the key away.

    Where there is no request, the page's query string is the context's ``query``.
    """
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(context["query"], mutable=True)
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None and value != "":
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def recommended(product_id: int, surface: str, rank: int, model: str, *, part: str = "") -> SafeString:
    """Return the marks of a product that was chosen for who looks: told once it is before her eyes, and when the marked element is clicked.

    ``surface`` is one of ``matching.showing.SURFACES``, ``model`` what chose it. ``part``: shown or chosen, where the two are different
    elements. Begins with a space; nothing where it is not known what chose.
    """
    if not model:
        return SafeString("")
    names = [name for name in ("shown", "chosen") if part in {"", name}]
    marks = format_html_join("", ' data-stream-{}="recommendation_{}"', [(name, name) for name in names])
    return format_html(
        '{} data-stream-product="{}" data-text-surface="{}" data-whole-rank="{}" data-text-model="{}"',
        marks,
        product_id,
        surface,
        rank,
        model,
    )


@register.simple_block_tag
def sheet(content: str, identifier: str, title: str, *, kind: str = "", open: bool = False, close_url: str = "") -> SafeString:  # noqa: A002
    """Draw a bottom sheet; ``kind`` drawer (console) or dialog. Opens by ``<a href="#identifier" data-open="identifier">``.

    Put ``<div class="sheet-body">`` and ``<div class="sheet-foot">`` (or a form with both) inside.
    """
    values = {"content": content, "id": identifier, "title": title, "kind": kind, "open": open, "close_url": close_url}
    return mark_safe(render_to_string("ui/components/sheet.html", values))  # noqa: S308 - rendered by our own templates  # nosec B308 B703


@register.simple_tag
def hidden_inputs(values: dict[str, object]) -> SafeString:
    """Write hidden inputs, to carry a query through a form."""
    return format_html_join(
        "", '<input type="hidden" name="{}" value="{}">', ((key, str(value)) for key, value in values.items())
    )
