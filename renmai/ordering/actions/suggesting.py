"""Suggestions about goods: a customer makes one, the staff say what becomes of it."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.catalogue.policies import require_products
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.ordering.events import SuggestionDecided
from renmai.ordering.models import Suggestion
from renmai.ordering.models.suggestions import SUGGESTION_LENGTH
from renmai.ordering.queries.suggestions import suggestible

LEAST_LENGTH: Final = 5
A_DAY: Final = 3
CHINA: Final = ZoneInfo("Asia/Shanghai")
ADDRESS: Final = re.compile(r"(https?://|www\.|\b[\w-]+\.(com|cn|net|org|top|xyz)\b|\d{7,})", re.IGNORECASE)
"""Links and telephone numbers: what advertises itself."""


def suggest(user: User, product_id: int, text: str) -> Suggestion:
    """Keep what ``user`` suggests about a product that is or was on sale.

    Raises ``request.not_found``, ``ordering.suggestion_text`` (5 to 500 characters), ``ordering.suggestion_link``, ``ordering.suggestions_often``
    (three in 24 hours), ``ordering.suggested`` for the same words once more.
    """
    product = suggestible(product_id)
    text = " ".join(text.split())
    if not LEAST_LENGTH <= len(text) <= SUGGESTION_LENGTH:
        raise DomainError("ordering.suggestion_text", field="text", least=LEAST_LENGTH, most=SUGGESTION_LENGTH)
    if ADDRESS.search(text):
        raise DomainError("ordering.suggestion_link", field="text")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # so that two at once are counted one after the other
        if Suggestion.objects.filter(author=user, at__gt=clock.now() - timedelta(days=1)).count() >= A_DAY:
            raise DomainError("ordering.suggestions_often", most=A_DAY)
        try:
            with transaction.atomic():
                return Suggestion.objects.create(product=product, author=user, text=text, at=clock.now())
        except IntegrityError:
            raise DomainError("ordering.suggested", field="text") from None


def answer_suggestion(actor: User, suggestion: Suggestion, *, is_declined: bool, answer: str) -> Suggestion:
    """Answer a suggestion, or decline it with the reason. Emits ``SuggestionDecided``.

    Raises ``request.forbidden``, ``ordering.answer``, ``ordering.suggestion_state``.
    """
    status = Suggestion.Status.DECLINED if is_declined else Suggestion.Status.ANSWERED
    return _decide(actor, suggestion, status, answer=answer)


def take_up(actor: User, suggestion: Suggestion, *, answer: str, product_id: int, since: date | None = None) -> Suggestion:
    """Say that a suggestion changed a product, since a day in China (today by default). Emits ``SuggestionDecided``.

    Raises ``request.forbidden``, ``ordering.answer``, ``ordering.suggestion_state``, ``ordering.suggestion_product`` for a product that is none,
    ``ordering.suggestion_since`` for a day before the suggestion or in the future.
    """
    require_products(actor)
    if not Product.objects.filter(pk=product_id).exists():
        raise DomainError("ordering.suggestion_product", field="product")
    changed_at = _since(suggestion, since)
    return _decide(actor, suggestion, Suggestion.Status.TAKEN_UP, answer=answer, changed_id=product_id, changed_at=changed_at)


def _since(suggestion: Suggestion, since: date | None) -> datetime:
    now = clock.now()
    today = now.astimezone(CHINA).date()
    if since is None or since == today:
        return now
    if not suggestion.at.astimezone(CHINA).date() <= since <= today:
        raise DomainError("ordering.suggestion_since", field="since")
    return max(datetime.combine(since, time.min, CHINA), suggestion.at)


def _decide(actor: User, suggestion: Suggestion, status: Suggestion.Status, *, answer: str, **fields: object) -> Suggestion:
    require_products(actor)
    answer = answer.strip()
    if not 0 < len(answer) <= SUGGESTION_LENGTH:
        raise DomainError("ordering.answer", field="answer")
    if status not in Suggestion.TRANSITIONS[Suggestion.Status(suggestion.status)]:
        raise DomainError("ordering.suggestion_state")
    fields |= {"answer": answer, "answered_at": suggestion.answered_at or clock.now(), "decided_by": actor}
    with transaction.atomic():
        if not advance(Suggestion, suggestion.pk, old=suggestion.status, new=status, **fields):
            raise DomainError("ordering.suggestion_state")
        log_act(actor, f"suggestion.{status}", object_type="suggestion", object_id=str(suggestion.pk))
        emit(SuggestionDecided(suggestion_id=suggestion.pk, status=status.value))
    suggestion.refresh_from_db()
    return suggestion
