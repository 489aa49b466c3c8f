"""What a process of a world does for the bench: ``python -m renmai.project.bench.tasks NAME ARGUMENTS``; answers with JSON."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from renmai.project.bench import beacons, crowd, lingering, portraits, stage, trusting
from renmai.project.bench.buying import Way


def build_stage(*, members: int) -> int:
    """Build the shop, its ids far apart, and leave its stage in the home folder."""
    from renmai.project.bench import recording

    recording.spread_ids()
    built = stage.build(members=members)
    stage.save(built, _home())
    return len(built.members)


def load(*, port: int, jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let customers come: one job after the other."""
    from renmai.project.bench import load as loading

    here = stage.load(_home())
    wanted = [loading.Job(**{**job, "addresses": tuple(job["addresses"])}) for job in jobs]
    return [loading.as_json(loading.run(job, here, port, watched=os.getppid())) for job in wanted]


def build_catalogue(*, skus: int) -> None:
    """Fill the catalogue."""
    from renmai.project.bench import catalogue

    catalogue.build(skus=skus)


def ask_catalogue(*, times: int) -> list[dict[str, Any]]:
    """Ask every kind of question of it."""
    from renmai.project.bench import catalogue

    return catalogue.ask(times=times)


def fill_past(*, copies: int) -> int:
    """Give the shop a past."""
    from renmai.project.bench import history

    return history.fill(stage.load(_home()), copies=copies)


def close_book() -> int:
    """Let the provider note in its own book what its customers have paid, as it does before it tells us."""
    from renmai.kernel import clock
    from renmai.payments.models import Payment, SandboxTrade

    captured = Payment.objects.filter(status=Payment.Status.CAPTURED).values("number")
    return SandboxTrade.objects.filter(status="open", number__in=captured).update(status="paid", paid_at=clock.now())


def record(*, way: Way, keep: bool = True) -> dict[str, int]:
    """Listen to two purchases and say how many statements one sends; ``keep`` leaves the script of its writes in the home folder."""
    from renmai.project.bench import distil, limit, pgbench, recording

    here = stage.load(_home())
    first, second = recording.record(here, way=way, numbers=(2, 2 + stage.PRODUCTS))
    script = distil.distil(first, second, here.inputs(2))
    if keep:
        (_home() / limit.SCRIPT_FILE).write_text(limit.to_json(script), encoding="utf-8")
        (_home() / limit.PGBENCH_FILE).write_text(pgbench.script_text(script, here.ranges()), encoding="utf-8")
    return {"statements": distil.count(first), "writes": len(script.steps), "transactions": len(script.transactions)}


def analyse() -> None:
    """Let the database look at its tables anew."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


TASKS: dict[str, Callable[..., Any]] = {
    task.__name__: task
    for task in (
        build_stage,
        load,
        close_book,
        record,
        analyse,
        build_catalogue,
        ask_catalogue,
        fill_past,
    )
} | {task.__name__: task for task in (*crowd.TASKS, *beacons.TASKS, *lingering.TASKS, *portraits.TASKS, trusting.move_ties)}


def main(name: str, arguments: str) -> int:
    """Run one task in this process."""
    import django

    django.setup()
    print(json.dumps(TASKS[name](**json.loads(arguments))))
    return 0


def _home() -> Path:
    from django.conf import settings

    return Path(settings.RENMAI_HOME)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
