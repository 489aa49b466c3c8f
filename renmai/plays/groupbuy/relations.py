"""What happens between two people in this play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.relations import Interaction, Relation
from renmai.plays.groupbuy.models import Seat

INTERACTIONS = (
    Interaction(
        Relation.PEOPLE,
        "groupbuy_seat",
        _("Seats taken in groups"),
        lambda: Seat.objects.filter(group__isnull=False),
        "at",
        "user",
        other="group__leader",
    ),
)
