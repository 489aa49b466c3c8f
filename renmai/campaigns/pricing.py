"""What the campaigns that a customer chose give to an order, layer by layer. Reads only; ``taking_part`` writes it down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from renmai.accounts.models import User
from renmai.campaigns import stacking
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Ask, Choice, Grant, Layer, Line, Play, play, plays
from renmai.campaigns.queries.running import open_campaigns
from renmai.kernel import clock
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.kernel.money import check_fen
from renmai.ordering.actions.placing import Deposit

_CAMPAIGNS: Compiled[Campaign] = Compiled(lambda keys: Campaign.objects.filter(pk__in=keys))


@dataclass(frozen=True)
class Granted:
    """One choice with what came of it."""

    play: str
    layer: Layer
    campaign_id: int
    version: int
    grant: Grant


def price(user: User, choices: Sequence[Choice], lines: Sequence[Line]) -> tuple[Granted, ...]:
    """Return what each choice gives, in the order in which the price is worked out, with what is granted without asking.

    No statement without choices while no automatic play has an open campaign. Raises ``campaigns.not_open``,
    ``campaigns.not_together``, ``campaigns.once``, ``ordering.discount`` and ``money.amount`` for what no play may give, and what the plays refuse.
    """
    wanted = [(play(choice.play), choice) for choice in choices]
    wanted += _entitled(user, [each.layer for each, _choice in wanted])
    if not wanted:
        return ()
    stacking.check([each.layer for each, _choice in wanted])
    campaigns = _campaigns([choice for _play, choice in wanted])
    # What nobody asked for must not stand in the way: a campaign that closed a moment ago is left out, not refused.
    wanted = [(each, choice) for each, choice in wanted if not each.is_automatic or campaigns[choice.campaign_id].is_open]
    left, now, granted = tuple(lines), clock.now(), []
    for each, choice in sorted(wanted, key=_turn):
        campaign = campaigns[choice.campaign_id]
        grant = each.grant(Ask(user=user, campaign=campaign, choice=choice, lines=left, at=now))
        left = _after(left, grant)
        granted.append(Granted(each.key, each.layer, campaign.pk, campaign.version, grant))
    return tuple(granted)


def held_for(granted: Sequence[Granted]) -> str:
    """Return the play that keeps the goods back; at most one does, because only one sets the price. Empty: none."""
    return next((each.play for each in granted if each.grant.held), "")


def pay_before(granted: Sequence[Granted]) -> datetime | None:
    """Return the earliest moment until which a grant waits for the payment."""
    return min((each.grant.pay_before for each in granted if each.grant.pay_before), default=None)


def pool_of(granted: Sequence[Granted], sku_id: int) -> tuple[int, str] | None:
    """Return the pool that a grant takes the pieces of a SKU from, and what holds them there; None: they come from the shelf."""
    pools = ((each.grant.pool_id, each.grant.reference) for each in granted if sku_id in each.grant.off_fen)
    return next(((pool_id, held_as) for pool_id, held_as in pools if pool_id is not None), None)


def deposit(granted: Sequence[Granted]) -> Deposit | None:
    """Return what is paid first, where a grant says so; only one can, because only one sets the price."""
    return next((each.grant.deposit for each in granted if each.grant.deposit), None)


def _entitled(user: User, chosen: Sequence[Layer]) -> Iterator[tuple[Play, Choice]]:
    for each in plays().values():
        if each.is_automatic and not stacking.gives_way(each.layer, chosen):
            campaigns = open_campaigns(play=each.key)
            for choice in each.entitled(user, campaigns) if campaigns else ():
                yield each, choice


def _campaigns(choices: Sequence[Choice]) -> Mapping[int, Campaign]:
    """Return the chosen campaigns as they are now. What was begun before a campaign closed may go on: that is the play's to judge."""
    found = {row.pk: row for row in _CAMPAIGNS.rows(sorted({choice.campaign_id for choice in choices}))}
    for choice in choices:
        campaign = found.get(choice.campaign_id)
        if campaign is None or campaign.play != choice.play:
            raise DomainError("request.not_found")
        if campaign.launched_at is None:
            raise DomainError("campaigns.not_open", title=campaign.title)
    return found


def _turn(wanted: tuple[Play, Choice]) -> int:
    layer = wanted[0].layer
    return stacking.ORDER.index(layer) if layer in stacking.ORDER else len(stacking.ORDER)


def _after(lines: tuple[Line, ...], grant: Grant) -> tuple[Line, ...]:
    known = {line.sku_id for line in lines}
    if not set(grant.off_fen) <= known:
        raise AssertionError(f"{grant.label_en}: takes something off goods that are not in the order")
    taken = tuple(replace(line, amount_fen=line.amount_fen - check_fen(grant.off_fen.get(line.sku_id, 0))) for line in lines)
    if any(line.amount_fen < 0 for line in taken):
        raise DomainError("ordering.discount")
    return taken
