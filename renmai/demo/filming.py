"""The demo's own videos, drawn frame by frame: tea being poured, and a look around one of an agent's goods, each with words over it."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from renmai.demo.webm import film
from renmai.web.ui.drawing.products import draw_product
from renmai.web.ui.pictures import rasterise
from renmai.web.ui.typesetting import LANGUAGE, font, wrap

WIDTH, HEIGHT = 360, 480
FRAMES_A_SECOND: Final = 8
SECONDS: Final = 4
POSTER_MOMENT: Final = 0.6
CLOSE_UP: Final = 900
"""Pixels of the drawing that the look around moves over."""

PAPER, INK, TEA, GLASS = "#fbf8f3", "#22201c", "#b9a03c", "#9fb6b0"
BANNER, WORDS, MARGIN = 96, 24, 24


@dataclass(frozen=True)
class Filmed:
    """A video, and the picture that is shown until somebody plays it."""

    video: bytes
    poster: bytes


def pouring(title: str, steps: Sequence[str]) -> Filmed:
    """Return a film of tea being poured into a glass, with ``title`` above it and ``steps`` one after another."""
    frames = []
    for moment in _moments():
        drawn = Image.open(io.BytesIO(rasterise(_tea(moment), WIDTH))).convert("RGB")
        frames.append(_worded(drawn, title, steps[min(len(steps) - 1, int(moment * len(steps)))]))
    return Filmed(film(frames, frames_a_second=FRAMES_A_SECOND), rasterise(_tea(POSTER_MOMENT), 2 * WIDTH))


def looking_around(motif: str, seed: int, title: str, remark: str) -> Filmed:
    """Return a film that comes closer to the drawing of a product and passes over it, with words above it."""
    whole = Image.open(io.BytesIO(rasterise(draw_product(motif, seed), CLOSE_UP))).convert("RGB")
    frames = [_worded(_part(whole, moment, size=(WIDTH, HEIGHT)), title, remark) for moment in _moments()]
    poster = io.BytesIO()
    _part(whole, 0, size=(2 * WIDTH, 2 * HEIGHT)).save(poster, "PNG")
    return Filmed(film(frames, frames_a_second=FRAMES_A_SECOND), poster.getvalue())


def _part(whole: Image.Image, moment: float, *, size: tuple[int, int]) -> Image.Image:
    """Return what is seen of a drawing at one moment: closer and further to the right, slowly at both ends."""
    ease = (1 - math.cos(math.pi * moment)) / 2
    height = CLOSE_UP * (1 - 0.22 * ease)
    width = height * WIDTH / HEIGHT
    left, top = (CLOSE_UP - width) * (0.42 + 0.16 * ease), (CLOSE_UP - height) * 0.62
    return whole.resize(size, Image.Resampling.BILINEAR, box=(left, top, left + width, top + height))


def _moments() -> Iterator[float]:
    """Yield how much of a video is over, from 0 to below 1."""
    count = SECONDS * FRAMES_A_SECOND
    return (number / count for number in range(count))


def _tea(moment: float) -> str:
    """Return the drawing of one moment: water falls until three quarters are over, the glass fills, steam rises from it."""
    full = min(1.0, moment / 0.75)
    level = 388 - 118 * full
    pours = moment < 0.75
    tilt = 24 if pours else 24 - 90 * (moment - 0.75)
    sway = 2.4 * math.sin(moment * 40)
    stream = (
        f'<path d="M231 218C214 222 {190 + sway:.1f} 240 {188 + sway / 2:.1f} {level:.1f}" fill="none" stroke="{TEA}" '
        f'stroke-width="7" stroke-linecap="round" opacity=".85"/>'
        if pours
        else ""
    )
    ripple = f'<ellipse cx="184" cy="{level:.1f}" rx="{20 + 6 * math.sin(moment * 50):.1f}" ry="4" fill="#fff" opacity=".5"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><defs>'
        '<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f6eeda"/>'
        '<stop offset="1" stop-color="#eadcb9"/></linearGradient>'
        '<linearGradient id="tea" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#d8c25e"/>'
        f'<stop offset="1" stop-color="{TEA}"/></linearGradient>'
        '<linearGradient id="pot" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#5f8f72"/>'
        '<stop offset="1" stop-color="#2f5a44"/></linearGradient></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#wall)"/><rect y="372" width="{WIDTH}" height="108" fill="#c79a63"/>'
        f'<rect y="372" width="{WIDTH}" height="6" fill="#a97c48"/><ellipse cx="186" cy="400" rx="86" ry="12" fill="#7a5730" opacity=".35"/>'
        f"{_leaves(moment, level)}{_steam(moment, level)}{stream}"
        f'<path d="M134 {level:.1f}L140 388Q142 398 152 398H216Q226 398 228 388L234 {level:.1f}Z" fill="url(#tea)" opacity=".88"/>'
        f'<ellipse cx="184" cy="{level:.1f}" rx="50" ry="7" fill="#e6d47c"/>{ripple if pours else ""}'
        f'<path d="M128 250L138 390Q140 402 152 402H216Q228 402 230 390L240 250" fill="none" stroke="{GLASS}" stroke-width="4" opacity=".9"/>'
        f'<ellipse cx="184" cy="250" rx="56" ry="8" fill="none" stroke="{GLASS}" stroke-width="3"/>'
        '<path d="M148 272L154 372" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".55"/>'
        f'<g transform="rotate({-tilt:.1f} 300 170)"><path d="M250 150Q250 120 292 118Q336 120 338 158Q336 196 292 198Q254 196 250 150Z" '
        'fill="url(#pot)"/><path d="M254 170Q232 166 222 188L212 184Q222 146 256 150Z" fill="#3d6d54"/>'
        '<ellipse cx="294" cy="120" rx="26" ry="7" fill="#79a78b"/><circle cx="294" cy="110" r="8" fill="#3d6d54"/>'
        '<path d="M336 138Q366 132 362 164Q358 186 330 180" fill="none" stroke="#2f5a44" stroke-width="9"/></g></svg>'
    )


def _leaves(moment: float, level: float) -> str:
    """Return leaves that lie on the ground of the glass and float up as it fills."""
    found = []
    for number in range(9):
        x = 150 + number * 8.5 + 4 * math.sin(moment * 9 + number)
        y = max(level + 12, 386 - (number % 4) * 26 * moment - 4 * math.cos(moment * 7 + number * 2))
        turn = 30 * math.sin(moment * 6 + number * 1.7)
        found.append(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="9" ry="2.6" fill="#4f6b2c" transform="rotate({turn:.0f} {x:.1f} {y:.1f})"/>'
        )
    return "".join(found)


def _steam(moment: float, level: float) -> str:
    """Return three wisps above the glass, fainter the higher they are."""
    found = []
    for number in range(3):
        rise = (moment * 1.6 + number / 3) % 1
        x, y = 152 + number * 30 + 8 * math.sin(rise * 6), level - 16 - 90 * rise
        found.append(
            f'<path d="M{x:.1f} {y:.1f}q-9 -14 0 -28t0 -28" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" '
            f'opacity="{0.55 * (1 - rise):.2f}"/>'
        )
    return "".join(found)


def _worded(picture: Image.Image, title: str, words: str) -> Image.Image:
    """Return a frame with its title on paper above it and a line below that: players lay their controls over the lower end."""
    draw = ImageDraw.Draw(picture)
    lines = wrap(title, size=WORDS + 4, width=WIDTH - 2 * MARGIN, lines=2)
    banner = BANNER if len(lines) > 1 else BANNER - 36
    draw.rectangle((0, 0, WIDTH, banner), fill=PAPER)
    for number, line in enumerate(lines):
        draw.text((MARGIN, 12 + number * 38), line, fill=INK, font=font(WORDS + 4), language=LANGUAGE)
    below = wrap(words, size=WORDS, width=WIDTH - 4 * MARGIN, lines=1)[0]
    wide, top = font(WORDS).getlength(below, language=LANGUAGE), banner + 12
    draw.rounded_rectangle((MARGIN - 8, top, MARGIN + wide + 24, top + 44), 22, fill=INK)
    draw.text((MARGIN + 8, top + 5), below, fill=PAPER, font=font(WORDS), language=LANGUAGE)
    return picture
