"""China's regions: the file beside this module is their source, the table follows it.

The rows are brought in after each ``migrate`` and each ``flush`` rather than by a migration: a test database that was emptied gets
them back, and a release with a newer file corrects what changed. Nothing is ever removed, because addresses point there.
"""

import csv
from pathlib import Path

from django.db import connections

from renmai.accounts.models import Region

REGIONS_FILE = Path(__file__).parent / "data" / "regions.csv"
BATCH = 500


def read_regions() -> list[Region]:
    """Return the regions of the file, parents first, not saved."""
    with REGIONS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.sort(key=lambda row: (int(row["level"]), row["code"]))
    return [
        Region(code=row["code"], name=row["name"], parent_id=row["parent_code"] or None, level=int(row["level"])) for row in rows
    ]


def load_regions(using: str = "default") -> int:
    """Bring the table up to the file; return how many rows were added or changed. Costs one statement when nothing is to do."""
    known = {row[0]: row[1:] for row in Region.objects.using(using).values_list("code", "name", "parent_id", "level")}
    changed = [r for r in read_regions() if known.get(r.code) != (r.name, r.parent_id, r.level)]
    if changed:
        Region.objects.using(using).bulk_create(
            changed,
            batch_size=BATCH if connections[using].vendor == "postgresql" else None,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "parent", "level"],
        )
    return len(changed)
