"""What earns trust and what loses it, and by how much: starting values of the design, to be refitted."""

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """One kind of thing that happened on a tie."""

    KEPT = "kept", pgettext_lazy("trust", "Bought and kept")
    REPEAT = "repeat", pgettext_lazy("trust", "Bought again and kept")
    REVIEW = "review", pgettext_lazy("trust", "Reviewed with four or five stars")
    USEFUL = "useful", pgettext_lazy("trust", "Called useful")
    NOT_USEFUL = "not_useful", pgettext_lazy("trust", "Called not useful")
    QUALITY_RETURN = "return", pgettext_lazy("trust", "Went back for its quality")
    COMPLAINT = "complaint", pgettext_lazy("trust", "Complained about")
    MUTE = "mute", pgettext_lazy("trust", "Muted")
    OPENED = "opened", pgettext_lazy("trust", "Opened a link")
    SENT = "sent", pgettext_lazy("trust", "Was written to")


@dataclass(frozen=True)
class Effect:
    """What one happening adds to a tie: good and bad evidence, and pressure."""

    good: float = 0.0
    bad: float = 0.0
    pressure: float = 0.0


EFFECTS: Final[dict[str, Effect]] = {
    Kind.KEPT: Effect(good=1.0),
    Kind.REPEAT: Effect(good=1.5),
    Kind.REVIEW: Effect(good=1.0),
    Kind.USEFUL: Effect(good=0.5),
    Kind.NOT_USEFUL: Effect(bad=0.5),
    Kind.QUALITY_RETURN: Effect(bad=1.0),
    Kind.COMPLAINT: Effect(bad=3.0),
    Kind.MUTE: Effect(bad=5.0),
    Kind.OPENED: Effect(pressure=1.0),
    Kind.SENT: Effect(pressure=1.0),
}
GOOD_RATING: Final = 4
"""From so many stars on a review is good."""
