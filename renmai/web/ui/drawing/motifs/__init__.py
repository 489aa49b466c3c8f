"""Motifs by kind of goods; importing this package fills ``registry.MOTIFS``."""

from renmai.web.ui.drawing.motifs import (
    baby,
    clothing,
    digital,
    fresh,
    general,
    home,
    kitchen,
    makeup,
    pantry,
    shoes_bags,
    skincare,
    snacks,
    tea,
)

__all__ = [
    "baby",
    "clothing",
    "digital",
    "fresh",
    "general",
    "home",
    "kitchen",
    "makeup",
    "pantry",
    "shoes_bags",
    "skincare",
    "snacks",
    "tea",
]
