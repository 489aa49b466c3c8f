"""Who gets what: dealt by a hash, so that the same person always gets the same, on every machine, and nothing needs to be looked up.

Three dice that know nothing of each other: the place in the layer (which experiment of the layer somebody belongs to), the traffic (whether
she takes part already) and the variant. More traffic therefore only adds people; nobody changes her variant.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from renmai.accounts.models import User

WHOLE = 10_000
"""Basis points: everybody."""


@dataclass(frozen=True)
class Only:
    """A segment 人群 that an experiment is for, as it was when the experiment was written down: later changes of it are none of this.

    ``match`` and ``conditions`` (JSON) are not read here: whoever knows portraits answers who fulfils them.
    """

    segment_id: int
    name: str
    match: str
    conditions: str


Belongs = Callable[[User, str, str], bool]
"""Whether somebody fulfils conditions now: given a member, the ``match`` and the ``conditions`` of an ``Only``."""


def nobody(_user: User, _match: str, _conditions: str) -> bool:
    """Belong to no segment: the answer where nobody can say who does."""
    return False


@dataclass(frozen=True)
class Deal:
    """What of an experiment decides who gets what."""

    experiment_id: int
    salt: str
    unit: str
    audience: str
    switches: tuple[str, ...]
    variants: tuple[tuple[str, int], ...]
    layer: str
    layer_from: int
    layer_basis_points: int
    traffic_basis_points: int
    is_holdout: bool
    only: Only | None = None


def die(*faces: str) -> int:
    """Return the same number of 0 … 9,999 for the same words, for ever; evenly spread."""
    digest = blake2b("\x1f".join(faces).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") * WHOLE >> 64


def dealt(deal: Deal, unit_key: str) -> str | None:
    """Return the variant of somebody; None when she is not in this experiment (yet)."""
    place = die("layer", deal.layer, unit_key)
    if not deal.layer_from <= place < deal.layer_from + deal.layer_basis_points:
        return None
    if die("traffic", deal.salt, unit_key) >= deal.traffic_basis_points:
        return None
    thrown, reached = die("variant", deal.salt, unit_key), 0
    for variant, share in deal.variants:
        reached += share
        if thrown < reached:
            return variant
    raise AssertionError(f"the shares of experiment {deal.experiment_id} do not reach the whole")


def option_of(variant: str, switches: Sequence[str], switch_key: str) -> str:
    """Return what a variant says of one of its switches."""
    return variant.split("+")[list(switches).index(switch_key)]


def first_gap(taken: Sequence[tuple[int, int]], wanted: int) -> int | None:
    """Return where ``wanted`` basis points of a layer are free, given what is taken (from, how much); None when nowhere."""
    start = 0
    for begin, size in sorted(taken):
        if begin - start >= wanted:
            return start
        start = max(start, begin + size)
    return start if WHOLE - start >= wanted else None


def user_key(user_id: int) -> str:
    """Return how a member is called by the dice."""
    return f"user {user_id}"


def visitor_key(visitor_id: object) -> str:
    """Return how a browser is called by the dice."""
    return f"visitor {visitor_id}"
