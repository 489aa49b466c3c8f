"""The arms of an experiment on a campaign's terms, side by side: what each brings, how fast, and what a kept customer costs under it.

Whoever was dealt an arm counts in it with everybody whom she brought: the unit is the one who passes it on. The figures are those of
``insight.spread``, with its intervals, which are good for one look; what decides are the differences of ``results``, which may be looked at daily.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.spread.chains import chains_of, person_key
from renmai.insight.spread.costs import brought_customers
from renmai.insight.spread.reproduction import Member, Reproduction, reproduction
from renmai.insight.spread.retention import KeptCost, cost_by_incentive
from renmai.kernel import clock

MOST_PEOPLE = 50_000


@dataclass(frozen=True)
class ArmSpread:
    """One arm. ``people`` were dealt it, ``customers`` first bought of those whom they brought, at a cost of ``spent_fen`` so far."""

    variant: str
    version: int
    people: int
    customers: int
    spent_fen: int
    reproduction: Reproduction
    kept: KeptCost


def arms_spread(row: Experiment) -> tuple[ArmSpread, ...]:
    """Return the arms of an experiment on a campaign that was started, the control first. About a dozen statements and the play's."""
    if row.campaign_id is None or row.started_at is None:
        return ()
    now = clock.now()
    dealt = _dealt(row)
    chains = chains_of(row.campaign_id, now=now)
    members = _from_their_first_time(chains.members, dealt)
    found = brought_customers(chains.members, start=row.started_at, end=now)
    ours = [(dealt[inviter][0], customer) for inviter, customer in found if inviter in dealt]
    costs = {each.incentive: each for each in cost_by_incentive((replace(who, incentive=arm) for arm, who in ours), now=now)}
    people = Counter(variant for variant, _at in dealt.values())
    return tuple(
        ArmSpread(
            variant=variant,
            version=version,
            people=people[variant],
            customers=sum(arm == variant for arm, _customer in ours),
            spent_fen=sum(customer.cost_fen for arm, customer in ours if arm == variant),
            reproduction=reproduction(
                members, now=now, of={person_key(pk) for pk, (arm, _at) in dealt.items() if arm == variant}
            ),
            kept=costs.get(variant, KeptCost(variant, 0, 0, 0, 0, None)),
        )
        for (variant, _share), version in zip(row.variants, row.versions, strict=True)
    )


def _dealt(row: Experiment) -> dict[int, tuple[str, datetime]]:
    """Return who was dealt what, and when. One statement."""
    live = Exposure.objects.filter(experiment=row, superseded_at__isnull=True, user__isnull=False).order_by("at", "pk")
    rows = live.values_list("user_id", "variant", "at")[:MOST_PEOPLE]
    return {user_id: (variant, at) for user_id, variant, at in rows}


def _from_their_first_time(members: tuple[Member, ...], dealt: Mapping[int, tuple[str, datetime]]) -> list[Member]:
    """Return the members with a window that begins when they were dealt something; who did nothing since counts with nothing."""
    known = {member.key: member for member in members}
    firsts = {person_key(pk): at for pk, (_variant, at) in dealt.items()}
    own = [replace(known.get(key, Member(key, at)), entered_at=at, parent_key="") for key, at in firsts.items()]
    # Whoever brought one of them keeps the moment when she came.
    moved = [replace(member, key="") for member in members if member.key in firsts and member.parent_key]
    return [*own, *(member for member in members if member.key not in firsts), *moved]
