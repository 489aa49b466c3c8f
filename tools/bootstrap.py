"""The body of ``./run``: makes ``.venv`` when it is missing or out of date, then hands over to the command.

Only the standard library is used here. What was installed is remembered as a hash of what ``pyproject.toml`` asks for, so a second start costs
nothing; people who only run the demo do not wait for the tools of developers.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / ".venv.lock"

# Subcommand → what runs in the environment, and whether it needs the tools of developers.
COMMANDS: dict[str, tuple[tuple[str, ...], bool]] = {
    "demo": (("-m", "renmai", "demo"), False),
    "test": (("-m", "tools.test"), True),
    "torture": (("-m", "tools.torture"), True),
    "check": (("-m", "tools.check"), True),
    "bench": (("-m", "renmai", "bench"), True),
}


def main(arguments: list[str]) -> int:
    """Install what is missing and become the command; only returns when something is wrong."""
    if not arguments or arguments[0] not in COMMANDS:
        wanted_help = bool(arguments) and arguments[0] in {"-h", "--help", "help"}
        print(_usage(), file=sys.stdout if wanted_help else sys.stderr)
        return 0 if wanted_help else 2
    command, needs_tools = COMMANDS[arguments[0]]
    if not _prepare(with_tools=needs_tools):
        return 1
    os.execv(PYTHON, [str(PYTHON), *command, *arguments[1:]])  # noqa: S606  no shell is the point
    return 0


def _usage() -> str:
    comment = (ROOT / "run").read_text(encoding="utf-8").split("set -eu")[0]
    return "\n".join(line.removeprefix("#").strip("\n") for line in comment.splitlines()[1:])


def _prepare(*, with_tools: bool) -> bool:
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_current(with_tools=with_tools):
            return True
        if PYTHON.exists() and not _works():
            shutil.rmtree(VENV)
        if not PYTHON.exists() and not _make_venv():
            return False
        return _install(with_tools=with_tools)


def _stamp(*, with_tools: bool) -> Path:
    return VENV / ("renmai-tools.stamp" if with_tools else "renmai.stamp")


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _fingerprint() -> str:
    project = _project()
    parts = [project.get(part) for part in ("build-system", "project", "dependency-groups")]
    return hashlib.sha256(json.dumps([str(ROOT), *parts], sort_keys=True).encode()).hexdigest()


def _is_current(*, with_tools: bool) -> bool:
    stamps = [_stamp(with_tools=True)] if with_tools else [_stamp(with_tools=True), _stamp(with_tools=False)]
    is_installed = any(stamp.exists() and stamp.read_text(encoding="ascii") == _fingerprint() for stamp in stamps)
    return is_installed and _works()


def _works() -> bool:
    try:
        return subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _make_venv() -> bool:
    print(f"run: making {VENV.name} with Python {sys.version.split()[0]}", file=sys.stderr)
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode == 0:
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    print("run: this Python cannot make environments; on Debian: apt-get install python3-venv", file=sys.stderr)
    return False


def _install(*, with_tools: bool) -> bool:
    print("run: installing what Renmai needs (once; a minute or two)", file=sys.stderr)
    tools = _project()["dependency-groups"]["dev"] if with_tools else []
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    # On a terminal pip shows how far it is; elsewhere only what goes wrong matters.
    pip += [] if sys.stderr.isatty() else ["-qq"]
    if subprocess.run([*pip, "--editable", ".", *tools], cwd=ROOT, check=False).returncode != 0:
        print("run: the installation failed; its reason stands above. Running it again goes on.", file=sys.stderr)
        return False
    _stamp(with_tools=with_tools).write_text(_fingerprint(), encoding="ascii")
    return True


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
