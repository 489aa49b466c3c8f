"""Where a bargain may be seen and helped: asked at run time, because a link travels further than its campaign was meant to."""

from renmai.policy import queries as policy
from renmai.policy.channels import Channel
from renmai.policy.rules import Decision

RULE = "wechat.bargain_assist"


def objection(channel: str) -> Decision | None:
    """Return what the rules in force have against asking friends for help on ``channel``; None: nothing."""
    refused = policy.decide_all({RULE: True}, channels={channel}).decisions
    return refused[0] if refused else None


def require(channel: str = Channel.WEB) -> None:
    """Raise ``policy.refused`` with rule and source when friends must not be asked for help on ``channel``."""
    policy.require_all({RULE: True}, channels={channel}, field="")
