"""What a campaign promises, in words: for pages, previews and whoever else asks."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.kernel.money import spell
from renmai.plays.invitation.terms import COUPON, NOTHING, POINTS, Terms


@dataclass(frozen=True)
class Promise:
    """What a campaign promises, in words; empty where one side gets nothing."""

    inviter: str
    invited: str
    least: str
    join_days: int
    per_month: int


def promise_of(terms: Terms) -> Promise:
    """Return the terms of a campaign in words."""
    return Promise(
        inviter=benefit_words(terms.inviter_benefit, terms.inviter_amount),
        invited=benefit_words(terms.invited_benefit, terms.invited_amount),
        least=spell(terms.least_fen),
        join_days=terms.join_days,
        per_month=terms.per_month,
    )


def benefit_words(benefit: str, amount: int) -> str:
    """Return a reward in words: “500 points”, “a coupon of ¥5.00”."""
    if benefit == NOTHING:
        return ""
    if benefit == POINTS:
        return ngettext("%(count)d point", "%(count)d points", amount) % {"count": amount}
    words = _("a coupon of %(amount)s") if benefit == COUPON else _("a red packet of %(amount)s")
    return words % {"amount": spell(amount)}


def earns_of(terms: Terms) -> str:
    """Return who gets what, as it stands wherever the link is disclosed."""
    promised = promise_of(terms)
    if promised.inviter and promised.invited:
        return _("The inviter gets %(inviter)s and you get %(invited)s for the first order that you keep.") % {
            "inviter": promised.inviter,
            "invited": promised.invited,
        }
    if promised.inviter:
        return _("The inviter gets %(inviter)s for the first order that you keep.") % {"inviter": promised.inviter}
    return _("You get %(invited)s for the first order that you keep.") % {"invited": promised.invited}
