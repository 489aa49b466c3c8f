"""After a test that cannot be taken back the database is as it was, whichever way it was emptied."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from renmai.accounts.models import Region
from renmai.accounts.tests.factories import NANSHAN, make_address, make_member
from renmai.ledger import triggers
from renmai.ledger.models import Transfer
from renmai.ledger.tests.making import fund
from tools.testing import emptying

pytestmark = pytest.mark.django_db(transaction=True)


def filled() -> set[str]:
    """The tables in which something stands."""
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._default_manager.exists()}


def test_the_short_way_empties_all_that_is_filled_and_leaves_the_journal_guarded() -> None:
    regions = Region.objects.count()
    make_address(make_member())
    fund()
    assert len(filled()) > len(emptying.FILLED_AFTER_MIGRATIONS) + 3
    assert emptying.empty(connection)
    assert filled() == set(emptying.FILLED_AFTER_MIGRATIONS)
    assert Region.objects.count() == regions
    assert triggers.missing(connection) == frozenset()
    fund()
    with pytest.raises(DatabaseError, match=triggers.MESSAGE):
        Transfer.objects.all().delete()


@pytest.mark.parametrize("spoil", [lambda rows: rows.update(name="?"), lambda rows: rows.filter(level=3).delete()])
def test_what_the_migrations_filled_is_not_taken_for_whole_when_it_is_not(spoil: Callable[[object], object]) -> None:
    """Both run after each other, in any order: the second one sees what the first one's end has left."""
    assert Region.objects.get(code=NANSHAN).name == "南山区"
    spoil(Region.objects.filter(code=NANSHAN))
    assert not emptying.empty(connection)
