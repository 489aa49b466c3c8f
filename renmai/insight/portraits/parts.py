"""The parts in which a customer shows her portrait to her agent, or does not."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.insight.portraits.facets import Facet


class Part(StrEnum):
    """One part."""

    GOODS = "goods"
    TASTES = "tastes"
    HOURS = "hours"


FACETS_OF: dict[Part, tuple[Facet, ...]] = {
    Part.GOODS: (Facet.WATCHES, Facet.WANTS),
    Part.TASTES: (Facet.CATEGORY, Facet.BRAND, Facet.PRICE, Facet.STYLE),
    Part.HOURS: (Facet.HOUR,),
}
LABELS: "dict[Part, str | Promise]" = {
    Part.GOODS: _("Goods you keep an eye on"),
    Part.TASTES: _("What you like"),
    Part.HOURS: _("When you are usually here"),
}
