"""The report: the forest and the money measured, and what of it comes near or crosses a line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from renmai.distribution.models import Agent, LeaderTerm
from renmai.fraud.pyramid.findings import Code, Finding, Level, finding
from renmai.fraud.pyramid.forest import Line, lines_of
from renmai.fraud.pyramid.pay import Income, Origin, incomes, origin
from renmai.kernel import clock

CRIMINAL_LEVELS, CRIMINAL_PEOPLE = 3, 30
NEAR_LEVELS, NEAR_PEOPLE = 2, 20
WORTH_A_LOOK_FEN = 10_000
"""Below a hundred yuan on the sales of others nobody lives on them."""

TOWER_PEOPLE = 10
TOWER_DEPTH_HUNDREDTHS = 200
TOWER_TOP_SHARE = 6000
SHOWN = 20
MOST_FINDINGS = 200


@dataclass(frozen=True)
class PyramidReport:
    """Everything the alarm measured at ``at``, and its findings: alarms first, the largest lines first."""

    at: datetime
    agents: int
    deepest_levels: int
    largest_line: int
    own_fen: int
    others_fen: int
    origin: Origin
    findings: tuple[Finding, ...]


def pyramid_report() -> PyramidReport:
    """Measure now. Nine statements; memory grows with the number of agents (three numbers each)."""
    introduced = list(Agent.objects.order_by("pk").values_list("pk", "introduced_by_id"))
    led = list(LeaderTerm.objects.filter(until__isnull=True).order_by("pk").values_list("agent_id", "leader_id"))
    lines, income, money = lines_of([*introduced, *led]), incomes(), origin()
    found = [
        *_about_money(money),
        *(each for line in lines for each in _about_shape(line)),
        *(each for line in lines for each in _about_team(line, income)),
        *_about_people(income),
    ]
    found.sort(key=lambda each: list(Code).index(each.code))
    found.sort(key=lambda each: list(Level).index(each.level))
    return PyramidReport(
        at=clock.now(),
        agents=len(introduced),
        deepest_levels=max((line.levels for line in lines), default=min(1, len(introduced))),
        largest_line=max((line.people for line in lines), default=min(1, len(introduced))),
        own_fen=sum(each.own_fen for each in income.values()),
        others_fen=sum(each.others_fen for each in income.values()),
        origin=money,
        findings=tuple(found[:MOST_FINDINGS]),
    )


def _about_shape(line: Line) -> Iterator[Finding]:
    """The law counts whoever takes part, closed or suspended too: they were recruited."""
    evidence = tuple(f"agent {pk}" for pk in line.members[:SHOWN])
    if line.levels >= CRIMINAL_LEVELS and line.people >= CRIMINAL_PEOPLE:
        yield finding(Code.LINE, line.root_id, evidence=evidence, people=line.people, levels=line.levels)
    elif line.levels >= NEAR_LEVELS and line.people >= NEAR_PEOPLE:
        yield finding(Code.NEAR, line.root_id, evidence=evidence, people=line.people, levels=line.levels)
    is_deep = line.mean_depth_hundredths >= TOWER_DEPTH_HUNDREDTHS
    if line.people >= TOWER_PEOPLE and is_deep and line.top_share_basis_points < TOWER_TOP_SHARE:
        yield finding(
            Code.TOWER,
            line.root_id,
            evidence=evidence,
            people=line.people,
            mean_depth=line.mean_depth_hundredths,
            top_share=line.top_share_basis_points,
        )


def _about_team(line: Line, income: Mapping[int, Income]) -> Iterator[Finding]:
    earned = [(pk, income[pk]) for pk in line.members if pk in income]
    own, others = sum(each.own_fen for _pk, each in earned), sum(each.others_fen for _pk, each in earned)
    if others >= WORTH_A_LOOK_FEN and others > own:
        most = sorted(earned, key=lambda row: (-row[1].others_fen, row[0]))
        evidence = tuple(f"agent {pk}" for pk, each in most[:SHOWN] if each.others_fen)
        yield finding(Code.TEAM, line.root_id, evidence=evidence, people=line.people, own_fen=own, others_fen=others)


def _about_people(income: Mapping[int, Income]) -> Iterator[Finding]:
    for pk, each in sorted(income.items(), key=lambda row: (-row[1].others_fen, row[0])):
        if each.others_fen >= WORTH_A_LOOK_FEN and each.others_fen > each.own_fen:
            yield finding(Code.UPLINE, pk, own_fen=each.own_fen, others_fen=each.others_fen)


def _about_money(money: Origin) -> Iterator[Finding]:
    if not money.is_all_from_goods:
        yield finding(
            Code.MONEY,
            None,
            evidence=money.evidence,
            paid_fen=money.paid_fen,
            traced_fen=money.traced_fen,
            foreign_fen=money.foreign_fen,
        )
