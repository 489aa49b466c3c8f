"""A small SVG writer with the volumes every motif is built from. Light comes from the upper left; there are no filters, so a phone
and the raster engine draw the same picture quickly. Everything is deterministic: chance comes from ``Canvas.random`` only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from renmai.web.ui.drawing.colour import darken, lighten, mix

SIDE = 400
Stop = tuple[float, str] | tuple[float, str, float]


def number(value: float) -> str:
    """Write a coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


class Canvas:
    """Collects the elements of one drawing in a square of ``side`` units."""

    def __init__(self, seed: str, *, side: int = SIDE) -> None:
        self.random = Random(seed)  # noqa: S311 - art, not secrets  # nosec B311
        self.side = side
        self._definitions: list[str] = []
        self._elements: list[str] = []

    # -- paint -----------------------------------------------------------------------------------------------------------------

    def _stops(self, stops: tuple[Stop, ...]) -> str:
        parts = []
        for stop in stops:
            opacity = f' stop-opacity="{stop[2]}"' if len(stop) == 3 else ""
            parts.append(f'<stop offset="{stop[0]:.2f}" stop-color="{stop[1]}"{opacity}/>')
        return "".join(parts)

    def linear(self, *stops: Stop, to: tuple[float, float] = (0, 1)) -> str:
        """Return a paint that runs over the shape's box from its upper left corner towards ``to``."""
        name = f"g{len(self._definitions)}"
        self._definitions.append(
            f'<linearGradient id="{name}" x1="0" y1="0" x2="{to[0]}" y2="{to[1]}">{self._stops(stops)}</linearGradient>'
        )
        return f"url(#{name})"

    def radial(self, *stops: Stop, at: tuple[float, float] = (0.35, 0.3), radius: float = 0.75) -> str:
        """Return a paint that spreads from ``at`` (fractions of the shape's box)."""
        name = f"g{len(self._definitions)}"
        self._definitions.append(
            f'<radialGradient id="{name}" cx="{at[0]}" cy="{at[1]}" r="{radius}">{self._stops(stops)}</radialGradient>'
        )
        return f"url(#{name})"

    def across(self, colour: str, *, gloss: float = 0.35) -> str:
        """Return the paint of a standing cylinder of ``colour``: a light band on the left, shade towards the right."""
        return self.linear(
            (0, darken(colour, 0.16)),
            (0.1, colour),
            (0.26, lighten(colour, gloss)),
            (0.48, colour),
            (0.82, darken(colour, 0.16)),
            (1, darken(colour, 0.28)),
            to=(1, 0),
        )

    def down(self, colour: str, depth: float = 0.14) -> str:
        """Return a paint of ``colour`` that is lit from above."""
        return self.linear((0, lighten(colour, depth)), (1, darken(colour, depth)))

    # -- elements --------------------------------------------------------------------------------------------------------------

    def add(self, markup: str) -> None:
        """Append finished markup."""
        self._elements.append(markup)

    def path(self, d: str, fill: str = "none", *, opacity: float = 1, stroke: str = "", width: float = 0) -> None:
        """Draw a path; with ``stroke`` its line is round."""
        self.add(f'<path d="{d}" {_look(fill, opacity, stroke, width)}/>')

    def line(self, d: str, stroke: str, width: float, *, opacity: float = 1) -> None:
        """Draw a round line along ``d``."""
        self.path(d, stroke=stroke, width=width, opacity=opacity)

    def rect(
        self,
        box: tuple[float, float, float, float],
        fill: str,
        *,
        radius: float = 0,
        opacity: float = 1,
        stroke: str = "",
        width: float = 0,
    ) -> None:
        """Draw a rectangle ``(x, y, width, height)``."""
        x, y, w, h = (number(value) for value in box)
        self.add(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{number(radius)}" {_look(fill, opacity, stroke, width)}/>')

    def ellipse(  # noqa: PLR0913 - SVG itself has these
        self,
        cx: float,
        cy: float,
        radii: tuple[float, float],
        fill: str,
        *,
        opacity: float = 1,
        stroke: str = "",
        width: float = 0,
    ) -> None:
        """Draw an ellipse."""
        self.add(
            f'<ellipse cx="{number(cx)}" cy="{number(cy)}" rx="{number(radii[0])}" ry="{number(radii[1])}" '
            f"{_look(fill, opacity, stroke, width)}/>"
        )

    def circle(self, cx: float, cy: float, radius: float, fill: str, *, opacity: float = 1) -> None:
        """Draw a circle."""
        self.ellipse(cx, cy, (radius, radius), fill, opacity=opacity)

    @contextmanager
    def group(self, transform: str = "", *, opacity: float = 1, clip: str = "") -> Iterator[None]:
        """Draw the block moved, faded or cut to the path ``clip``."""
        cut = ""
        if clip:
            name = f"g{len(self._definitions)}"
            self._definitions.append(f'<clipPath id="{name}"><path d="{clip}"/></clipPath>')
            cut = f' clip-path="url(#{name})"'
        moved = f' transform="{transform}"' if transform else ""
        faded = f' opacity="{opacity}"' if opacity != 1 else ""
        self.add(f"<g{moved}{faded}{cut}>")
        yield
        self.add("</g>")

    # -- volumes ---------------------------------------------------------------------------------------------------------------

    def shadow(self, cx: float, cy: float, rx: float, *, ry: float = 0, strength: float = 0.34, colour: str = "#3b2a17") -> None:
        """Draw a soft contact shadow on the table."""
        paint = self.radial((0, colour, strength), (0.55, colour, strength * 0.5), (1, colour, 0), at=(0.5, 0.5), radius=0.5)
        self.ellipse(cx, cy, (rx, ry or rx * 0.16), paint)

    def ball(self, cx: float, cy: float, radius: float, colour: str, *, blush: str = "", squash: float = 1) -> None:
        """Draw a lit sphere; ``blush`` tints the shaded cheek."""
        paint = self.radial(
            (0, lighten(colour, 0.42)), (0.35, colour), (0.78, blush or darken(colour, 0.14)), (1, darken(blush or colour, 0.3))
        )
        self.ellipse(cx, cy, (radius, radius * squash), paint)
        self.ellipse(cx - radius * 0.36, cy - radius * 0.4 * squash, (radius * 0.2, radius * 0.12), "#fff", opacity=0.45)

    def cylinder(
        self, box: tuple[float, float, float, float], colour: str, *, bend: float = 0.12, gloss: float = 0.35, top: str = ""
    ) -> None:
        """Draw a standing cylinder in the box ``(x, y, width, height)``; ``bend`` is the ellipse's height by its width."""
        x, y, w, h = box
        ry = w * bend / 2
        left, right, foot = number(x), number(x + w), number(y + h - ry)
        d = f"M{left} {number(y + ry)}V{foot}A{number(w / 2)} {number(ry)} 0 0 0 {right} {foot}V{number(y + ry)}Z"
        self.path(d, self.across(colour, gloss=gloss))
        lid = top or lighten(colour, 0.18)
        self.ellipse(x + w / 2, y + ry, (w / 2, ry), self.linear((0, lighten(lid, 0.2)), (1, darken(lid, 0.08)), to=(1, 0.4)))

    def band(
        self, box: tuple[float, float, float, float], colour: str, *, bend: float = 0.12, gloss: float = 0.25, opacity: float = 1
    ) -> None:
        """Draw a label that runs around a cylinder."""
        x, y, w, h = box
        ry = number(w * bend / 2)
        half, left, right = number(w / 2), number(x), number(x + w)
        d = f"M{left} {number(y)}A{half} {ry} 0 0 0 {right} {number(y)}V{number(y + h)}A{half} {ry} 0 0 1 {left} {number(y + h)}Z"
        self.path(d, self.across(colour, gloss=gloss), opacity=opacity)

    def carton(self, box: tuple[float, float, float, float], colour: str, *, depth: float = 36) -> None:
        """Draw a closed box: front, right side and top."""
        x, y, w, h = box
        lift = depth * 0.5
        self.path(
            polygon((x + w, y), (x + w + depth, y - lift), (x + w + depth, y + h - lift), (x + w, y + h)), darken(colour, 0.24)
        )
        self.path(polygon((x, y), (x + depth, y - lift), (x + w + depth, y - lift), (x + w, y)), lighten(colour, 0.22))
        self.rect(box, self.linear((0, lighten(colour, 0.08)), (1, darken(colour, 0.07)), to=(0.6, 1)))

    def mark(self, cx: float, cy: float, width: float, colour: str, *, lines: int = 2) -> None:
        """Draw an abstract brand mark: a small hexagon and lines that read as print."""
        r = width * 0.2
        points = [(0, -1), (0.87, -0.5), (0.87, 0.5), (0, 1), (-0.87, 0.5), (-0.87, -0.5)]
        self.path(polygon(*((cx + px * r, cy - width * 0.12 + py * r) for px, py in points)), colour)
        for index in range(lines):
            half = width * (0.42 - 0.13 * index)
            y = cy + width * 0.2 + index * width * 0.14
            self.line(
                f"M{number(cx - half)} {number(y)}H{number(cx + half)}", colour, max(2.2, width * 0.05), opacity=0.8 - 0.3 * index
            )

    def leaf(self, x: float, y: float, length: float, angle: float, colour: str) -> None:
        """Draw a leaf that grows from ``(x, y)`` towards ``angle`` (degrees)."""
        with self.group(f"translate({number(x)} {number(y)}) rotate({number(angle)})"):
            half = number(length * 0.5)
            width = number(length * 0.34)
            self.path(
                f"M0 0Q{half} -{width} {number(length)} 0Q{half} {width} 0 0Z",
                self.linear((0, lighten(colour, 0.2)), (1, darken(colour, 0.18))),
            )
            self.line(f"M{number(length * 0.06)} 0H{number(length * 0.86)}", lighten(colour, 0.4), 1.2, opacity=0.7)

    def sprig(self, x: float, y: float, height: float, colour: str, *, lean: float = 8) -> None:
        """Draw a stem with pairs of leaves."""
        self.line(
            f"M{number(x)} {number(y)}Q{number(x + lean * 0.2)} {number(y - height * 0.6)} {number(x + lean)} {number(y - height)}",
            darken(colour, 0.2),
            2,
        )
        for index in range(4):
            part = 0.25 + index * 0.2
            size = height * (0.34 - index * 0.04)
            self.leaf(x + lean * part * 0.8, y - height * part, size, -28, colour)
            self.leaf(x + lean * part * 0.8, y - height * (part - 0.06), size, -152, mix(colour, "#ffffff", 0.12))
        self.leaf(x + lean, y - height + 2, height * 0.2, -80, colour)

    def svg(self) -> str:
        """Return the finished document."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}">'
            f"<defs>{''.join(self._definitions)}</defs>{''.join(self._elements)}</svg>"
        )


def _look(fill: str, opacity: float, stroke: str, width: float) -> str:
    look = f'fill="{fill}"'
    if stroke:
        look += f' stroke="{stroke}" stroke-width="{number(width)}" stroke-linecap="round" stroke-linejoin="round"'
    if opacity != 1:  # opacity of the paint, not of the element: that would cost the raster engine a layer each
        if fill != "none":
            look += f' fill-opacity="{opacity:.2f}"'
        if stroke:
            look += f' stroke-opacity="{opacity:.2f}"'
    return look


def polygon(*points: tuple[float, float]) -> str:
    """Return the closed path through ``points``."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"
