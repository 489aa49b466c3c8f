"""What a group buy gives to an order: reads only. The place itself is taken with the money."""

from renmai.campaigns.plays import Ask, Grant, Line
from renmai.kernel.compiled import CompiledValues
from renmai.kernel.errors import DomainError
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.queries.lists import group_of_number
from renmai.plays.groupbuy.reference import read
from renmai.plays.groupbuy.terms import Terms, terms_of

MOST_SEATS = 200
_MINE = CompiledValues(
    lambda campaign, user: (
        Seat.objects.filter(campaign_id=campaign, user_id=user)
        .order_by("-pk")
        .values_list("group_id", "status", "turn")[:MOST_SEATS]
    )
)


def grant(ask: Ask) -> Grant:
    """Return the price at which ``ask.user`` opens a group, or joins the one that she names, and until when she must have paid.

    Raises ``campaigns.not_open``, ``request.not_found``, ``groupbuy.over``, ``groupbuy.full``, ``groupbuy.already_in``,
    ``groupbuy.limit`` and what the goods of the order refuse.
    """
    now_offered = terms_of(ask.campaign.terms)
    wanted = read(ask.choice.reference, now_offered)
    if not wanted.number:
        if not ask.campaign.is_open:
            raise DomainError("campaigns.not_open", title=ask.campaign.title)
        _check_person(ask, now_offered, group=None)
        return _grant(ask, now_offered, group=None)
    group = group_of_number(wanted.number)
    if group.campaign_id != ask.campaign.pk:
        raise DomainError("request.not_found")
    _check_person(ask, now_offered, group=group)
    _check_room(group)
    return _grant(ask, group.offer, group=group)


def _check_room(group: Group) -> None:
    if group.joined >= group.size:
        raise DomainError("groupbuy.full")
    if not group.is_going_on:
        raise DomainError("groupbuy.over")


def _check_person(ask: Ask, terms: Terms, *, group: Group | None) -> None:
    """Her places of this campaign: not twice in one group, not more orders than the campaign allows now."""
    seats = _MINE.rows(ask.campaign.pk, ask.user.pk)
    if group and any(group_id == group.pk and status in Seat.IN_GROUP for group_id, status, _turn in seats):
        raise DomainError("groupbuy.already_in")
    if terms.limit and sum(turn is not None for _group, _status, turn in seats) >= terms.limit:
        raise DomainError("groupbuy.limit", limit=terms.limit)


def _grant(ask: Ask, terms: Terms, *, group: Group | None) -> Grant:
    line = _line(ask, terms)
    off_fen = (line.unit_price_fen - terms.price_to_pay(opens=group is None)) * line.quantity
    if not 0 < off_fen <= line.amount_fen:
        raise DomainError("groupbuy.cheaper_alone")
    return Grant(
        label_zh="拼团价",
        label_en="Group price",
        off_fen={line.sku_id: off_fen},
        reference=ask.choice.reference,
        held=True,
        pay_before=group.expires_at if group else ask.campaign.ends_at,
    )


def _line(ask: Ask, terms: Terms) -> Line:
    if len(ask.lines) != 1 or ask.lines[0].sku_id != terms.sku_id:
        raise DomainError("groupbuy.other_goods")
    if ask.lines[0].quantity > terms.most_pieces:
        raise DomainError("groupbuy.pieces", most=terms.most_pieces)
    return ask.lines[0]
