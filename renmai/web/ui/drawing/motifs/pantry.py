"""Grain, oil and pantry."""

from renmai.web.ui.drawing.canvas import Canvas, number
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif


@motif("rice-bag", "#e9dcc2", "#d9cdb6", "#cfb893", "#e4d3b8", "#c9c3ae")
def rice_bag(c: Canvas, colour: str) -> None:
    """A tied cloth sack with a heap of grain."""
    c.shadow(208, 320, 132)
    body = "M164 130C118 152 98 214 104 290Q108 320 140 320H260Q294 320 298 290C304 214 282 152 236 130Z"
    c.path(
        body,
        c.linear((0, darken(colour, 0.06)), (0.28, lighten(colour, 0.4)), (0.6, colour), (1, darken(colour, 0.26)), to=(1, 0.25)),
    )
    with c.group(clip=body):
        for index in range(26):
            y = 136 + index * 7.4
            c.line(f"M96 {number(y)}Q200 {number(y + 9)} 304 {number(y)}", darken(colour, 0.2), 0.9, opacity=0.26)
        for thread in range(108, 300, 8):
            c.line(f"M{thread} 130V322", darken(colour, 0.2), 0.7, opacity=0.18)
    c.path("M160 86Q180 100 200 88Q222 100 242 86Q246 112 230 132H170Q154 112 160 86Z", c.across(lighten(colour, 0.1), gloss=0.3))
    for fold in (176, 190, 206, 222):
        c.line(
            f"M{fold} 98Q{number(fold + (200 - fold) * 0.2)} 118 {number(fold + (200 - fold) * 0.3)} 132",
            darken(colour, 0.3),
            1.5,
            opacity=0.5,
        )
    c.line("M166 130Q200 142 234 130", "#a8572f", 6)
    c.line("M206 136q12 26 26 30M204 136q2 24-6 34", "#a8572f", 3.4)
    tint = c.random.choice(("#8a3b32", "#3f6b52", "#35506b", "#a8701f"))
    c.circle(196, 226, 46, "#fffaf0", opacity=0.55)
    c.ellipse(196, 226, (46, 46), "none", stroke=tint, width=3, opacity=0.9)
    c.mark(196, 226, 60, tint)
    for _ in range(90):
        x = c.random.gauss(300, 24)
        y = 322 - max(0.0, 20 - abs(x - 300) * 0.5) * c.random.random()
        with c.group(f"rotate({c.random.randrange(180)} {number(x)} {number(y)})"):
            c.ellipse(x, y, (4.2, 1.7), mix("#fffaf0", "#e8d8b6", c.random.random()), stroke="#d8c49c", width=0.4)


@motif("oil-bottle", "#e3b32f", "#c98f1e", "#4a2c1c", "#9aa53a", "#b5532a")
def oil_bottle(c: Canvas, colour: str) -> None:
    """A tall bottle with the liquid in the light."""
    c.shadow(212, 318, 90)
    c.path("M196 300Q300 320 330 312Q300 296 214 296Z", colour, opacity=0.22)
    shape = "M182 96V136C182 156 146 170 146 208V300Q146 318 164 318H236Q254 318 254 300V208C254 170 218 156 218 136V96Z"
    c.path(
        shape,
        c.linear(
            (0, darken(colour, 0.24)),
            (0.16, colour),
            (0.32, lighten(colour, 0.5)),
            (0.6, colour),
            (1, darken(colour, 0.32)),
            to=(1, 0),
        ),
    )
    c.path("M182 96h36v34h-36Z", "#ffffff", opacity=0.25)
    c.path("M155 212V296q0 12 9 14V206q0-18 14-32-22 14-23 38Z", "#ffffff", opacity=0.42)
    c.line("M246 216V296", "#ffffff", 3, opacity=0.3)
    c.cylinder((176, 62, 48, 40), c.random.choice(("#2f3a2c", "#8a3b32", "#d9b04a", "#e9e2d2")), bend=0.22)
    c.band((146, 218, 108, 74), "#fbf3e0", bend=0.1, gloss=0.4)
    c.mark(200, 258, 64, darken(colour, 0.3))
    c.line("M256 178q34 4 30 40t-30 30", darken(colour, 0.1), 9, opacity=0.55)


@motif("noodle-pack", "#ead7a8", "#f1e6cf", "#cfa876", "#c9d2a6")
def noodle_pack(c: Canvas, colour: str) -> None:
    """A bundle of dried noodles with a paper band."""
    c.shadow(206, 320, 150)
    for bundle, lift in ((0, 44), (1, 0)):
        with c.group(f"translate({bundle * 14 - 6} {-lift}) rotate({-5 + bundle * 4} 200 280)"):
            c.rect((72, 244, 260, 64), c.linear((0, lighten(colour, 0.3)), (0.5, colour), (1, darken(colour, 0.22))), radius=20)
            for index in range(22):
                y = 247 + index * 2.75
                start, end = 74 + c.random.uniform(-6, 8), 330 + c.random.uniform(-8, 6)
                c.line(
                    f"M{number(start)} {number(y)}H{number(end)}",
                    mix(darken(colour, 0.25), lighten(colour, 0.5), c.random.random()),
                    1.5,
                    opacity=0.75,
                )
            for y in range(250, 306, 7):
                c.circle(332 + c.random.uniform(-3, 3), y, 2.6, darken(colour, 0.1), opacity=0.9)
    tint = c.random.choice(("#8a3b32", "#35506b", "#1f7a5a", "#b3701f"))
    with c.group("rotate(-1 200 280)"):
        c.rect((158, 240, 86, 72), c.linear((0, lighten(tint, 0.26)), (0.4, tint), (1, darken(tint, 0.24))), radius=6)
        c.mark(201, 276, 52, "#fff6e2")
    c.leaf(316, 306, 40, -160, "#8aa860")
