"""Illustrations of empty states and errors: a comb of honey cells around one small thing. Pure and deterministic."""

from math import cos, radians, sin

from renmai.web.ui.drawing.canvas import Canvas, polygon
from renmai.web.ui.drawing.colour import darken, lighten

HONEY = "#f0a202"
JADE = "#1f7a5a"
CORAL = "#d9482b"
SLATE = "#35506b"
PAPER = "#fffaf0"

ILLUSTRATIONS = ("empty", "cart", "search", "orders", "people", "income", "message", "done", "error", "lost", "wait")


def draw_illustration(name: str) -> str:
    """Return the SVG of ``name``. Raises ``KeyError`` for an unknown one."""
    c = Canvas(f"scene/{name}", side=240)
    _comb(c, name)
    DRAWINGS[name](c)
    return c.svg()


def _hexagon(cx: float, cy: float, r: float) -> str:
    return polygon(
        *((cx + px * r, cy + py * r) for px, py in ((0, -1), (0.866, -0.5), (0.866, 0.5), (0, 1), (-0.866, 0.5), (-0.866, -0.5)))
    )


def _comb(c: Canvas, name: str) -> None:
    for index in range(14):
        angle = radians(index * 360 / 14 + 8)
        distance = (84, 96)[index % 2]
        cx, cy, r = 120 + distance * cos(angle), 120 + distance * sin(angle), (23, 17)[index % 2]
        look = c.random.random()
        if look < 0.4:
            c.path(_hexagon(cx, cy, r), c.linear((0, "#fbe3ae"), (1, "#f6cc74"), to=(0.5, 1)), opacity=0.75)
        elif look < 0.72:
            c.path(_hexagon(cx, cy, r), "#fdf1d7")
        else:
            c.add(
                f'<path d="{_hexagon(cx, cy, r * 0.94)}" fill="none" stroke="{HONEY}" stroke-width="1.6" stroke-dasharray="4 4" opacity="0.6"/>'
            )
    c.path(_hexagon(120, 126, 66), "#c98b1d", opacity=0.16)
    c.path(_hexagon(120, 120, 66), c.linear((0, "#fffdf8"), (1, "#fdf0d2"), to=(0.4, 1)), stroke="#f3d698", width=2)


def _empty(c: Canvas) -> None:
    c.shadow(122, 154, 44, strength=0.25)
    c.carton((92, 108, 48, 42), "#d3a56b", depth=18)
    c.path("M92 108l-12 10M140 108l12-8", stroke=darken("#d3a56b", 0.2), width=3)
    c.leaf(122, 98, 26, -70, JADE)
    c.leaf(120, 98, 20, -120, "#5a9a78")


def _cart(c: Canvas) -> None:
    c.shadow(122, 156, 42, strength=0.25)
    c.path("M88 104H152L146 152H94Z", c.down("#e8b65a"))
    for x in (100, 112, 124, 136):
        c.line(f"M{x} 112V146", darken("#e8b65a", 0.25), 1.6, opacity=0.6)
    c.line("M94 124H146M96 138H144", darken("#e8b65a", 0.25), 1.6, opacity=0.6)
    c.line("M98 104C100 78 140 78 142 104", darken("#e8b65a", 0.35), 5)


def _search(c: Canvas) -> None:
    c.circle(114, 114, 27, lighten(SLATE, 0.82))
    c.ellipse(114, 114, (27, 27), "none", stroke=SLATE, width=7)
    c.line("M134 134 152 152", darken(SLATE, 0.1), 10)
    c.line("M100 108a15 15 0 0 1 10-9", "#fff", 5)


def _orders(c: Canvas) -> None:
    c.path("M94 82h52v74l-9-6-8 6-9-6-9 6-8-6-9 6Z", c.down(PAPER, 0.05), stroke="#e0cda4", width=2)
    for index, width in enumerate((30, 36, 22)):
        c.line(f"M102 {98 + index * 14}h{width}", SLATE if index == 0 else "#cbbf9f", 4)
    c.circle(140, 146, 13, c.radial((0, "#59b48e"), (1, JADE)))
    c.line("M134 146l4 4 8-8", "#fff", 3.5)


def _people(c: Canvas) -> None:
    for x, y, colour in ((96, 120, CORAL), (144, 120, SLATE), (120, 112, JADE)):
        c.path(f"M{x - 20} {y + 38}c1-20 9-26 20-26s19 6 20 26Z", c.down(colour, 0.12))
        c.circle(x, y - 2, 12, "#f0c39b")
        c.path(f"M{x - 13} {y - 2}c-1-16 27-16 26 0-6-6-20-6-26 0Z", "#3a2a22")


def _income(c: Canvas) -> None:
    for index, height in enumerate((18, 30, 24, 46)):
        x = 90 + index * 16
        c.rect((x, 150 - height, 11, height), c.down(JADE if index == 3 else "#9fcdb8"), radius=3)
    c.line("M84 151H156", "#d6c59b", 3)
    c.circle(110, 100, 15, c.radial((0, "#ffd873"), (1, HONEY)))
    c.line("M104 94l6 7 6-7M110 101v9M105 103h10", "#8a5a00", 2.4)


def _message(c: Canvas) -> None:
    c.path(
        "M84 92a10 10 0 0 1 10-10h52a10 10 0 0 1 10 10v34a10 10 0 0 1-10 10h-28l-18 16v-16h-6a10 10 0 0 1-10-10Z",
        c.down("#8fb0cd", 0.16),
    )
    for x in (104, 120, 136):
        c.circle(x, 110, 4.5, "#fff")


def _done(c: Canvas) -> None:
    c.circle(120, 120, 36, c.radial((0, "#5cbd94"), (0.7, JADE), (1, darken(JADE, 0.2))))
    c.line("M103 121l12 12 23-25", "#fff", 8)


def _error(c: Canvas) -> None:
    c.path("M120 82 160 152H80Z", c.down("#f2b84a", 0.1), stroke="#b97a08", width=3)
    c.line("M120 106v20", "#5a3a00", 7)
    c.circle(120, 140, 4.5, "#5a3a00")


def _lost(c: Canvas) -> None:
    c.line("M120 158V86", "#a97a4a", 7)
    c.path("M86 90h52l12 12-12 12H86Z", c.down("#d9a45f", 0.12))
    c.path("M154 122h-46l-10 10 10 10h46Z", c.down("#c78b4c", 0.12))
    c.shadow(120, 160, 30, strength=0.25)


def _wait(c: Canvas) -> None:
    c.path("M98 82h44c0 22-16 28-16 38s16 16 16 38H98c0-22 16-28 16-38s-16-16-16-38Z", "#eef3f5", stroke="#b9a67a", width=2)
    c.path("M108 96h24c-3 10-9 14-12 20-3-6-9-10-12-20Z", HONEY)
    c.path("M102 156c2-12 12-14 18-22 6 8 16 10 18 22Z", c.down(HONEY, 0.1))
    for y in (80, 160):
        c.line(f"M94 {y}h52", "#a9793a", 6)


DRAWINGS = {
    "empty": _empty,
    "cart": _cart,
    "search": _search,
    "orders": _orders,
    "people": _people,
    "income": _income,
    "message": _message,
    "done": _done,
    "error": _error,
    "lost": _lost,
    "wait": _wait,
}
