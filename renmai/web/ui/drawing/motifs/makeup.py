"""Make-up."""

from math import cos, radians, sin

from renmai.web.ui.drawing.canvas import Canvas, number, polygon
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif

GOLD = "#dcb870"


@motif("lipstick", "#b3273a", "#c9503f", "#a84a52", "#8a2436", "#d9737a", "#c56a4a")
def lipstick(c: Canvas, colour: str) -> None:
    """An open bullet lipstick, its cap beside, a stroke of colour below."""
    case = c.random.choice(("#2b2729", "#f1e6d6", "#6b2a35", "#3d4a58"))
    c.path(
        "M70 304Q130 276 206 292T336 276Q332 300 262 308T92 324Q70 318 70 304Z",
        c.linear((0, lighten(colour, 0.12)), (1, darken(colour, 0.08)), to=(1, 0.2)),
        opacity=0.85,
    )
    c.line("M88 308Q160 290 228 298T322 288", lighten(colour, 0.45), 3, opacity=0.5)
    c.shadow(168, 316, 62)
    c.path("M146 170V112Q146 84 190 62V170Z", c.across(colour, gloss=0.4))
    c.path(
        "M146 112Q148 84 190 62Q192 96 168 112Q154 120 146 112Z", c.linear((0, lighten(colour, 0.5)), (1, colour), to=(0.6, 1))
    )
    c.cylinder((140, 162, 56, 58), GOLD, bend=0.2, gloss=0.6)
    c.cylinder((130, 210, 76, 108), case, bend=0.18, gloss=0.4)
    c.band((130, 226, 76, 8), GOLD, bend=0.18, gloss=0.5)
    c.shadow(262, 316, 58)
    c.cylinder((226, 196, 72, 122), case, bend=0.18, gloss=0.4)
    c.band((226, 300, 72, 7), GOLD, bend=0.18, gloss=0.5)
    c.mark(260, 258, 34, GOLD, lines=1)


@motif("compact", "#e3b48f", "#eac7aa", "#c98a72", "#f0d2c4", "#d9a27e")
def compact(c: Canvas, colour: str) -> None:
    """A round open compact with its mirror and puff."""
    case = c.random.choice(("#2f2b2c", "#f4ebdf", "#b98d6a", "#7c3a46", "#51635a"))
    c.shadow(200, 318, 138)
    c.ellipse(200, 150, (100, 92), c.linear((0, lighten(case, 0.3)), (1, darken(case, 0.2)), to=(1, 1)))
    c.ellipse(200, 152, (86, 79), c.linear((0, "#f2f7f8"), (0.45, "#c9d6da"), (0.55, "#e9f0f2"), (1, "#aebdc3"), to=(1, 1)))
    c.path("M140 120Q168 88 214 80L160 206Q128 176 140 120Z", "#ffffff", opacity=0.35)
    c.rect((176, 232, 48, 16), GOLD, radius=6)
    c.path("M94 272A106 34 0 0 1 306 272V288A106 34 0 0 1 94 288Z", c.across(darken(case, 0.08)))
    c.ellipse(200, 270, (106, 34), c.linear((0, lighten(case, 0.3)), (1, case), to=(0.8, 1)))
    c.ellipse(200, 269, (90, 27), darken(colour, 0.22))
    c.ellipse(200, 271, (88, 26), c.linear((0, lighten(colour, 0.3)), (1, colour), to=(0.8, 1)))
    for index in range(5):
        c.line(
            f"M{132 + index * 6} {262 + index * 5}Q200 {250 + index * 8} {268 - index * 6} {262 + index * 5}",
            darken(colour, 0.14),
            1.6,
            opacity=0.4,
        )
    c.shadow(294, 314, 50)
    c.ellipse(290, 292, (46, 21), c.radial((0, "#fffaf2"), (0.7, "#f5e2d3"), (1, "#d9bfa9")))
    c.path("M250 286Q290 268 330 286L326 294Q290 278 254 294Z", mix(colour, "#d98a94", 0.5))


@motif("palette", "#a86a52", "#b0707f", "#8a6a9a", "#b58a4a", "#6f7f6a")
def palette(c: Canvas, colour: str) -> None:
    """A rectangular open palette with nine pans and a mirror."""
    case = c.random.choice(("#2f2a2b", "#efe3d3", "#6f3742", "#38474f"))
    c.shadow(204, 320, 158)
    c.path(
        polygon((92, 190), (104, 70), (296, 70), (308, 190)),
        c.linear((0, lighten(case, 0.25)), (1, darken(case, 0.15)), to=(1, 1)),
    )
    c.path(
        polygon((106, 180), (116, 82), (284, 82), (294, 180)),
        c.linear((0, "#eef4f5"), (0.45, "#c6d3d7"), (0.55, "#e6edef"), (1, "#a9b9bf"), to=(1, 1)),
    )
    c.path(polygon((136, 82), (176, 82), (148, 180), (106, 180)), "#ffffff", opacity=0.3)
    c.path(polygon((92, 192), (308, 192), (344, 306), (56, 306)), c.linear((0, lighten(case, 0.15)), (1, darken(case, 0.1))))
    c.path(polygon((56, 306), (344, 306), (340, 320), (60, 320)), darken(case, 0.3))
    for row in range(3):
        top, bottom = 202 + row * 34, 232 + row * 34
        for column in range(3):
            tone = mix(
                mix(lighten(colour, 0.55), darken(colour, 0.35), (row * 3 + column) / 8),
                c.random.choice(("#e7b9a0", "#c98d9a", "#d9b36a", "#8a6fa8")),
                0.34,
            )
            left = 200 + (column - 1.5) * (62 + row * 9)
            width = 56 + row * 9
            shape = polygon(
                (left + 4, top),
                (left + width, top),
                (left + width + (column - 1) * 5, bottom),
                (left + 2 + (column - 1) * 5, bottom),
            )
            c.path(shape, c.linear((0, darken(tone, 0.12)), (0.3, lighten(tone, 0.16)), (1, tone), to=(0.7, 1)))
            if (row + column) % 2:
                for _ in range(9):
                    c.circle(
                        left + c.random.uniform(8, width - 4), c.random.uniform(top + 5, bottom - 4), 1, "#fff8e6", opacity=0.75
                    )


@motif("mascara", "#2d2a2c", "#5a3c6b", "#7c2f3d", "#2f4f63", "#b98a4a")
def mascara(c: Canvas, colour: str) -> None:
    """A slim tube with its wand beside it."""
    c.shadow(160, 316, 62)
    c.shadow(256, 318, 84)
    c.cylinder((128, 132, 52, 186), colour, bend=0.2, gloss=0.45)
    c.band((128, 150, 52, 7), GOLD, bend=0.2, gloss=0.5)
    c.cylinder((140, 112, 28, 30), darken(GOLD, 0.1), bend=0.2, gloss=0.5)
    c.mark(153, 228, 34, GOLD)
    with c.group("rotate(24 262 300)"):
        c.cylinder((238, 190, 44, 122), colour, bend=0.2, gloss=0.45)
        c.band((238, 206, 44, 6), GOLD, bend=0.2, gloss=0.5)
        c.line("M260 196V118", "#4a4547", 4)
        for index in range(26):
            y = 64 + index * 2.7
            half = 13 - abs(index - 12) * 0.5
            c.line(f"M{number(260 - half)} {number(y + 2)}L{number(260 + half)} {number(y - 2)}", "#231f20", 1.7)
        c.line("M260 62V132", "#3a3537", 3)
    c.line("M84 320Q150 306 214 322", "#2a2426", 5, opacity=0.7)


@motif("brush-set", "#c98a6a", "#3a3a40", "#e0c3a0", "#7c4a5a", "#7a8a72")
def brush_set(c: Canvas, colour: str) -> None:
    """Three brushes in a fan and a sponge."""
    c.shadow(204, 320, 136)
    for angle, length, width in ((-22, 1.0, 30), (0, 1.1, 40), (22, 0.95, 24)):
        with c.group(f"rotate({angle} 200 330)"):
            top = 330 - 218 * length
            c.path(
                f"M{200 - width * 0.24} {number(top + 84)}L194 316Q200 324 206 316L{200 + width * 0.24} {number(top + 84)}Z",
                c.across(colour, gloss=0.4),
            )
            c.rect((200 - width * 0.32, top + 50, width * 0.64, 40), c.across(GOLD, gloss=0.6), radius=3)
            hair = mix("#6b4a38", "#e9cdb4", c.random.random())
            c.path(
                f"M{200 - width * 0.3} {number(top + 52)}Q{200 - width} {number(top + 6)} 200 {number(top - 24)}Q{200 + width} {number(top + 6)} {200 + width * 0.3} {number(top + 52)}Z",
                c.linear((0, lighten(hair, 0.4)), (1, darken(hair, 0.2)), to=(0.5, 1)),
            )
            for index in range(9):
                x = 200 + (index - 4) * width * 0.13
                c.line(
                    f"M{number(200 + (x - 200) * 0.5)} {number(top + 48)}Q{number(x * 1.0)} {number(top + 14)} {number(200 + (x - 200) * 0.8)} {number(top - 8)}",
                    darken(hair, 0.25),
                    0.9,
                    opacity=0.5,
                )
    sponge = mix(colour, "#ef9aa6", 0.6)
    c.shadow(298, 316, 52)
    c.path(
        "M298 232Q322 262 324 290A27 26 0 0 1 270 290Q272 262 298 232Z",
        c.radial((0, lighten(sponge, 0.45)), (0.55, sponge), (1, darken(sponge, 0.25)), at=(0.35, 0.45)),
    )
    for _ in range(12):
        turn, reach = radians(c.random.uniform(0, 360)), c.random.uniform(0, 20)
        c.circle(297 + reach * cos(turn), 288 + reach * sin(turn), 1.1, darken(sponge, 0.2), opacity=0.5)
