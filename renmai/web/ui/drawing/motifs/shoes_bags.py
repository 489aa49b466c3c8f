"""Shoes and bags."""

from renmai.web.ui.drawing.canvas import Canvas, number
from renmai.web.ui.drawing.colour import darken, lighten, mix
from renmai.web.ui.drawing.registry import motif


@motif("sneakers", "#f1ece2", "#5f8fa8", "#d9694a", "#8aa37a", "#3f4450", "#e3b24a")
def sneakers(c: Canvas, colour: str) -> None:
    """A low sneaker from the side, its pair behind."""
    c.shadow(206, 318, 158)
    for dx, dy, shade in ((26, -26, 0.12), (0, 0, 0.0)):
        tone = darken(colour, shade)
        accent = mix(tone, "#2f3a44", 0.6) if colour == "#f1ece2" else lighten(tone, 0.6)
        with c.group(f"translate({dx} {dy})"):
            c.path(
                "M62 284Q58 316 80 318H312Q340 316 340 290L330 280H70Z",
                c.down("#f7f2e8" if colour != "#f1ece2" else "#e4d3b4", 0.12),
            )
            c.line("M66 304H336", darken(tone, 0.3), 2.4, opacity=0.45)
            c.path(
                "M64 286Q58 214 78 196Q108 212 134 190Q150 180 162 192Q206 236 260 248Q336 258 338 288Q200 300 64 286Z",
                c.linear((0, lighten(tone, 0.34)), (0.5, tone), (1, darken(tone, 0.22)), to=(0.5, 1)),
            )
            c.path("M256 250Q334 256 338 288Q300 294 262 292Q244 270 256 250Z", c.down(lighten(tone, 0.3), 0.12))
            c.path("M64 286Q58 224 74 206Q98 226 96 288Z", darken(accent, 0.05), opacity=0.85)
            c.path("M112 254Q170 270 244 256Q190 292 120 288Z", accent, opacity=0.8)
            c.path("M134 190Q150 178 166 194L204 230L182 246Q150 232 134 190Z", darken(tone, 0.1))
            for index in range(4):
                x, y = 152 + index * 15, 196 + index * 12
                c.line(f"M{x} {y}l-16 13", "#fffaf0", 5)
                c.line(f"M{x} {y}l-16 13", "#cfc3ae", 1, opacity=0.6)
            c.path("M78 196Q108 212 134 190Q136 200 128 208Q104 224 80 210Z", darken(tone, 0.4))


@motif("loafers", "#7a4a30", "#2f2b2c", "#b98a5a", "#6b2f35", "#8c8a72")
def loafers(c: Canvas, colour: str) -> None:
    """A slip-on shoe from the side, its pair behind."""
    c.shadow(206, 318, 154)
    for dx, dy, shade in ((24, -24, 0.14), (0, 0, 0.0)):
        tone = darken(colour, shade)
        with c.group(f"translate({dx} {dy})"):
            c.path("M66 292H334V304Q334 314 322 314H140L136 318H78Q66 318 66 306Z", c.down(darken(tone, 0.45), 0.1))
            c.path(
                "M66 294Q58 226 80 214Q120 238 172 220Q210 226 250 246Q326 256 336 294Z",
                c.linear((0, lighten(tone, 0.36)), (0.5, tone), (1, darken(tone, 0.28)), to=(0.4, 1)),
            )
            c.path("M80 214Q120 238 172 220Q176 232 158 240Q112 254 84 232Z", darken(tone, 0.5))
            c.path(
                "M172 222Q214 226 250 247Q230 276 186 278Q164 258 172 222Z",
                c.down(lighten(tone, 0.12), 0.14),
                stroke=darken(tone, 0.3),
                width=2,
            )
            c.path("M160 246Q196 238 226 256L218 278Q184 264 156 270Z", darken(tone, 0.12))
            c.line("M176 258L204 264", "#d9b86a", 6)
            c.path("M286 262Q324 270 330 290Q300 292 276 288Q270 272 286 262Z", "#ffffff", opacity=0.14)
            for index in range(14):
                c.line(f"M{178 + index * 5} {number(277 + index * 0.2)}l3 3", lighten(tone, 0.5), 1, opacity=0.5)


@motif("boots", "#8a5a38", "#2f2c2e", "#b3895c", "#6a3436", "#59604f")
def boots(c: Canvas, colour: str) -> None:
    """An ankle boot from the side, its pair behind."""
    c.shadow(206, 318, 150)
    for dx, dy, shade in ((34, -20, 0.16), (0, 0, 0.0)):
        tone = darken(colour, shade)
        with c.group(f"translate({dx} {dy})"):
            c.path("M88 290H316V304Q316 312 306 312H152V318H90Z", darken(tone, 0.5))
            c.path(
                "M98 96H196L200 196Q214 232 260 242Q316 252 318 292H88Q82 240 98 196Z",
                c.linear((0, darken(tone, 0.06)), (0.2, lighten(tone, 0.32)), (0.5, tone), (1, darken(tone, 0.26)), to=(1, 0.35)),
            )
            c.ellipse(147, 96, (49, 9), darken(tone, 0.5))
            c.path("M140 112H174L178 206H136Z", darken(tone, 0.42), opacity=0.75)
            for y in range(118, 204, 7):
                c.line(f"M144 {y}H172", lighten(tone, 0.12), 1.4, opacity=0.45)
            c.path("M98 100q-16-2-14-20h16", "none", stroke=darken(tone, 0.2), width=6)
            c.line("M94 216Q130 232 196 206", darken(tone, 0.35), 2.6, opacity=0.6)
            c.line("M92 286H314", lighten(tone, 0.4), 1.6, opacity=0.5)
            c.path("M268 252Q306 260 308 284Q286 288 262 284Q256 264 268 252Z", "#ffffff", opacity=0.16)


@motif("tote-bag", "#e6d8bc", "#a8663f", "#5f7a6a", "#3f4f63", "#d9a08a", "#c9a34a")
def tote_bag(c: Canvas, colour: str) -> None:
    """A tote with two handles."""
    c.shadow(206, 320, 128)
    strap = mix(colour, "#5a3418", 0.6)
    c.line("M150 156Q150 62 200 62T250 156", darken(strap, 0.2), 10)
    c.path(
        "M96 152H304L318 304Q318 320 300 320H100Q82 320 82 304Z",
        c.linear((0, lighten(colour, 0.3)), (0.4, colour), (1, darken(colour, 0.2)), to=(0.8, 1)),
    )
    with c.group(clip="M96 152H304L318 304Q318 320 300 320H100Q82 320 82 304Z"):
        for x in range(80, 322, 5):
            c.line(f"M{x} 150V322", darken(colour, 0.2), 0.7, opacity=0.24)
        for y in range(152, 322, 5):
            c.line(f"M80 {y}H322", darken(colour, 0.2), 0.7, opacity=0.2)
        c.path("M82 320L120 152H132L110 320Z", "#ffffff", opacity=0.16)
        c.path("M236 152Q262 240 244 322H322V152Z", darken(colour, 0.4), opacity=0.14)
    c.path("M96 152H304L306 172H94Z", darken(colour, 0.1), opacity=0.6)
    c.line("M140 196V150Q142 86 200 84T260 150V196", strap, 11)
    c.line("M137 190V150Q140 90 190 84", lighten(strap, 0.4), 2.4, opacity=0.6)
    for x in (140, 260):
        c.rect((x - 11, 176, 22, 30), strap, radius=3)
        c.line(f"M{x - 6} 181v20M{x + 6} 181v20", lighten(strap, 0.5), 1.4, opacity=0.7)
    c.mark(200, 250, 74, strap)


@motif("backpack", "#5a7a6a", "#35506b", "#c98a4a", "#8a4a4f", "#6f6a86", "#d9b060")
def backpack(c: Canvas, colour: str) -> None:
    """A backpack from the front with a pocket."""
    c.shadow(206, 320, 122)
    leather = "#8a5a34"
    c.line("M176 92Q176 58 200 58T224 92", darken(colour, 0.3), 9)
    for x, side in ((104, -1), (296, 1)):
        c.path(f"M{x} 200q{side * 26} 20 {side * 22} 70t{-side * 18} 40Z", darken(colour, 0.3))
    c.path(
        "M104 170Q108 82 200 82T296 170L304 296Q304 320 280 320H120Q96 320 96 296Z",
        c.linear(
            (0, darken(colour, 0.05)), (0.24, lighten(colour, 0.26)), (0.55, colour), (1, darken(colour, 0.26)), to=(1, 0.2)
        ),
    )
    c.line("M112 176Q118 98 200 98T288 176", darken(colour, 0.35), 3, opacity=0.7)
    c.line("M116 178Q122 102 200 102T284 178", "#d9c48a", 1.4, opacity=0.7)
    c.path(
        "M116 208Q116 194 132 194H268Q284 194 284 208V288Q284 308 264 308H136Q116 308 116 288Z",
        c.linear((0, lighten(colour, 0.2)), (1, darken(colour, 0.16)), to=(0.3, 1)),
        stroke=darken(colour, 0.3),
        width=2,
    )
    c.path(
        "M114 206Q116 188 134 188H266Q284 188 286 206V236Q200 256 114 236Z",
        c.down(lighten(colour, 0.06), 0.14),
        stroke=darken(colour, 0.3),
        width=2,
    )
    for x in (150, 250):
        c.rect((x - 9, 222, 18, 46), c.across(leather), radius=3)
        c.rect((x - 12, 238, 24, 15), "#d9c48a", radius=3)
        c.rect((x - 7, 242, 14, 7), leather, radius=2)
    c.rect((176, 132, 48, 34), leather, radius=5)
    c.mark(200, 151, 32, "#f3dfb4", lines=1)


@motif("suitcase", "#7f9db0", "#d98f6f", "#c9b48a", "#5f7a70", "#3a3f4a", "#c98a9a")
def suitcase(c: Canvas, colour: str) -> None:
    """An upright trolley case."""
    c.shadow(206, 322, 112)
    c.path("M158 92V52Q158 44 166 44H234Q242 44 242 52V92", "none", stroke="#8c9296", width=7)
    c.rect((164, 38, 72, 15), c.down("#3a3c40", 0.2), radius=7)
    for x in (134, 256):
        c.rect((x - 8, 306, 22, 12), "#4a4d52", radius=3)
        c.circle(x + 3, 319, 9, c.radial((0, "#7a7e84"), (1, "#26282c")))
    c.rect(
        (104, 90, 192, 220),
        c.linear((0, darken(colour, 0.1)), (0.2, lighten(colour, 0.36)), (0.5, colour), (1, darken(colour, 0.28)), to=(1, 0.15)),
        radius=26,
    )
    for index in range(7):
        rib = 130 + index * 23.3
        c.line(f"M{number(rib)} 104V296", darken(colour, 0.28), 4, opacity=0.4)
        c.line(f"M{number(rib + 3.5)} 104V296", lighten(colour, 0.5), 2, opacity=0.45)
    c.rect((104, 192, 192, 10), darken(colour, 0.3), opacity=0.5)
    for x in (112, 264):
        for y in (96, 280):
            c.rect((x, y, 24, 24), darken(colour, 0.24), radius=10, opacity=0.55)
    c.rect((172, 108, 56, 32), "#fffaf0", radius=5, opacity=0.92)
    c.mark(200, 126, 32, darken(colour, 0.35), lines=1)
    c.rect((284, 180, 15, 34), "#3a3c40", radius=4)
    c.path("M284 150Q320 168 314 206L296 232L286 202Z", c.down("#a8572f", 0.14))
    c.circle(303, 214, 3, "#f3dfb4")
