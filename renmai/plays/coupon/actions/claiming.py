"""How coupons come to people: claimed on a page, by a coupon code, or handed out as a reward; never more than there are."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Reward, TermsVersion
from renmai.campaigns.queries import open_campaigns
from renmai.kernel import clock, ids
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.money import spell
from renmai.plays.coupon.conditions import PAGE, REWARD, WORD, conditions_of
from renmai.plays.coupon.models import Coupon, CouponStock

KEY = "coupon"


def prepare(campaign: Campaign) -> None:
    """Put out as many coupons as the terms say, in the transaction of the launch or of a change.

    Raises ``coupon.budget`` when the budget could not pay for all of them: whoever holds a coupon can count on it. Raises
    ``coupon.running`` for fewer than are out, ``coupon.word_needed`` for a coupon code that another campaign uses.
    """
    terms = campaign.terms
    _check_budget(campaign)
    if terms["claim"] == WORD and any(_word(each) == _word(campaign) for each in _by_word() if each.pk != campaign.pk):
        raise DomainError("coupon.word_needed", field="word")
    if insert_missing([CouponStock(campaign=campaign, total=terms["total"])]):
        return
    if not CouponStock.objects.filter(campaign=campaign, issued__lte=terms["total"]).update(total=terms["total"]):
        raise DomainError("coupon.running", field="total", issued=CouponStock.objects.get(campaign=campaign).issued)


def claim(user: User, campaign_id: int) -> Coupon:
    """Claim a coupon on the campaign's page. Raises ``campaigns.not_open``, ``coupon.had_yours``, ``coupon.all_gone``."""
    return _claim(user, campaign_id, way=PAGE)


def claim_by_word(user: User, word: str) -> Coupon:
    """Claim the coupon that belongs to a coupon code. Raises ``coupon.word`` and what ``claim`` raises."""
    wanted = word.strip().casefold()
    found = next((each for each in _by_word() if each.is_open and _word(each) == wanted), None) if wanted else None
    if found is None:
        raise DomainError("coupon.word", field="word")
    return _claim(user, found.pk, way=WORD)


def reward_campaign() -> Campaign | None:
    """Return the oldest open campaign whose coupons are rewards and that has some left."""
    running = [each for each in open_campaigns(play=KEY) if each.terms["claim"] == REWARD]
    if not running:
        return None
    has_some = set(CouponStock.objects.filter(campaign__in=running, issued__lt=F("total")).values_list("campaign_id", flat=True))
    return next((each for each in running if each.pk in has_some), None)


def hand_out(reward: Reward) -> Coupon:
    """Hand out a reward as a coupon worth its amount, in the caller's transaction, once.

    It follows the terms of ``reward_campaign``. Raises ``coupon.no_reward_campaign``, ``coupon.all_gone``.
    """
    campaign = reward_campaign()
    if campaign is None:
        raise DomainError("coupon.no_reward_campaign")
    mine = Coupon.objects.filter(campaign=campaign, owner=reward.beneficiary_id).count()
    coupon = _write(reward.beneficiary, campaign, nth=mine + 1, reward=reward)
    _take_one(campaign)
    return coupon


def _claim(user: User, campaign_id: int, *, way: str) -> Coupon:
    with transaction.atomic():
        campaign = Campaign.objects.filter(pk=campaign_id, play=KEY, launched_at__isnull=False).first()
        if campaign is None:
            raise DomainError("request.not_found")
        if not campaign.is_open:
            raise DomainError("campaigns.not_open", title=campaign.title)
        if campaign.terms["claim"] != way:
            raise DomainError("coupon.not_on_page")
        mine = Coupon.objects.filter(campaign=campaign, owner=user).count()
        if mine >= campaign.terms["per_person"]:
            raise DomainError("coupon.had_yours")
        coupon = _write(user, campaign, nth=mine + 1)
        _take_one(campaign)
    return coupon


def _write(user: User, campaign: Campaign, *, nth: int, reward: Reward | None = None) -> Coupon:
    """Write her coupon down; the same ``nth`` twice at once is written once."""
    terms = TermsVersion.objects.get(campaign=campaign, number=campaign.version)
    now = clock.now()
    coupon = Coupon(
        code=ids.token(12),
        campaign=campaign,
        terms=terms,
        owner=user,
        nth=nth,
        most_fen=conditions_of(terms.terms, worth_fen=reward.amount if reward else None).most_fen,
        reward=reward,
        got_at=now,
        valid_until=_valid_until(campaign, terms, now),
    )
    written = insert_missing([coupon])
    if not written:
        raise DomainError("coupon.had_yours")
    coupon.pk = written[0]
    return coupon


def _take_one(campaign: Campaign) -> None:
    """Count one more as issued: the row that everybody wants, touched last."""
    if not CouponStock.objects.filter(campaign=campaign, issued__lt=F("total")).update(issued=F("issued") + 1):
        raise DomainError("coupon.all_gone", title=campaign.title)


def _valid_until(campaign: Campaign, terms: TermsVersion, now: datetime) -> datetime:
    days = terms.terms["valid_days"]
    return now + timedelta(days=days) if days else campaign.ends_at


def _check_budget(campaign: Campaign) -> None:
    if campaign.budget_fen is None:
        return
    versions = TermsVersion.objects.filter(campaign=campaign).order_by("number").values_list("terms", flat=True)[:1000]
    needed_fen = campaign.terms["total"] * max(conditions_of(terms).most_fen for terms in versions)
    if needed_fen > campaign.budget_fen:
        raise DomainError("coupon.budget", field="budget_fen", needed=spell(needed_fen))


def _by_word() -> list[Campaign]:
    """Return the campaigns that are launched and claimed by a coupon code."""
    rows = Campaign.objects.filter(
        play=KEY, status__in=[Campaign.Status.LAUNCHED, Campaign.Status.PAUSED], ends_at__gt=clock.now()
    )
    return [row for row in rows.order_by("pk")[:500] if row.terms["claim"] == WORD]


def _word(campaign: Campaign) -> str:
    return str(campaign.terms["word"]).strip().casefold()
