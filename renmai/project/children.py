"""Child processes that never outlive this one.

A small shell stands around the child and reads from a pipe that only this process holds. When the pipe closes, because we closed it
or because we were killed, the shell sends the child its stop signal. The child is in a session of its own, so Ctrl-C reaches
only us, and we stop our children in order.
"""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

STOP_TIMEOUT_SECONDS = 20

# A child that fails by itself leaves its folder to the parent, which may want to read a log in it.
KEEPER = """
exec 3<&0
"$@" & child=$!
(read -r _line <&3; kill -"$KEEPER_SIGNAL" $child) & reader=$!
wait $child; status=$?
[ $status -eq 0 ] && [ -n "$KEEPER_FOLDER" ] && rm -rf "$KEEPER_FOLDER"
kill $reader 2>/dev/null
exit $status
"""


@dataclass(frozen=True)
class Account:
    """A user to run a child as."""

    uid: int
    gid: int


def start(
    command: Sequence[str],
    *,
    environ: Mapping[str, str] | None = None,
    account: Account | None = None,
    output: IO[bytes] | None = None,
    stop_signal: str = "TERM",
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start ``command``; it ends at the latest when this process does.

    ``folder`` is where it runs and is removed after it ended well; without one it runs here and nothing is removed.
    """
    keeper = {"KEEPER_SIGNAL": stop_signal, "KEEPER_FOLDER": str(folder or "")}
    return subprocess.Popen(  # nosec B603  # a fixed program, no shell
        ["/bin/sh", "-c", KEEPER, "keeper", *command],
        cwd=folder,
        env={**(os.environ if environ is None else environ), **keeper},
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
    )


def stop(process: subprocess.Popen[bytes]) -> int:
    """Ask a child to stop, wait for it, kill it when it takes longer than 20 seconds; return its exit status."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        return process.wait(timeout=STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return process.wait()
