"""The alarm about pyramids: how deep and how many agents stand behind one another, who lives on whose sales, what money is not from goods."""

from renmai.fraud.pyramid.findings import Code, Finding, Level
from renmai.fraud.pyramid.reporting import PyramidReport, pyramid_report
from renmai.fraud.pyramid.watching import watch

__all__ = ["Code", "Finding", "Level", "PyramidReport", "pyramid_report", "watch"]
