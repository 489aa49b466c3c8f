"""Events as the bench lets them happen: batches of browsers that come in, readers that follow, and a long past in files."""

import json
import resource
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

from renmai.project.bench import stage

BATCH: Final = 50
LINGERED: Final = {"seconds": 30, "scroll": 80, "pictures": 2}
IDLE_SECONDS: Final = 0.5
"""As long as a worker rests that found nothing to do."""

DAYS: Final = 30
SEED: Final = 11
_numbers = count(1)


def take_in(*, batches: int, rounds: int) -> dict[str, Any]:
    """Take in ``batches`` of 50 events in each of ``rounds`` and in three ways in turns; return the events per second of each round.

    ``plain`` is what the database and the ORM could do at most with the same rows, 50 to a transaction; ``action`` checks and asks for consent;
    ``http`` is a whole request but for the socket. At the end all batches of the last way come once more.
    """
    here = _here()
    ways: dict[str, Callable[[Sequence[bytes]], None]] = {"plain": _plainly, "action": _by_action, "http": _by_request(here)}
    found: dict[str, list[float]] = {way: [] for way in ways}
    sent: list[bytes] = []
    for act in ways.values():  # the first of a kind compiles and imports; nobody is asked to wait for that
        act([_body(here)])
    for _round in range(rounds):
        for way, act in ways.items():
            sent = [_body(here) for _batch in range(batches)]
            began = time.perf_counter()
            act(sent)
            found[way].append(batches * BATCH / (time.perf_counter() - began))
    before = _stored()
    ways["http"](sent)
    return {
        "per_second": found,
        "stored": before,
        "expected": 3 * (rounds * batches + 1) * BATCH,
        "duplicates": _stored() - before,
    }


def follow(*, seconds: float, per_second: int) -> dict[str, list[float]]:
    """Let events come evenly while a reader follows them as a worker does; return how long each took, in milliseconds.

    ``queryable`` is until the batch is committed and can be asked for, ``read`` until the reader has it.
    """
    from renmai.insight.stream import delivery
    from renmai.insight.stream.records import StreamEvent
    from renmai.kernel import clock

    here, over = _here(), threading.Event()
    reading: list[float] = []

    def on_events(events: Sequence[StreamEvent]) -> None:
        now = clock.now()
        reading.extend((now - event.received_at).total_seconds() * 1000 for event in events)

    reader = delivery.Consumer("bench", on_events)
    delivery.drain([reader])
    reading.clear()

    def work() -> None:
        while not over.is_set():
            if not delivery.deliver([reader]):
                over.wait(IDLE_SECONDS)

    thread = threading.Thread(target=work)
    thread.start()
    taken, began = [], time.perf_counter()
    for number in range(int(seconds * per_second / BATCH)):
        time.sleep(max(0.0, began + number * BATCH / per_second - time.perf_counter()))
        start = time.perf_counter()
        _by_action([_body(here)])
        taken += [(time.perf_counter() - start) * 1000] * BATCH
    time.sleep(2 * IDLE_SECONDS)
    over.set()
    thread.join()
    return {"queryable": taken, "read": reading}


def remember(*, events: int) -> dict[str, float]:
    """Give the stream a past of ``events``, spread over thirty days that are files; return how long it took and how large it is."""
    import numpy as np
    import pyarrow as pa

    from renmai.insight.stream.models import Day
    from renmai.insight.stream.registry import REGISTRY
    from renmai.insight.stream.store import files
    from renmai.kernel import clock

    draw, names = np.random.default_rng(SEED), REGISTRY.names()
    each, began = events // DAYS, time.perf_counter()
    for number in range(DAYS):
        day = (clock.now() - timedelta(days=DAYS + 8 - number)).date()
        start = np.datetime64(day, "us").astype("int64")
        columns: dict[str, Any] = {
            "position": np.arange(each) + number * each,
            "event_id": [f"{number * each + row:032x}" for row in range(each)],
            "name": pa.array(names).take(pa.array(draw.zipf(1.6, each) % len(names))),
            "version": np.ones(each, dtype="int16"),
            "source": pa.array(["browser"] * each),
            "user_id": draw.integers(1, 100_000, each),
            "product_id": draw.zipf(1.3, each) % 5_000 + 1,
            "at": pa.array(np.sort(draw.integers(0, 86_400_000_000, each)) + start, pa.timestamp("us")),
            "seconds": draw.integers(1, 300, each),
        }
        columns["received_at"] = columns["at"]
        wanted = files.schema()
        arrays = [
            pa.array(columns[field.name], field.type) if field.name in columns else pa.nulls(each, field.type) for field in wanted
        ]
        files.write_day(day, [pa.RecordBatch.from_arrays(arrays, schema=wanted)]).save(force_insert=True)
    size = sum(Day.objects.values_list("bytes", flat=True))
    return {"seconds": time.perf_counter() - began, "mib": size / 2**20}


def ask(*, times: int) -> dict[str, Any]:
    """Ask all events five kinds of question; return the seconds of each time, and the most memory this process ever had, in MiB."""
    from renmai.insight.stream.store import reading

    def by_day(table: Any) -> Any:
        return table.group_by(day=table.at.truncate("D"), name=table.name).aggregate(
            events=table.count(), people=table.user_id.nunique()
        )

    def lingered(table: Any) -> Any:
        long = table.filter(table.name == "product_lingered")
        return long.group_by("product_id").aggregate(seconds=long.seconds.sum()).order_by("product_id").limit(100)

    def funnel(table: Any) -> Any:
        steps = {name: (table.name == name).any() for name in ("product_viewed", "cart_added", "order_paid")}
        people = table.group_by("user_id").aggregate(**steps)
        return people.aggregate(**{name: people[name].sum() for name in steps})

    def hours(table: Any) -> Any:
        return table.group_by(hour=table.at.hour()).aggregate(events=table.count())

    def one(table: Any) -> Any:
        return table.filter(table.user_id == 77).order_by(table.at.desc()).limit(100)

    taken: dict[str, list[float]] = {}
    for question in (by_day, lingered, funnel, hours, one):
        for _time in range(times):
            began = time.perf_counter()
            question(reading.events()).to_pyarrow()
            taken.setdefault(question.__name__, []).append(time.perf_counter() - began)
    events = reading.events().count().to_pyarrow().as_py()
    return {"events": events, "seconds": taken, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _here() -> stage.Stage:
    """Return the stage; everybody on it lets the shop keep what she looks at."""
    from django.conf import settings

    from renmai.accounts.actions import give_consent
    from renmai.accounts.consents import Purpose
    from renmai.accounts.models import User

    here = stage.load(Path(settings.RENMAI_HOME))
    for user in User.objects.filter(pk__in=[member.user_id for member in here.members]):
        give_consent(user, Purpose.BROWSING)
    return here


def _body(here: stage.Stage) -> bytes:
    """Return a batch as the next member's browser sends it."""
    from renmai.kernel import clock, ids

    now = int(clock.now().timestamp() * 1000)
    _member, good = here.turn(next(_numbers))
    events = [
        {"id": str(ids.new_uuid()), "name": "product_lingered", "v": 1, "at": now, "product": good.product_id, "p": LINGERED}
        for _event in range(BATCH)
    ]
    return json.dumps({"sent": now, "events": events}).encode()


def _turns(here: stage.Stage) -> Iterator[stage.Member]:
    while True:
        yield from here.members


def _plainly(bodies: Sequence[bytes]) -> None:
    from renmai.insight.stream.models import EventRow
    from renmai.kernel import clock, ids

    last = EventRow.objects.order_by("-position").values_list("position", flat=True).first() or 0
    for number, body in enumerate(bodies):
        rows = [
            EventRow(
                position=last + 1 + number * BATCH + place,
                event_id=ids.new_uuid(),
                name=raw["name"],
                version=1,
                source="browser",
                user_id=1,
                product_id=raw["product"],
                at=clock.now(),
                properties=raw["p"],
            )
            for place, raw in enumerate(json.loads(body)["events"])
        ]
        EventRow.objects.bulk_create(rows)
    from renmai.insight.stream.models import Tail

    Tail.objects.update_or_create(pk=1, defaults={"last": last + len(bodies) * BATCH})


def _by_action(bodies: Sequence[bytes]) -> None:
    from renmai.accounts.models import User
    from renmai.insight.stream.actions import ingest
    from renmai.insight.stream.wire import read_batch

    here = _stage_once()
    for body in bodies:
        member, _good = here.turn(next(_numbers))
        ingest(read_batch(body), visitor=None, user=User(pk=member.user_id))


def _by_request(here: stage.Stage) -> Callable[[Sequence[bytes]], None]:
    """Return a function that sends batches through every middleware, with the member's cookies and the form's token."""
    from django.conf import settings
    from django.middleware.csrf import get_token
    from django.test import Client, RequestFactory
    from django.test.client import MULTIPART_CONTENT, encode_multipart

    request = RequestFactory().get("/")
    token = get_token(request)
    turns = _turns(here)

    def act(bodies: Sequence[bytes]) -> None:
        client = Client(enforce_csrf_checks=True)
        client.cookies[settings.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]
        for body in bodies:
            member = next(turns)
            client.cookies.load(f"{member.session}; {member.visitor}")
            form = encode_multipart("BoUnDaRyStRiNg", {"csrfmiddlewaretoken": token, "batch": body.decode()})
            answer = client.generic("POST", "/beacon/", form, content_type=MULTIPART_CONTENT, headers={"host": "localhost"})
            if answer.status_code != 204:
                raise RuntimeError(f"the beacon answered {answer.status_code}")

    return act


_stages: list[stage.Stage] = []


def _stage_once() -> stage.Stage:
    if not _stages:
        from django.conf import settings

        _stages.append(stage.load(Path(settings.RENMAI_HOME)))
    return _stages[0]


def _stored() -> int:
    from renmai.insight.stream.models import EventRow

    return EventRow.objects.count()


TASKS: Final[tuple[Callable[..., Any], ...]] = (take_in, follow, remember, ask)
