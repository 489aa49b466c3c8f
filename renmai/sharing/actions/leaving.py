"""Somebody's account is no more: what tied her to others ends, and what she opened is nobody's."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db.models import Q

from renmai.accounts.actions import visitor
from renmai.kernel import clock
from renmai.sharing.models import Binding, BindingLog, Visit

REASON: Final = "account_deleted"


def forget_person(user_id: int, *, visitor_ids: Collection[UUID]) -> list[int]:
    """End her bindings on both sides and put a browser of nobody in the place of hers; return the ids of all there were.

    Openings of links stay, because orders rest on them and sharers were told how far a link reached; one person stays one person in them.
    """
    hers = Q(customer=user_id) | Q(shop__owner=user_id)
    ending = list(Binding.objects.filter(hers, status=Binding.Status.ACTIVE))
    ended = {"status": Binding.Status.ENDED, "ended_at": clock.now(), "end_reason": REASON}
    Binding.objects.filter(pk__in=[row.pk for row in ending]).update(**ended)
    BindingLog.objects.bulk_create(
        BindingLog(
            customer_id=row.customer_id, shop_id=row.shop_id, change="ended", reason=REASON, evidence={"binding_id": row.pk}
        )
        for row in ending
    )
    opened = Visit.objects.filter(Q(user=user_id) | Q(visitor__in=visitor_ids))
    if opened.exists():
        opened.update(visitor=visitor(None), user=None)
    return list(Binding.objects.filter(hers).values_list("pk", flat=True))
