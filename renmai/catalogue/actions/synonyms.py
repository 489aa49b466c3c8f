"""Synonyms 同义词: other words for what products say, so that a search that found nothing finds what is meant."""

from collections.abc import Sequence
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue import search
from renmai.catalogue.models import SearchTerm, Synonym
from renmai.catalogue.policies import require_products
from renmai.kernel.errors import DomainError

LENGTH: Final = range(2, 41)
MOST: Final = 2_000
"""Each is looked for in every text that is indexed."""

MOST_PRODUCTS: Final = 3_000
"""So many products are indexed anew within the request."""

AT_ONCE: Final = 300


def add_synonym(actor: User, *, word: str, other: str, is_both_ways: bool = True) -> Synonym:
    """Let whoever searches for ``word`` find what says ``other`` too (and the reverse, if it holds both ways), from this moment on.

    Needs ``products.edit``. The products it is about are indexed anew in the same transaction. Raises ``catalogue.synonym`` (2 to 40 letters, two
    different words), ``catalogue.synonym_taken``, ``catalogue.synonym_common`` (more than ``MOST_PRODUCTS`` say it) and
    ``catalogue.synonyms_full``.
    """
    require_products(actor)
    said, meant = _word(word, "word"), _word(other, "other")
    if said == meant:
        raise DomainError("catalogue.synonym", field="other", least=LENGTH.start, most=LENGTH[-1])
    if Synonym.objects.count() >= MOST:
        raise DomainError("catalogue.synonyms_full", most=MOST)
    if Synonym.objects.filter(word=meant, other=said, is_both_ways=True).exists():
        raise DomainError("catalogue.synonym_taken", field="other")
    with transaction.atomic():
        row = _insert(Synonym(word=said, other=meant, is_both_ways=is_both_ways))
        _index_anew(row)
        _log(actor, "catalogue.synonym_added", row, row.pk)
    return row


def remove_synonym(actor: User, synonym_id: int) -> None:
    """Let a synonym hold no more, from this moment on. Needs ``products.edit``; raises ``request.not_found`` and ``catalogue.synonym_common``."""
    require_products(actor)
    row = Synonym.objects.filter(pk=synonym_id).first()
    if row is None:
        raise DomainError("request.not_found")
    with transaction.atomic():
        Synonym.objects.filter(pk=row.pk).delete()
        _index_anew(row)
        _log(actor, "catalogue.synonym_removed", row, synonym_id)


def _log(actor: User, act: str, row: Synonym, synonym_id: int) -> None:
    detail: dict[str, str | int | bool | list[str] | None] = {"word": row.word, "other": row.other, "both_ways": row.is_both_ways}
    log_act(actor, act, object_type="synonym", object_id=str(synonym_id), detail=detail)


def _word(text: str, field: str) -> str:
    said = " ".join(search.normalised(text).split())
    if len(said) not in LENGTH or not search.query_terms(said):
        raise DomainError("catalogue.synonym", field=field, least=LENGTH.start, most=LENGTH[-1])
    return said


def _insert(row: Synonym) -> Synonym:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise DomainError("catalogue.synonym_taken", field="other") from None
    return row


def _index_anew(row: Synonym) -> None:
    """Write anew the terms of every product that may say what the synonym is about."""
    words = (row.other, row.word) if row.is_both_ways else (row.other,)
    found = sorted({product for said in words for product in _saying(search.query_terms(said))})
    if len(found) > MOST_PRODUCTS:
        raise DomainError("catalogue.synonym_common", field="other", most=MOST_PRODUCTS)
    for start in range(0, len(found), AT_ONCE):
        search.reindex_many(found[start : start + AT_ONCE])


def _saying(terms: Sequence[str]) -> list[int]:
    rows = SearchTerm.objects.filter(Q(term__in=terms)).values("product_id").annotate(hits=Count("pk"))
    return list(rows.filter(hits=len(terms)).order_by().values_list("product_id", flat=True)[: MOST_PRODUCTS + 1])
