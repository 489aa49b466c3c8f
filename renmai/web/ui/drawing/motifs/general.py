"""What stands for goods without a motif of their own."""

from renmai.web.ui.drawing.canvas import Canvas, polygon
from renmai.web.ui.drawing.colour import darken, lighten
from renmai.web.ui.drawing.registry import motif


@motif("parcel", "#c89a63", "#b98552", "#d3ab78", "#a97d58")
def parcel(c: Canvas, colour: str) -> None:
    """A taped carton with a string and a tag."""
    c.shadow(212, 318, 150)
    c.carton((96, 158, 180, 158), colour, depth=52)
    tape = lighten(colour, 0.3)
    c.rect((172, 158, 28, 158), tape, opacity=0.75)
    c.path(polygon((172, 158), (224, 132), (252, 132), (200, 158)), lighten(tape, 0.2), opacity=0.85)
    c.rect((112, 250, 46, 48), "#fffdf8", radius=3)
    for index in range(4):
        c.line(f"M119 {262 + index * 8}H{150 - index % 2 * 10}", darken(colour, 0.3), 2)
    for x in range(112, 270, 14):
        c.line(f"M{x} 172V308", darken(colour, 0.1), 1, opacity=0.16)
    c.leaf(262, 128, 40, -50, "#6f9a58")
    c.leaf(262, 128, 34, -118, "#86ab6c")
