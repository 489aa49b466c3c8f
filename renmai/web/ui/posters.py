"""The poster an agent saves to her phone: 1080 × 1440, the product, who recommends it, the price, a QR code and the disclosure."""

import base64
import io
from dataclasses import dataclass

import segno
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from renmai.web.ui import pictures
from renmai.web.ui.drawing.canvas import polygon
from renmai.web.ui.drawing.portraits import draw_portrait
from renmai.web.ui.drawing.products import draw_product
from renmai.web.ui.formats import money_parts
from renmai.web.ui.typesetting import LANGUAGE, font, width_of, wrap

WIDTH, HEIGHT = 1080, 1440
PICTURE_PIXELS = 984
MAX_LINK = 500
MAX_PICTURE_PIXELS = 40_000_000

PAPER, CARD, INK, MUTED, LINE = "#fbf8f3", "#ffffff", "#22201c", "#6b655c", "#e9e2d6"
HONEY, HONEY_TINT, CORAL = "#f0a202", "#fdf1d7", "#bd3a1e"


@dataclass(frozen=True, kw_only=True)
class PosterContent:
    """Everything a poster says; plain values, no rows.

    ``picture`` holds the bytes of an uploaded picture (JPEG, PNG or WebP); without it the drawing of ``motif`` and ``picture_seed`` is
    shown. ``avatar`` likewise, else the face of ``avatar_seed``. Without a ``price_fen`` (a whole shop) only the note is
    written. ``link`` is what the QR code opens, at most 500 characters.
    """

    title: str
    price_fen: int | None
    currency: str
    agent_name: str
    avatar_seed: str
    link: str
    disclosure: str
    motif: str = ""
    picture_seed: int = 0
    picture: bytes | None = None
    avatar: bytes | None = None
    voice: str = ""
    price_note: str = ""


@dataclass(frozen=True)
class Line:
    """A line of text: where its baseline begins, its size in pixels and its colour."""

    x: float
    y: float
    size: int
    text: str
    colour: str


@dataclass(frozen=True)
class Part:
    """A part of the poster: shapes as SVG, and lines of text that are set over them in Chinese letter forms."""

    shapes: str
    lines: tuple[Line, ...] = ()


def poster_png(content: PosterContent) -> bytes:
    """Return the poster as PNG, 1080 × 1440. Same content, same bytes. Raises ``ValueError`` for a link that is too long."""
    if not 0 < len(content.link) <= MAX_LINK:
        raise ValueError(f"a poster's link has 1 to {MAX_LINK} characters")
    parts = (_frame(), _picture(content), _agent(content), _offer(content), _code(content.link), _disclosure(content.disclosure))
    shapes = "".join(part.shapes for part in parts)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{shapes}</svg>'
    with Image.open(io.BytesIO(pictures.rasterise(svg, WIDTH))) as drawn:
        image = drawn.convert("RGB")
    pen = ImageDraw.Draw(image)
    for line in (line for part in parts for line in part.lines):
        pen.text((line.x, line.y), line.text, fill=line.colour, font=font(line.size), anchor="ls", language=LANGUAGE)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _image(href: str, box: tuple[int, int, int, int], clip: str) -> str:
    x, y, w, h = box
    return f'<image x="{x}" y="{y}" width="{w}" height="{h}" preserveAspectRatio="xMidYMid slice" clip-path="url(#{clip})" href="{href}"/>'


def _svg_address(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _photo_address(content: bytes, pixels: int) -> str:
    """Return an uploaded picture, scaled down so that memory stays bounded, as an address. Raises ``ValueError`` when it is huge."""
    with Image.open(io.BytesIO(content)) as image:
        if image.width * image.height > MAX_PICTURE_PIXELS:
            raise ValueError("the picture is too large for a poster")
        image.thumbnail((pixels * 2, pixels * 2))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()


def _frame() -> Part:
    cells = []
    for column, row, opacity in ((0, 0, 0.2), (1, 0, 0.12), (0, 1, 0.1), (11, 21, 0.2), (10, 21, 0.12), (11, 20, 0.1)):
        cx, cy, r = 30 + column * 96 + (row % 2) * 48, 26 + row * 66, 50
        points = [
            (cx + px * r, cy + py * r) for px, py in ((0, -1), (0.87, -0.5), (0.87, 0.5), (0, 1), (-0.87, 0.5), (-0.87, -0.5))
        ]
        cells.append(f'<path d="{polygon(*points)}" fill="{HONEY}" opacity="{opacity}"/>')
    return Part(
        "<defs>"
        '<clipPath id="top"><path d="M48 88A40 40 0 0 1 88 48H992A40 40 0 0 1 1032 88V776H48Z"/></clipPath>'
        '<clipPath id="face"><circle cx="166" cy="786" r="70"/></clipPath>'
        '<linearGradient id="veil" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#3a2c18" stop-opacity="0"/>'
        '<stop offset="1" stop-color="#3a2c18" stop-opacity=".16"/></linearGradient>'
        "</defs>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>{"".join(cells)}'
        f'<rect x="46" y="56" width="988" height="1344" rx="42" fill="#3a2c18" opacity=".06"/>'
        f'<rect x="48" y="48" width="984" height="1344" rx="40" fill="{CARD}"/>'
    )


def _picture(content: PosterContent) -> Part:
    if content.picture is not None:
        href = _photo_address(content.picture, PICTURE_PIXELS)
    else:
        href = _svg_address(draw_product(pictures.known_motif(content.motif), content.picture_seed))
    return Part(_image(href, (48, -60, 984, 884), "top") + '<rect x="48" y="636" width="984" height="140" fill="url(#veil)"/>')


def _agent(content: PosterContent) -> Part:
    href = _photo_address(content.avatar, 140) if content.avatar is not None else _svg_address(draw_portrait(content.avatar_seed))
    shapes = f'<circle cx="166" cy="786" r="80" fill="{CARD}"/>' + _image(href, (96, 716, 140, 140), "face")
    name = wrap(_("%(name)s recommends") % {"name": content.agent_name}, size=34, width=740, lines=1)
    lines = [Line(268, 834, 34, text, INK) for text in name]
    voice = wrap(content.voice, size=32, width=836, lines=2) if content.voice else []
    if voice:
        shapes += f'<path d="M150 886l22-20 22 20Z" fill="{HONEY_TINT}"/>'
        shapes += f'<rect x="96" y="882" width="888" height="{40 + 46 * len(voice)}" rx="22" fill="{HONEY_TINT}"/>'
        lines += [Line(122, 934 + 46 * index, 32, text, INK) for index, text in enumerate(voice)]
    return Part(shapes, tuple(lines))


def _offer(content: PosterContent) -> Part:
    top = 1084 if content.voice else 1000
    lines = [
        Line(96, top + 56 * index, 42, text, INK) for index, text in enumerate(wrap(content.title, size=42, width=600, lines=2))
    ]
    x, y = 96.0, 1234
    if content.price_fen is not None:
        money = money_parts(content.price_fen, content.currency)
        for text, size in ((money.minus + money.sign, 38), (money.major, 76), (money.minor, 38)):
            lines.append(Line(x, y, size, text, CORAL))
            x += width_of(text, size) + 3
        x += 16
    if content.price_note and x < 616:
        lines += [Line(x, y, 26, text, MUTED) for text in wrap(content.price_note, size=26, width=706 - x, lines=1)]
    return Part("", tuple(lines))


def _code(link: str) -> Part:
    """Draw the QR code with its quiet zone, bottom right."""
    code = segno.make(link, error="m", boost_error=False)
    quiet, box, x, y = 2, 236, 748, 1056
    module = box / (len(code.matrix) + 2 * quiet)
    dark = "".join(
        f"M{column} {row}h1v1h-1z" for row, cells in enumerate(code.matrix) for column, cell in enumerate(cells) if cell
    )
    hint = _("Press and hold to open")
    shapes = (
        f'<rect x="{x - 12}" y="{y - 12}" width="{box + 24}" height="{box + 24}" rx="20" fill="{CARD}" stroke="{LINE}" stroke-width="2"/>'
        f'<path transform="translate({x + module * quiet:.2f} {y + module * quiet:.2f}) scale({module:.4f})" d="{dark}" fill="{INK}" '
        'shape-rendering="crispEdges"/>'
    )
    return Part(shapes, (Line(x + (box - width_of(hint, 22)) / 2, y + box + 46, 22, hint, MUTED),))


def _disclosure(text: str) -> Part:
    lines = wrap(text, size=23, width=604, lines=3)
    return Part(
        f'<path d="M96 1272H700" stroke="{LINE}" stroke-width="2"/>',
        tuple(Line(96, 1310 + 30 * index, 23, line, MUTED) for index, line in enumerate(lines)),
    )
