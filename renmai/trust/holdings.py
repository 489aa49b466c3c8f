"""What this room holds of people: ties, and what moved them; words about what was shared; what was pushed to whom."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied, Why
from renmai.trust.models import Entry, Feedback, PlatformEntry, PlatformTie, Sending, Standing, Tie

WORDS: Final = ("share__code", "product_id", "campaign_id", "word", "note", "at", "undone_at")
MOVED: Final = ("kind", "evidence", "takes_back", "good", "bad", "pressure", "flow_fen", "at")

HOLDINGS: Final = (
    Holding(
        model=Tie,
        person="receiver",
        topic=Topic.TRUST,
        stays=Why.OTHERS,
        copied=("sharer__display_name", "good", "bad", "pressure", "flow", "begun_at", "moved_at"),
    ),
    Holding(model=Tie, person="sharer", topic=Topic.TRUST, stays=Why.OTHERS, uncopied=Uncopied.OTHERS),
    Holding(
        model=Entry, person="tie__receiver", topic=Topic.TRUST, stays=Why.OTHERS, copied=("tie__sharer__display_name", *MOVED)
    ),
    Holding(
        model=Feedback,
        person="receiver",
        topic=Topic.TRUST,
        stays=Why.OTHERS,
        put_out={"note": ""},
        copied=("sharer__display_name", *WORDS),
    ),
    Holding(model=Feedback, person="sharer", topic=Topic.TRUST, stays=Why.OTHERS, uncopied=Uncopied.OTHERS),
    Holding(
        model=Sending, person="receiver", topic=Topic.TRUST, copied=("sharer__display_name", "product_id", "relevance", "at")
    ),
    Holding(model=Sending, person="sharer", topic=Topic.LINKS, copied=("product_id", "pressure", "belief", "at")),
    Holding(model=Standing, person="user", topic=Topic.TRUST, copied=("role", "good", "bad", "temper", "as_of")),
    Holding(model=PlatformTie, person="agent", topic=Topic.SHOP, stays=Why.COUNTED, copied=("good", "bad", "moved_at")),
    Holding(
        model=PlatformEntry,
        person="tie__agent",
        topic=Topic.SHOP,
        stays=Why.COUNTED,
        copied=("pledge", "evidence", "good", "bad", "at"),
    ),
)
