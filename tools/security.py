"""Two steps of ``./run check``: insecure patterns in our code (bandit), known weaknesses in what is installed (pip-audit).

``python -m tools.security code`` · ``python -m tools.security packages``. The second ends with ``SKIPPED`` and one line that begins with
"skipped:" when nobody can be asked, as on a machine without a network: that is no proof of anything, and must not look like one.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SKIPPED = 77
AUDIT_TIMEOUT_SECONDS = 20
ANSWER_TIMEOUT_SECONDS = 3
SHOWN = 50

# In the product every rule counts, whatever its severity; an exception stands in its line with its reason (``# nosec B105  # why``).
# B404 frowns at ``import subprocess`` as such; every call of it is looked at one by one (B602 to B607).
CODE = (
    "bandit",
    "--quiet",
    "--format",
    "json",
    "--skip",
    "B404",
    "--recursive",
    "renmai",
    "tools",
    "conftest.py",
    "hatch_build.py",
)
# Tests assert and tools start programs; what bandit calls medium or high is as wrong there as anywhere.
ALWAYS_WRONG = frozenset({"MEDIUM", "HIGH"})
AUDIT = ("pip-audit", "--format", "json", "--progress-spinner", "off", "--timeout", str(ANSWER_TIMEOUT_SECONDS))


@dataclass(frozen=True)
class Said:
    """What a program answered; ``status`` is None when it did not come to an end."""

    status: int | None
    output: str
    errors: str = ""


Run = Callable[[Sequence[str]], Said]


def run(command: Sequence[str]) -> Said:
    """Run a program of our environment in the checkout, at most ``AUDIT_TIMEOUT_SECONDS`` for the audit of packages."""
    limit = AUDIT_TIMEOUT_SECONDS if command == AUDIT else None
    try:
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return Said(None, "")
    return Said(done.returncode, done.stdout, done.stderr)


def code(run: Run) -> tuple[int, list[str]]:
    """Return status and lines: 1 with a line for each finding, and for an exception that names no rule; 0 for none."""
    said = run(CODE)
    report = _json(said.output)
    if report is None or report["errors"]:
        return 1, [f"bandit: {said.errors.strip() or said.output.strip() or 'no answer'}"]
    lines = [
        f"{found['filename']}:{found['line_number']}: {found['test_id']} {found['issue_text']}"
        for found in report["results"]
        if found["issue_severity"] in ALWAYS_WRONG or _is_product(found["filename"])
    ]
    blanket = report["metrics"]["_totals"]["nosec"]
    if blanket:
        lines.append(f"bandit: {blanket} times `# nosec` without the rule that it is about")
    return (1, lines[:SHOWN]) if lines else (0, [])


def _is_product(filename: str) -> bool:
    parts = Path(filename).parts
    return "renmai" in parts and "tests" not in parts


def packages(run: Run) -> tuple[int, list[str]]:
    """Return status and lines: 1 with a line for each known weakness, ``SKIPPED`` when the advisories cannot be asked, 0 for none."""
    said = run(AUDIT)
    report = _json(said.output)
    if report is None:
        return SKIPPED, [f"skipped: the advisories could not be asked ({_why(said)})"]
    rows: list[dict[str, Any]] = report["dependencies"]
    weak = [row for row in rows if row.get("vulns")]
    if weak:
        return 1, [_weakness(row, found) for row in weak for found in row["vulns"]]
    asked = [row for row in rows if "skip_reason" not in row]
    if not asked:
        return SKIPPED, [f"skipped: the advisory service answered for none of {len(rows)} packages"]
    return 0, [f"{len(asked)} of {len(rows)} packages looked up, no known weakness"]


def _weakness(row: dict[str, Any], found: dict[str, Any]) -> str:
    mended = ", ".join(found.get("fix_versions", [])) or "no version yet"
    return f"{row['name']} {row['version']}: {found['id']} (mended in {mended})"


def _why(said: Said) -> str:
    if said.status is None:
        return f"no answer within {AUDIT_TIMEOUT_SECONDS} seconds"
    return (said.errors.strip().splitlines() or ["no answer"])[-1][:200]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def main(arguments: list[str]) -> int:
    """Run one of the two and print what it has to say."""
    steps = {"code": code, "packages": packages}
    if len(arguments) != 1 or arguments[0] not in steps:
        print(f"security: say one of {', '.join(steps)}", file=sys.stderr)
        return 2
    status, lines = steps[arguments[0]](run)
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
