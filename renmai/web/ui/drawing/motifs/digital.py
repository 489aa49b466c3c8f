"""Digital goods and small appliances."""

from renmai.web.ui.drawing.canvas import Canvas, polygon
from renmai.web.ui.drawing.colour import darken, lighten
from renmai.web.ui.drawing.registry import motif


@motif("earphones", "#f4f1ea", "#2f3338", "#c9d6cf", "#e3b9a8", "#5f7089")
def earphones(c: Canvas, colour: str) -> None:
    """Two earbuds over an open charging case."""
    c.shadow(204, 318, 122)
    c.path("M116 214Q116 130 200 130T284 214Z", c.linear((0, lighten(colour, 0.3)), (1, darken(colour, 0.16)), to=(0.7, 1)))
    c.path("M130 212Q132 146 200 146T270 212Z", darken(colour, 0.3), opacity=0.55)
    c.path(
        "M108 218Q108 208 120 208H280Q292 208 292 218V262Q292 318 236 318H164Q108 318 108 262Z",
        c.linear(
            (0, darken(colour, 0.08)), (0.24, lighten(colour, 0.5)), (0.55, colour), (1, darken(colour, 0.28)), to=(1, 0.25)
        ),
    )
    c.ellipse(200, 214, (88, 13), darken(colour, 0.35))
    for x, side in ((164, 1), (236, -1)):
        with c.group(f"rotate({side * -9} {x} 190)"):
            c.path(f"M{x - 9} 150H{x + 9}V216Q{x} 224 {x - 9} 216Z", c.across(colour, gloss=0.6))
            c.ball(x + side * 6, 132, 25, colour)
            c.ellipse(x + side * 22, 126, (11, 14), c.radial((0, "#6a6e74"), (1, "#2b2d31")))
            c.ellipse(x - side * 6, 140, (5, 8), "#2b2d31", opacity=0.65)
    c.circle(200, 250, 4.5, "#59c48e")
    c.path("M120 236Q120 290 150 306Q128 290 130 232Z", "#ffffff", opacity=0.55)


@motif("charger", "#f1ede4", "#33383f", "#8fb0b5", "#e6b58a", "#9a8fbf")
def charger(c: Canvas, colour: str) -> None:
    """A power bank with its cable."""
    c.shadow(200, 320, 128)
    c.line("M236 120Q330 74 336 168T262 300T330 314", darken(colour, 0.12), 9)
    c.line("M236 118Q328 74 333 168", lighten(colour, 0.5), 2.4, opacity=0.6)
    c.rect((318, 304, 26, 18), c.down("#5a5e64", 0.2), radius=4)
    c.rect((342, 307, 15, 12), "#c3c8cc", radius=2)
    c.carton((106, 118, 120, 200), colour, depth=26)
    c.rect(
        (106, 118, 120, 200), c.linear((0, lighten(colour, 0.4)), (0.5, colour), (1, darken(colour, 0.14)), to=(1, 1)), radius=12
    )
    c.rect((120, 134, 92, 84), darken(colour, 0.08), radius=10, opacity=0.35)
    c.mark(166, 172, 60, darken(colour, 0.45) if colour != "#33383f" else "#d9d4c8")
    for index in range(4):
        c.circle(140 + index * 17, 246, 4.4, "#59c48e" if index < 3 else darken(colour, 0.2))
    c.rect((132, 274, 26, 13), "#2b2d31", radius=3)
    c.rect((170, 274, 36, 13), "#2b2d31", radius=6)
    c.rect((230, 106, 24, 26), c.down("#5a5e64", 0.2), radius=4)


@motif("kettle", "#e9e2d5", "#3f5a52", "#c7cdd0", "#b5533a", "#35404c")
def kettle(c: Canvas, colour: str) -> None:
    """An electric kettle on its base."""
    c.shadow(200, 320, 130)
    c.path("M108 300H292Q300 318 286 318H114Q100 318 108 300Z", c.down("#3a3c40", 0.14))
    c.line("M276 148Q340 150 334 220T282 282", c.across("#3a3c40"), 18)
    c.line("M282 144Q330 150 328 212", "#7a7e84", 3, opacity=0.7)
    c.path("M140 166L86 140Q82 150 92 164L130 222Z", c.linear((0, lighten(colour, 0.3)), (1, darken(colour, 0.2)), to=(0.6, 1)))
    c.path(
        "M140 122H264Q284 210 290 300H110Q116 210 140 122Z",
        c.linear(
            (0, darken(colour, 0.14)),
            (0.22, lighten(colour, 0.5)),
            (0.5, colour),
            (0.85, darken(colour, 0.18)),
            (1, darken(colour, 0.3)),
            to=(1, 0),
        ),
    )
    c.path("M138 126Q146 104 202 102T266 126Q202 142 138 126Z", c.down("#4a4d52", 0.16))
    c.ball(202, 98, 13, "#3a3c40")
    c.path("M152 140Q136 210 130 288L146 290Q150 210 164 140Z", "#ffffff", opacity=0.35)
    c.rect((214, 190, 17, 80), "#dcebef", radius=8, opacity=0.85)
    c.rect((217, 222, 11, 45), "#8fc1d6", radius=5)
    c.circle(280, 310, 3.5, "#f0a202")
    for shift in (-8, 8):
        c.line(f"M{88 + shift} 128q-10-16 0-32t0-28", "#ffffff", 6, opacity=0.32)


@motif("rice-cooker", "#f3ece0", "#d9b9a6", "#aebfb8", "#3f444c", "#e6cf9a")
def rice_cooker(c: Canvas, colour: str) -> None:
    """A round appliance with a lid and a panel."""
    c.shadow(204, 320, 146)
    c.path(
        "M92 196Q92 316 130 318H270Q308 316 308 196Z",
        c.linear((0, darken(colour, 0.12)), (0.24, lighten(colour, 0.5)), (0.5, colour), (1, darken(colour, 0.3)), to=(1, 0.1)),
    )
    c.path(
        "M86 198Q90 124 200 120T314 198Q200 222 86 198Z",
        c.radial((0, lighten(colour, 0.6)), (0.5, colour), (1, darken(colour, 0.22)), at=(0.3, 0.2), radius=0.95),
    )
    c.line("M86 198Q200 222 314 198", darken(colour, 0.3), 4)
    c.line("M88 204Q200 228 312 204", "#d9c48a", 2.6, opacity=0.8)
    c.line("M132 140Q140 88 200 88T268 140", darken(colour, 0.35), 11)
    c.line("M134 134Q144 90 194 87", lighten(colour, 0.3), 2.4, opacity=0.6)
    c.ellipse(232, 140, (14, 5), darken(colour, 0.3), opacity=0.7)
    c.path(
        "M150 230H250Q262 230 260 244L254 292Q252 302 240 302H160Q148 302 146 292L140 244Q138 230 150 230Z",
        c.down("#2b2f34", 0.12),
    )
    c.rect((164, 240, 72, 25), "#16242a", radius=4)
    c.line("M172 253h9M186 246v13M194 253h9M209 246v13M217 253h10", "#7fe0c0", 3)
    for index in range(3):
        c.circle(176 + index * 24, 284, 7, c.radial((0, "#6a6e74"), (1, "#3a3d42")))
    c.path("M104 212Q102 290 128 310Q116 270 120 214Z", "#ffffff", opacity=0.4)


@motif("desk-lamp", "#3f6b5c", "#d98a4a", "#f0ebe0", "#35506b", "#b5453a")
def desk_lamp(c: Canvas, colour: str) -> None:
    """A lamp with a bent arm and its cone of light."""
    c.path(polygon((196, 150), (262, 112), (372, 318), (132, 322)), c.linear((0, "#ffe9a8", 0.85), (1, "#fff3cf", 0.05)))
    c.ellipse(254, 318, (118, 14), "#fff1c4", opacity=0.6)
    c.shadow(142, 318, 84)
    c.path("M84 304A62 14 0 0 1 208 304V308A62 14 0 0 1 84 308Z", c.across(darken(colour, 0.12)))
    c.ellipse(146, 303, (62, 13), c.linear((0, lighten(colour, 0.35)), (1, colour), to=(1, 0.5)))
    c.line("M146 300L106 196", "#8c9296", 8)
    c.line("M144 298L104 196", "#dfe3e5", 2, opacity=0.8)
    c.line("M106 196L206 104", "#8c9296", 8)
    c.line("M104 194L204 102", "#dfe3e5", 2, opacity=0.8)
    c.ball(106, 196, 11, colour)
    c.ball(206, 104, 10, colour)
    with c.group("rotate(-30 226 118)"):
        c.path("M206 84H246Q270 116 274 148H178Q182 116 206 84Z", c.across(colour, gloss=0.45))
        c.ellipse(226, 148, (48, 11), darken(colour, 0.3))
        c.ellipse(226, 149, (41, 8), "#fff6d6")
        c.circle(226, 152, 12, c.radial((0, "#fffdf0"), (1, "#ffd978")))
    c.rect((286, 300, 62, 12), "#c9584a", radius=2)
    c.rect((290, 288, 54, 12), "#e6dcc8", radius=2)


@motif("hair-dryer", "#e8a9a0", "#f1ece2", "#3f4450", "#a9b8d0", "#b7cdbb")
def hair_dryer(c: Canvas, colour: str) -> None:
    """A hair dryer in profile."""
    c.shadow(206, 318, 122)
    metal = "#d9c3a0"
    c.path(
        "M196 196H254L244 300Q242 318 224 318H208Q192 318 194 300Z",
        c.linear((0, darken(colour, 0.1)), (0.3, lighten(colour, 0.4)), (1, darken(colour, 0.3)), to=(1, 0)),
    )
    for y in (240, 262):
        c.rect((206, y, 20, 13), darken(colour, 0.35), radius=5)
    c.path(
        "M122 118Q200 104 262 108Q322 114 322 164T262 222Q200 226 122 212Z",
        c.linear((0, lighten(colour, 0.5)), (0.4, colour), (1, darken(colour, 0.3))),
    )
    c.path("M62 124L124 114V216L62 206Q56 164 62 124Z", c.linear((0, lighten(metal, 0.5)), (0.5, metal), (1, darken(metal, 0.3))))
    c.ellipse(63, 165, (7, 40), darken(metal, 0.5))
    c.ellipse(272, 165, (44, 50), c.radial((0, lighten(colour, 0.3)), (1, darken(colour, 0.14))))
    c.ellipse(274, 165, (33, 39), darken(colour, 0.4))
    for ring in (30, 22, 14, 6):
        c.ellipse(274, 165, (ring * 0.84, ring), "none", stroke=lighten(colour, 0.2), width=1.8, opacity=0.7)
    c.path("M132 126Q196 114 246 118Q196 124 134 146Z", "#ffffff", opacity=0.5)
    c.line("M218 318Q226 336 276 322T336 318", darken(colour, 0.4), 6)
    for y in (138, 164, 190):
        c.line(f"M46 {y}q-14-6-26 0", "#ffffff", 4, opacity=0.55)


@motif("humidifier", "#eef0ea", "#bcd3d0", "#f0cdbf", "#cfc8e2", "#e6d7b4")
def humidifier(c: Canvas, colour: str) -> None:
    """A rounded tank with soft mist."""
    c.shadow(204, 318, 112)
    for x, y, r in ((196, 104, 32), (224, 78, 38), (178, 66, 30), (206, 40, 36), (250, 50, 26)):
        c.circle(x, y, r, c.radial((0, "#ffffff", 0.75), (1, "#ffffff", 0), at=(0.5, 0.5), radius=0.5))
    c.path(
        "M118 246Q106 142 200 138T282 246Q284 318 240 318H160Q116 318 118 246Z",
        c.radial((0, lighten(colour, 0.7)), (0.5, colour), (1, darken(colour, 0.28)), at=(0.32, 0.25), radius=0.85),
    )
    c.path(
        "M117 232Q200 262 283 232Q286 318 240 318H160Q114 318 117 232Z",
        c.linear((0, darken(colour, 0.1), 0.5), (1, darken(colour, 0.2), 0.6)),
    )
    wood = "#d0a46c"
    c.path("M124 282Q200 306 276 282Q270 318 240 318H160Q130 318 124 282Z", c.across(wood))
    for y in (298, 307):
        c.line(f"M136 {y}Q200 {y + 12} 264 {y}", darken(wood, 0.25), 1.2, opacity=0.5)
    c.ellipse(200, 142, (25, 6), darken(colour, 0.35))
    c.path("M138 176Q124 214 130 270L140 274Q138 214 154 168Z", "#ffffff", opacity=0.6)
    c.circle(200, 258, 10, lighten(colour, 0.5))
    c.circle(200, 258, 4.5, "#6fc7c0")
    c.leaf(286, 318, 46, -66, "#86a878")
    c.leaf(288, 318, 40, -30, "#9bba8c")


@motif("speaker", "#5f6b60", "#c9654a", "#3a3d44", "#d9ccb4", "#5f7f99", "#c79a3f")
def speaker(c: Canvas, colour: str) -> None:
    """A rounded speaker with a mesh and a strap."""
    c.shadow(206, 318, 122)
    shape = "M110 150Q110 106 154 106H246Q290 106 290 150V274Q290 318 246 318H154Q110 318 110 274Z"
    c.path(
        shape,
        c.linear((0, darken(colour, 0.1)), (0.22, lighten(colour, 0.34)), (0.5, colour), (1, darken(colour, 0.3)), to=(1, 0.15)),
    )
    with c.group(clip="M122 174Q200 190 278 174V266Q278 306 240 306H160Q122 306 122 266Z"):
        c.rect((110, 160, 180, 160), darken(colour, 0.28))
        for row in range(17):
            for column in range(20):
                c.circle(118 + column * 9 + (row % 2) * 4.5, 172 + row * 8.2, 2, lighten(colour, 0.3), opacity=0.5)
        c.path("M122 170H170L140 320H110Z", "#ffffff", opacity=0.12)
    c.ellipse(200, 128, (70, 13), lighten(colour, 0.2), opacity=0.7)
    for x, d in ((166, "M160 128h12"), (200, "M194 128h12M200 122v12"), (234, "M230 122l9 6-9 6Z")):
        c.circle(x, 128, 12, darken(colour, 0.14), opacity=0.6)
        c.line(d, "#fffaf0", 2.4)
    c.rect((170, 258, 60, 25), "#fffaf0", radius=5, opacity=0.9)
    c.mark(200, 271, 26, darken(colour, 0.3), lines=1)
    c.line("M286 168q34 10 26 52t-24 28", "#a8713f", 9)
    c.line("M288 168q28 12 22 44", "#d9aa74", 2, opacity=0.7)
