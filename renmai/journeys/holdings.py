"""Everything that the shop holds of people, of all rooms and plays: what is deleted with an account, what stays, what is in one's own copy."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from renmai.accounts.holdings import CopiedPart, Holding, Topic, Why, copies
from renmai.accounts.models import Address, Consent, SignIn, User, Visitor
from renmai.alerts import holdings as alerts
from renmai.campaigns import holdings as campaigns
from renmai.campaigns import plays
from renmai.care import holdings as care
from renmai.catalogue import holdings as catalogue
from renmai.content import holdings as content
from renmai.distribution import holdings as distribution
from renmai.fraud import holdings as fraud
from renmai.insight import holdings as insight
from renmai.insight.experiments import holdings as experiments
from renmai.insight.portraits import holdings as portraits
from renmai.insight.stream import holdings as stream
from renmai.insight.value import holdings as value
from renmai.matching import holdings as matching
from renmai.ordering import holdings as ordering
from renmai.programs import holdings as programs
from renmai.sharing import holdings as sharing
from renmai.trust import holdings as trust

ACCOUNT: Final = (
    Holding(
        model=User,
        person="pk",
        topic=Topic.ACCOUNT,
        stays=Why.LAW,
        copied=("username", "phone", "wechat_openid", "display_name", "language", "created_at"),
    ),
    Holding(model=SignIn, person="user", topic=Topic.SESSIONS, copied=("label", "ip_address", "began_at", "ended_at")),
    Holding(
        model=Address,
        person="user",
        topic=Topic.ADDRESSES,
        copied=("recipient", "phone", "region", "street", "is_default", "created_at", "deleted_at"),
    ),
    Holding(
        model=Consent,
        person="user",
        topic=Topic.AGREEMENTS,
        stays=Why.PROOF,
        copied=("purpose", "version", "granted_at", "withdrawn_at"),
    ),
)
BROWSERS: Final = (Holding(model=Visitor, person="user", topic=Topic.SESSIONS, copied=("id", "created_at", "joined_at")),)
"""They go last: whatever was looked at with them goes first."""


@cache
def holdings() -> tuple[Holding, ...]:
    """Return all of them, in the order in which they are let go."""
    rooms = (
        programs,
        care,
        alerts,
        matching,
        value,
        portraits,
        experiments,
        stream,
        insight,
        content,
        *plays.modules("holdings").values(),
        fraud,
        campaigns,
        distribution,
        trust,
        sharing,
        ordering,
        catalogue,
    )
    return (*(holding for room in rooms for holding in room.HOLDINGS), *ACCOUNT, *BROWSERS)


ELSEWHERE: Final = {
    "kernel.OutboxEvent.payload": "What happened, as numbers: delivered events are the receipts of what they caused.",
    "kernel.IdempotencyKey.scope": "That an order was placed once.",
    "programs.WebhookDelivery.payload": "Events that programs were told of, as numbers.",
    "accounts.ActLog.object_id": "What the staff did to the account; who deleted it.",
    "ordering.Order.agent_id": "To whose income other people's orders went.",
    "portraits.Portrait.agent_id": "Until the portraits of her customers are counted again, within a day.",
    "portraits.Portrait.brought_by_id": "Until the portraits of whom she brought are counted again, within a day.",
    "trust.Entry.evidence": "What moved a tie, named so that it counts once.",
    "ledger.Account.code": "The name of a wallet in the ledger.",
}
"""Columns outside of holdings in which the bare number of a deleted account may stand, with the reason."""


NOT_HERS: Final = frozenset(
    {
        "accounts.ActLog.actor",
        "accounts.RecoveryCode.user",
        "accounts.StaffRole.user",
        "accounts.TotpDevice.user",
        "campaigns.Campaign.approved_by",
        "campaigns.Campaign.created_by",
        "campaigns.Reward.decided_by",
        "campaigns.Scene.changed_by",
        "campaigns.Scene.created_by",
        "campaigns.ScenePicture.added_by",
        "campaigns.SceneVersion.published_by",
        "campaigns.TermsVersion.made_by",
        "content.Post.looked_by",
        "distribution.Withdrawal.approved_by",
        "distribution.Withdrawal.reviewed_by",
        "experiments.Experiment.created_by",
        "experiments.Experiment.decided_by",
        "insight.SeedAsk.asked_by",
        "matching.Demotion.lifted_by",
        "ordering.Suggestion.decided_by",
        "payments.TillEntry.clerk",
        "policy.SettingChange.changed_by",
        "portraits.Segment.created_by",
        "presale.CalledOff.by",
        "programs.WebhookEndpoint.created_by",
        "sharing.Pause.lifted_by",
    }
)
"""Columns that name somebody of the staff at work. Accounts of the staff are closed, not deleted: their acts stay accountable."""


def number_stays() -> dict[str, str]:
    """Return every column in which the number of a deleted account may stay, with the reason: nothing else may know of it."""
    own = {
        f"{each.model._meta.label}.{each.model._meta.get_field(each.person).attname}": str(each.stays.label)  # type: ignore[union-attr]
        for each in holdings()
        if each.stays is not None and "__" not in each.person and each.person != "pk"
    }
    return {f"{User._meta.label}.id": str(Why.LAW.label), **own, **ELSEWHERE}


def copy_of(user: User) -> Iterator[CopiedPart]:
    """Yield everything that is held of somebody, table by table; what she looked at is in the copy of her portrait."""
    return copies(holdings(), user)


def goes() -> tuple[Topic, ...]:
    """Return what is deleted altogether with an account, in the order of topics."""
    left = {topic for topic, _reasons in stays()}
    return tuple(topic for topic in Topic if topic not in left)


def stays() -> tuple[tuple[Topic, tuple[Why, ...]], ...]:
    """Return what stays of an account, in the order of topics, with every reason. Of the account itself a bare number stays."""
    reasons: dict[Topic, set[Why]] = {}
    for each in holdings():
        if each.stays is not None and each.model is not User:
            reasons.setdefault(each.topic, set()).add(each.stays)
    return tuple((topic, tuple(why for why in Why if why in reasons[topic])) for topic in Topic if topic in reasons)
