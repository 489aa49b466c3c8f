"""Faces of simple shapes drawn from an identifier: skin, hair, clothes and ground from warm palettes. Pure and deterministic."""

from renmai.web.ui.drawing.canvas import Canvas
from renmai.web.ui.drawing.colour import darken, lighten, mix

GROUNDS = ("#f6d58f", "#f3b79a", "#bcd9c6", "#c5d3e2", "#ead3bb", "#e7c4c4", "#d6cfe4", "#f1dfae", "#cfdcb5", "#b9d8d8")
SKINS = ("#f6d3b3", "#f0c39b", "#e8b387", "#dba074", "#f8dcc4")
HAIR = ("#2b211c", "#3a2a22", "#4d3527", "#6b4a33", "#1f1c1e", "#2f2420", "#54382b", "#251f20", "#8f8a86")
CLOTHES = ("#1f7a5a", "#d9482b", "#35506b", "#f0a202", "#8a6fa8", "#fbf3e4", "#a9543f", "#5e8a8c", "#c77d8e", "#6d7a3c")


def draw_portrait(seed: str) -> str:
    """Return the SVG of the face of ``seed``: the same text for ever."""
    c = Canvas(f"portrait/{seed}", side=120)
    pick = c.random.choice
    ground, skin, hair, clothes = pick(GROUNDS), pick(SKINS), pick(HAIR), pick(CLOTHES)
    style = c.random.randrange(8)
    c.rect((0, 0, 120, 120), c.linear((0, lighten(ground, 0.3)), (1, darken(ground, 0.04)), to=(0.4, 1)))
    c.path("M60 4 96 25v42L60 88 24 67V25Z", lighten(ground, 0.45), opacity=0.35)
    _hair_behind(c, hair, style)
    _body(c, skin, clothes)
    _head(c, skin)
    _hair_front(c, hair, style)
    _features(c, skin, hair)
    return c.svg()


def _body(c: Canvas, skin: str, clothes: str) -> None:
    c.path("M18 124C19 98 37 90 60 90s41 8 42 34Z", c.down(clothes, 0.1))
    c.path("M50 74h20v15c0 6-4 9-10 9s-10-3-10-9Z", darken(skin, 0.14))
    collar = c.random.randrange(3)
    if collar == 0:
        c.path("M45 91 60 108 75 91l6 3-14 22H53L39 94Z", lighten(clothes, 0.45))
    elif collar == 1:
        c.line("M44 92c4 11 28 11 32 0", lighten(clothes, 0.35), 4)
    else:
        c.line("M47 91 60 110 73 91", darken(clothes, 0.3), 3)


def _head(c: Canvas, skin: str) -> None:
    c.circle(35.5, 57, 5, darken(skin, 0.06))
    c.circle(84.5, 57, 5, darken(skin, 0.06))
    c.path(
        "M36 50c0-18 10-27 24-27s24 9 24 27c0 20-10 34-24 34S36 70 36 50Z",
        c.linear((0, lighten(skin, 0.18)), (1, darken(skin, 0.04)), to=(0.7, 1)),
    )


def _hair_behind(c: Canvas, hair: str, style: int) -> None:
    shade = darken(hair, 0.25)
    if style in (0, 1):
        c.path("M28 50c0-22 13-33 32-33s32 11 32 33c0 18 2 34 6 44-22 6-54 6-76 0 4-10 6-26 6-44Z", shade)
    elif style == 2:
        c.path("M29 50c0-20 12-32 31-32s31 12 31 32c0 12-1 22-4 28H33c-3-6-4-16-4-28Z", shade)
    elif style == 3:
        c.circle(60, 14, 12, hair)
        c.circle(57, 11, 4, lighten(hair, 0.25), opacity=0.5)
    elif style == 4:
        c.path("M82 40c18 4 18 34 8 50-2-16-4-26-10-34Z", shade)


def _hair_front(c: Canvas, hair: str, style: int) -> None:
    paint = c.linear((0, lighten(hair, 0.22)), (1, hair), to=(0.5, 1))
    fringes = (
        "M33 54c-2-24 10-36 27-36s29 12 27 36c-4-8-6-14-8-18-8 6-28 6-36 0-3 5-6 11-10 18Z",
        "M33 56c-3-26 10-38 27-38 18 0 30 12 27 38-3-12-9-20-20-25-12 6-28 8-34 25Z",
        "M33 54c-2-26 10-37 27-37s29 11 27 37c-2-6-3-9-4-12H37c-1 3-2 6-4 12Z",
        "M34 52c-2-22 10-33 26-33s28 11 26 33c-4-12-14-20-26-20s-22 8-26 20Z",
        "M33 54c-2-24 9-37 28-37 16 0 28 12 26 36-8-4-14-9-18-17-8 9-26 10-36 18Z",
        "M34 48c-1-20 9-31 26-31s28 11 26 31c-2-6-5-10-8-12-10 2-24 0-32-4-4 4-10 8-12 16Z",
        "M34 46c-3-18 8-30 22-30 6-4 32 2 30 30-3-4-5-8-6-12-12 2-26 2-38-3-3 4-6 9-8 15Z",
        "M35 44c0-16 9-26 25-26s25 10 25 26c-3-6-6-9-10-11-10 2-20 2-30 0-4 2-7 5-10 11Z",
    )
    c.path(fringes[style], paint)


def _features(c: Canvas, skin: str, hair: str) -> None:
    ink = mix(hair, "#2a1c12", 0.5)
    c.line("M44 47q5-3.5 10-1", ink, 2, opacity=0.8)
    c.line("M66 46q5-2.5 10 1", ink, 2, opacity=0.8)
    eyes = c.random.randrange(3)
    if eyes == 0:
        c.line("M45 55q4.5-4 9 0", ink, 2.4)
        c.line("M66 55q4.5-4 9 0", ink, 2.4)
    else:
        for x in (49.5, 70.5):
            c.ellipse(x, 54.5, (2.7, 3.3), ink)
            c.circle(x - 0.9, 53.4, 0.9, "#fff")
    c.line("M60 57q2.5 4-1 6", darken(skin, 0.28), 1.6, opacity=0.7)
    for x in (44, 76):
        c.ellipse(x, 64, (5.5, 3.6), "#e2725b", opacity=0.28)
    if c.random.random() < 0.5:
        c.path("M50 68q10 10 20 0-10 3-20 0Z", "#fff", stroke="#9c4a3c", width=1.4)
    else:
        c.line("M51 69q9 7 18 0", "#9c4a3c", 2.2)
    if c.random.random() < 0.25:
        for x in (49.5, 70.5):
            c.ellipse(x, 55, (8.4, 7.6), "none", stroke="#4a3a30", width=1.5)
        c.line("M58 54q2-1.5 4 0", "#4a3a30", 1.5)
