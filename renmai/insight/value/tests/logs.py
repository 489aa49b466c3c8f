"""The shared logs of real shops, where they are."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[5] / "shared" / "data"
CDNOW = DATA / "cdnow" / "CDNOW_sample.txt.xz"
RETAIL = DATA / "online_retail" / "online_retail_to_2011-09.csv.xz"


def real(path: Path) -> Path:
    """Return a file of real data, or skip the test with the reason."""
    if not path.exists():
        pytest.skip(f"the real purchases are not on this machine (shared/data/{path.parent.name} beside the project)")
    return path
