"""Skincare."""

from renmai.web.ui.drawing.canvas import Canvas, number
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif

GOLD = "#d8b56a"


@motif("cream-tube", "#f3d9cf", "#cfe0d2", "#e9dfc8", "#d4dbe8", "#e7b9a8")
def cream_tube(c: Canvas, colour: str) -> None:
    """A squeeze tube standing on its cap, a dab of cream beside it."""
    c.shadow(208, 318, 92)
    c.path("M146 76H254L246 262H154Z", c.across(colour, gloss=0.55))
    c.rect((144, 62, 112, 20), c.across(lighten(colour, 0.1), gloss=0.6), radius=3)
    for x in range(148, 254, 5):
        c.line(f"M{x} 64V80", darken(colour, 0.2), 0.9, opacity=0.4)
    c.path("M146 84Q200 132 254 84L253 92Q200 142 147 92Z", "#ffffff", opacity=0.3)
    c.cylinder((152, 256, 96, 62), c.random.choice((GOLD, "#fbf7f0", darken(colour, 0.35))), bend=0.1, gloss=0.5)
    c.mark(200, 176, 64, darken(colour, 0.5), lines=3)
    cream(c, 292, 306, 34)


def cream(c: Canvas, x: float, y: float, size: float) -> None:
    """Draw a swirl of cream on the table."""
    c.shadow(x, y + size * 0.28, size * 1.2, strength=0.2)
    for index in range(4):
        r = size * (1 - index * 0.23)
        top = y - index * size * 0.26
        c.ellipse(x, top, (r, r * 0.42), c.radial((0, "#ffffff"), (0.7, "#fbf3e8"), (1, "#e5d5c2")))
    c.path(
        f"M{number(x - 5)} {number(y - size * 0.8)}Q{number(x + 2)} {number(y - size * 1.3)} {number(x + 12)} {number(y - size * 1.1)}Q{number(x + 4)} {number(y - size)} {number(x + 7)} {number(y - size * 0.8)}Z",
        "#fffaf2",
    )


@motif("cream-jar", "#f2e3d3", "#c8dccb", "#e8c4ba", "#cfd6e6", "#35463f", "#e9d9a8")
def cream_jar(c: Canvas, colour: str) -> None:
    """A low jar with a swirl of cream, its lid leaning beside."""
    c.shadow(196, 318, 128)
    c.cylinder((84, 206, 186, 112), colour, bend=0.24, gloss=0.55, top="#ffffff")
    c.ellipse(177, 228, (82, 18), c.radial((0, "#ffffff"), (0.8, "#fdf4e8"), (1, "#dccab6")))
    for rx, y in ((58, 220), (38, 211), (20, 202)):
        c.ellipse(177, y, (rx, rx * 0.3), c.radial((0, "#ffffff"), (0.75, "#fbf1e4"), (1, "#e0cfba")))
    c.path("M170 198q4-20 22-16-10 6-8 16Z", "#fffaf2")
    c.path("M98 236Q94 270 98 300L112 306Q106 268 110 240Z", "#ffffff", opacity=0.4)
    c.mark(176, 272, 68, darken(colour, 0.5) if colour != "#35463f" else GOLD)
    lid = c.random.choice((GOLD, "#f7efe2", darken(colour, 0.25)))
    c.shadow(296, 318, 58)
    with c.group("rotate(18 296 270)"):
        c.ellipse(300, 270, (30, 52), c.across(darken(lid, 0.1)))
        c.ellipse(290, 270, (30, 52), c.linear((0, lighten(lid, 0.4)), (0.6, lid), (1, darken(lid, 0.16)), to=(1, 1)))
        c.ellipse(290, 270, (22, 41), "none", stroke=darken(lid, 0.16), width=1.5, opacity=0.6)


@motif("pump-bottle", "#e9e0cf", "#b9cfc0", "#dcb9a8", "#b8c4d6", "#4a5b52", "#e4cf96")
def pump_bottle(c: Canvas, colour: str) -> None:
    """A cylinder bottle with a pump."""
    c.shadow(210, 318, 96)
    metal = c.random.choice(("#f4efe6", GOLD, "#3c3a36"))
    c.path("M148 58Q148 48 160 48H214Q224 48 224 60V70H192V64H162Q156 64 154 72L146 70Z", c.down(metal, 0.16))
    c.rect((193, 66, 16, 30), c.across(darken(metal, 0.06)))
    c.cylinder((172, 88, 58, 40), metal, bend=0.2, gloss=0.5)
    c.path("M144 150Q144 126 170 122H232Q258 126 258 150V304Q258 318 244 318H158Q144 318 144 304Z", c.across(colour, gloss=0.5))
    c.path("M156 146V302q0 8 9 10V140Z", "#ffffff", opacity=0.35)
    c.rect((164, 184, 74, 92), lighten(colour, 0.75), radius=3, opacity=0.85)
    c.mark(201, 222, 52, darken(colour, 0.5), lines=3)
    c.sprig(290, 318, 90, "#7fa07a", lean=14)


@motif("dropper-bottle", "#b5702c", "#3f6b5c", "#6c87a8", "#c98a7a", "#8a6fa8")
def dropper_bottle(c: Canvas, colour: str) -> None:
    """A small glass bottle with a dropper."""
    c.shadow(208, 318, 94)
    shape = "M150 196Q150 172 174 168H226Q250 172 250 196V300Q250 318 232 318H168Q150 318 150 300Z"
    c.path(
        shape,
        c.linear(
            (0, darken(colour, 0.3)),
            (0.16, colour),
            (0.3, lighten(colour, 0.55)),
            (0.6, colour),
            (1, darken(colour, 0.42)),
            to=(1, 0),
        ),
        opacity=0.94,
    )
    with c.group(clip=shape):
        c.rect((146, 214, 110, 110), darken(colour, 0.26), opacity=0.4)
        c.ellipse(200, 214, (52, 7), lighten(colour, 0.4), opacity=0.6)
    c.path("M160 196V298q0 8 8 10V190Z", "#ffffff", opacity=0.4)
    c.cylinder((170, 118, 60, 56), c.random.choice((GOLD, "#2f2c29", "#f6f0e6")), bend=0.18, gloss=0.5)
    for x in range(176, 228, 6):
        c.line(f"M{x} 132V168", "#2a1c12", 1, opacity=0.14)
    c.path(
        "M184 122V84Q184 56 200 56T216 84V122Q200 128 184 122Z",
        c.across("#3a3634" if colour != "#b5702c" else "#f0e6d4", gloss=0.35),
    )
    c.rect((162, 226, 76, 62), "#fffaf2", radius=2, opacity=0.95)
    c.mark(200, 256, 50, darken(colour, 0.3))
    c.path(
        "M296 268Q276 298 276 306A20 16 0 0 0 316 306Q316 298 296 268Z",
        c.radial((0, lighten(colour, 0.75)), (0.6, lighten(colour, 0.4)), (1, colour), at=(0.4, 0.55)),
        opacity=0.9,
    )
    c.ellipse(289, 304, (4, 6), "#ffffff", opacity=0.7)


@motif("mask-sachet", "#cfe3d6", "#f3d6cf", "#d8ddf0", "#f1e3bd", "#c5dfe6")
def mask_sachet(c: Canvas, colour: str) -> None:
    """A flat sachet with a sheet mask half out."""
    c.shadow(206, 318, 132)
    with c.group("rotate(7 240 220)"):
        c.path(
            "M196 122Q262 96 316 130Q330 196 300 262Q262 300 222 268Q190 206 196 122Z",
            c.linear((0, "#ffffff"), (1, "#e9eee8"), to=(1, 1)),
            stroke="#d8e0da",
            width=1.5,
        )
        for x, y, rx, ry in ((236, 170, 15, 7), (284, 172, 15, 7), (258, 234, 17, 6)):
            c.ellipse(x, y, (rx, ry), darken(colour, 0.12), opacity=0.75)
        c.path("M256 188l-8 26q10 8 18 0Z", "none", stroke="#cfd8d2", width=2)
    with c.group("rotate(-6 170 210)"):
        c.rect(
            (92, 98, 146, 218),
            c.linear(
                (0, lighten(colour, 0.5)), (0.35, colour), (0.6, lighten(colour, 0.3)), (1, darken(colour, 0.16)), to=(1, 0.7)
            ),
            radius=5,
        )
        for y in (98, 300):
            c.rect((92, y, 146, 16), darken(colour, 0.1), radius=4, opacity=0.7)
            for x in range(98, 236, 6):
                c.line(f"M{x} {y + 2}v12", "#ffffff", 1.2, opacity=0.5)
        c.ellipse(165, 190, (44, 54), "#ffffff", opacity=0.55)
        c.mark(165, 186, 62, darken(colour, 0.5))
        drop = mix(colour, "#5aa38a", 0.5)
        c.path("M165 252q-15 22-15 30a15 13 0 0 0 30 0q0-8-15-30Z", c.down(drop, 0.2))
