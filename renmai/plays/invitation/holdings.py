"""What this play holds of people: their own code, whom they brought, who brought them."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.plays.invitation.models import Invitation, InviteCode

HOLDINGS: Final = (
    Holding(model=InviteCode, person="user", topic=Topic.PLAYS, copied=("code", "made_at")),
    Holding(model=Invitation, person="inviter", topic=Topic.PLAYS, stays=Why.OTHERS, uncopied=Uncopied.OTHERS),
    Holding(
        model=Invitation,
        person="invited",
        topic=Topic.PLAYS,
        stays=Why.OTHERS,
        copied=("campaign__number", "via", "at", "kept_at"),
    ),
)
