"""Children end with their parent, however it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from renmai.project import children

PARENT = """
import sys, time
from pathlib import Path
from renmai.project import children
children.start([sys.executable, "-c", sys.argv[1], sys.argv[2]])
while not Path(sys.argv[2]).exists():
    time.sleep(0.01)
print("started", flush=True)
time.sleep(60)
"""
CHILD = """
import os, sys, time
from pathlib import Path
Path(sys.argv[1] + ".half").write_text(str(os.getpid()))
os.replace(sys.argv[1] + ".half", sys.argv[1])
time.sleep(60)
"""


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text() if Path(f"/proc/{pid}/stat").exists() else False


def _wait_until_dead(pid: int) -> None:
    deadline = time.monotonic() + 10
    while _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see who is alive")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_child_does_not_outlive_its_parent(tmp_path: Path, number: signal.Signals) -> None:
    note = tmp_path / "pid"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD, str(note)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        assert parent.stdout.readline() == "started\n"
        pid = int(note.read_text())
        assert _is_alive(pid)
        parent.send_signal(number)
        parent.wait(timeout=10)
    _wait_until_dead(pid)
    assert not _is_alive(pid)


def test_the_status_of_a_child_is_its_own() -> None:
    child = children.start([sys.executable, "-c", "raise SystemExit(3)"])
    assert child.wait(timeout=10) == 3
    assert children.stop(child) == 3
