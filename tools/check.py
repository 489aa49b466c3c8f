"""``./run check``: everything that can be said about the code without running the shop.

``./run check types`` runs only the steps whose name contains the word.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.security import SKIPPED

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable

STEPS: dict[str, tuple[str, ...]] = {
    "lint": (str(BIN / "ruff"), "check", "."),
    "format": (str(BIN / "ruff"), "format", "--check", "--diff", "."),
    "types": (str(BIN / "mypy"),),
    "layers": (str(BIN / "lint-imports"),),
    "lengths": (PYTHON, "-m", "tools.lengths"),
    "settings": (PYTHON, "-m", "django", "check", "--settings", "renmai.project.settings", "--fail-level", "WARNING"),
    "migrations": (PYTHON, "-m", "renmai", "makemigrations", "--check"),
    "translations": (PYTHON, "-m", "renmai", "messages", "--check"),
    "documentation": (PYTHON, "-m", "tools.generated_docs", "--check"),
    "traces": (PYTHON, "-m", "tools.traces"),
    "insecure code": (PYTHON, "-m", "tools.security", "code"),
    "weak packages": (PYTHON, "-m", "tools.security", "packages"),
}


def main(arguments: list[str]) -> int:
    """Run the steps, print what those that fail have to say, and a line for each; 1 when any failed."""
    chosen = {name: command for name, command in STEPS.items() if not arguments or any(part in name for part in arguments)}
    if not chosen:
        print(f"check: there is no such step; the steps are {', '.join(STEPS)}", file=sys.stderr)
        return 2
    failed = []
    with tempfile.TemporaryDirectory(prefix="renmai-check-") as home:
        # Steps that start Django must not touch, or depend on, the state of whoever runs them.
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("RENMAI_", "DATABASE_URL"))}
        environ["RENMAI_HOME"] = home
        for name, command in chosen.items():
            began = time.monotonic()
            answer = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
            if answer.returncode not in {0, SKIPPED}:
                failed.append(name)
                print(answer.stdout + answer.stderr)
            print(f"{_word(answer)} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    print(f"{len(failed)} of {len(chosen)} checks failed" + (f": {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


def _word(answer: "subprocess.CompletedProcess[str]") -> str:
    """Return how a step ended; one that could not be done says why, for nothing is proved by it."""
    if answer.returncode == SKIPPED:
        return answer.stdout.strip() + ":"
    return "FAILED" if answer.returncode else "ok    "


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
