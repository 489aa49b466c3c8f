"""Home and bedding."""

from renmai.web.ui.drawing.canvas import Canvas, number
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif


@motif("quilt", "#a9b9a0", "#d9b3a0", "#a8b8cc", "#e0cfa8", "#8f7f9c", "#c98f7a")
def quilt(c: Canvas, colour: str) -> None:
    """A folded quilt and bedding in a stack, with a stitched pattern."""
    c.shadow(204, 320, 160)
    layers = ((266, 54, lighten(colour, 0.5)), (206, 64, colour), (160, 50, mix(colour, "#fffaf0", 0.72)))
    for index, (y, height, tone) in enumerate(layers):
        left, width = 62 + index * 8, 276 - index * 16
        c.path(
            f"M{left + 24} {y}H{left + width - 24}Q{left + width + 8} {y + height / 2} {left + width - 24} {y + height}H{left + 24}Q{left - 10} {y + height / 2} {left + 24} {y}Z",
            c.linear((0, lighten(tone, 0.35)), (0.45, tone), (1, darken(tone, 0.2)), to=(0.2, 1)),
        )
        for fold in range(1, 3):
            yy = y + height * fold / 3
            c.line(
                f"M{left + 10} {number(yy)}Q200 {number(yy + 7)} {left + width - 12} {number(yy)}",
                darken(tone, 0.24),
                2,
                opacity=0.5,
            )
    y, height = 206, 64
    with c.group(clip=f"M90 {y}H310Q330 {y + 32} 310 {y + height}H90Q66 {y + 32} 90 {y}Z"):
        for x in range(50, 360, 26):
            c.line(f"M{x} {y}l40 {height}M{x + 40} {y}l-40 {height}", lighten(colour, 0.5), 1.6, opacity=0.7)
    with c.group("translate(200 128)"):
        pillow_shape(c, mix(colour, "#fffaf0", 0.5), scale=0.74)
    c.path("M190 160H214V320H190Z", c.down("#b9673f", 0.1), opacity=0.95)
    c.path("M202 158q-34-30-40-10t40 10q34-30 40-10t-40 10Z", c.down("#c9774c", 0.12))


def pillow_shape(c: Canvas, colour: str, *, scale: float = 1) -> None:
    """Draw a plump pillow around the origin."""
    with c.group(f"scale({scale})"):
        c.path(
            "M-132-44Q-60-66 0-62T132-44Q146-6 132 44Q60 62 0 60T-132 44Q-146-6-132-44Z",
            c.radial((0, lighten(colour, 0.55)), (0.6, colour), (1, darken(colour, 0.24)), at=(0.36, 0.26), radius=0.85),
        )
        c.line(
            "M-122-38Q-60-56 0-53T122-38Q134-4 122 38Q60 54 0 51T-122 38Q-134-4-122-38Z", darken(colour, 0.16), 1.6, opacity=0.6
        )
        for x, y, dx in ((-120, -36, 26), (120, -36, -26), (-120, 36, 26), (120, 36, -26)):
            c.line(f"M{x} {y}q{dx * 0.6} {-y * 0.3} {dx} {-y * 0.7}", darken(colour, 0.22), 2, opacity=0.4)


@motif("pillow", "#e8dcc8", "#b8c9b4", "#e3b9a6", "#b4c2d6", "#d9c7e0")
def pillow(c: Canvas, colour: str) -> None:
    """Two plump pillows."""
    c.shadow(206, 318, 158)
    with c.group("translate(216 194) rotate(-5)"):
        pillow_shape(c, mix(colour, "#fffaf0", 0.6), scale=0.96)
    with c.group("translate(196 254) rotate(3)"):
        pillow_shape(c, colour, scale=1.02)
        for index in range(5):
            c.line(
                f"M{-96 + index * 10} {-20 + index * 12}Q0 {-34 + index * 13} {96 - index * 8} {-22 + index * 12}",
                lighten(colour, 0.5),
                1.6,
                opacity=0.5,
            )
        c.circle(92, 34, 8, darken(colour, 0.35), opacity=0.5)


@motif("towel-stack", "#d9907a", "#8fb0a0", "#e3c58f", "#93a9c4", "#c3b2a0", "#b58aa0")
def towel_stack(c: Canvas, colour: str) -> None:
    """Folded towels with terry texture and a stripe."""
    c.shadow(206, 320, 146)
    tones = (colour, mix(colour, "#fffaf0", 0.72), mix(colour, "#fffaf0", 0.36))
    for index, tone in enumerate(tones):
        y = 256 - index * 62
        left, width = 78 + index * 6, 244 - index * 12
        c.path(
            f"M{left + 20} {y}H{left + width}Q{left + width + 6} {y + 31} {left + width} {y + 62}H{left + 20}Q{left - 12} {y + 31} {left + 20} {y}Z",
            c.linear((0, lighten(tone, 0.3)), (0.5, tone), (1, darken(tone, 0.22)), to=(0.15, 1)),
        )
        for tint, count in ((lighten(tone, 0.5), 72), (darken(tone, 0.2), 48)):
            loops = ((c.random.uniform(left + 8, left + width), c.random.uniform(y + 4, y + 58)) for _ in range(count))
            c.line("".join(f"M{number(x)} {number(top)}l2 3" for x, top in loops), tint, 1.4, opacity=0.35)
        c.line(
            f"M{left + 14} {y + 21}H{left + width + 2}M{left + 12} {y + 41}H{left + width + 2}",
            darken(tone, 0.25),
            2,
            opacity=0.45,
        )
        c.rect((left + width - 66, y + 3, 12, 56), lighten(tone, 0.6), opacity=0.7)
        c.rect((left + width - 48, y + 3, 5, 56), lighten(tone, 0.6), opacity=0.7)
    c.sprig(212, 134, 56, "#8aa57a", lean=26)


@motif("basket", "#c79a5f", "#b5854c", "#d7b88a", "#a58a6a")
def basket(c: Canvas, colour: str) -> None:
    """A woven basket with handles and a folded cloth."""
    c.shadow(206, 320, 148)
    cloth = c.random.choice(("#f3ece0", "#d9b0a0", "#b9cbb8", "#b7c5d8"))
    c.ellipse(200, 178, (116, 30), darken(colour, 0.5))
    c.path(
        "M98 180Q112 118 168 136Q196 108 236 134Q292 120 302 180Q200 216 98 180Z",
        c.linear((0, lighten(cloth, 0.5)), (1, darken(cloth, 0.12)), to=(0.5, 1)),
    )
    c.line("M168 138Q160 166 170 190M236 136Q228 164 240 190", darken(cloth, 0.2), 2, opacity=0.5)
    shape = "M78 178Q140 214 200 212T322 178L302 300Q298 320 276 320H124Q102 320 98 300Z"
    c.path(shape, c.across(colour, gloss=0.25))
    with c.group(clip=shape):
        for row in range(12):
            y = 186 + row * 12
            for column in range(17):
                x = 74 + column * 16 + (row % 2) * 8
                bow = 20 - abs(x - 200) * 0.16
                c.ellipse(
                    x,
                    y + bow,
                    (8.4, 4.6),
                    c.linear((0, lighten(colour, 0.35)), (1, darken(colour, 0.22)))
                    if column == 0
                    else (lighten(colour, 0.16) if (row + column) % 3 else darken(colour, 0.1)),
                    opacity=0.75,
                )
        c.rect((240, 170, 90, 160), darken(colour, 0.5), opacity=0.16)
    c.line("M78 180Q140 216 200 214T322 180", lighten(colour, 0.25), 9)
    c.line("M78 180Q140 216 200 214T322 180", darken(colour, 0.25), 2, opacity=0.5)
    for x, side in ((84, -1), (316, 1)):
        c.line(f"M{x} 204q{side * 34} 6 {side * 26} 36t{-side * 18} 16", darken(colour, 0.25), 8)


@motif("candle", "#e9d3b4", "#cfae9a", "#aebfae", "#c7b5cf", "#8f5a44")
def candle(c: Canvas, colour: str) -> None:
    """A candle in glass with a small flame."""
    c.shadow(208, 318, 104)
    c.circle(200, 132, 110, c.radial((0, "#ffe3a0", 0.75), (0.5, "#ffd98a", 0.22), (1, "#ffd98a", 0), at=(0.5, 0.5), radius=0.5))
    c.cylinder((122, 178, 156, 140), colour, bend=0.18, gloss=0.4, top=lighten(colour, 0.4))
    c.ellipse(200, 192, (58, 9), "#fff1cf", opacity=0.8)
    c.path(
        "M122 150V304A78 14 0 0 0 278 304V150Z",
        c.linear((0, "#ffffff", 0.5), (0.14, "#ffffff", 0.1), (0.8, "#ffffff", 0.05), (1, "#ffffff", 0.4), to=(1, 0)),
    )
    c.ellipse(200, 150, (78, 14), "#ffffff", opacity=0.22, stroke="#ffffff", width=2.4)
    c.line("M200 190V160", "#3a2c22", 3)
    c.path(
        "M200 168Q180 150 192 128Q198 118 200 102Q216 124 214 142Q214 160 200 168Z",
        c.linear((0, "#fff7d6"), (0.4, "#ffd25e"), (1, "#f0862a")),
    )
    c.path("M200 164Q192 154 198 138Q208 150 200 164Z", "#fffbe8")
    c.rect((156, 224, 88, 62), "#fffaf0", radius=3, opacity=0.95)
    c.mark(200, 254, 56, darken(colour, 0.5))


@motif("vase", "#d9cfc0", "#9fb3a4", "#b8705a", "#8fa3bc", "#e6c9b0", "#5a6a62")
def vase(c: Canvas, colour: str) -> None:
    """A ceramic vase with one branch."""
    c.shadow(210, 318, 102)
    bark = "#7a5c44"
    c.line("M196 176Q190 120 222 66", bark, 4)
    c.line("M200 128Q168 106 150 70M206 104Q246 92 268 62M196 150Q232 136 262 122", bark, 3)
    bloom = c.random.choice(("#f3c6cb", "#fff6e8", "#f0b45a", "#e88a72"))
    for x, y in ((222, 62), (150, 68), (268, 60), (262, 122), (172, 96), (236, 92), (208, 100), (186, 120)):
        if c.random.random() < 0.82:
            r = c.random.uniform(9, 14)
            for turn in range(5):
                with c.group(f"rotate({turn * 72 + 10} {x} {y})"):
                    c.ellipse(x, y - r * 0.62, (r * 0.46, r * 0.62), mix(bloom, "#ffffff", 0.2 + turn * 0.08))
            c.circle(x, y, r * 0.26, "#d99a2b")
        else:
            c.leaf(x, y, 24, c.random.randrange(-120, -20), "#7fa06a")
    c.path(
        "M176 166Q180 186 152 214Q130 240 142 282Q150 318 176 318H224Q250 318 258 282Q270 240 248 214Q220 186 224 166Z",
        c.linear((0, darken(colour, 0.14)), (0.26, lighten(colour, 0.45)), (0.55, colour), (1, darken(colour, 0.3)), to=(1, 0.1)),
    )
    c.ellipse(200, 166, (24, 6), darken(colour, 0.4))
    for _ in range(36):
        c.circle(
            c.random.uniform(150, 250), c.random.uniform(220, 308), c.random.uniform(0.6, 1.5), darken(colour, 0.35), opacity=0.35
        )
    c.line("M140 262Q200 282 260 262", lighten(colour, 0.5), 3, opacity=0.5)
