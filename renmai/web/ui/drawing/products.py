"""A product picture: a quiet scene, the motif in one of its colours, small changes of place and props. Pure and deterministic."""

from renmai.web.ui.drawing import motifs
from renmai.web.ui.drawing.canvas import Canvas, number
from renmai.web.ui.drawing.grounds import draw_ground, ground_colour
from renmai.web.ui.drawing.registry import MOTIFS

__all__ = ["FALLBACK_MOTIF", "MOTIFS", "draw_product", "draw_tile", "motifs"]

FALLBACK_MOTIF = "parcel"


def draw_product(motif: str, seed: int) -> str:
    """Return the SVG of ``motif`` for ``seed``: the same text for ever. Raises ``KeyError`` for an unknown motif."""
    entry = MOTIFS[motif]
    c = Canvas(f"{motif}/{seed}")
    colour = entry.colours[seed % len(entry.colours)]
    draw_ground(c, colour, seed)
    scale = c.random.uniform(1.0, 1.09)
    flip = -1 if (seed // len(entry.colours)) % 2 else 1
    shift = 200 + c.random.uniform(-7, 7)
    with c.group(f"translate({number(shift)} 322) scale({flip * scale:.3f} {scale:.3f}) translate(-200 -318)"):
        entry.draw(c, colour)
    return c.svg()


def draw_tile(motif: str) -> str:
    """Return the SVG of a category's tile: the motif on a plain warm square."""
    entry = MOTIFS[motif]
    c = Canvas(f"tile/{motif}")
    colour = entry.colours[0]
    c.rect((0, 0, c.side, c.side), ground_colour(colour))
    with c.group("translate(200 214) scale(1.08) translate(-200 -222)"):
        entry.draw(c, colour)
    return c.svg()
