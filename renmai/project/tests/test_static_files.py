"""Static files in the form in which production serves them: hashed, and every one that is asked for exists."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from pytest_django import Settings

import renmai

TEMPLATES = sorted(Path(renmai.__file__).parent.rglob("templates/**/*.html"))
REFERENCE = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


def test_collecting_finds_whatever_style_sheets_refer_to(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_static_file_of_a_template_exists(template: Path) -> None:
    wanted = REFERENCE.findall(template.read_text(encoding="utf-8"))
    assert [name for name in wanted if finders.find(name) is None] == []
