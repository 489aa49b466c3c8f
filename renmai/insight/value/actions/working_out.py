"""Working out what each customer is worth, a batch at a time, and sharing it with who brought her and who suggested what she buys."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Max, Min, Sum

from renmai.insight.value.actions.learning_anew import mean_value_fen, terms_of
from renmai.insight.value.margins import kept_orders
from renmai.insight.value.means import bounds
from renmai.insight.value.models import FittedModel, Worth
from renmai.insight.value.purchases import end_of, rows_until
from renmai.insight.value.suggestions import credited
from renmai.insight.value.taken_up import bought_after_changes
from renmai.insight.value.word_of_mouth import shared
from renmai.kernel import clock
from renmai.kernel.money import share_of
from renmai.kernel.states import advance
from renmai.sharing.models import Share

DAYS_A_WEEK = 7
CHUNK = 1_000
UPDATED = [field.name for field in Worth._meta.concrete_fields if not field.primary_key and field.name != "user"]


class _Facts(NamedTuple):
    """What the orders of one customer say: her first and last purchase, and what she kept paying."""

    buyer: int
    first: datetime
    last: datetime
    kept_fen: int


def work_out(limit: int) -> int:
    """Work out up to ``limit`` customers by the model that was learned last; return how many. A timer.

    With the last of them what all are worth is shared with who brought them, and the model is in use.
    """
    model = FittedModel.objects.filter(status=FittedModel.Status.LEARNED).order_by("-fitted_at", "-pk").first()
    if model is None:
        return 0
    done = Worth.objects.filter(model=model)
    orders = (
        kept_orders()
        .filter(paid_at__lt=end_of(model.until), buyer__deleted_at__isnull=True)
        .exclude(buyer__in=done.values("user"))
    )
    kept = Sum(F("payable_fen") - F("refunded_fen"))
    by_buyer = orders.order_by("buyer").values_list("buyer_id")
    read = by_buyer.annotate(first=Min("paid_at"), last=Max("paid_at"), kept=kept)[:limit]
    facts = {buyer: _Facts(buyer, first, last, fen) for buyer, first, last, fen in read}
    rows = _by_mean(model, facts) if model.kind == FittedModel.Kind.MEAN else _by_model(model, facts)
    Worth.objects.bulk_create(rows, batch_size=CHUNK, update_conflicts=True, unique_fields=["user"], update_fields=UPDATED)
    if len(facts) < limit:
        _share_and_finish(model)
    return len(rows)


def _by_model(model: FittedModel, facts: dict[int, _Facts]) -> list[Worth]:
    if not facts:
        return []
    from renmai.insight.value import learning
    from renmai.insight.value.restoring import restored

    purchases = learning.as_purchases(rows_until(model.until, buyers=list(facts)))
    found = learning.values(restored(model), purchases, model.until.toordinal(), terms_of(model))
    return [
        _worth(
            model,
            facts[each.customer],
            orders=each.orders,
            expected_orders=each.expected_orders,
            alive=each.alive,
            order_fen=each.order_fen,
            own_fen=each.own_fen,
            low_fen=each.low_fen,
            high_fen=each.high_fen,
        )
        for each in found
    ]


def _by_mean(model: FittedModel, facts: dict[int, _Facts]) -> list[Worth]:
    days: dict[int, set[int]] = {}
    for buyer, day, _fen in rows_until(model.until, buyers=list(facts)):
        days.setdefault(buyer, set()).add(day)
    expected = model.mean_rate * model.horizon_days / DAYS_A_WEEK
    low, high = (share_of(count * model.mean_order_fen, basis_points=model.margin_basis_points) for count in bounds(expected))
    return [
        _worth(
            model,
            fact,
            orders=len(days[buyer]),
            expected_orders=expected,
            alive=None,
            order_fen=model.mean_order_fen,
            own_fen=mean_value_fen(model),
            low_fen=min(low, high),
            high_fen=max(low, high),
        )
        for buyer, fact in facts.items()
    ]


def _worth(model: FittedModel, fact: _Facts, *, own_fen: int, **fields: Any) -> Worth:
    return Worth(
        user_id=fact.buyer,
        model=model,
        kept_fen=fact.kept_fen,
        first_paid_at=fact.first,
        last_paid_at=fact.last,
        own_fen=own_fen,
        value_fen=own_fen,
        at=clock.now(),
        **fields,
    )


def _share_and_finish(model: FittedModel) -> None:
    """Share with who suggested and who brought, and put the model in use, in one transaction: a reader sees all of it or nothing."""
    with transaction.atomic():
        Worth.objects.exclude(model=model).delete()
        own = dict(Worth.objects.values_list("user_id", "own_fen"))
        kept = dict(Worth.objects.values_list("user_id", "kept_fen"))
        credit_of = credited(own, kept, bought_after_changes(model), basis_points=model.suggestion_basis_points)
        theirs = {who: own[who] - each.passed_on_fen + each.received_fen for who, each in credit_of.items()}
        brought_by = bringers()
        balances = shared(theirs, brought_by, basis_points=model.word_of_mouth_basis_points)
        given = {who for some in (balances, credit_of) for who, each in some.items() if each.passed_on_fen or each.received_fen}
        touched = given | (brought_by.keys() & own.keys())
        rows = list(Worth.objects.in_bulk(touched, field_name="user").values()) if touched else []
        for row in rows:
            each, credit = balances[row.user_id], credit_of[row.user_id]
            row.credited_fen, row.suggested_fen = credit.passed_on_fen, credit.received_fen
            row.passed_on_fen, row.received_fen, row.value_fen = each.passed_on_fen, each.received_fen, each.value_fen
            row.brought_by_id = brought_by.get(row.user_id)
        names = ["credited_fen", "suggested_fen", "passed_on_fen", "received_fen", "value_fen", "brought_by"]
        Worth.objects.bulk_update(rows, names, batch_size=CHUNK)
        # One that was never finished because this newer one came must not be taken up again.
        FittedModel.objects.filter(status=FittedModel.Status.LEARNED).exclude(pk=model.pk).delete()
        advance(FittedModel, model.pk, old=FittedModel.Status.LEARNED, new=FittedModel.Status.COMPLETE)


def bringers() -> dict[int, int]:
    """Return who brought whom: by whose link each customer's first purchase came, as it was attributed. Two statements a thousand links."""
    first = kept_orders().filter(share_id__isnull=False, paid_at=F("buyer__worth__first_paid_at"))
    # Of two purchases in the same moment the earlier number, read last, stays.
    read = first.order_by("-pk").values_list("buyer_id", "share_id")
    came = {buyer: share for buyer, share in read if share is not None}
    sharers = _sharers(came.values())
    return {buyer: sharers[share] for buyer, share in came.items() if sharers.get(share, buyer) != buyer}


def _sharers(share_ids: Iterable[int]) -> dict[int, int]:
    wanted = sorted(set(share_ids))
    found: dict[int, int] = {}
    for start in range(0, len(wanted), CHUNK):
        some = Share.objects.filter(pk__in=wanted[start : start + CHUNK])
        found.update(some.values_list("pk", "sharer_id"))
    return found
