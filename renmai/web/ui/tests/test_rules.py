"""What the content security policy and the tokens forbid, over every template and style sheet of the repository."""

import re
from pathlib import Path

import pytest

import renmai

PACKAGE = Path(renmai.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
STYLES = sorted(path for path in PACKAGE.rglob("static/**/*.css"))
TOKENS = "tokens.css"
CALLS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\b(?:src|type=\"application/(?:ld\+)?json\")\b)[^>]*>", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx handler": re.compile(r"\bhx-on\b", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
SIZE = re.compile(r"\d+(?:\.\d+)?(?:px|rem|pt)\b")


def offences(text: str) -> list[str]:
    """Return the names of what ``text`` (a template) may not contain; what template calls write themselves is tested where they are."""
    plain = CALLS.sub("", text)
    return [name for name, pattern in INLINE.items() if pattern.search(plain)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    assert offences(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<p class="a" style="color:red">', "style attribute"),
        ("<style>p{}</style>", "style element"),
        ("<script>alert(1)</script>", "inline script"),
        ('<button type="button" onclick="go()">', "event handler"),
        ('<a href="javascript:go()">', "script address"),
    ],
)
def test_the_scan_finds_what_it_is_for(text: str, name: str) -> None:
    assert offences(text) == [name]


def test_the_scan_lets_external_scripts_pass() -> None:
    assert offences('<script src="{% static "ui/ui.js" %}" defer></script>') == []


@pytest.mark.parametrize("path", [path for path in STYLES if path.name != TOKENS], ids=lambda path: path.name)
def test_only_the_tokens_name_colours_and_sizes(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("@media"))
    assert COLOUR.findall(text) == []
    assert SIZE.findall(text) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_every_token_that_is_used_exists(path: Path) -> None:
    tokens = (PACKAGE / "web/ui/static/ui/tokens.css").read_text(encoding="utf-8")
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", tokens))
    text = path.read_text(encoding="utf-8")
    own = set(re.findall(r"(--[a-z0-9-]+)\s*:", text))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", text)) - defined - own == set()


def test_the_first_page_is_light() -> None:
    folder = PACKAGE / "web/ui/static/ui"
    own = sum(
        (folder / name).stat().st_size for name in ("tokens.css", "base.css", "components.css", "phone.css", "ui.js", "stream.js")
    )
    assert own < 60_000
