"""Nothing in the repository tells on whose machine it was written."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Written with character classes, so that this file does not find itself.
TRACES = {
    "the path of a work place": re.compile(r"(?<![\w.~-])[/]work[/]"),
    "a home folder": re.compile(r"(?<![\w.])[/](?:root|home[/]\w+|Users[/]\w+)[/]"),
    "a package index of somebody's own": re.compile(
        r"(?:extra[-_])?index[-_]url|trusted[-_]host|[/]simple[/]?[\"'\s]", re.IGNORECASE
    ),
    "an unfinished place": re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b"),
}
BINARY = frozenset({".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2", ".ttf", ".mo", ".gz"})


def files() -> list[Path]:
    """Return what is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def traces(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line number, the kind and the line of every trace in ``text``."""
    for number, line in enumerate(text.splitlines(), 1):
        for kind, pattern in TRACES.items():
            if pattern.search(line):
                yield number, kind, line.strip()


def main() -> int:
    """Print every trace; 1 when there is any."""
    count = 0
    for path in files():
        if path.suffix in BINARY or not path.is_file():
            continue
        for number, kind, line in traces(path.read_text(encoding="utf-8", errors="replace")):
            print(f"{path.relative_to(ROOT)}:{number}: {kind}: {line[:120]}")
            count += 1
    print(f"{count} traces")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
