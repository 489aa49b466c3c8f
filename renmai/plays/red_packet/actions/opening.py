"""How red packets come to people: opened on the campaign's page, each person one, or handed out as a reward."""

from datetime import timedelta
from random import SystemRandom

from django.db import transaction
from django.db.models import F

from renmai.accounts.models import User
from renmai.campaigns.actions import spend
from renmai.campaigns.models import Campaign, Reward
from renmai.campaigns.queries import open_campaigns
from renmai.kernel import clock, ids
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.plays.red_packet.models import Packet, Pool
from renmai.plays.red_packet.splitting import shares
from renmai.plays.red_packet.whom import OPENED, REWARD, WHOM, is_for, objection

KEY = "red_packet"
SEEDS = 2**62


def prepare(campaign: Campaign) -> None:
    """Fill the pool, in the transaction of the launch. Raises ``red_packet.pool_fixed`` when a change would touch what is in it."""
    terms = campaign.terms
    if terms["given_to"] not in OPENED:
        return
    wanted = {"total_fen": terms["total_fen"], "packets": terms["packets"], "is_random": terms["split"] == "random"}
    seed = SystemRandom().randrange(SEEDS)
    if insert_missing([Pool(campaign=campaign, seed=seed, **wanted)]):
        return
    if not Pool.objects.filter(campaign=campaign, **wanted).exists():
        raise DomainError("red_packet.pool_fixed", field="total_fen")


def open_packet(user: User, campaign_id: int, *, is_in_wechat: bool = False) -> Packet:
    """Open a red packet: one per person, what is in it follows from the turn. Its money counts against the budget from then on.

    Raises ``campaigns.not_open``, ``red_packet.not_yours``, ``red_packet.not_in_wechat``, ``red_packet.had_yours``,
    ``red_packet.all_gone``, ``campaigns.budget``.
    """
    with transaction.atomic():
        campaign = Campaign.objects.filter(pk=campaign_id, play=KEY, launched_at__isnull=False).first()
        if campaign is None:
            raise DomainError("request.not_found")
        if not campaign.is_open:
            raise DomainError("campaigns.not_open", title=campaign.title)
        if objection(campaign, is_in_wechat=is_in_wechat):
            raise DomainError("red_packet.not_in_wechat")
        if Packet.objects.filter(campaign=campaign, owner=user, reward__isnull=True).exists():
            raise DomainError("red_packet.had_yours")
        if not is_for(user, campaign):
            raise DomainError("red_packet.not_yours", whom=WHOM[campaign.terms["given_to"]])
        place, amount_fen = _next(campaign)
        packet = _write(user, campaign, place=place, amount_fen=amount_fen)
        spend(campaign.pk, amount_fen)
    return packet


def reward_campaign() -> Campaign | None:
    """Return the oldest open campaign whose packets are rewards."""
    return next((each for each in open_campaigns(play=KEY) if each.terms["given_to"] == REWARD), None)


def hand_out(reward: Reward) -> Packet:
    """Hand out a reward as a red packet of its amount, in the caller's transaction, once. Raises ``red_packet.no_reward_campaign``."""
    campaign = reward_campaign()
    if campaign is None:
        raise DomainError("red_packet.no_reward_campaign")
    return _write(reward.beneficiary, campaign, amount_fen=reward.amount, reward=reward)


def _next(campaign: Campaign) -> tuple[int, int]:
    """Take the next turn and return it with what it finds. Whoever comes meanwhile waits for this transaction to end."""
    if not Pool.objects.filter(campaign=campaign, opened__lt=F("packets")).update(opened=F("opened") + 1):
        raise DomainError("red_packet.all_gone", title=campaign.title)
    pool = Pool.objects.get(campaign=campaign)
    found = shares(pool.total_fen, pool.packets, is_random=pool.is_random, seed=pool.seed)
    return pool.opened, found[pool.opened - 1]


def _write(user: User, campaign: Campaign, *, amount_fen: int, place: int | None = None, reward: Reward | None = None) -> Packet:
    now = clock.now()
    packet = Packet(
        code=ids.token(12),
        campaign=campaign,
        owner=user,
        place=place,
        amount_fen=amount_fen,
        reward=reward,
        got_at=now,
        valid_until=now + timedelta(days=campaign.terms["valid_days"]),
    )
    written = insert_missing([packet])
    if not written:
        raise DomainError("red_packet.had_yours")
    packet.pk = written[0]
    return packet
