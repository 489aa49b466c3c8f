"""Fruit and fresh food."""

from renmai.web.ui.drawing.canvas import Canvas, number, polygon
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif

KRAFT = "#c99b66"
GREEN = "#6d9a4f"


def open_carton(c: Canvas, colour: str, *, back: float = 196) -> None:
    """Draw the inside and back of an open box; call ``carton_front`` after filling it."""
    c.shadow(204, 320, 158)
    c.path(polygon((78, back), (110, back - 26), (300, back - 26), (324, back)), darken(colour, 0.36))
    c.path(polygon((78, back), (110, back - 26), (92, back - 46), (58, back - 16)), lighten(colour, 0.12))
    c.path(polygon((324, back), (300, back - 26), (318, back - 46), (346, back - 16)), darken(colour, 0.1))


def carton_front(c: Canvas, colour: str, *, top: float = 226) -> None:
    """Draw the front of the box with a printed mark."""
    c.path(
        polygon((74, top), (328, top), (316, 318), (86, 318)),
        c.linear((0, lighten(colour, 0.16)), (1, darken(colour, 0.1)), to=(0.5, 1)),
    )
    c.line(f"M76 {top + 2}H326", lighten(colour, 0.4), 3, opacity=0.6)
    for y in range(int(top) + 16, 316, 11):
        c.line(f"M84 {y}H318", darken(colour, 0.2), 0.8, opacity=0.16)
    c.ellipse(200, (top + 318) / 2, (46, 34), "#fffdf6", opacity=0.94)
    c.mark(200, (top + 318) / 2 + 2, 50, darken(colour, 0.35))


@motif("peach-box", "#f4a27c", "#f0b27a", "#ee8f86", "#f3c07a", "#e98a7c")
def peach_box(c: Canvas, colour: str) -> None:
    """Blushing peaches in an open carton."""
    open_carton(c, KRAFT)
    for x, y, r in (
        (128, 178, 34),
        (196, 164, 36),
        (266, 178, 34),
        (104, 206, 33),
        (162, 208, 38),
        (234, 208, 38),
        (296, 208, 33),
    ):
        c.ball(x, y, r, lighten(colour, 0.22), blush=darken(mix(colour, "#d6453d", 0.45), 0.02))
        c.line(
            f"M{x + 4} {number(y - r * 0.86)}Q{number(x + r * 0.5)} {y} {x + 2} {number(y + r * 0.8)}",
            darken(colour, 0.3),
            2,
            opacity=0.28,
        )
    c.leaf(196, 134, 44, -24, GREEN)
    c.leaf(192, 136, 36, -150, lighten(GREEN, 0.15))
    c.leaf(268, 148, 32, -40, GREEN)
    carton_front(c, KRAFT)


@motif("citrus-box", "#f5a42c", "#f7b93b", "#f08a24", "#f2c94a", "#e2785a")
def citrus_box(c: Canvas, colour: str) -> None:
    """Oranges in a carton, one cut open in front."""
    open_carton(c, KRAFT)
    for x, y in ((126, 180), (196, 166), (266, 180), (110, 208), (178, 206), (248, 206), (300, 212)):
        c.ball(x, y, 35 + c.random.uniform(-2, 2), colour)
        for _ in range(6):
            c.circle(x + c.random.uniform(-20, 20), y + c.random.uniform(-16, 16), 1.1, darken(colour, 0.25), opacity=0.35)
        c.circle(x + 3, y - 24, 3, darken(GREEN, 0.15))
    c.leaf(200, 134, 44, -30, GREEN)
    carton_front(c, KRAFT)
    citrus_half(c, 112, 300, colour)


def citrus_half(c: Canvas, x: float, y: float, colour: str) -> None:
    """Draw a cut half with its segments."""
    c.shadow(x, y + 30, 50)
    c.circle(x, y, 36, c.down(colour, 0.1))
    c.circle(x, y, 32, "#fff3d6")
    for index in range(9):
        with c.group(f"rotate({index * 40} {number(x)} {number(y)})"):
            c.path(
                f"M{number(x)} {number(y - 3)}L{number(x - 9)} {number(y - 26)}Q{number(x)} {number(y - 32)} {number(x + 9)} {number(y - 26)}Z",
                c.down(lighten(colour, 0.18), 0.14),
            )


@motif("fruit-crate", "#c93a32", "#e4a63a", "#8db04a", "#d8663c", "#a63a4f")
def fruit_crate(c: Canvas, colour: str) -> None:
    """Glossy fruit in a wooden crate."""
    wood = "#c79a63"
    c.shadow(204, 320, 160)
    c.path(polygon((74, 208), (104, 178), (304, 178), (328, 208)), darken(wood, 0.42))
    for x, y in ((122, 182), (192, 166), (264, 180), (104, 206), (162, 202), (228, 200), (292, 206)):
        r = 35 + c.random.uniform(-3, 3)
        c.ball(x, y, r, colour, blush=mix(colour, "#7c1f1f", 0.22), squash=0.95)
        c.path(f"M{x - 8} {number(y - r * 0.8)}q8 7 16 0", darken(colour, 0.35), opacity=0.5)
        c.line(f"M{x} {number(y - r * 0.76)}q1-9 6-13", "#5c4326", 3)
    c.leaf(196, 126, 34, -16, GREEN)
    for index in range(3):
        y = 222 + index * 33
        c.rect((72, y, 258, 27), c.linear((0, lighten(wood, 0.2)), (1, darken(wood, 0.1))), radius=3)
        for _ in range(4):
            start = c.random.uniform(84, 250)
            c.line(
                f"M{number(start)} {number(y + c.random.uniform(6, 21))}h{number(c.random.uniform(30, 70))}",
                darken(wood, 0.2),
                1.1,
                opacity=0.4,
            )
        for x in (84, 318):
            c.circle(x, y + 13, 2.4, darken(wood, 0.5), opacity=0.7)


@motif("berry-punnet", "#45568f", "#c8313b", "#b5233a", "#6b3b76", "#d9482b")
def berry_punnet(c: Canvas, colour: str) -> None:
    """A clear punnet heaped with berries."""
    c.shadow(202, 320, 148)
    for row, (y, count) in enumerate(((300, 7), (276, 7), (252, 8), (228, 9), (204, 8), (184, 6), (168, 4))):
        for index in range(count):
            x = 200 + (index - (count - 1) / 2) * 27 + c.random.uniform(-4, 4)
            r = 16 + c.random.uniform(-1.5, 2)
            c.ball(x, y + c.random.uniform(-4, 4), r, mix(colour, lighten(colour, 0.3), c.random.random() * 0.4))
            if row > 3:
                c.path(
                    polygon(*((x + dx, y - r * 0.5 + dy) for dx, dy in ((-5, 0), (-2, -3), (0, -6), (2, -3), (5, 0), (0, 3)))),
                    darken(colour, 0.35),
                    opacity=0.5,
                )
    c.leaf(214, 158, 36, -30, GREEN)
    glass = "#eaf4f4"
    c.path(
        "M78 214H322L306 312Q304 318 296 318H104Q96 318 94 312Z",
        c.linear((0, glass, 0.5), (0.5, glass, 0.12), (1, "#b9d2d2", 0.5), to=(1, 0.5)),
        stroke="#ffffff",
        width=2,
        opacity=0.9,
    )
    c.rect((70, 208, 260, 11), c.linear((0, "#ffffff", 0.9), (1, "#cfe0e0", 0.75)), radius=5)
    for x in (118, 158, 242, 284):
        c.line(f"M{x} 228L{number(200 + (x - 200) * 0.9)} 306", "#ffffff", 2.4, opacity=0.55)
    c.path(polygon((160, 240), (240, 240), (236, 296), (164, 296)), "#fffdf6", opacity=0.95)
    c.mark(200, 266, 50, darken(colour, 0.05))


@motif("cold-pack", "#e8836b", "#c9546a", "#7fa7bd", "#d98f6c", "#b4564e")
def cold_pack(c: Canvas, colour: str) -> None:
    """A vacuum tray on ice with a snowflake."""
    c.shadow(204, 322, 166)
    for _ in range(26):
        x, y = c.random.uniform(60, 330), c.random.uniform(286, 322)
        size = c.random.uniform(14, 26)
        tint = mix("#dcecf3", "#ffffff", c.random.random())
        c.path(
            polygon(
                (x, y - size), (x + size, y - size * 0.6), (x + size * 0.8, y + size * 0.3), (x - size * 0.2, y + size * 0.2)
            ),
            c.linear((0, "#ffffff"), (1, tint), to=(0.6, 1)),
            stroke="#c5dbe6",
            width=0.8,
            opacity=0.93,
        )
    tray = "#26303a"
    c.path("M82 150Q82 138 94 138H306Q318 138 318 150L308 292Q307 302 296 302H104Q93 302 92 292Z", c.down(tray, 0.14))
    c.path("M98 156H302L294 284H106Z", darken(tray, 0.3))
    for index in range(6):
        y = 170 + index * 20
        c.path(
            f"M112 {y}C140 {y - 24} 172 {y + 12} 200 {y - 6}S262 {y - 22} 290 {y}L288 {y + 16}C260 {y - 2} 230 {y + 26} 200 {y + 12}S140 {y - 2} 114 {y + 18}Z",
            c.linear((0, lighten(colour, 0.4)), (0.5, colour), (1, darken(colour, 0.14)), to=(1, 1)),
        )
        c.line(f"M118 {y + 4}C146 {y - 18} 172 {y + 14} 200 {y}S262 {y - 16} 284 {y + 3}", "#fff3ec", 2.6, opacity=0.7)
    c.path(
        "M98 156H302L294 284H106Z",
        c.linear((0, "#ffffff", 0.42), (0.35, "#ffffff", 0.02), (0.6, "#ffffff", 0.16), (1, "#ffffff", 0), to=(1, 0.6)),
    )
    c.circle(268, 176, 32, c.radial((0, "#f6fbff"), (1, "#cfe3f0")))
    for turn in range(6):
        with c.group(f"rotate({turn * 60} 268 176)"):
            c.line("M268 176V154M268 162l-6-5M268 162l6-5", "#4b83a8", 3)


@motif("egg-tray", "#e6b98a", "#f2e3cc", "#d9a878", "#c6d6c4")
def egg_tray(c: Canvas, colour: str) -> None:
    """Eggs in rows on a moulded tray."""
    pulp = "#a9a497"
    c.shadow(204, 320, 164)
    c.path(polygon((92, 196), (308, 196), (344, 300), (56, 300)), c.down(pulp, 0.12))
    for row in range(3):
        y, gap, r = 200 + row * 42, 50 + row * 7, 22 + row * 3
        for index in range(4):
            x = 200 + (index - 1.5) * gap * 1.16
            c.ellipse(x, y + r * 0.6, (r * 1.06, r * 0.6), darken(pulp, 0.4))
            tone = mix(colour, lighten(colour, 0.4), c.random.random() * 0.6)
            c.ball(x, y, r, tone, squash=1.22)
            for _ in range(5):
                c.circle(
                    x + c.random.uniform(-r, r) * 0.6, y + c.random.uniform(-r, r) * 0.7, 0.9, darken(tone, 0.3), opacity=0.4
                )
            c.path(
                f"M{number(x - r * 1.1)} {number(y + r * 0.55)}Q{number(x)} {number(y + r * 1.35)} {number(x + r * 1.1)} {number(y + r * 0.55)}L{number(x + r * 1.2)} {number(y + r * 1.3)}Q{number(x)} {number(y + r * 1.7)} {number(x - r * 1.2)} {number(y + r * 1.3)}Z",
                c.down(pulp, 0.16),
            )
    c.path(polygon((56, 300), (344, 300), (336, 320), (64, 320)), c.down(darken(pulp, 0.1), 0.1))
