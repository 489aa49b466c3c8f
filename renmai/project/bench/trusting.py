"""Trust: how many ties the ledger moves a second, and how long the gate takes to answer."""

import time
from datetime import timedelta
from typing import Any, Final

from renmai.project.bench.plan import Bench
from renmai.project.bench.report import number
from renmai.project.bench.world import World

TIES: Final = 20_000
QUICK_TIES: Final = 2_000
RECEIVERS_EACH: Final = 200
ASKED: Final = 200


def run(bench: Bench, fresh: World) -> None:
    """Measure in a shop like ``fresh`` to which sharers and receivers are added."""
    if not bench.wants("trust"):
        return
    ties = QUICK_TIES if bench.options.is_quick else TIES
    bench.say(f"{number(ties)} ties")
    found = bench.ground.copy(fresh, "trust").do("move_ties", ties=ties)
    detail = (
        "facts of as many different ties, 500 in a transaction, ledger and balances; then the same again, which counts nothing"
    )
    bench.add("ties updated per second", found["moved"], "ties/s", detail=detail)
    bench.add("facts recognised as counted", found["repeated"], "facts/s")
    bench.add("verdict of the gate", found["gate_ms"], "ms", detail="consent, mute, pause, caps, standings, price; middle of 200")


def move_ties(*, ties: int) -> dict[str, Any]:
    """Make people, move that many ties once, tell the same again, and ask the gate; rates and milliseconds."""
    from renmai.accounts.models import User
    from renmai.kernel import clock
    from renmai.trust import actions, queries
    from renmai.trust.facts import Fact
    from renmai.trust.weights import Kind

    sharers = ties // RECEIVERS_EACH
    names = [User(display_name=f"Tie {place}", phone=f"1900{place:07d}") for place in range(sharers + RECEIVERS_EACH)]
    people = User.objects.bulk_create(names, batch_size=500)
    now = clock.now()
    facts = [
        Fact(Kind.KEPT, f"bench:{one.pk}:{other.pk}", one.pk, other.pk, now - timedelta(minutes=place), flow_fen=5000)
        for one in people[:sharers]
        for place, other in enumerate(people[sharers:])
    ]
    began = time.monotonic()
    actions.record(facts)
    moved = time.monotonic()
    actions.record(facts)
    repeated = time.monotonic()
    taken = []
    for place in range(ASKED):
        started = time.monotonic()
        queries.gate(people[place % sharers], people[sharers + place % RECEIVERS_EACH], relevance=0.4, margin_fen=1500)
        taken.append(time.monotonic() - started)
    return {
        "moved": len(facts) / (moved - began),
        "repeated": len(facts) / (repeated - moved),
        "gate_ms": sorted(taken)[ASKED // 2] * 1000,
    }
