"""``renmai evaluate``: a table of kinds that costs nothing to print."""

import subprocess
import sys

from renmai.project.commands import evaluate

HEAVY = ("numpy", "scipy", "implicit", "ibis", "duckdb", "pyarrow")


def test_every_kind_says_what_it_does() -> None:
    for kind, module in evaluate.kinds():
        assert module.HELP.endswith("."), kind
        assert module.EXAMPLE.startswith(f"renmai evaluate {kind} "), kind
        assert callable(module.arguments), kind
        assert callable(module.run), kind


def test_printing_the_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\nfrom renmai.project import command\ncommand.build_parser(command.table())\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60)
    assert told.stdout.strip() == ""
