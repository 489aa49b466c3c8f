"""Uploaded pictures are served by their name only, and nothing else in the folder is."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

NAME = "ab" * 32


@pytest.fixture
def media(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = tmp_path / "media" / "pictures" / "ab"
    folder.mkdir(parents=True)
    (folder / f"{NAME}-1200.webp").write_bytes(b"picture")
    (folder / f"{NAME}.sqlite3").write_bytes(b"secret")
    (tmp_path / "secret-key").write_bytes(b"secret")
    return folder


def test_a_picture_is_served_for_ever(client: Client, media: Path) -> None:
    answer = client.get(f"/media/pictures/ab/{NAME}-1200.webp")
    assert b"".join(answer) == b"picture"
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        f"pictures/ab/{NAME}.sqlite3",
        f"pictures/ab/{NAME}-480.webp",
        "../secret-key",
        "pictures/ab/../../../secret-key",
        "pictures/ab/",
        "",
    ],
)
@pytest.mark.django_db
def test_nothing_else_is_served(client: Client, media: Path, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_the_icon_is_found_at_its_old_place(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"] == "/static/ui/favicon.svg"
