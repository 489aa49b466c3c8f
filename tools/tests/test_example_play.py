"""A play that lives outside the core is found, migrated and used, and the core does not know its name: docs/recipes/add-a-play.md."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from renmai.campaigns.plays import packages

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "renmai-play-bundle"
PACKAGE = "renmai_play_bundle"
NOT_OURS = ("PYTEST_", "COV_", "RENMAI_", "DATABASE_URL")
INSTALL = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check")
ASK = "import django; django.setup(); from renmai.campaigns.plays import packages, play; print(packages()['bundle'], play('bundle').key)"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the package was installed as pip installs it, apart from everything else."""
    folder = tmp_path_factory.mktemp("installed")
    run(*INSTALL, "--target", str(folder), str(EXAMPLE))
    return folder


def run(*arguments: str, folder: Path | None = None) -> str:
    """Run this Python on ``arguments``, with what is installed in ``folder``; return what it printed."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    environ["DJANGO_SETTINGS_MODULE"] = "renmai.project.settings"
    if folder is not None:
        environ["PYTHONPATH"] = str(folder)
    answer = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_it_brings_its_pages_its_table_and_its_chinese(installed: Path) -> None:
    package = installed / PACKAGE
    for name in ("templates/bundle/choose.html", "migrations/0001_initial.py", "locale/zh_Hans/LC_MESSAGES/django.mo"):
        assert (package / name).is_file(), name
    assert not (installed / "tests").exists()


def test_the_core_finds_it_where_it_is_installed_and_nowhere_else(installed: Path) -> None:
    assert "bundle" not in packages()
    assert run("-c", ASK, folder=installed) == f"{PACKAGE} bundle\n"


def test_its_own_tests_pass_with_the_whole_shop_around_it(installed: Path, pytestconfig: pytest.Config) -> None:
    database = pytestconfig.getoption("--database")
    options = ("-q", "-n", "0", "-p", "no:cacheprovider", "--database", database)
    said = run("-m", "pytest", str(EXAMPLE / "tests"), *options, folder=installed)
    assert re.search(r"^8 passed", said, re.MULTILINE), said


def test_nothing_in_the_core_names_it() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "renmai").rglob("*"))
        if path.suffix in {".py", ".html", ".toml"}
        and re.search(PACKAGE + r"|[\"']bundle[\"':]", path.read_text(encoding="utf-8"))
    ]
    assert named == []
    assert PACKAGE not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
