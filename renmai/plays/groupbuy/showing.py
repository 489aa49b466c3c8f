"""What other pages say of a group buy: a product's, an order's, a shared link's, the operator's editor and statistics."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.plays import Card, Figure, Offer, Told
from renmai.catalogue.models import Sku
from renmai.kernel.money import spell
from renmai.ordering.models import Order
from renmai.plays.groupbuy.keys import KEY
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.queries.figures import counts_of
from renmai.plays.groupbuy.queries.lists import seat_of_order
from renmai.plays.groupbuy.reference import read
from renmai.plays.groupbuy.terms import terms_of

MOST_DRAWN = 20


def offer(campaign: Campaign) -> Offer:
    """Say on a product's page what it costs together."""
    terms = terms_of(campaign.terms)
    sizes = [
        _("%(people)s: %(price)s") % {"people": _people(tier.people), "price": spell(tier.price_fen)} for tier in terms.tiers
    ]
    return Offer(
        play=KEY,
        campaign_id=campaign.pk,
        label=_("Buy it together with %(people)s") % {"people": _people(terms.size)},
        price_fen=terms.tiers[-1].price_fen,
        url=reverse("groupbuy:campaign", args=[campaign.number]),
        detail=" · ".join(sizes) if len(sizes) > 1 else "",
        icon="group",
        ends_at=campaign.ends_at,
    )


def told(order: Order, part: Participation) -> Told:
    """Say on an order's page what its group is waiting for, or how it ended."""
    seat = seat_of_order(order.pk)
    number = seat.group.number if seat.group else read(part.reference).number
    url = reverse("groupbuy:group", args=[number]) if number else reverse("groupbuy:together")
    return Told(_said(seat), url)


def cards(campaigns: Sequence[Campaign]) -> dict[int, Card]:
    """Return the goods and the price of the largest group, for shared links, by the campaign's id. One statement."""
    terms = {campaign.pk: terms_of(campaign.terms) for campaign in campaigns}
    skus = Sku.objects.select_related("product").in_bulk([each.sku_id for each in terms.values()])
    return {
        pk: Card(
            skus[each.sku_id].product.title,
            each.tiers[-1].price_fen,
            _("for %(people)s together") % {"people": _people(each.size)},
        )
        for pk, each in terms.items()
    }


def preview(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the editor shows beside its form: a group with its leader in it."""
    terms = terms_of(raw)
    return {
        "terms": terms,
        "sku": Sku.objects.select_related("product").filter(pk=terms.sku_id).first(),
        "size": terms.size,
        "draws": terms.size <= MOST_DRAWN,
        "seeds": ["groupbuy-leader"],
        "free": range(terms.size - 1),
        "steps": terms.tiers,
        "opener_fen": terms.price_to_pay(opens=True),
        "spared_fen": terms.paid_fen - terms.tiers[-1].price_fen,
    }


def figures(campaign: Campaign) -> Sequence[Figure]:
    """Return how the groups of a campaign went."""
    found = counts_of(campaign.pk)
    return (
        Figure(gettext_lazy("Groups opened"), found.opened, "times", gettext_lazy("Groups whose first place was paid.")),
        Figure(
            gettext_lazy("Complete"),
            found.done,
            "times",
            gettext_lazy("Groups that filled, or had enough people when time was up."),
        ),
        Figure(
            gettext_lazy("Complete of ended"),
            found.success_basis_points,
            "basis_points",
            gettext_lazy("Complete, of complete and failed."),
        ),
        Figure(
            gettext_lazy("Time to fill"),
            found.fill_seconds,
            "seconds",
            gettext_lazy("Mean time from the first payment to the last place."),
        ),
        Figure(
            gettext_lazy("People in complete groups"),
            found.people,
            "people",
            gettext_lazy("Members of complete groups, leaders too."),
        ),
        Figure(
            gettext_lazy("People per group"),
            found.people_per_group,
            "people",
            gettext_lazy("Members of complete groups by their number, rounded."),
        ),
        Figure(
            gettext_lazy("Given back"),
            found.refunded_fen,
            "fen",
            gettext_lazy("Paid for places in groups that failed or that people left."),
        ),
        Figure(
            gettext_lazy("New customers"),
            found.newcomers,
            "people",
            gettext_lazy("Members of complete groups who had never paid an order before."),
        ),
    )


def _said(seat: Seat) -> str:
    group = seat.group
    match seat.status:
        case Seat.Status.WAITING:
            return _("Your place in the group is taken once you have paid.")
        case Seat.Status.TAKEN if group is not None and group.status == Group.Status.OPEN:
            return _waiting(group)
        case Seat.Status.TAKEN | Seat.Status.KEPT if group is not None and group.status == Group.Status.DONE:
            price = {"people": _people(group.joined), "price": spell(group.price_fen or 0)}
            return _("Your group is complete: %(people)s buy it for %(price)s each.") % price
        case Seat.Status.MISSED | Seat.Status.RETURNED if group is None:
            return _("The group was over when your payment came. All of your money goes back the way it came.")
        case Seat.Status.LEFT:
            return _("You left the group. All of your money goes back the way it came.")
        case Seat.Status.CANCELLED:
            return _("The order was not paid, so no place was taken.")
        case _:
            return _("Your group was not complete in time. All of your money goes back the way it came.")


def _waiting(group: Group) -> str:
    left = group.places_left
    until = date_format(localtime(group.expires_at), "DATETIME_FORMAT")
    return ngettext(
        "Your group waits for %(count)d more person until %(until)s. If it is not complete then, everything goes back to you.",
        "Your group waits for %(count)d more people until %(until)s. If it is not complete then, everything goes back to you.",
        left,
    ) % {"count": left, "until": until}


def _people(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}
