"""What a process of a world does for the bench: ``python -m renmai.project.bench.tasks NAME ARGUMENTS``; answers with JSON."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from renmai.project.bench import stage
from renmai.project.bench.buying import Way


def build_stage(*, members: int) -> int:
    """Build the shop and leave its stage in the home folder."""
    built = stage.build(members=members)
    stage.save(built, _home())
    return len(built.members)


def load_purchases(*, port: int, way: Way, clients: int, seconds: float, first: int) -> dict[str, Any]:
    """Buy over HTTP."""
    from renmai.project.bench import load

    done = load.purchases(stage.load(_home()), port, way=way, clients=clients, seconds=seconds, first=first)
    return load.as_json(done)


def load_pages(*, port: int, addresses: list[str], clients: int, seconds: float) -> dict[str, Any]:
    """Look at pages over HTTP."""
    from renmai.project.bench import load

    return load.as_json(load.pages(port, addresses, clients=clients, seconds=seconds))


def standing() -> dict[str, int]:
    """Say how many orders there are, how many of them are paid, and how many events wait for their reactions."""
    from renmai.kernel.models import Alert, OutboxEvent
    from renmai.ordering.models import Order

    return {
        "orders": Order.objects.count(),
        "paid": Order.objects.exclude(paid_at=None).count(),
        "waiting": OutboxEvent.objects.filter(status=OutboxEvent.Status.PENDING).count(),
        "alerts": Alert.objects.count(),
    }


def close_book() -> int:
    """Let the provider note in its own book what its customers have paid, as it does before it tells us."""
    from renmai.kernel import clock
    from renmai.payments.models import Payment, SandboxTrade

    captured = Payment.objects.filter(status=Payment.Status.CAPTURED).values("number")
    return SandboxTrade.objects.filter(status="open", number__in=captured).update(status="paid", paid_at=clock.now())


def spread_ids() -> int:
    """Number the rows of every table from far apart."""
    from renmai.project.bench import recording

    return recording.spread_ids()


def record(*, way: Way) -> dict[str, int]:
    """Listen to two purchases, leave the script of their writes in the home folder, and say how many statements one sends."""
    from django.core.management import call_command

    from renmai.project.bench import distil, limit, pgbench, recording

    call_command("collectstatic", interactive=False, verbosity=0)
    here = stage.load(_home())
    first, second = recording.record(here, way=way, numbers=(2, 2 + stage.PRODUCTS))
    script = distil.distil(first, second, here.inputs(2))
    (_home() / limit.SCRIPT_FILE).write_text(limit.to_json(script), encoding="utf-8")
    (_home() / limit.PGBENCH_FILE).write_text(pgbench.script_text(script, here.ranges()), encoding="utf-8")
    writes = len(script.steps)
    return {"statements": distil.count(first), "writes": writes, "transactions": len(script.transactions)}


def settle() -> None:
    """Let everything happen that follows from what has happened."""
    from renmai.project import worker

    worker.settle()


def analyse() -> None:
    """Let the database look at its tables anew."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


TASKS: dict[str, Callable[..., Any]] = {
    task.__name__: task
    for task in (build_stage, load_purchases, load_pages, standing, close_book, spread_ids, record, settle, analyse)
}


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
