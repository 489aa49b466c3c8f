"""Tea, coffee and drinks."""

from renmai.web.ui.drawing.canvas import Canvas, number, polygon
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif


@motif("tea-tin", "#3f6b52", "#8a3b32", "#2f4f63", "#b98a3c", "#6b5a86", "#4d7a74")
def tea_tin(c: Canvas, colour: str) -> None:
    """A round tin with a label and loose leaves in front."""
    c.shadow(212, 316, 112)
    c.cylinder((128, 128, 144, 190), colour, bend=0.16, gloss=0.3)
    c.cylinder((122, 92, 156, 58), darken(colour, 0.06), bend=0.16, gloss=0.4)
    c.ellipse(200, 104, (58, 8), "none", stroke=darken(colour, 0.25), width=1.6, opacity=0.6)
    c.band((128, 186, 144, 88), "#f7efdc", bend=0.16, gloss=0.3)
    c.line("M128 194A72 11 0 0 0 272 194", darken(colour, 0.05), 2.4, opacity=0.7)
    c.line("M128 268A72 11 0 0 0 272 268", darken(colour, 0.05), 2.4, opacity=0.7)
    c.sprig(200, 272, 62, mix(colour, "#5c8a4a", 0.5), lean=4)
    for _ in range(34):
        x, y = c.random.gauss(130, 34), c.random.uniform(306, 326)
        turn = c.random.randrange(180)
        with c.group(f"rotate({turn} {number(x)} {number(y)})"):
            c.ellipse(x, y, (c.random.uniform(5, 10), 2.1), mix("#4a5a32", "#2c3a22", c.random.random()))


@motif("tea-cake", "#8c6a48", "#a7a06a", "#7c4a38", "#93714f")
def tea_cake(c: Canvas, colour: str) -> None:
    """A pressed tea cake, half unwrapped."""
    c.shadow(204, 318, 152)
    leaf = mix(colour, "#3c2a1e", 0.45)
    c.ellipse(200, 220, (126, 98), c.radial((0, lighten(leaf, 0.2)), (0.7, leaf), (1, darken(leaf, 0.35))))
    with c.group(clip="M74 220A126 98 0 0 1 326 220A126 98 0 0 1 74 220Z"):
        for _ in range(210):
            x, y = c.random.uniform(76, 324), c.random.uniform(124, 316)
            with c.group(f"rotate({c.random.randrange(180)} {number(x)} {number(y)})"):
                c.ellipse(
                    x,
                    y,
                    (c.random.uniform(5, 13), 2.2),
                    mix(leaf, c.random.choice(("#caa77a", "#1f1712", "#7d6a4a")), 0.45),
                    opacity=0.7,
                )
    c.ellipse(200, 216, (22, 15), darken(leaf, 0.45), opacity=0.6)
    paper = "#f4ead4"
    c.path(
        "M66 232Q60 318 200 326Q340 318 334 232Q300 262 262 244Q226 274 192 250Q150 276 122 246Q92 262 66 232Z",
        c.linear((0, lighten(paper, 0.4)), (0.6, paper), (1, darken(paper, 0.14)), to=(0.7, 1)),
    )
    for x in (122, 192, 262):
        c.line(f"M{x} 248Q{x + (200 - x) * 0.2} 286 {200 + (x - 200) * 0.5} 316", darken(paper, 0.22), 1.6, opacity=0.5)
    stamp = "#a8402f"
    c.rect((178, 276, 44, 34), "none", radius=4, stroke=stamp, width=3, opacity=0.85)
    c.line("M188 288H212M194 298H206", stamp, 3, opacity=0.85)


@motif("coffee-bag", "#3c3330", "#7a4a34", "#e8dcc6", "#3f5d57", "#b5653c")
def coffee_bag(c: Canvas, colour: str) -> None:
    """A gusset bag with a valve and beans in front."""
    c.shadow(210, 318, 112)
    c.path(polygon((252, 108), (286, 132), (286, 306), (256, 318)), darken(colour, 0.34))
    c.path(polygon((252, 108), (268, 200), (256, 318)), darken(colour, 0.2), opacity=0.8)
    c.path(
        "M128 106H252L258 318H122Z", c.linear((0, lighten(colour, 0.2)), (0.4, colour), (1, darken(colour, 0.16)), to=(1, 0.5))
    )
    c.path(polygon((126, 84), (254, 84), (252, 112), (128, 112)), c.down(colour, 0.1))
    c.line("M124 96H256", "#d9b36c", 6)
    c.path("M134 116L150 116L146 314L130 314Z", "#ffffff", opacity=0.1)
    c.circle(224, 136, 8, darken(colour, 0.3))
    c.circle(224, 135, 6, lighten(colour, 0.16))
    label = "#f5ecda" if colour != "#e8dcc6" else "#a8583a"
    c.rect((146, 162, 88, 104), label, radius=5)
    c.mark(190, 208, 62, darken(colour, 0.35) if colour != "#e8dcc6" else "#fff6e6")
    for _ in range(15):
        x, y = c.random.uniform(92, 300), c.random.uniform(304, 324)
        with c.group(f"rotate({c.random.randrange(180)} {number(x)} {number(y)})"):
            c.ellipse(x, y, (11, 7.5), c.radial((0, "#8a5a38"), (1, "#3b2214")))
            c.line(f"M{number(x - 9)} {number(y)}q9-4 18 0", "#2a170d", 1.8)


@motif("drink-bottle", "#e8973a", "#c8455a", "#9bb44a", "#7a4f9a", "#e0b84a")
def drink_bottle(c: Canvas, colour: str) -> None:
    """A glass juice bottle."""
    c.shadow(214, 318, 92)
    shape = "M178 104V134C178 154 150 164 150 196V300Q150 318 170 318H230Q250 318 250 300V196C250 164 222 154 222 134V104Z"
    c.path(shape, c.linear((0, "#dfe9ea"), (0.3, "#ffffff"), (1, "#b9c8ca"), to=(1, 0)), opacity=0.85)
    with c.group(clip=shape):
        c.rect((140, 168, 120, 160), c.across(colour, gloss=0.4))
        c.ellipse(200, 169, (50, 7), lighten(colour, 0.35))
        for _ in range(12):
            c.circle(c.random.uniform(156, 244), c.random.uniform(180, 310), c.random.uniform(1, 3), "#ffffff", opacity=0.35)
    c.path("M159 200V298q0 9 8 12V196q-2-18 10-30-16 10-18 34Z", "#ffffff", opacity=0.5)
    c.cylinder((173, 72, 54, 38), "#e9e2d2", bend=0.2)
    c.rect((152, 212, 96, 66), "#fffaf0", opacity=0.95)
    c.mark(200, 244, 60, darken(colour, 0.15))
    citrus = mix(colour, "#ffffff", 0.1)
    c.shadow(292, 316, 44)
    c.ball(290, 292, 26, citrus)
    c.leaf(292, 266, 30, -36, "#6d9a4f")


@motif("honey-jar", "#e7a220", "#c9761b", "#b4331f", "#8a4a22", "#efc24a")
def honey_jar(c: Canvas, colour: str) -> None:
    """A squat jar with golden or red content under a cloth lid."""
    c.shadow(210, 318, 118)
    shape = "M122 176Q114 186 114 204V288Q114 318 148 318H252Q286 318 286 288V204Q286 186 278 176Z"
    c.path(shape, c.radial((0, lighten(colour, 0.55)), (0.45, colour), (1, darken(colour, 0.34)), at=(0.3, 0.3), radius=0.9))
    c.path("M128 192Q122 206 124 286Q126 304 140 308Q130 260 138 192Z", "#ffffff", opacity=0.42)
    c.path("M264 196Q276 230 270 292", stroke="#ffffff", width=4, opacity=0.28)
    c.path("M114 204q86 18 172 0v-8q-86 16-172 0Z", lighten(colour, 0.45), opacity=0.6)
    c.path("M142 218H258V290H142Z", "#fffaf0", opacity=0.96)
    c.mark(200, 254, 66, darken(colour, 0.22))
    cloth = c.random.choice(("#f3e3c8", "#d9cdb4", "#e6b9a2", "#c9d6c0"))
    c.path(
        "M112 150Q108 178 104 190Q118 182 130 192Q146 182 160 194Q180 184 200 194Q220 184 240 194Q254 182 270 192Q284 182 296 190Q292 178 288 150Z",
        c.across(cloth, gloss=0.3),
    )
    c.ellipse(200, 150, (88, 17), c.linear((0, lighten(cloth, 0.5)), (1, darken(cloth, 0.06)), to=(0.8, 1)))
    c.line("M112 166Q200 188 288 166", "#a5703d", 4)
    c.line("M200 180q-24 20-34 12t18-14M200 180q22 22 34 13t-16-15", "#a5703d", 3)
