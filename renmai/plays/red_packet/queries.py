"""Reads of red packets."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Choice, Line, Option
from renmai.campaigns.queries import open_campaigns
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.paging import paged
from renmai.ordering.windows import CHINA
from renmai.plays.red_packet.models import Packet, Pool
from renmai.plays.red_packet.whom import BUYERS, OPENED, is_for

KEY = "red_packet"
MOST = 50
PAGE_SIZE = 20


@dataclass(frozen=True)
class PacketPage:
    """A campaign as whoever opened its link sees it. ``mine`` is what she found, ``is_for_her`` None for a guest."""

    campaign: Campaign
    left: int
    packets: int
    total_fen: int
    mine: Packet | None
    is_for_her: bool | None


@dataclass(frozen=True)
class Counted:
    """The figures of one campaign, in packets and fen."""

    opened: int
    left: int
    used: int
    expired: int
    opened_fen: int
    used_fen: int


def usable(user: User, code: str, *, campaign_id: int) -> Packet:
    """Return her own usable packet. Raises ``request.not_found`` for anybody else's, ``red_packet.gone`` for one that is used or over."""
    packet = Packet.objects.filter(code=code, owner=user, campaign_id=campaign_id).first()
    if packet is None:
        raise DomainError("request.not_found")
    if not packet.is_usable:
        raise DomainError("red_packet.gone")
    return packet


def options(user: User, lines: Sequence[Line]) -> list[Option]:
    """Return her packets for these goods, the largest first; of the same size those that end first. One statement."""
    worth_fen = sum(line.amount_fen for line in lines)
    rows = Packet.objects.filter(owner=user, status=Packet.Status.FREE, valid_until__gt=clock.now())
    return [
        Option(
            Choice(KEY, packet.campaign_id, packet.code),
            _("Red packet"),
            min(packet.amount_fen, worth_fen),
            detail=_("until %(day)s") % {"day": f"{packet.valid_until.astimezone(CHINA):%Y-%m-%d}"},
        )
        for packet in rows.order_by("-amount_fen", "valid_until", "pk")[:MOST]
    ]


def page_of(user: User | None, number: str) -> PacketPage:
    """Return a campaign whose link was opened; it may be over. Raises ``request.not_found``."""
    campaign = Campaign.objects.filter(number=number, play=KEY, launched_at__isnull=False).first()
    if campaign is None or campaign.terms["given_to"] not in OPENED:
        raise DomainError("request.not_found")
    pool = Pool.objects.get(campaign=campaign)
    mine = Packet.objects.filter(campaign=campaign, owner=user, place__isnull=False).first() if user else None
    return PacketPage(
        campaign=campaign,
        left=pool.packets - pool.opened,
        packets=pool.packets,
        total_fen=pool.total_fen,
        mine=mine,
        is_for_her=is_for(user, campaign) if user else None,
    )


def to_open(user: User) -> list[Campaign]:
    """Return the running campaigns of which a packet waits for her, the newest first. At most three statements."""
    running = [each for each in open_campaigns(play=KEY) if each.terms["given_to"] in OPENED]
    if not running:
        return []
    has = set(Packet.objects.filter(campaign__in=running, owner=user, place__isnull=False).values_list("campaign_id", flat=True))
    left = set(Pool.objects.filter(campaign__in=running, opened__lt=F("packets")).values_list("campaign_id", flat=True))
    waiting = [each for each in running if each.pk in left - has]
    for_buyers = next((each for each in waiting if each.terms["given_to"] == BUYERS), None)
    is_buyer = for_buyers is not None and is_for(user, for_buyers)
    return [each for each in waiting if (is_buyer if each.terms["given_to"] == BUYERS else is_for(user, each))]


def mine(user: User, *, is_over: bool = False, page: int = 1) -> "Page[Packet]":
    """Return her packets: those that can be used or wait with an order, or those that are used or over."""
    over = Q(status__in=[Packet.Status.USED, Packet.Status.EXPIRED]) | Q(status=Packet.Status.FREE, valid_until__lte=clock.now())
    rows = Packet.objects.filter(owner=user).select_related("campaign", "order", "reward__campaign")
    rows = rows.filter(over).order_by("-got_at", "-pk") if is_over else rows.exclude(over).order_by("valid_until", "pk")
    return paged(rows, number=page, size=PAGE_SIZE)


def count(campaign_id: int) -> Counted:
    """Return a campaign's figures, in two statements."""
    pool = Pool.objects.filter(pk=campaign_id).first()
    used = Q(status=Packet.Status.USED)
    sums = Packet.objects.filter(campaign_id=campaign_id).aggregate(
        opened=Count("pk"),
        used=Count("pk", filter=used),
        expired=Count("pk", filter=Q(status=Packet.Status.EXPIRED)),
        opened_fen=Sum("amount_fen"),
        used_fen=Sum("amount_fen", filter=used),
    )
    left = pool.packets - pool.opened if pool else 0
    return Counted(sums["opened"], left, sums["used"], sums["expired"], sums["opened_fen"] or 0, sums["used_fen"] or 0)
