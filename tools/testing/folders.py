"""Where tests keep what they throw away."""

import os
from pathlib import Path


def fast_place() -> Path | None:
    """Return a folder in memory, which spares the disk thousands of small writes; nothing where the machine has none."""
    in_memory = Path("/dev/shm")  # noqa: S108  that is where it is  # nosec B108
    return in_memory if os.access(in_memory, os.W_OK) else None
