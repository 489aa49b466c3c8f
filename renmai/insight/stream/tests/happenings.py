"""Events for tests, also for those of other rooms."""

import json
from datetime import datetime
from itertools import count
from uuid import UUID

from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Product
from renmai.insight.stream.actions.taking_in import NewEvent, write
from renmai.insight.stream.models import EventRow
from renmai.insight.stream.queries import told
from renmai.insight.stream.records import StreamEvent, Value
from renmai.insight.stream.registry import REGISTRY
from renmai.kernel import clock, ids

_numbers = count(1)


def happened(  # noqa: PLR0913  a test names only what matters to it
    name: str,
    *,
    user: User | None = None,
    visitor: Visitor | UUID | None = None,
    session: UUID | None = None,
    product: Product | int | None = None,
    share_id: int | None = None,
    at: datetime | None = None,
    **properties: Value,
) -> StreamEvent:
    """Write one event as it stands, past the door, and return it. Its properties are checked like everybody's."""
    schema = REGISTRY.current(name)
    schema.check(properties)
    row = NewEvent(
        event_id=ids.derived("test", next(_numbers)),
        name=name,
        version=schema.version,
        source=schema.source.value,
        visitor_id=visitor.pk if isinstance(visitor, Visitor) else visitor,
        user_id=user.pk if user is not None else None,
        session_id=session,
        product_id=product.pk if isinstance(product, Product) else product,
        share_id=share_id,
        at=at or clock.now(),
        received_at=max(at or clock.now(), clock.now()),
        properties=json.dumps(properties),
    )
    assert write([row]) == 1
    return told(EventRow.objects.get(event_id=row.event_id), row.user_id)
