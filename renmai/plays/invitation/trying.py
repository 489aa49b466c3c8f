"""What of an invitation's terms an experiment may vary: the kind of reward, how much it is, and who of the two gets it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Variation, giver
from renmai.plays.invitation.terms import COUPON, NOTHING, POINTS, RED_PACKET

AS_SET = "as_set"
HALF, DOUBLE = "half", "double"
INVITER, INVITED = "inviter", "invited"
MANY: Final = 1_000_000
"""So much of a kind is valued at once, so that rounding does not matter."""

VARIATIONS: Final = (
    Variation(
        "kind",
        _("Kind of reward"),
        _("What both get instead, worth as much. Dealt out to a member when she is shown what her invitations earn."),
        ((AS_SET, _("As the campaign says")), (POINTS, _("Points")), (COUPON, _("Coupon")), (RED_PACKET, _("Red packet"))),
    ),
    Variation(
        "size",
        _("Size of the reward"),
        _("How much of it, for both."),
        ((AS_SET, _("As the campaign says")), (HALF, _("Half as much")), (DOUBLE, _("Twice as much"))),
    ),
    Variation(
        "whom",
        _("Who gets a reward"),
        _("Whether one of the two gets hers alone."),
        ((AS_SET, _("As the campaign says")), (INVITER, _("The inviter alone")), (INVITED, _("The invited alone"))),
    ),
)


def varied(terms: Mapping[str, Any], options: Mapping[str, str]) -> dict[str, Any]:
    """Return the terms with these options. A reward of another kind takes as much from the budget, to the fen or the next point below."""
    changed = dict(terms)
    for side in (INVITER, INVITED):
        benefit, amount = terms[f"{side}_benefit"], terms[f"{side}_amount"]
        if benefit == NOTHING:
            continue
        kind = options.get("kind", AS_SET)
        if kind not in {AS_SET, benefit}:
            benefit, amount = kind, _worth_as_much(benefit, amount, kind)
        match options.get("size", AS_SET):
            case "half":
                amount //= 2
            case "double":
                amount *= 2
        if options.get("whom", AS_SET) not in {AS_SET, side}:
            benefit = NOTHING
        changed |= {f"{side}_benefit": benefit, f"{side}_amount": amount}
    return changed


def _worth_as_much(benefit: str, amount: int, kind: str) -> int:
    """Return how much of ``kind`` costs what ``amount`` of ``benefit`` does."""
    fen = giver(benefit).cost_fen(benefit, amount)
    return fen * MANY // giver(kind).cost_fen(kind, MANY)
