"""The terms that an operator chooses, and how they must fit together."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Field
from renmai.catalogue.models import Sku
from renmai.kernel.errors import DomainError
from renmai.kernel.money import spell
from renmai.plays.groupbuy.terms import terms_of

MOST_PEOPLE = 500
_GOODS, _GROUP, _PERSON = _("Goods and prices"), _("The group"), _("Each person")

FIELDS = (
    Field(name="sku", kind="sku", label=_("Goods"), default=None, group=_GOODS),
    Field(
        name="tiers",
        kind="tiers",
        label=_("Sizes and prices"),
        default=[[2, 100]],
        minimum=2,
        maximum=MOST_PEOPLE,
        group=_GOODS,
        help=_("Everybody pays the price of the smallest size; what a larger group saves goes back to each of them."),
    ),
    Field(
        name="leader_off_fen",
        kind="fen",
        label=_("Less for whoever leads"),
        default=0,
        maximum=10_000_000,
        group=_GOODS,
        help=_("A piece. 0: the same price for all."),
    ),
    Field(
        name="timer_minutes",
        kind="minutes",
        label=_("Time to fill"),
        default=24 * 60,
        minimum=5,
        maximum=7 * 24 * 60,
        group=_GROUP,
        help=_("From the first payment on, and never beyond the end of the campaign."),
    ),
    Field(
        name="threshold",
        kind="integer",
        label=_("Complete with fewer, when time is up"),
        default=0,
        maximum=MOST_PEOPLE,
        group=_GROUP,
        help=_(
            "So many people are enough, at the price they have reached. Customers are told. 0: only a full group is complete."
        ),
    ),
    Field(
        name="late",
        kind="choice",
        label=_("Who pays too late"),
        default="refund",
        choices=(("refund", _("gets the money back")), ("new", _("opens a group of her own"))),
        group=_GROUP,
        help=_("Each customer can choose otherwise as she joins."),
    ),
    Field(
        name="is_listed",
        kind="switch",
        label=_("Show open groups to people who know a member"),
        default=True,
        group=_GROUP,
    ),
    Field(
        name="most_pieces",
        kind="integer",
        label=_("Pieces per order"),
        default=1,
        minimum=1,
        maximum=99,
        group=_PERSON,
    ),
    Field(
        name="limit",
        kind="integer",
        label=_("Orders per person"),
        default=5,
        maximum=20,
        group=_PERSON,
        help=_("Groups that failed do not count. 0: no limit."),
    ),
)


def check(raw: Mapping[str, Any]) -> None:
    """Refuse terms that do not go together: ``groupbuy.leader_price``, ``groupbuy.threshold``, ``groupbuy.above_shop_price``."""
    terms = terms_of(raw)
    if terms.leader_off_fen >= terms.tiers[-1].price_fen:
        raise DomainError("groupbuy.leader_price", field="leader_off_fen")
    least = terms.tiers[0].people
    if terms.threshold and not least <= terms.threshold <= terms.size:
        raise DomainError("groupbuy.threshold", field="threshold", least=least, most=terms.size)
    sku = Sku.objects.select_related("product").get(pk=terms.sku_id)
    if terms.paid_fen >= sku.price_fen:
        raise DomainError("groupbuy.above_shop_price", field="tiers", price=spell(sku.price_fen, sku.product.currency))
