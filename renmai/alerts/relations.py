"""What happens between an agent and her customers in this room."""

from django.utils.translation import gettext_lazy as _

from renmai.alerts.models import BrowseAlert
from renmai.campaigns.relations import Interaction, Relation

INTERACTIONS = (
    Interaction(
        Relation.CUSTOMERS, "browse_alert", _("Browse alerts"), BrowseAlert.objects.all, "browsed_at", "customer", other="agent"
    ),
)
