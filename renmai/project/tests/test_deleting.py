"""Somebody leaves: what is left of her, in every table and every file."""

from pathlib import Path

import pytest
from pytest_django import Settings

from renmai.accounts.holdings import Topic
from renmai.accounts.models import User
from renmai.insight.stream.store import days
from renmai.journeys import deleting
from renmai.journeys.forgetting import forget_browsing
from renmai.journeys.holdings import holdings, number_stays
from renmai.journeys.tests.lives import happen
from renmai.project import consumers
from renmai.project.audit import all_violations
from renmai.project.tests.one_life import HER, LOOKED, OneLife, files_with, pictures_of, places_of, places_of_number, unlived
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.RENMAI_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


def test_whoever_leaves_is_in_no_table_and_no_file(home: Path, moving_clock: MovingClock) -> None:
    she = OneLife()
    assert unlived() == []
    consumers.deliver(500)
    moving_clock.advance(days=9)
    days.compact(20)
    broken = {str(each) for each in all_violations()}
    uploads = [path for each in holdings() for column in each.files for path in each.rows([HER]).values_list(column, flat=True)]
    for found in (places_of(she.marks), places_of_number(HER), files_with(she.marks, HER, home)):
        assert found, "the search finds her before she leaves"
    assert any(name.endswith(".parquet") for name in files_with([LOOKED], HER, home))
    assert len(pictures_of(uploads)) == len(uploads) == 6
    assert [each.kind for each in deleting.obstacles(she.user)] == []
    assert deleting._delete(she.user)
    happen()
    days.forget_in_files(20)
    assert places_of(she.marks) == set()
    assert files_with(she.marks, HER, home) == set()
    assert pictures_of(uploads) == []
    assert places_of_number(HER) <= number_stays().keys()
    assert {str(each) for each in all_violations()} <= broken
    assert str(User.objects.get(pk=HER)) == "已注销用户"


def test_whoever_has_her_browsing_forgotten_looked_at_nothing_and_keeps_her_orders(home: Path, moving_clock: MovingClock) -> None:
    she = OneLife()
    consumers.deliver(500)
    moving_clock.advance(days=9)
    days.compact(20)
    assert places_of([LOOKED]) | files_with([LOOKED], 0, home)
    forget_browsing(she.user)
    days.forget_in_files(20)
    assert places_of([LOOKED]) == set()
    assert not [name for name in files_with([LOOKED], -1, home) if name.endswith(".parquet")]
    left = {each.name for each in holdings() if each.topic is Topic.LOOKS and each.rows([HER]).exists()}
    assert left <= {"stream.EventRow by user_id", "campaigns.SceneVisit by visitor__user"}, (
        "events of orders, and that a scene was opened"
    )
    assert she.user.orders.exists()
    assert she.user.consents.exists()
