"""One run of ``renmai evaluate groups|items``: fit every model on the training files, ask all of them the same, say how they did."""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from renmai.matching.evaluation.lineup import Lineup
    from renmai.matching.evaluation.logs import Log
    from renmai.matching.evaluation.protocol import Places, Question
    from renmai.matching.recommenders.base import Past

EXIT_UNUSABLE: Final = 2
NEGATIVES: Final = ("random", "popular", "all")


@dataclass(frozen=True)
class Figure:
    """How one model did under one kind of negatives; intervals are 95 %."""

    model: str
    negatives: str
    recall: float
    recall_low: float
    recall_high: float
    ndcg: float
    ndcg_low: float
    ndcg_high: float
    fit_seconds: float
    fit_processor_seconds: float


@dataclass(frozen=True)
class Run:
    """A whole run."""

    people: int
    goods: int
    trained_on: int
    asked: int
    per_positive: int
    seed: int
    peak_memory_mb: int
    figures: tuple[Figure, ...]


def at_least_one(text: str) -> int:
    """Return a whole number that is not below 1. Raises ``ArgumentTypeError``."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number from 1 on is expected")
    return int(text)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the kinds have in common."""
    parser.add_argument(
        "--train", type=Path, nargs="+", required=True, metavar="FILE", help="what the models learn from, plain or .xz"
    )
    parser.add_argument("--test", type=Path, required=True, metavar="FILE", help="what they are to predict; no model sees it")
    parser.add_argument(
        "--friends", type=Path, nargs="*", default=[], metavar="FILE", help="who knows whom (person person [good])"
    )
    parser.add_argument(
        "--negatives",
        action="append",
        choices=NEGATIVES,
        help="what each right answer stands among: goods at random, by popularity, or all; again for a further one (default: random and popular)",
    )
    parser.add_argument(
        "--per-positive", type=at_least_one, default=999, metavar="N", help="how many of them (default: 999; not for all)"
    )
    parser.add_argument("--most", type=at_least_one, metavar="N", help="ask only so many pairs at random (default: all)")
    parser.add_argument("--seed", type=int, default=1, help="of every draw (default: 1)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures as JSON")


def run(options: argparse.Namespace, read: "Callable[..., Log]", *, wishes_are_hers: bool) -> int:
    """Evaluate what ``read`` makes of the files, print the table and write the JSON; 2 for files of no use."""
    from renmai.matching.evaluation import protocol
    from renmai.matching.evaluation.lineup import lineup
    from renmai.matching.evaluation.logs import UnreadableLog

    try:
        log = read(options.train, options.test, options.friends, seed=options.seed)
    except UnreadableLog as error:
        print(f"renmai: {error}", file=sys.stderr)
        return EXIT_UNUSABLE
    line_up = lineup(log.past, wishes_are_hers=wishes_are_hers)
    spent = fitted(line_up, log.past, say=lambda text: print(text, file=sys.stderr))
    figures: list[Figure] = []
    for negatives in dict.fromkeys(options.negatives or ("random", "popular")):
        asked = protocol.question(log, negatives, per_positive=options.per_positive, seed=options.seed, most=options.most)
        figures += figures_of(protocol.ask(line_up.models, asked), asked, spent)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = Run(
        log.people, log.goods, int(log.past.taken.nnz), len(asked.pairs), asked.per_positive, options.seed, memory, tuple(figures)
    )
    show(found)
    if options.json is not None:
        options.json.write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")
    return 0


@dataclass(frozen=True)
class Spent:
    """What a fit took: seconds by the clock, and of processor time (more than those with two cores, less on a machine that is busy)."""

    clock: float
    processor: float

    @classmethod
    def by(cls, work: Callable[[], object]) -> "Spent":
        """Do some work and return what it took."""
        began, used = time.monotonic(), time.process_time()
        work()
        return cls(time.monotonic() - began, time.process_time() - used)

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.clock + other.clock, self.processor + other.processor)


def fitted(line_up: "Lineup", past: "Past", *, say: Callable[[str], None]) -> dict[str, Spent]:
    """Fit all models and return what each took; a blend's are those of its parts with what it learns itself."""
    whole = Spent.by(lambda: line_up.blend.learn(past))
    say(f"blend learnt in {whole.clock:.1f} s")
    spent = {}
    for model in (*line_up.baselines, *line_up.parts):
        spent[model.name] = Spent.by(partial(model.fit, past))
        say(f"{model.name} fitted in {spent[model.name].clock:.1f} s")
    whole = sum((spent[part.name] for part in line_up.parts), whole)
    return spent | {line_up.blend.name: whole, line_up.level.name: whole}


def figures_of(places: "Mapping[str, Places]", asked: "Question", spent: Mapping[str, Spent]) -> list[Figure]:
    """Return one figure per model."""
    from renmai.matching.evaluation.protocol import interval

    found = []
    for name, place in places.items():
        recall = interval(place.hits, asked.pairs.people, seed=asked.seed)
        ndcg = interval(place.gains, asked.pairs.people, seed=asked.seed)
        means = float(place.hits.mean()), float(place.gains.mean())
        found.append(Figure(name, asked.negatives, means[0], *recall, means[1], *ndcg, spent[name].clock, spent[name].processor))
    return found


def show(found: Run) -> None:
    """Print the table."""
    print(
        f"{found.people} people, {found.goods} goods, {found.trained_on} taken in training; {found.asked} pairs to predict, "
        f"seed {found.seed}, peak memory {found.peak_memory_mb} MB"
    )
    for negatives in dict.fromkeys(figure.negatives for figure in found.figures):
        rows = [figure for figure in found.figures if figure.negatives == negatives]
        among = "all others" if negatives == "all" else f"{found.per_positive} {negatives}"
        print(f"\none among {among}")
        print(table(rows))


def table(rows: Sequence[Figure]) -> str:
    """Return the figures as lines of equal columns."""
    width = max(len(row.model) for row in rows)
    lines = [f"{'model':<{width}}  R@10   95 %           N@10   95 %           fit s   cpu s"]
    lines += [
        f"{row.model:<{width}}  {row.recall:.4f} {row.recall_low:.4f}–{row.recall_high:.4f}  "
        f"{row.ndcg:.4f} {row.ndcg_low:.4f}–{row.ndcg_high:.4f}  {row.fit_seconds:5.1f} {row.fit_processor_seconds:7.1f}"
        for row in rows
    ]
    return "\n".join(lines)
