"""Arithmetic on ``#rrggbb`` colours."""


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """Return ``one`` with ``share`` (0 … 1) of ``other`` in it."""
    pairs = zip(_channels(_long(one)), _channels(_long(other)), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lighten(colour: str, share: float) -> str:
    """Return ``colour`` moved towards warm white."""
    return mix(colour, "#fffdf8", share)


def darken(colour: str, share: float) -> str:
    """Return ``colour`` moved towards a warm dark."""
    return mix(colour, "#2a1c12", share)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2 (0 … 1)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (c / 255 for c in _channels(_long(colour)))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2 (1 … 21)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _long(colour: str) -> str:
    return "#" + "".join(letter * 2 for letter in colour[1:]) if len(colour) == 4 else colour
