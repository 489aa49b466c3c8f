"""Whom one brought, and everybody else, as far as others may see them."""

from dataclasses import dataclass
from datetime import datetime

from renmai.accounts.models import User
from renmai.plays.invitation.promises import benefit_words
from renmai.plays.invitation.queries import Brought, Stage
from renmai.web.ui.formats import local

HIDDEN = "**"
KINDS = {
    Stage.JOINED: "",
    Stage.BOUGHT: "info",
    Stage.KEPT: "info",
    Stage.REVIEW: "warn",
    Stage.GRANTED: "good",
    Stage.REFUSED: "bad",
}


@dataclass(frozen=True)
class Friend:
    """Somebody who was brought, as the inviter may see her. ``expected_on`` is about when the reward comes, ``reward`` what it is."""

    name: str
    seed: str
    joined_at: datetime
    stage: Stage
    kind: str
    expected_on: str
    reward: str


def friend_of(brought: Brought) -> Friend:
    """Return somebody who was brought, with nothing of her that is not the inviter's to know."""
    invited, reward = brought.invitation.invited, brought.reward
    return Friend(
        name=masked(invited),
        seed=invited.avatar_seed,
        joined_at=brought.invitation.at,
        stage=brought.stage,
        kind=KINDS.get(brought.stage, ""),
        expected_on=f"{local(brought.expected_at):%m-%d}" if brought.expected_at else "",
        reward=benefit_words(reward.benefit, reward.amount) if reward else "",
    )


def masked(user: User) -> str:
    """Return the beginning of a name."""
    return user.display_name[:1] + HIDDEN
