"""What happens between two people in this play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.relations import Interaction, Relation
from renmai.plays.bargain.models import Cut

INTERACTIONS = (
    Interaction(
        Relation.PEOPLE, "bargain_help", _("Help with a bargain"), Cut.objects.all, "at", "helper", other="bargain__owner"
    ),
)
