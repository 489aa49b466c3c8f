"""Motifs by kind of goods; importing this package fills ``registry.MOTIFS``."""

from renmai.web.ui.drawing.motifs import general

__all__ = ["general"]
