"""The model of the lists in words: which serves, since when, how well it foresaw, or why none does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy, pgettext_lazy

from renmai.matching.queries import ModelNow
from renmai.web.console.words import Words

UNAIDED: Final = "unaided"
"""What ``matching.comparing`` calls the personal strategy without the model."""

NAMES: Words = {
    "popularity": pgettext_lazy("model", "What sells most"),
    "neighbours": pgettext_lazy("model", "Same buyers"),
    "neighbours, wide": pgettext_lazy("model", "Same buyers, wide"),
    "neighbours + looks": pgettext_lazy("model", "Same buyers, with looks"),
    "least squares": pgettext_lazy("model", "Hidden tastes (ALS)"),
    "graph filter": pgettext_lazy("model", "Web of buyers"),
    "graph filter + looks": pgettext_lazy("model", "Web of buyers, with looks"),
    "taste": pgettext_lazy("model", "Great tastes"),
    "EASE": pgettext_lazy("model", "Good by good (EASE)"),
}
FAULTS: Words = {
    "none_yet": gettext_lazy(
        "No model has been fitted yet. The worker does so within the hour, once there is something on sale."
    ),
    "none_chosen": gettext_lazy("No model serves: none is better than what sells most, or too few people can be asked yet."),
    "missing": gettext_lazy(
        "The model's file is gone. Lists are made by the other factors; the worker fits a new one within the hour."
    ),
    "corrupt": gettext_lazy(
        "The model's file is damaged. Lists are made by the other factors; the worker fits a new one within the hour."
    ),
    "other_version": gettext_lazy(
        "The model was made by another version of Renmai. Lists are made by the other factors; the worker fits a new one within the hour."
    ),
    "stale": gettext_lazy(
        "The model is too old to be trusted. Lists are made by the other factors. Is the worker running, and is there room on the disk?"
    ),
    "other_shop": gettext_lazy(
        "The model was made from another shop's orders. Lists are made by the other factors; the worker fits a new one within the hour."
    ),
    "other_goods": gettext_lazy(
        "The model knows less than half of the goods on sale. Lists are made by the other factors; the worker fits a new one within the hour."
    ),
}


@dataclass(frozen=True)
class Row:
    """One model as it was measured. ``part`` is the bar, 0 … 1000 of the best; ``is_chosen`` the one that serves."""

    label: str
    recall: str
    interval: str
    ahead: str
    ahead_interval: str
    ndcg: str
    seconds: str
    part: int
    is_chosen: bool


@dataclass(frozen=True)
class Told:
    """What the page says: ``serves`` names the model at work ("" for none), ``fault`` says why none is."""

    now: ModelNow
    serves: str
    fault: str
    is_bad: bool
    rows: tuple[Row, ...]


def told(now: ModelNow) -> Told:
    """Return the words of a model's state."""
    said = now.manifest
    figures = said.figures if said else ()
    best = max((figure["recall"] for figure in figures), default=0.0) or 1.0
    return Told(
        now=now,
        serves=_name(said.model) if said and not now.fault else "",
        fault=str(FAULTS.get(now.fault, now.fault)),
        is_bad=now.fault not in {"", "none_yet", "none_chosen"},
        rows=tuple(_row(figure, best, said.model if said else "") for figure in figures),
    )


def _row(figure: Mapping[str, Any], best: float, chosen: str) -> Row:
    return Row(
        label=_name(figure["model"]),
        recall=_percent(figure["recall"]),
        interval=f"{_percent(figure['low'])} – {_percent(figure['high'])}",
        ahead=f"{figure['ahead'] * 100:+.1f}",
        ahead_interval=f"{figure['ahead_low'] * 100:+.1f} … {figure['ahead_high'] * 100:+.1f}",
        ndcg=f"{figure['ndcg']:.3f}",
        seconds=f"{figure['seconds']:.1f}",
        part=round(1000 * figure["recall"] / best),
        is_chosen=figure["model"] == chosen,
    )


def _name(model: str) -> str:
    return str(NAMES.get(model, model))


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%"
