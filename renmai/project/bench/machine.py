"""Where the bench runs, and how much memory the shop takes there."""

import os
import platform
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
MEBIBYTE_IN_KIB = 1024


@dataclass(frozen=True)
class Machine:
    """What a figure depends on."""

    cores: int
    processor: str
    system: str
    python: str
    databases: tuple[str, ...]
    commit: str

    def lines(self) -> list[str]:
        """Return it in words."""
        return [
            f"machine: {self.cores} cores of {self.processor}, {self.system}",
            f"with: {', '.join((f'Python {self.python}', *self.databases))}",
            f"commit: {self.commit}",
        ]


@dataclass(frozen=True)
class Process:
    """One process of the shop: its memory now shared fairly (PSS), and at its peak on its own (RSS), in MiB."""

    name: str
    pss_mib: float
    peak_rss_mib: float


def describe(databases: tuple[str, ...]) -> Machine:
    """Return this machine."""
    return Machine(
        cores=os.cpu_count() or 1,
        processor=_processor(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        databases=databases,
        commit=_commit(),
    )


def cpu_seconds(pid: int) -> dict[str, float]:
    """Return the processor time that the processes below ``pid`` have taken so far, by what they are; nothing where /proc is missing.

    Of a database's processes that have ended their server keeps the sum.
    """
    taken: dict[str, float] = defaultdict(float)
    for child in _descendants(pid):
        try:
            command = (PROC / str(child) / "cmdline").read_bytes().split(b"\0")
            ticks = (PROC / str(child) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        fields = ticks[11:15] if command[0].startswith(b"postgres") or b"/postgres" in command[0] else ticks[11:13]
        name = "database" if len(fields) == 4 else _name(command)
        taken[name] += sum(map(int, fields)) / TICKS_PER_SECOND
    return dict(taken)


def processes_below(pid: int) -> list[Process]:
    """Return the Python processes that ``pid`` started, themselves or through others, as Linux sees them; elsewhere nothing."""
    if not (PROC / "self" / "smaps_rollup").exists():
        return []
    return [process for child in _descendants(pid) if (process := _process(child)) is not None]


def _descendants(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for status in PROC.glob("[0-9]*/stat"):
        try:
            rest = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended since the folder was read
        parents.setdefault(int(rest[1]), []).append(int(status.parent.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return sorted(found)


def _process(pid: int) -> Process | None:
    try:
        command = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
        rollup = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii", errors="replace")
        status = (PROC / str(pid) / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None  # it has ended
    if b"python" not in command[0]:
        return None
    return Process(_name(command), _kib(rollup, "Pss:") / MEBIBYTE_IN_KIB, _kib(status, "VmHWM:") / MEBIBYTE_IN_KIB)


def _name(command: list[bytes]) -> str:
    words = [word.decode(errors="replace") for word in command]
    if "worker" in words:
        return "worker"
    if "up" in words:
        return "renmai up"
    return "web" if any("granian" in word for word in words) else "python"


def _kib(text: str, field: str) -> int:
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith(field))


def _processor() -> str:
    try:
        lines = (PROC / "cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "an unknown kind"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith(("model name", "Hardware"))]
    return names[0] if names else platform.processor() or "an unknown kind"


def _commit() -> str:
    here = Path(__file__).resolve().parent
    try:
        answer = subprocess.run(  # nosec B603 B607  # a fixed program, no shell
            ["git", "-C", str(here), "describe", "--always", "--dirty", "--exclude=*"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return "unknown"
    return answer.stdout.strip() or "unknown"
