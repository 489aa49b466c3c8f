"""Findings about pyramids as people read them: figures in their units, and alerts, which keep codes and numbers, in words."""

from collections.abc import Iterable

from renmai.distribution.models import Agent
from renmai.fraud.pyramid import Code, Figure, Unit, agent_told, figures_told
from renmai.kernel.models import Alert
from renmai.web.console.templatetags.console import rate_text
from renmai.web.ui import formats

CODES = frozenset(code.value for code in Code)


def figure_text(figure: Figure) -> str:
    """Write a figure in its unit."""
    match figure.unit:
        case Unit.FEN:
            return formats.money_text(figure.value)
        case Unit.PERCENT:
            return rate_text(figure.value)
        case Unit.HUNDREDTHS:
            return f"{figure.value // 100}.{figure.value % 100:02d}"
        case _:
            return str(figure.value)


def agents_of(numbers: Iterable[int]) -> dict[int, Agent]:
    """Return the agents that findings are about, with their names, in one statement."""
    return Agent.objects.select_related("user").in_bulk(list(numbers))


def subjects(alerts: Iterable[Alert]) -> dict[int, str]:
    """Return whom those of ``alerts`` that are about pyramids name, by the alert's number. One statement, none where there is no such alert."""
    about = {alert.pk: agent_told(alert.subject) for alert in alerts if alert.code in CODES}
    named = agents_of({number for number in about.values() if number is not None}) if any(about.values()) else {}
    return {pk: named[number].user.display_name for pk, number in about.items() if number in named}


def figures(alert: Alert) -> list[tuple[str, str]]:
    """Return what an alert about a pyramid has counted, as titles and figures; nothing for another alert."""
    if alert.code not in CODES:
        return []
    return [(figure.title, figure_text(figure)) for figure in figures_told(alert.detail)]
