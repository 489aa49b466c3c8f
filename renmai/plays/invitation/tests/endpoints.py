"""Who may open the play's pages and call its operations."""

from typing import TYPE_CHECKING

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.api.tests.cases import Case
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
    # The member joined long ago and has ordered.
    "enter_invitation": Case("person", "POST", "/plays/invitation/inviter", {"code": "{invite_code}"}, status=409),
}


def furnish(street: "Street") -> dict[str, object]:
    """A campaign, the code of somebody who is nobody else in the street, and somebody whom the member brought."""
    campaign = inviting()
    member = User.objects.get(pk=str(street.names["member"]))
    friend = newcomer().user
    # By what stands in the table, as if a code had been entered: tries are counted, and the street is built inside a transaction.
    Invitation.objects.create(
        campaign=campaign,
        version=1,
        inviter=member,
        invited=friend,
        inviter_joined_at=member.created_at,
        invited_joined_at=friend.created_at,
        via=Invitation.Via.CODE,
    )
    code_of(member)
    return {"inviting": campaign.pk, "invite_code": code_of(make_member())}
