"""Facts about invitations."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class MemberBrought(Event):
    """Somebody came through another member, for ever."""

    inviter_id: int
    invited_id: int


@dataclass(frozen=True)
class InvitationKept(Event):
    """The invited has kept an order: what was promised is owed now."""

    invitation_id: int
    order_id: int
