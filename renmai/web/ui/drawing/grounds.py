"""Quiet scenes behind a product: a wall, a table at y = 318 and light from the upper left."""

from renmai.web.ui.drawing.canvas import Canvas, number, polygon
from renmai.web.ui.drawing.colour import darken, lighten, mix

WALLS = (
    "#f3e9da",
    "#efe3d6",
    "#f4e2d8",
    "#e6e9dc",
    "#e2e8ea",
    "#ebe6ee",
    "#f5ead0",
    "#ecdfd3",
    "#e5e3dc",
    "#dfe8e2",
    "#f2e0de",
    "#e8e2d2",
)


def ground_colour(colour: str) -> str:
    """Return a pale tint that goes with ``colour``."""
    return mix("#f6eee0", colour, 0.12)


def draw_ground(c: Canvas, colour: str, seed: int) -> None:
    """Draw the scene for ``seed``: one of the walls, one of the compositions."""
    wall = mix(WALLS[(seed * 5 + len(colour)) % len(WALLS)], colour, 0.07)
    wall = WALLS[c.random.randrange(len(WALLS))] if c.random.random() < 0.4 else wall
    compositions = (_sweep, _table, _arch, _podium, _window, _cloth, _sun, _boards)
    # a straight gradient: a round one over the whole square would triple the time the raster engine needs
    c.rect((0, 0, c.side, c.side), c.linear((0, lighten(wall, 0.62)), (0.55, wall), (1, darken(wall, 0.1)), to=(0.8, 1)))
    compositions[(seed + c.random.randrange(3)) % len(compositions)](c, wall, colour)


def _table_top(c: Canvas, colour: str, y: float) -> None:
    c.rect((0, y, c.side, c.side - y), c.linear((0, lighten(colour, 0.22)), (1, darken(colour, 0.07))))
    c.rect((0, y, c.side, 5), c.linear((0, darken(colour, 0.2), 0.3), (1, darken(colour, 0.2), 0)))


def _sweep(c: Canvas, wall: str, colour: str) -> None:
    c.rect((0, 250, c.side, 150), c.linear((0, darken(wall, 0.12), 0), (0.5, darken(wall, 0.1), 0.45), (1, lighten(wall, 0.2))))


def _table(c: Canvas, wall: str, colour: str) -> None:
    _table_top(c, darken(wall, 0.06), 262)


def _arch(c: Canvas, wall: str, colour: str) -> None:
    tint = mix(wall, colour, 0.22)
    c.path("M78 274V150A122 122 0 0 1 322 150V274Z", c.linear((0, lighten(tint, 0.12)), (1, darken(tint, 0.07)), to=(1, 1)))
    c.line("M78 274V150A122 122 0 0 1 200 28", darken(wall, 0.14), 3, opacity=0.35)
    _table_top(c, darken(wall, 0.04), 274)


def _podium(c: Canvas, wall: str, colour: str) -> None:
    _table_top(c, darken(wall, 0.03), 256)
    stone = mix(lighten(wall, 0.45), colour, 0.06)
    c.shadow(206, 372, 190, ry=22, strength=0.22)
    c.path("M38 318V350A162 30 0 0 0 362 350V318Z", c.across(darken(stone, 0.05), gloss=0.2))
    c.ellipse(200, 318, (162, 30), c.linear((0, lighten(stone, 0.3)), (1, stone), to=(1, 0.6)))


def _window(c: Canvas, wall: str, colour: str) -> None:
    _table_top(c, darken(wall, 0.05), 266)
    light = lighten(wall, 0.8)
    for column in range(2):
        for row in range(3):
            left, top = 168 + column * 74 + row * 16, 6 + row * 76
            c.path(polygon((left, top), (left + 66, top - 14), (left + 80, top + 52), (left + 14, top + 66)), light, opacity=0.34)
    c.path(polygon((232, 286), (330, 272), (400, 318), (400, 348), (300, 352)), light, opacity=0.3)


def _cloth(c: Canvas, wall: str, colour: str) -> None:
    _table_top(c, darken(wall, 0.03), 250)
    cloth = mix("#fbf5ea", colour, 0.16)
    c.path("M0 300Q110 270 230 286T400 268V400H0Z", c.linear((0, lighten(cloth, 0.15)), (1, darken(cloth, 0.06))))
    for index in range(6):
        y = 318 + index * 15
        c.line(f"M0 {y}Q110 {y - 28} 230 {y - 12}T400 {y - 30}", darken(cloth, 0.2), 1.4, opacity=0.28)


def _sun(c: Canvas, wall: str, colour: str) -> None:
    tint = mix(wall, colour, 0.26)
    c.circle(214, 168, 128, c.linear((0, lighten(tint, 0.2)), (1, tint)), opacity=0.8)
    _table_top(c, darken(wall, 0.05), 270)


def _boards(c: Canvas, wall: str, colour: str) -> None:
    wood = mix("#d9bd95", wall, 0.35)
    _table_top(c, wood, 258)
    for y in (286, 322, 364):
        c.line(f"M0 {y}H400", darken(wood, 0.25), 1.2, opacity=0.4)
    for _ in range(9):
        left, top = c.random.uniform(0, 360), c.random.uniform(266, 394)
        c.line(f"M{number(left)} {number(top)}q20 -3 {number(c.random.uniform(24, 50))} 0", darken(wood, 0.2), 1, opacity=0.22)
