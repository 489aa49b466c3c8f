"""The alarm about pyramids: how deep and how many agents stand behind one another, who lives on whose sales, what money is not from goods."""

from renmai.fraud.pyramid.findings import Code, Figure, Finding, Level, Unit, agent_told, figures_told
from renmai.fraud.pyramid.reporting import PyramidReport, pyramid_report
from renmai.fraud.pyramid.watching import watch

__all__ = [
    "Code",
    "Figure",
    "Finding",
    "Level",
    "PyramidReport",
    "Unit",
    "agent_told",
    "figures_told",
    "pyramid_report",
    "watch",
]
