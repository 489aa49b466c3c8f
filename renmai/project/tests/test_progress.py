"""Long work says how far it is, without flooding a log."""

import sys

import pytest

from renmai.project.progress import progress


def test_plain_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, 1.0, 6.0, 6.0, 7.0])
    monkeypatch.setattr("renmai.project.progress.time.monotonic", lambda: next(moments))
    with progress("reading lines", 30) as advance:
        advance(10)
        advance(10)
    assert capsys.readouterr().err == "reading lines: 20 of 30\nreading lines: 20 of 30\n"


def test_a_bar_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with progress("reading lines", 30) as advance:
        advance(30)
    assert "30/30" in capsys.readouterr().err
