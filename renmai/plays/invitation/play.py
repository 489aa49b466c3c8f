"""What the core asks of the play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Incentive, Layer, Play


class Invitation(Play):
    """Whoever brings somebody is thanked once that person has bought and kept something."""

    key = "invitation"
    title = _("Invitation")
    says = _("Whoever brings somebody is thanked once that person has bought and kept something.")
    icon = "person"
    layer = Layer.NONE
    incentive = Incentive.POINTS


PLAY = Invitation()
