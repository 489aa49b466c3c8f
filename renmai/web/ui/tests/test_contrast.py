"""Text can be read: every pair of text and ground that the style sheets use, in light and dark."""

import re
from pathlib import Path

import pytest

import renmai.web.ui
from renmai.web.ui.drawing.colour import contrast

SHEET = (Path(renmai.web.ui.__file__).parent / "static/ui/tokens.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "paper-deep", "card")
PAIRS = [
    *((text, ground) for text in ("ink", "muted", "slate-ink") for ground in GROUNDS),
    *((text, ground) for text in ("coral-ink", "jade-ink", "red-ink", "amber-ink") for ground in ("paper", "card")),
    *((f"{tone}-ink", f"{tone}-tint") for tone in ("honey", "coral", "jade", "slate", "amber", "red")),
    *(("on-solid", ground) for ground in ("coral-action", "coral-action-hover", "jade", "jade-hover")),
    ("on-honey", "honey"),
    ("ink", "honey-tint"),
    ("muted", "honey-tint"),
    ("paper", "ink"),
]
OUTLINES = [("line-strong", "card"), ("line-strong", "paper"), ("slate-ink", "card")]


def blocks() -> dict[str, dict[str, str]]:
    """Return the colours of the light scheme and of both ways into the dark one."""
    found = [dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", body)) for body in re.findall(r"\{([^{}]*)\}", SHEET)]
    light, dark_by_system, dark_by_choice = (colours for colours in found if colours)
    return {"light": light, "system": light | dark_by_system, "choice": light | dark_by_choice}


@pytest.mark.parametrize("scheme", ["light", "system", "choice"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_contrast(scheme: str, text: str, ground: str) -> None:
    colours = blocks()[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "system", "choice"])
@pytest.mark.parametrize(("line", "ground"), OUTLINES)
def test_outlines_of_controls(scheme: str, line: str, ground: str) -> None:
    colours = blocks()[scheme]
    assert contrast(colours[line], colours[ground]) >= 3


def test_both_dark_schemes_are_the_same() -> None:
    assert blocks()["system"] == blocks()["choice"]


def test_contrast_of_black_and_white() -> None:
    assert round(contrast("#000", "#fff"), 1) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
