"""The one table of motifs: name → how to draw it and in which colours."""

from collections.abc import Callable
from dataclasses import dataclass

from renmai.web.ui.drawing.canvas import Canvas


@dataclass(frozen=True)
class Motif:
    """A drawable thing. ``draw`` gets the canvas and one of ``colours``; it stands on y = 318 within x 60 … 340."""

    name: str
    draw: Callable[[Canvas, str], None]
    colours: tuple[str, ...]


MOTIFS: dict[str, Motif] = {}


def motif(name: str, *colours: str) -> Callable[[Callable[[Canvas, str], None]], Callable[[Canvas, str], None]]:
    """Enter the decorated function under ``name`` with the main colours it may take."""

    def enter(draw: Callable[[Canvas, str], None]) -> Callable[[Canvas, str], None]:
        if name in MOTIFS:
            raise ValueError(f"motif {name} is drawn twice")
        MOTIFS[name] = Motif(name, draw, colours)
        return draw

    return enter
