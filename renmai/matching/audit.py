"""What must be true of lists and demotions."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef

from renmai.accounts.consents import Purpose
from renmai.accounts.models import Consent
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.matching.models import Demotion, Selection
from renmai.matching.selections import OF_ONE

SHOWN: Final = 1000
FORGOTTEN_WITHIN: Final = timedelta(hours=1)


def violations() -> Iterator[Violation]:
    """Yield every broken rule of this room."""
    yield from _lists_without_consent()
    yield from _demotions_without_evidence()


def _lists_without_consent() -> Iterator[Violation]:
    """A list of somebody, hers or one about her for her agent, who withdrew her consent more than an hour ago: it should have been deleted."""
    lately = clock.now() - FORGOTTEN_WITHIN
    agrees = Consent.objects.filter(user_id=OuterRef("subject_id"), purpose=Purpose.RECOMMENDATIONS)
    rows = Selection.objects.filter(
        ~Exists(agrees.filter(withdrawn_at__isnull=True)), ~Exists(agrees.filter(withdrawn_at__gt=lately)), audience="member"
    )
    for subject_id in rows.values_list("subject_id", flat=True)[:SHOWN]:
        yield Violation("matching.consent", f"user {subject_id}", "a personal list is kept without consent")
    for purpose in (Purpose.BROWSING, Purpose.AGENT_ALERTS):
        tells = Consent.objects.filter(user_id=OuterRef("part"), purpose=purpose)
        told = Selection.objects.filter(
            ~Exists(tells.filter(withdrawn_at__isnull=True)), ~Exists(tells.filter(withdrawn_at__gt=lately)), audience__in=OF_ONE
        )
        for customer_id in told.values_list("part", flat=True)[:SHOWN]:
            yield Violation("matching.consent", f"user {customer_id}", "what to tell her is kept for her agent without consent")


def _demotions_without_evidence() -> Iterator[Violation]:
    """A product that is demoted though its share of bad orders is within what is tolerated."""
    rows = Demotion.objects.filter(status=Demotion.Status.ACTIVE, bad__lt=F("judged") * F("tolerated_points") / 10_000)
    for product_id in rows.values_list("product_id", flat=True)[:SHOWN]:
        yield Violation("matching.demotion", f"product {product_id}", "demoted without evidence")
