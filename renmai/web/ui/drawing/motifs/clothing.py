"""Clothing."""

from renmai.web.ui.drawing.canvas import Canvas, number
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif


def hanger(c: Canvas, y: float) -> None:
    """Draw a wooden hanger whose bar meets the shoulders at ``y``."""
    c.line(f"M200 {y - 6}V{y - 26}q0-10 9-12t8-14-15-11-14 9", "#8a8f92", 4)
    c.line(f"M200 {y - 8}Q150 {y + 6} 118 {y + 26}M200 {y - 8}Q250 {y + 6} 282 {y + 26}", "#a8713f", 10)
    c.line(f"M200 {y - 10}Q152 {y + 3} 122 {y + 22}", "#d9aa74", 2.4, opacity=0.8)


def cloth(c: Canvas, shape: str, colour: str) -> None:
    """Fill ``shape`` as soft fabric."""
    c.path(
        shape,
        c.linear(
            (0, lighten(colour, 0.26)), (0.35, colour), (0.65, lighten(colour, 0.1)), (1, darken(colour, 0.22)), to=(1, 0.5)
        ),
    )


def print_on(c: Canvas, shape: str, colour: str) -> None:
    """Print one of several quiet patterns on ``shape``."""
    style = c.random.randrange(5)
    tint = mix(colour, c.random.choice(("#fffaf0", "#fff1d2", "#3a2a24")), 0.45)
    with c.group(clip=shape):
        for row in range(22):
            y = 60 + row * 13
            if style == 0 and row % 2:
                c.line(f"M60 {y}Q200 {y + 8} 340 {y}", tint, 3, opacity=0.55)
            elif style == 1:
                for column in range(12):
                    c.circle(74 + column * 24 + (row % 2) * 12, y, 2.4, tint, opacity=0.7)
            elif style == 2 and row % 3 == 0:
                for column in range(8):
                    x = 78 + column * 36 + (row % 2) * 18
                    for turn in range(5):
                        with c.group(f"rotate({turn * 72} {x} {y})"):
                            c.ellipse(x, y - 4, (2.4, 3.6), tint, opacity=0.85)
            elif style == 3 and row % 2:
                c.line(f"M{60 + row * 13} 50V330", tint, 1.6, opacity=0.5)


@motif("dress", "#c9584a", "#5f8a86", "#e0b05a", "#7a86b5", "#d99aa6", "#4a5a4c")
def dress(c: Canvas, colour: str) -> None:
    """A sleeveless dress on a hanger."""
    c.shadow(204, 322, 96, strength=0.22)
    hanger(c, 96)
    shape = "M154 96Q160 128 200 130T246 96L258 100Q254 150 242 186Q262 250 296 306Q250 322 200 320T104 306Q138 250 158 186Q146 150 142 100Z"
    cloth(c, shape, colour)
    print_on(c, shape, colour)
    with c.group(clip=shape):
        for x, bend in ((160, -26), (186, -8), (214, 10), (242, 28)):
            c.path(
                f"M{200 + (x - 200) * 0.5} 190Q{x} 250 {x + bend} 330L{x + bend + 15} 330Q{x + 8} 250 {204 + (x - 200) * 0.5} 190Z",
                darken(colour, 0.4),
                opacity=0.16,
            )
    c.path("M156 180Q200 192 244 180L242 194Q200 206 158 194Z", darken(colour, 0.26))
    c.line("M154 96Q160 128 200 130T246 96", lighten(colour, 0.4), 3, opacity=0.7)
    c.line("M106 306Q150 320 200 319T294 306", darken(colour, 0.25), 2.4, opacity=0.6)


@motif("shirt", "#f0ebe0", "#8fabc7", "#c9d6c2", "#e3b8a2", "#4f6478", "#d9cdb0")
def shirt(c: Canvas, colour: str) -> None:
    """A collared shirt on a hanger."""
    c.shadow(204, 322, 104, strength=0.22)
    hanger(c, 92)
    sleeves = "M136 102L84 148Q78 156 84 166L112 226Q118 232 128 228L146 200ZM264 102L316 148Q322 156 316 166L288 226Q282 232 272 228L254 200Z"
    c.path(sleeves, c.linear((0, lighten(colour, 0.1)), (1, darken(colour, 0.22)), to=(0.6, 1)))
    shape = "M160 88Q200 112 240 88L266 104Q272 190 268 310Q200 326 132 310Q128 190 134 104Z"
    cloth(c, shape, colour)
    print_on(c, shape, colour)
    c.path("M194 118H206V316H194Z", lighten(colour, 0.25), opacity=0.75)
    for y in range(140, 310, 34):
        c.circle(200, y, 3.8, "#fffaf0")
        c.circle(200, y, 1.3, darken(colour, 0.4))
    c.path(
        "M160 88L200 122L176 142L150 98ZM240 88L200 122L224 142L250 98Z",
        c.down(lighten(colour, 0.28), 0.08),
        stroke=darken(colour, 0.14),
        width=1.4,
    )
    c.path("M222 172H256V206Q239 218 222 206Z", lighten(colour, 0.1), stroke=darken(colour, 0.2), width=1.6)
    for d in ("M140 180Q150 240 144 300", "M258 220Q250 260 256 304"):
        c.line(d, darken(colour, 0.3), 3, opacity=0.22)


@motif("knitwear", "#c98a5a", "#e6dcc8", "#7f9482", "#a85a52", "#8c9bb5", "#5a4a44")
def knitwear(c: Canvas, colour: str) -> None:
    """A folded sweater with ribbing and a cable."""
    c.shadow(204, 320, 150)
    low = mix(colour, "#fffaf0", 0.35)
    c.path("M78 262Q66 290 80 318H322Q336 290 322 262Z", c.down(low, 0.16))
    for x in range(84, 322, 9):
        c.line(f"M{x} 264V316", darken(low, 0.2), 1.6, opacity=0.35)
    shape = "M92 134Q82 142 84 160L90 268Q92 276 102 276H298Q308 276 310 268L316 160Q318 142 308 134L246 118Q200 150 154 118Z"
    cloth(c, shape, colour)
    with c.group(clip=shape):
        stitches = [
            [
                f"M{78 + column * 10} {116 + row * 10}l4 6 4-6"
                for row in range(17)
                for column in range(25)
                if (row + column) % 2 == side
            ]
            for side in (0, 1)
        ]
        c.line("".join(stitches[0]), lighten(colour, 0.3), 1.6, opacity=0.4)
        c.line("".join(stitches[1]), darken(colour, 0.25), 1.6, opacity=0.4)
        for x in (150, 250):
            c.rect((x - 16, 110, 32, 170), darken(colour, 0.12), opacity=0.55)
            for y in range(128, 280, 26):
                c.path(
                    f"M{x - 9} {y}Q{x + 16} {y + 7} {x + 9} {y + 26}Q{x - 16} {y + 19} {x - 9} {y}Z",
                    c.down(lighten(colour, 0.16), 0.16),
                )
    c.path(
        "M92 134L66 226Q66 262 92 266L132 262L118 222Z",
        c.linear((0, colour), (1, darken(colour, 0.22)), to=(0.4, 1)),
        opacity=0.96,
    )
    c.path(
        "M308 134L334 226Q334 262 308 266L268 262L282 222Z",
        c.linear((0, colour), (1, darken(colour, 0.3)), to=(0.4, 1)),
        opacity=0.96,
    )
    c.path("M154 118Q200 150 246 118L240 106Q200 132 160 106Z", c.down(darken(colour, 0.06), 0.14))
    for index in range(14):
        x = 161 + index * 6
        c.line(f"M{x} {number(112 + (1 - ((x - 200) / 44) ** 2) * 14)}v11", darken(colour, 0.3), 1.4, opacity=0.5)


@motif("jacket", "#c2402f", "#3f5468", "#e7b84a", "#5d6f58", "#d9d2c4", "#7d5a74")
def jacket(c: Canvas, colour: str) -> None:
    """A quilted down jacket on a hanger."""
    c.shadow(204, 322, 112, strength=0.22)
    hanger(c, 90)
    for side in (1, -1):
        with c.group("" if side == 1 else "translate(400 0) scale(-1 1)"):
            c.path(
                "M140 100Q96 112 84 160L66 268Q68 284 84 288L112 290L140 180Z",
                c.linear((0, lighten(colour, 0.2)), (1, darken(colour, 0.24)), to=(0.6, 1)),
            )
            for index in range(5):
                y = 148 + index * 27
                c.line(
                    f"M{86 - index * 4} {y}Q{108 - index * 3} {y + 15} {133 - index * 4} {y + 6}",
                    darken(colour, 0.35),
                    2.4,
                    opacity=0.55,
                )
    shape = "M150 88Q200 106 250 88L272 104Q284 200 278 302Q240 314 200 312T122 302Q116 200 128 104Z"
    cloth(c, shape, colour)
    with c.group(clip=shape):
        for index in range(6):
            y = 130 + index * 31
            c.path(
                f"M110 {y - 26}H290V{y}Q245 {y + 10} 200 {y + 5}T110 {y}Z",
                c.linear((0, lighten(colour, 0.32), 0.75), (0.5, colour, 0.2), (1, darken(colour, 0.25), 0.6)),
            )
            c.line(f"M112 {y}Q155 {y + 11} 200 {y + 5}T288 {y}", darken(colour, 0.4), 2.2, opacity=0.6)
    c.line("M200 110V311", darken(colour, 0.45), 5)
    c.line("M200 112V309", "#d9c48a", 1.8)
    c.rect((196, 150, 8, 18), "#d9c48a", radius=3)
    c.path("M152 88Q150 62 200 60T248 88Q246 108 200 116T152 88Z", c.down(darken(colour, 0.04), 0.16))
    c.path("M164 92Q166 76 200 75T236 92Q226 103 200 106T164 92Z", darken(colour, 0.4))
    c.path("M142 238l32 8v40l-32-6ZM258 238l-32 8v40l32-6Z", darken(colour, 0.16), opacity=0.6)


@motif("trousers", "#4a6486", "#8a7a62", "#3a3f48", "#b9a98a", "#6f7f6a")
def trousers(c: Canvas, colour: str) -> None:
    """Straight trousers."""
    c.shadow(204, 322, 96, strength=0.24)
    shape = "M138 74H262Q270 190 284 318H216L202 168L188 318H116Q130 190 138 74Z"
    c.path(
        shape,
        c.linear(
            (0, darken(colour, 0.08)),
            (0.22, lighten(colour, 0.24)),
            (0.5, darken(colour, 0.1)),
            (0.75, lighten(colour, 0.14)),
            (1, darken(colour, 0.24)),
            to=(1, 0.1),
        ),
    )
    with c.group(clip=shape):
        for x in range(104, 300, 4):
            c.line(f"M{x} 70L{number(200 + (x - 200) * 1.12)} 320", lighten(colour, 0.4), 0.7, opacity=0.2)
        for x in (152, 248):
            c.ellipse(x, 236, (16, 70), lighten(colour, 0.4), opacity=0.28)
    c.path("M137 72H263L264 94H136Z", darken(colour, 0.16))
    for x in (150, 180, 220, 250):
        c.rect((x - 3, 70, 6, 28), lighten(colour, 0.12), radius=1)
    c.circle(201, 83, 5, "#d9b36a")
    c.line("M201 96V150Q198 162 188 166", darken(colour, 0.35), 2)
    c.line("M144 98Q150 128 172 132L176 98M258 98Q252 128 230 132L226 98", "#d9b36a", 1.8, opacity=0.75)
    c.path("M112 306H189L187 320H110ZM215 306H285L287 320H217Z", lighten(colour, 0.18), opacity=0.8)


@motif("socks", "#d98a5a", "#6f8fa3", "#b9c49a", "#c96a72", "#e0c060")
def socks(c: Canvas, colour: str) -> None:
    """A pair of socks."""
    c.shadow(204, 318, 128, strength=0.24)
    for dx, dy, turn in ((54, -14, 8), (-24, 0, -6)):
        with c.group(f"translate({dx} {dy}) rotate({turn} 190 220)"):
            shape = "M152 84H216V212Q218 232 240 244L282 268Q306 286 290 306Q276 322 248 314L172 286Q148 272 152 240Z"
            cloth(c, shape, colour)
            with c.group(clip=shape):
                for row in range(9):
                    y = 128 + row * 22
                    if row % 2:
                        c.line(f"M140 {y}H310", mix(colour, "#fffaf0", 0.6), 7, opacity=0.75)
                c.path("M244 244Q296 268 304 300L260 330L228 300Z", mix(colour, "#fffaf0", 0.65))
                c.path("M146 236Q170 232 192 262T176 300L140 280Z", mix(colour, "#fffaf0", 0.65))
                c.line("M206 90Q214 190 206 220", darken(colour, 0.3), 6, opacity=0.16)
            c.rect((148, 80, 72, 34), c.across(mix(colour, "#fffaf0", 0.3)), radius=6)
            for x in range(154, 218, 7):
                c.line(f"M{x} 84V110", darken(colour, 0.25), 1.8, opacity=0.4)


@motif("scarf", "#b5483a", "#c9a86a", "#6f8a8c", "#8a6fa8", "#4f6a52")
def scarf(c: Canvas, colour: str) -> None:
    """A draped checked scarf with fringes."""
    c.shadow(204, 320, 130)
    tails = ("M214 196L262 178L300 288L246 306Z", "M150 190L206 196L196 308L132 300Z")
    for shape, ends in zip(tails, (((246, 306), (300, 288)), ((132, 300), (196, 308))), strict=True):
        cloth(c, shape, colour)
        weave(c, shape, colour)
        (x1, y1), (x2, y2) = ends
        for index in range(11):
            x, y = x1 + (x2 - x1) * index / 10, y1 + (y2 - y1) * index / 10
            c.line(f"M{number(x)} {number(y)}l{number(c.random.uniform(-2, 4))} 19", darken(colour, 0.08), 2.6)
    loop = "M104 150Q108 92 200 88T296 150Q292 214 200 220T104 150Z"
    cloth(c, loop, colour)
    weave(c, loop, colour)
    c.path("M146 140Q152 116 200 114T254 140Q248 162 200 166T146 140Z", darken(colour, 0.5))
    c.path("M110 164Q140 206 214 208Q270 206 290 172Q292 214 200 222T110 164Z", darken(colour, 0.3), opacity=0.4)
    for d in ("M118 132Q150 186 230 196", "M282 130Q262 180 190 200"):
        c.line(d, darken(colour, 0.35), 3, opacity=0.35)


def weave(c: Canvas, shape: str, colour: str) -> None:
    """Weave a check into ``shape``."""
    with c.group(clip=shape):
        for index in range(9):
            at = 70 + index * 34
            c.line(f"M{at} 60L{at + 34} 330", lighten(colour, 0.5), 8, opacity=0.36)
            c.line(f"M60 {at}L340 {at - 24}", darken(colour, 0.4), 8, opacity=0.28)
            c.line(f"M60 {at + 15}L340 {at - 9}", "#fffaf0", 1.8, opacity=0.5)
