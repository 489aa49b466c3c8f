"""Kitchenware."""

from renmai.web.ui.drawing.canvas import Canvas, number, polygon
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif


def steam(c: Canvas, x: float, y: float) -> None:
    """Draw two wisps of steam."""
    for shift in (-14, 12):
        c.line(f"M{x + shift} {y}q-14-20 0-40t0-38", "#ffffff", 7, opacity=0.34)


@motif("wok", "#3a3b3f", "#4a4038", "#2f3a40", "#6b3d34")
def wok(c: Canvas, colour: str) -> None:
    """A wok with a wooden handle and a little steam."""
    c.shadow(188, 316, 128)
    c.path("M268 214L352 160Q362 158 362 168Q360 176 350 182L276 232Z", c.down("#a8713f", 0.18))
    c.circle(350, 170, 3, "#5c3a1c")
    c.path(
        "M58 212Q70 318 176 318T296 212Z",
        c.linear((0, lighten(colour, 0.22)), (0.3, lighten(colour, 0.1)), (1, darken(colour, 0.3)), to=(1, 0.4)),
    )
    c.path("M74 236Q92 304 160 312Q104 292 92 232Z", "#ffffff", opacity=0.12)
    c.ellipse(177, 210, (119, 40), c.linear((0, lighten(colour, 0.3)), (1, lighten(colour, 0.06)), to=(1, 0.6)))
    c.ellipse(177, 213, (108, 33), c.radial((0, lighten(colour, 0.28)), (0.5, colour), (1, darken(colour, 0.3)), at=(0.5, 0.9)))
    greens = ("#7fa84a", "#c94f3a", "#efc14a", "#5d8a3f", "#f2e3c0")
    for _ in range(20):
        x, y = c.random.gauss(177, 34), c.random.gauss(220, 8)
        with c.group(f"rotate({c.random.randrange(180)} {number(x)} {number(y)})"):
            c.ellipse(x, y, (c.random.uniform(7, 13), c.random.uniform(4, 6)), c.down(c.random.choice(greens), 0.2))
    c.line("M58 214q-18 2-22 16 14 8 28 0", darken(colour, 0.1), 6)
    steam(c, 176, 178)


@motif("clay-pot", "#b0704a", "#8a5a44", "#c8926a", "#5e5148", "#a8533c")
def clay_pot(c: Canvas, colour: str) -> None:
    """A round earthen pot with a lid."""
    c.shadow(204, 318, 140)
    for x, side in ((84, -1), (316, 1)):
        c.line(f"M{x} 222q{side * 34}-2 {side * 30} 24t{-side * 26} 20", darken(colour, 0.12), 13)
    c.path(
        "M78 208H322Q334 300 262 318H138Q66 300 78 208Z",
        c.linear((0, darken(colour, 0.1)), (0.26, lighten(colour, 0.3)), (0.55, colour), (1, darken(colour, 0.32)), to=(1, 0.2)),
    )
    for _ in range(60):
        c.circle(
            c.random.uniform(90, 310), c.random.uniform(222, 312), c.random.uniform(0.7, 1.8), darken(colour, 0.4), opacity=0.28
        )
    c.line("M84 246Q200 268 316 246", lighten(colour, 0.45), 3, opacity=0.5)
    c.path(
        "M70 204Q80 138 200 134T330 204Q200 230 70 204Z",
        c.radial((0, lighten(colour, 0.42)), (0.5, colour), (1, darken(colour, 0.26)), at=(0.3, 0.2), radius=0.9),
    )
    c.line("M70 205Q200 231 330 205", darken(colour, 0.3), 3.5, opacity=0.6)
    c.ellipse(200, 138, (26, 8), darken(colour, 0.3))
    c.ball(200, 124, 19, lighten(colour, 0.06), squash=0.8)
    steam(c, 262, 130)


@motif("kitchen-knife", "#6b4a32", "#2d2b2c", "#a8713f", "#5a3140")
def kitchen_knife(c: Canvas, colour: str) -> None:
    """A knife on a bamboo board."""
    bamboo = "#dcbb82"
    c.shadow(204, 320, 168)
    c.path(polygon((84, 196), (318, 196), (350, 306), (50, 306)), c.linear((0, lighten(bamboo, 0.25)), (1, bamboo), to=(0.6, 1)))
    c.path(polygon((50, 306), (350, 306), (346, 322), (54, 322)), darken(bamboo, 0.24))
    for index in range(1, 9):
        c.line(f"M{84 + index * 26} 197L{50 + index * 33.3:.1f} 305", darken(bamboo, 0.22), 1.2, opacity=0.5)
    for _ in range(16):
        x, y = c.random.uniform(80, 300), c.random.uniform(204, 300)
        c.line(f"M{number(x)} {number(y)}l{number(c.random.uniform(-4, 4))} 9", darken(bamboo, 0.3), 1.6, opacity=0.35)
    with c.group("rotate(-12 200 250)"):
        c.path("M98 262Q96 276 108 276H236V220H132Q102 222 98 262Z", "#3b2a17", opacity=0.22)
        c.path(
            "M92 250Q90 266 104 266H234V208H128Q98 212 92 250Z",
            c.linear((0, "#f6f8f9"), (0.45, "#c3ccd2"), (0.55, "#e9eef1"), (1, "#97a4ac"), to=(0.7, 1)),
        )
        c.line("M94 260Q96 264 104 264H234", "#ffffff", 2.4, opacity=0.9)
        c.rect((232, 204, 12, 34), c.down("#8f9aa1", 0.2), radius=3)
        c.path("M242 206H318Q334 206 334 221T318 238H242Z", c.down(colour, 0.2))
        for x in (262, 288, 312):
            c.circle(x, 222, 4, "#e7d3a6")
    c.ball(118, 188, 24, "#d94a34")
    c.path("M108 168q10-8 20 0l-10 4Z", "#5d8a3f")
    c.leaf(284, 292, 44, -168, "#7fa84a")
    c.leaf(290, 284, 36, -190, "#8fb45c")


@motif("bowl-set", "#8fa9bd", "#e7dccb", "#b9705c", "#7f9a86", "#3f5468")
def bowl_set(c: Canvas, colour: str) -> None:
    """Stacked bowls with chopsticks across."""
    c.shadow(204, 318, 130)
    for index in range(3):
        y = 246 - index * 38
        tone = (colour, mix(colour, "#fffaf0", 0.45), mix(colour, "#fffaf0", 0.8))[index]
        c.path(
            f"M{86 + index * 6} {y - 22}Q{96 + index * 5} {y + 48} 158 {y + 58}H242Q{304 - index * 5} {y + 48} {314 - index * 6} {y - 22}Z",
            c.linear((0, darken(tone, 0.08)), (0.25, lighten(tone, 0.45)), (0.6, tone), (1, darken(tone, 0.26)), to=(1, 0.15)),
        )
        c.line(f"M{92 + index * 6} {y}Q200 {y + 26} {308 - index * 6} {y}", darken(tone, 0.25), 2.2, opacity=0.5)
        for x in range(116, 300, 22):
            c.line(f"M{x} {number(y + 14 - abs(x - 200) * 0.06)}q6 8 12 0", darken(tone, 0.3), 2, opacity=0.4)
    c.rect((162, 302, 76, 16), c.across(darken(colour, 0.1)), radius=4)
    top = mix(colour, "#fffaf0", 0.8)
    c.ellipse(200, 148, (102, 25), c.linear((0, lighten(top, 0.5)), (1, top), to=(0.8, 1)))
    c.ellipse(200, 151, (94, 20), c.radial((0, darken(top, 0.2)), (1, darken(top, 0.02)), at=(0.4, 0.2)))
    for shift in (0, 13):
        c.line(f"M62 {160 + shift}L330 {112 + shift}", darken("#a5703d", 0.3), 6.5, opacity=0.25)
        c.line(f"M62 {154 + shift}L330 {106 + shift}", "#a5703d", 6)
        c.line(f"M284 {114 + shift}L330 {106 + shift}", "#7c2f28", 6)
        c.line(f"M70 {151 + shift}L320 {106 + shift}", "#e3b98a", 1.4, opacity=0.7)


@motif("thermos", "#2f5a4c", "#d9c9b0", "#35506b", "#b5533a", "#e3a9a0", "#3a3b3f")
def thermos(c: Canvas, colour: str) -> None:
    """A slim vacuum flask with a cup."""
    c.shadow(204, 318, 88)
    steel = "#c9cfd2"
    c.cylinder((150, 84, 96, 234), colour, bend=0.14, gloss=0.45)
    c.cylinder((158, 60, 80, 58), steel, bend=0.14, gloss=0.7)
    c.band((150, 122, 96, 9), steel, bend=0.14, gloss=0.7)
    c.band((150, 292, 96, 16), darken(colour, 0.2), bend=0.14, gloss=0.35)
    for _ in range(70):
        c.circle(c.random.uniform(154, 242), c.random.uniform(140, 288), 0.7, "#ffffff", opacity=0.22)
    c.mark(196, 206, 54, "#fff6e4" if colour not in ("#d9c9b0", "#e3a9a0") else "#4a3a30")
    c.shadow(292, 318, 54)
    c.cylinder((258, 262, 66, 56), steel, bend=0.24, gloss=0.7)
    c.ellipse(291, 271, (28, 6), "#8a5a2c")
    steam(c, 292, 252)


@motif("glass-box", "#6fa79a", "#d98a6a", "#8aa0c4", "#d9b04a", "#b07a94")
def glass_box(c: Canvas, colour: str) -> None:
    """A glass food box with a clip lid."""
    c.shadow(206, 320, 152)
    shape = "M76 196H324L310 300Q308 318 288 318H112Q92 318 90 300Z"
    c.path(shape, c.linear((0, "#eef6f6"), (1, "#c9dbdc"), to=(1, 1)), opacity=0.85)
    with c.group(clip=shape):
        foods = (("#8ab04f", 112), ("#e7893a", 176), ("#f3ead2", 236), ("#c24b3a", 292))
        for tone, x in foods:
            for _ in range(16):
                c.circle(
                    x + c.random.uniform(-30, 30),
                    c.random.uniform(242, 312),
                    c.random.uniform(7, 14),
                    c.radial((0, lighten(tone, 0.3)), (1, darken(tone, 0.14))),
                )
    c.path(
        shape,
        c.linear((0, "#ffffff", 0.6), (0.2, "#ffffff", 0.08), (0.7, "#ffffff", 0.02), (1, "#ffffff", 0.4), to=(1, 0.4)),
        stroke="#ffffff",
        width=2.5,
    )
    c.path(polygon((108, 210), (132, 210), (128, 306), (112, 306)), "#ffffff", opacity=0.35)
    c.path(
        "M66 182Q66 170 80 168L112 150H300L326 168Q336 172 336 184V196Q336 204 326 204H76Q66 204 66 196Z",
        c.linear((0, lighten(colour, 0.3)), (0.5, colour), (1, darken(colour, 0.18))),
    )
    c.path(polygon((96, 172), (122, 157), (288, 157), (310, 172)), lighten(colour, 0.36), opacity=0.7)
    for x in (98, 266):
        c.rect((x, 190, 40, 40), c.down(darken(colour, 0.1), 0.16), radius=6)
        c.line(f"M{x + 9} 222h22", lighten(colour, 0.3), 2.4)


@motif("teapot", "#e9e2d4", "#8a5a44", "#9ab3ac", "#5f7488", "#c9a27a")
def teapot(c: Canvas, colour: str) -> None:
    """A small teapot with two cups."""
    c.shadow(190, 306, 120)
    c.line("M254 214q52-18 48 30t-60 28", darken(colour, 0.1), 12)
    c.path(
        "M106 236Q72 226 62 180Q74 176 84 184Q92 214 122 218Z",
        c.linear((0, lighten(colour, 0.3)), (1, darken(colour, 0.16)), to=(0.8, 1)),
    )
    c.path(
        "M106 240Q106 178 184 178T262 240Q262 306 214 308H154Q106 306 106 240Z",
        c.radial((0, lighten(colour, 0.55)), (0.5, colour), (1, darken(colour, 0.34)), at=(0.32, 0.26), radius=0.85),
    )
    c.ellipse(184, 184, (50, 12), darken(colour, 0.2))
    c.path("M134 182Q146 154 184 152T234 182Q184 196 134 182Z", c.down(colour, 0.16))
    c.ball(184, 146, 11, colour)
    c.sprig(184, 288, 62, mix(colour, "#4f7a5a", 0.7), lean=12)
    tea = "#a8692c"
    for x in (256, 320):
        c.shadow(x, 318, 36)
        c.path(
            f"M{x - 27} 276Q{x - 22} 316 {x - 12} 318H{x + 12}Q{x + 22} 316 {x + 27} 276Z",
            c.across(lighten(colour, 0.12), gloss=0.5),
        )
        c.ellipse(x, 276, (27, 8), lighten(colour, 0.5))
        c.ellipse(x, 277, (22, 5.6), c.linear((0, lighten(tea, 0.3)), (1, tea)))
    steam(c, 258, 262)
