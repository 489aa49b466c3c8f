"""Addresses of drawn pictures and of the developers' style page."""

from django.urls import path, register_converter

from renmai.web.ui import beacon, pictures, views
from renmai.web.ui.drawing.registry import MOTIFS


class MotifConverter:
    """A motif that can be drawn, such as ``tea-tin``."""

    regex = "[a-z]+(?:-[a-z]+)*"

    def to_python(self, value: str) -> str:
        """Accept known motifs only."""
        if value not in MOTIFS:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """Write the motif as it is."""
        return value


class SeedConverter:
    """A drawing's seed, 0 … 9999 without leading zeros."""

    regex = "0|[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        """Read the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write the number."""
        return str(value)


class WidthConverter(SeedConverter):
    """One of the raster widths."""

    def to_python(self, value: str) -> int:
        """Accept the fixed widths only."""
        width = int(value)
        if width not in pictures.WIDTHS:
            raise ValueError(value)
        return width


register_converter(MotifConverter, "motif")
register_converter(SeedConverter, "drawing_seed")
register_converter(WidthConverter, "raster_width")

app_name = "ui"
urlpatterns = [
    path("pictures/p/<motif:motif>-<drawing_seed:seed>.svg", views.product_svg, name="product_svg"),
    path("pictures/p/<motif:motif>-<drawing_seed:seed>-<raster_width:width>.webp", views.product_webp, name="product_webp"),
    path("pictures/a/<slug:seed>.svg", views.avatar, name="avatar"),
    path("pictures/c/<motif:motif>.svg", views.tile, name="tile"),
    path("pictures/e/<slug:name>.svg", views.illustration, name="illustration"),
    path("beacon/", beacon.beacon, name="beacon"),
    path("ui/", views.style_page, name="style_page"),
]
