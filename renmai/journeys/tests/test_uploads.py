"""Uploaded files live as long as something shows them, and not much longer."""

import io
import os
import time
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from renmai.accounts.actions import delete_account
from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.actions import add_picture as add_product_picture
from renmai.content import actions
from renmai.content.models import Post
from renmai.journeys import uploads
from renmai.journeys.tests.lives import happen
from renmai.journeys.tests.posts import given
from renmai.journeys.tests.test_content_writing import picture
from renmai.journeys.tests.world import agent_with_shop, goods

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def post() -> Post:
    """A draft with one picture."""
    _agent, shop = agent_with_shop()
    (sku,) = goods()
    return actions.compose(shop.owner, given(sku.product, pictures=[picture()]))


def files(media: Path) -> set[str]:
    return {file.relative_to(media).as_posix() for file in media.rglob("*") if file.is_file()}


def grow_old(media: Path) -> None:
    """Let every file be as old as a sweep wants it."""
    then = time.time() - uploads.WRITTEN_FOR.total_seconds() - 60
    for file in media.rglob("*"):
        os.utime(file, (then, then))


def test_a_picture_that_a_product_shows_too_outlives_the_account_of_who_posted_it(media: Path, post: Post) -> None:
    add_product_picture(make_staff(), goods()[0].product_id, picture())
    there = files(media)
    assert delete_account(post.author)
    happen()
    assert not post.pictures.exists()
    assert files(media) == there
    assert len(there) == 2


def another_product_with_a_picture() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(buffer, "PNG")
    add_product_picture(make_staff(), goods()[0].product_id, buffer.getvalue())


def test_a_picture_that_nothing_shows_goes_after_a_day(media: Path, post: Post) -> None:
    there = files(media)
    another_product_with_a_picture()
    others = files(media) - there
    kept = actions.compose(post.author, given(*[row.product for row in post.goods.all()], pictures=[picture()]))
    actions.remove_picture(post.author, post, post.pictures.get().pk)
    grow_old(media)
    assert (uploads.sweep(10), files(media)) == (0, there | others), "another post shows it"
    actions.remove_picture(post.author, kept, kept.pictures.get().pk)
    assert [uploads.sweep(1), uploads.sweep(10), uploads.sweep(10)] == [1, 1, 0]
    assert files(media) == others


def test_a_database_that_names_no_file_has_none_deleted(media: Path, post: Post) -> None:
    there = files(media)
    grow_old(media)
    post.pictures.all().delete()
    assert (uploads.sweep(10), files(media)) == (0, there)


def test_a_young_file_may_be_on_its_way_to_its_row(media: Path, post: Post) -> None:
    there = files(media)
    another_product_with_a_picture()
    others = files(media) - there
    stray = media / "pictures" / "ab" / ".half-written"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"half")
    grow_old(stray.parent.parent)
    actions.remove_picture(post.author, post, post.pictures.get().pk)
    grow_old(media)
    actions.add_picture(post.author, post, picture())
    post.pictures.all().delete()
    assert (uploads.sweep(10), files(media)) == (1, there | others), "what was uploaded once more is as good as new"
