"""Snacks and nuts."""

from renmai.web.ui.drawing.canvas import Canvas, number, polygon
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif


def stand_up_bag(c: Canvas, colour: str, *, shine: float = 0.2) -> None:
    """Draw a stand-up bag, 130 … 270 wide, with its sealed top."""
    c.shadow(204, 318, 112)
    body = "M132 122Q128 216 118 296Q120 318 146 318H254Q280 318 282 296Q272 216 268 122Z"
    c.path(
        body,
        c.linear(
            (0, darken(colour, 0.1)),
            (0.2, lighten(colour, shine)),
            (0.5, colour),
            (0.85, darken(colour, 0.12)),
            (1, darken(colour, 0.26)),
            to=(1, 0.12),
        ),
    )
    c.path("M132 124Q130 168 127 208L140 212Q150 170 148 124Z", "#ffffff", opacity=0.16)
    c.path("M118 296Q200 276 282 296Q280 318 254 318H146Q120 318 118 296Z", darken(colour, 0.2), opacity=0.55)
    c.rect((129, 98, 142, 26), c.down(lighten(colour, 0.06), 0.1), radius=3)
    for y in (104, 110, 116):
        c.line(f"M132 {y}H268", darken(colour, 0.25), 1.2, opacity=0.5)
    c.path("M256 128q10 80 18 160", stroke=darken(colour, 0.4), width=1.6, opacity=0.3)


def walnut(c: Canvas, x: float, y: float, r: float) -> None:
    """Draw one walnut."""
    c.ball(x, y, r, "#b98c56", squash=0.9)
    for side in (-1, 1):
        c.line(
            f"M{number(x)} {number(y - r * 0.8)}q{number(side * r * 0.7)} {number(r * 0.3)} {number(side * r * 0.4)} {number(r * 0.8)}t{number(-side * r * 0.1)} {number(r * 0.6)}",
            "#7c5830",
            1.8,
            opacity=0.6,
        )
    c.line(
        f"M{number(x)} {number(y - r * 0.86)}q{number(r * 0.16)} {number(r * 0.9)} 0 {number(r * 1.7)}", "#6d4c28", 2, opacity=0.7
    )


@motif("walnut-bag", "#c7995f", "#b88a58", "#d2b07c", "#a67c52", "#8a9a6b")
def walnut_bag(c: Canvas, colour: str) -> None:
    """A kraft bag with walnuts in front."""
    stand_up_bag(c, colour, shine=0.12)
    for _ in range(40):
        c.line(
            f"M{number(c.random.uniform(140, 256))} {number(c.random.uniform(130, 300))}h{number(c.random.uniform(2, 7))}",
            darken(colour, 0.3),
            1,
            opacity=0.28,
        )
    c.ellipse(200, 212, (44, 56), "#fffaf0", opacity=0.95)
    c.mark(200, 208, 56, darken(colour, 0.4))
    for x, y, r in ((120, 294, 25), (276, 298, 24), (306, 304, 19), (150, 304, 21), (246, 306, 18)):
        c.shadow(x + 4, y + r * 0.8, r * 1.2, strength=0.28)
        walnut(c, x, y, r)


@motif("snack-pouch", "#e0663e", "#e9b23a", "#5c9a6a", "#6a79b0", "#c9536c", "#3f8f98")
def snack_pouch(c: Canvas, colour: str) -> None:
    """A foil pouch with a window and a few pieces in front."""
    stand_up_bag(c, colour, shine=0.32)
    c.path("M140 214Q200 196 260 214L266 276Q200 290 134 276Z", c.down("#fff3dc", 0.05))
    crisp = "#e4b256"
    with c.group(clip="M140 214Q200 196 260 214L266 276Q200 290 134 276Z"):
        for _ in range(26):
            x, y = c.random.uniform(138, 264), c.random.uniform(216, 282)
            with c.group(f"rotate({c.random.randrange(180)} {number(x)} {number(y)})"):
                c.ellipse(x, y, (15, 9), c.down(mix(crisp, "#c8862f", c.random.random() * 0.5), 0.16))
    c.line("M140 214Q200 196 260 214L266 276Q200 290 134 276Z", "#ffffff", 2, opacity=0.6)
    c.mark(200, 162, 64, "#fffaf0")
    for x, y in ((112, 300), (136, 310), (280, 306), (304, 298), (258, 312)):
        c.shadow(x, y + 8, 24, strength=0.26)
        with c.group(f"rotate({c.random.randrange(-24, 24)} {x} {y})"):
            c.ellipse(x, y, (21, 10), c.down(mix(crisp, "#c8862f", c.random.random() * 0.4), 0.2))
            c.line(f"M{x - 12} {y - 1}q12-6 24 0", "#fff0c8", 2, opacity=0.6)


@motif("snack-box", "#b3382f", "#d79a3f", "#3f6b5c", "#7a5a8c", "#c7725a")
def snack_box(c: Canvas, colour: str) -> None:
    """A flat gift box with its lid half open and small sachets inside."""
    c.shadow(206, 320, 166)
    gold = "#e9c98a"
    c.path(
        polygon((88, 212), (128, 96), (330, 96), (314, 212)),
        c.linear((0, lighten(colour, 0.16)), (1, darken(colour, 0.14)), to=(0.5, 1)),
    )
    c.path(polygon((104, 200), (138, 108), (318, 108), (304, 200)), "none", stroke=gold, width=2)
    c.mark(216, 152, 70, gold)
    c.path(polygon((72, 250), (104, 210), (322, 210), (336, 250)), darken(colour, 0.45))
    tones = ("#f6e6c8", "#e7b9a0", "#c9d8b0", "#f3d48a", "#d9c3dc")
    for index in range(5):
        x = 96 + index * 45
        tone = tones[(index + c.random.randrange(5)) % 5]
        c.path(
            polygon((x, 252), (x + 9, 204), (x + 47, 204), (x + 44, 252)),
            c.linear((0, lighten(tone, 0.4)), (0.5, tone), (1, darken(tone, 0.14)), to=(1, 0.3)),
        )
        c.line(f"M{x + 9} 209H{x + 46}", darken(tone, 0.25), 2, opacity=0.5)
        c.circle(x + 26, 228, 7, darken(tone, 0.3), opacity=0.5)
    c.path(
        polygon((66, 248), (340, 248), (334, 318), (74, 318)),
        c.linear((0, lighten(colour, 0.14)), (1, darken(colour, 0.12)), to=(0.4, 1)),
    )
    c.line("M70 256H336", gold, 2.5, opacity=0.9)
    c.line("M76 308H330", gold, 1.6, opacity=0.6)
    c.rect((176, 268, 56, 30), gold, radius=4)
    c.line("M188 279H220M194 287H214", darken(colour, 0.2), 2.4)
