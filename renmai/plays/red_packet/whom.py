"""To whom red packets are given: terms of the campaign that everybody can read."""

from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.policy import queries as policy
from renmai.policy.channels import Channel
from renmai.policy.rules import Decision, Outcome

RULE = "wechat.share_reward"

EVERYBODY, BUYERS, NEW_MEMBERS, REWARD = "everybody", "buyers", "new_members", "reward"

WHOM: dict[str, Promise] = {
    EVERYBODY: _("everybody who opens the page"),
    BUYERS: _("customers who have bought and kept something"),
    NEW_MEMBERS: _("new members"),
    REWARD: _("only as a reward of other campaigns"),
}
OPENED = frozenset({EVERYBODY, BUYERS, NEW_MEMBERS})
"""What can be opened on a page."""

FREE_GIFTS = frozenset({EVERYBODY, NEW_MEMBERS})
"""Given without a sale: on WeChat a link that hands out money to whoever follows it counts as paying for its being passed on."""


def is_for(user: User, campaign: Campaign) -> bool:
    """Whether the packets of a campaign are for this person. At most one statement."""
    match campaign.terms["given_to"]:
        case "everybody":
            return True
        case "buyers":
            return Order.objects.filter(buyer=user, status=Order.Status.SETTLED).exists()
        case "new_members":
            return user.created_at >= clock.now() - timedelta(days=campaign.terms["new_days"])
        case _:
            return False


def objection(campaign: Campaign, *, is_in_wechat: bool) -> Decision | None:
    """Return what the rules in force have against giving a campaign's packets where the page is open; None: nothing."""
    if not is_in_wechat or campaign.terms["given_to"] not in FREE_GIFTS:
        return None
    decision = policy.decide(RULE, True, channels={Channel.WECHAT})  # noqa: FBT003  the rule's own value
    return decision if decision.outcome is Outcome.REFUSE else None
