"""How long files and functions may be."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE_MAX_LINES = 400
FUNCTION_MAX_LINES = 50
FOLDERS = ("renmai", "tools")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def problems(folder: Path = ROOT) -> Iterator[str]:
    """Yield one line per file or function that is too long."""
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from in_file(path, path.relative_to(folder).as_posix())


def in_file(path: Path, name: str) -> Iterator[str]:
    """Yield what is too long in one file, called ``name``."""
    source = path.read_text(encoding="utf-8")
    lines = len(source.splitlines())
    if lines > FILE_MAX_LINES:
        yield f"{name}: {lines} lines, at most {FILE_MAX_LINES}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_MAX_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION_MAX_LINES}"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "files and functions are short enough")
    sys.exit(1 if found else 0)
