"""Who may open the play's pages and call its operations."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.api.tests.cases import Case
from renmai.campaigns.models import Campaign
from renmai.kernel import clock
from renmai.plays.invitation.actions import code_of
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.tests.world import inviting, newcomer
from tools.testing.rows import ANYONE, PERSON, Row

if TYPE_CHECKING:
    from renmai.api.tests.street import Street

CODE = {"code": "invite_code"}
# Whoever looks for a code of her own for the first time gets one.
OWN_CODE = frozenset({"invitation_invitecode"})

ROWS: dict[str, Row] = {
    "invitation:mine": Row(PERSON, writes=OWN_CODE),
    "invitation:enter": Row(PERSON, PERSON, form={"code": "{invite_code}"}),
    "invitation:share": Row(PERSON, words={"campaign_id": "inviting"}, writes=OWN_CODE | {"sharing_share"}),
    "invitation:landing": Row(ANYONE, words=CODE),
    "invitation:accept": Row(acts=PERSON, words=CODE),
}

ACCESS: dict[str, Case] = {
    "get_my_invitation": Case("person", "GET", "/plays/invitation/mine"),
    "list_brought": Case("person", "GET", "/plays/invitation/brought"),
    # The member's own inviter once more: others of the street joined too long ago.
    "enter_invitation": Case("person", "POST", "/plays/invitation/inviter", {"code": "{invite_code}"}, status=201),
}


def furnish(street: "Street") -> dict[str, object]:
    """A campaign, somebody of old who brought the member, and somebody whom the member brought."""
    campaign, elder = inviting(), make_member()
    User.objects.filter(pk=elder.pk).update(created_at=clock.now() - timedelta(days=400))
    elder.refresh_from_db()
    member = User.objects.get(pk=str(street.names["member"]))
    for inviter, invited in ((elder, member), (member, newcomer().user)):
        # By what stands in the table, as if it had been entered in time.
        Invitation.objects.create(
            campaign=campaign,
            version=1,
            inviter=inviter,
            invited=invited,
            inviter_joined_at=inviter.created_at,
            invited_joined_at=invited.created_at,
            via=Invitation.Via.CODE,
        )
    code_of(member)
    return {"inviting": campaign.pk, "invite_code": code_of(elder)}


def shared() -> tuple[Campaign, str, str]:
    """A campaign, the page to which links to it lead, and where whoever invites gets her own."""
    running = inviting()
    return running, reverse("invitation:landing", args=[code_of(make_member())]), reverse("invitation:share", args=[running.pk])
