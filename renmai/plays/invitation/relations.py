"""What happens between two people in this play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.relations import Interaction, Relation
from renmai.plays.invitation.models import Invitation

INTERACTIONS = (
    Interaction(Relation.PEOPLE, "invitation", _("Friends invited"), Invitation.objects.all, "at", "inviter", other="invited"),
)
