"""Baby and mother."""

from renmai.web.ui.drawing.canvas import Canvas, number, polygon
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif


@motif("baby-bottle", "#8fc1c4", "#f0b7a4", "#b9cf9a", "#e8c874", "#b9acd6")
def baby_bottle(c: Canvas, colour: str) -> None:
    """A wide bottle with a teat and measure marks."""
    c.shadow(206, 318, 96)
    c.path(
        "M186 76Q200 46 214 76Q216 96 236 104H164Q184 96 186 76Z",
        c.radial((0, "#fff6e2"), (0.6, "#f0d2a2"), (1, "#cfa36c"), at=(0.35, 0.4)),
    )
    c.cylinder((142, 98, 116, 52), colour, bend=0.16, gloss=0.45)
    for x in range(148, 256, 8):
        c.line(f"M{x} 118V144", darken(colour, 0.25), 1.4, opacity=0.35)
    shape = "M144 148H256Q270 190 258 226Q252 244 262 300Q262 318 242 318H158Q138 318 138 300Q148 244 142 226Q130 190 144 148Z"
    c.path(shape, c.linear((0, "#e3eef0"), (0.3, "#ffffff"), (1, "#c3d4d8"), to=(1, 0)))
    with c.group(clip=shape):
        c.rect((130, 206, 140, 120), c.linear((0, "#f3e9dc"), (0.3, "#fffdf8"), (0.8, "#efe2d0"), (1, "#dccbb4"), to=(1, 0)))
        c.ellipse(200, 206, (62, 7), "#fffaf2")
    for index in range(6):
        c.line(f"M212 {180 + index * 22}h{26 if index % 2 else 16}", darken(colour, 0.35), 2.6, opacity=0.8)
    c.path("M152 156Q140 190 150 226 156 244 150 300q0 8 7 8Q158 250 162 232 152 190 164 156Z", "#ffffff", opacity=0.6)
    bear(c, 182, 268, 20, darken(colour, 0.12))


def bear(c: Canvas, x: float, y: float, r: float, colour: str) -> None:
    """Draw a small bear's face."""
    for side in (-1, 1):
        c.circle(x + side * r * 0.8, y - r * 0.8, r * 0.42, colour)
    c.circle(x, y, r, colour)
    c.ellipse(x, y + r * 0.34, (r * 0.48, r * 0.36), lighten(colour, 0.6))
    for side in (-1, 1):
        c.circle(x + side * r * 0.38, y - r * 0.16, r * 0.1, "#3a2a20")
    c.ellipse(x, y + r * 0.2, (r * 0.15, r * 0.1), "#3a2a20")


@motif("diaper-pack", "#8fb7d6", "#f0b9a0", "#a9cda0", "#d9b6dc", "#f2d27c")
def diaper_pack(c: Canvas, colour: str) -> None:
    """A soft pack with a handle."""
    c.shadow(206, 320, 138)
    c.line("M150 118Q152 74 200 72T250 118", darken(colour, 0.15), 12, opacity=0.85)
    c.line("M150 116Q152 74 200 72T250 116", lighten(colour, 0.5), 4, opacity=0.7)
    body = "M92 138Q96 108 128 112Q200 122 272 112Q304 108 308 138Q300 216 312 292Q312 322 280 318Q200 326 120 318Q88 322 88 292Q100 216 92 138Z"
    c.path(
        body,
        c.linear(
            (0, darken(colour, 0.05)),
            (0.22, lighten(colour, 0.5)),
            (0.5, colour),
            (0.85, darken(colour, 0.1)),
            (1, darken(colour, 0.22)),
            to=(1, 0.2),
        ),
    )
    with c.group(clip=body):
        c.path("M80 238Q200 204 320 246V330H80Z", lighten(colour, 0.65), opacity=0.9)
        for _ in range(13):
            c.circle(c.random.uniform(96, 304), c.random.uniform(126, 222), c.random.uniform(3, 7), "#ffffff", opacity=0.4)
    c.path("M104 142Q108 216 98 292L112 300Q122 220 120 136Z", "#ffffff", opacity=0.35)
    for y in (134, 300):
        c.line(f"M112 {y}q8 6 16 0t16 0M256 {y}q8 6 16 0t16 0", darken(colour, 0.2), 2, opacity=0.4)
    bear(c, 200, 206, 48, mix(colour, "#b98a5c", 0.62))
    c.line("M158 284H242M172 298H228", darken(colour, 0.4), 5, opacity=0.55)


@motif("romper", "#f3e2c0", "#c6dbc8", "#f2c6b6", "#c3d3e6", "#e3d0e6")
def romper(c: Canvas, colour: str) -> None:
    """A baby's bodysuit lying flat."""
    c.shadow(204, 312, 118, strength=0.24)
    shape = "M146 96Q170 118 200 118T254 96L318 136Q322 142 318 150L296 192Q290 196 284 192L264 182V248Q266 276 240 286Q226 318 212 318H188Q174 318 160 286Q134 276 136 248V182L116 192Q110 196 104 192L82 150Q78 142 82 136Z"
    c.path(shape, c.linear((0, lighten(colour, 0.5)), (0.55, colour), (1, darken(colour, 0.16)), to=(0.8, 1)))
    with c.group(clip=shape):
        tint = mix(colour, c.random.choice(("#d9866a", "#5f8fa8", "#6d9a5f", "#c99a3a")), 0.55)
        style = c.random.randrange(3)
        for row in range(9):
            for column in range(9):
                x, y = 84 + column * 30 + (row % 2) * 15, 104 + row * 26
                if style == 0:
                    c.circle(x, y, 4, tint, opacity=0.7)
                elif style == 1:
                    c.leaf(x, y, 13, -40, tint)
            if style == 2:
                c.line(f"M70 {104 + row * 26}H330", tint, 5, opacity=0.55)
        c.line("M136 190Q144 240 138 262M264 190Q256 240 262 262", darken(colour, 0.25), 2.4, opacity=0.4)
    c.line("M146 96Q170 118 200 118T254 96", darken(colour, 0.14), 7)
    c.line("M160 286Q174 262 200 262T240 286", darken(colour, 0.14), 5)
    for x in (186, 200, 214):
        c.circle(x, 310, 3.6, "#ffffff")
        c.circle(x, 310, 1.5, darken(colour, 0.3))
    c.line("M104 190L84 148M296 190L316 148", darken(colour, 0.14), 5)


@motif("toy-blocks", "#d9694a", "#5f9a8a", "#e0a93a", "#6a86b5", "#a9719c")
def toy_blocks(c: Canvas, colour: str) -> None:
    """Stacked wooden blocks with a ring beside."""
    c.shadow(206, 320, 144)
    others = ["#e3b25a", "#6f9fb0", "#8aae6a", "#d98a72", "#b79ac4"]
    c.random.shuffle(others)
    c.carton((86, 214, 98, 104), colour, depth=34)
    c.carton((200, 226, 92, 92), others[0], depth=32)
    c.carton((142, 118, 94, 94), others[1], depth=33)
    for x, y, w in ((86, 214, 98), (200, 226, 92), (142, 118, 94)):
        c.rect((x + 9, y + 9, w - 18, w - 18), "#fff6e2", radius=6, opacity=0.9)
        for _ in range(5):
            yy = y + c.random.uniform(14, w - 14)
            c.line(
                f"M{x + 12} {number(yy)}q{w * 0.4:.0f} {number(c.random.uniform(-4, 4))} {w - 26} 0", "#d9b98a", 1, opacity=0.45
            )
    c.path(polygon((135, 236), (163, 292), (107, 292)), others[2])
    bear(c, 246, 276, 21, others[3])
    c.circle(189, 165, 25, others[4])
    c.circle(181, 157, 7, "#ffffff", opacity=0.4)
    c.path(
        polygon((150, 118), (200, 66), (254, 100), (236, 118)),
        c.linear((0, lighten(others[2], 0.3)), (1, darken(others[2], 0.16)), to=(1, 0.6)),
    )
    c.ball(320, 298, 20, others[2])
