"""The editor of an experiment: it parses; the room decides."""

import json
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import plays
from renmai.campaigns.queries import open_campaigns
from renmai.insight.experiments.actions import HYPOTHESIS_LENGTH, LONGEST_WINDOW_DAYS, TITLE_LENGTH, Draft
from renmai.insight.experiments.dealing import Only
from renmai.insight.experiments.metrics import METRICS, campaign_metrics, metric
from renmai.insight.experiments.models import Experiment
from renmai.insight.experiments.switches import UNIT_LABELS, Switch, switch, switches
from renmai.insight.portraits import queries as portraits
from renmai.insight.portraits.models import Segment
from renmai.kernel.errors import DomainError
from renmai.web.console.amounts import PercentField

GUARDS: Final = ("returns", "complaints", "mutes", "kept")
"""Figures that can be watched over; each is offered with the experiments that do not decide by it."""


SEGMENT: Final = Experiment.Audience.SEGMENT.value
WITHOUT_SEGMENT: Final = [(value, label) for value, label in Experiment.Audience.choices if value != SEGMENT]


class ExperimentForm(forms.Form):
    """One question: what is tried, on whom, and what decides. Options of a switch are ticked; two or more make it part of the experiment."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    hypothesis = forms.CharField(
        label=_("What do you expect, and why?"),
        max_length=HYPOTHESIS_LENGTH,
        help_text=_("Written down before the first person comes; it stays as it is."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_holdout = forms.BooleanField(
        label=_("Holdout: keep some people from all experiments and decisions"),
        required=False,
        help_text=_("It shows what everything together is worth. The switches above do not matter then."),
    )
    held_basis_points = PercentField(label=_("Kept out, percent of members"), required=False)
    unit = forms.ChoiceField(label=_("Who is dealt out"), choices=[(unit.value, label) for unit, label in UNIT_LABELS.items()])
    metric = forms.ChoiceField(
        label=_("What decides"), choices=[(each.key, each.label) for each in (*METRICS, *campaign_metrics(0))]
    )
    lift_basis_points = PercentField(
        label=_("Smallest effect worth having, percent"),
        help_text=_("As a part of the control’s figure: 10 is a tenth more, or less."),
    )
    window_days = forms.IntegerField(
        label=_("Days everybody is watched"),
        min_value=1,
        max_value=LONGEST_WINDOW_DAYS,
        help_text=_("Nobody counts before they are over."),
    )
    layer_basis_points = PercentField(
        label=_("Part of the people, percent"),
        help_text=_("What is left others can try on the same page meanwhile: nobody is in two experiments of one page."),
    )
    traffic_basis_points = PercentField(
        label=_("Take part from the start, percent of them"), help_text=_("It can grow later; nobody changes her variant.")
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.switches = switches()
        for each in self.switches:
            self.fields[switch_name(each)] = forms.MultipleChoiceField(
                label=str(each.title),
                required=False,
                help_text=str(each.about),
                choices=[(option.key, option.label) for option in each.options],
                widget=forms.CheckboxSelectMultiple,
            )
        tried = [(str(each.pk), each.title) for each in open_campaigns() if plays()[each.play].variations]
        self.fields["campaign"] = forms.ChoiceField(
            label=_("Campaign"),
            required=False,
            choices=[("", _("None: what is ticked above is tried")), *tried],
            help_text=_("Only with what is ticked here: its terms are varied, and each inviter keeps what she was shown."),
        )
        self.segments = {f"{SEGMENT}:{each.pk}": each for each in portraits.in_use()}
        offered = [(key, _("Segment: %(name)s") % {"name": each.name}) for key, each in self.segments.items()]
        self.fields["audience"] = forms.ChoiceField(label=_("Whom it is for"), choices=[*WITHOUT_SEGMENT, *offered])
        for key in GUARDS:
            self.fields[f"guard_{key}"] = PercentField(label=metric(key).label, required=False)
        self.status = 400

    @property
    def switch_fields(self) -> list[forms.BoundField]:
        """The switches of the product, each with its options to tick."""
        return [self[switch_name(each)] for each in self.switches if not each.play]

    @property
    def play_fields(self) -> list[forms.BoundField]:
        """Those of the plays, which vary the terms of a campaign."""
        return [self[switch_name(each)] for each in self.switches if each.play]

    @property
    def guard_fields(self) -> list[forms.BoundField]:
        """The bounds of the figures that can be watched over."""
        return [self[f"guard_{key}"] for key in GUARDS]

    def draft(self) -> Draft:
        """Return what was typed, after it was found valid."""
        values = self.cleaned_data
        segment = self.segments.get(values["audience"])
        ticked = {each.key: tuple(values[switch_name(each)]) for each in self.switches}
        guards = [(key, values[f"guard_{key}"]) for key in GUARDS]
        return Draft(
            title=values["title"],
            hypothesis=values["hypothesis"],
            unit=values["unit"],
            metric=values["metric"],
            lift_basis_points=values["lift_basis_points"],
            switches={key: options for key, options in ticked.items() if options},
            campaign_id=int(values["campaign"]) if values["campaign"] and not values["is_holdout"] else None,
            is_holdout=values["is_holdout"],
            held_basis_points=values["held_basis_points"] or 0,
            audience=values["audience"] if segment is None else SEGMENT,
            only=_only(segment) if segment else None,
            guardrails=tuple((key, bound) for key, bound in guards if bound is not None),
            window_days=values["window_days"],
            layer_basis_points=values["layer_basis_points"],
            traffic_basis_points=values["traffic_basis_points"],
        )

    def blame(self, error: DomainError) -> None:
        """Put a refusal beside its field; one about switches or bounds beside the first of them."""
        places = {"switches": switch_name(self.switches[0]), "guardrails": f"guard_{GUARDS[0]}"}
        field = places.get(error.field, error.field)
        self.add_error(field if field in self.fields else None, error.sentence)
        self.status = error.status


def _only(segment: Segment) -> Only:
    """Return a segment as it is now: the experiment keeps to it, however the segment is changed afterwards."""
    conditions = json.dumps(segment.conditions, ensure_ascii=False, sort_keys=True)
    return Only(segment.pk, segment.name, segment.match, conditions)


def switch_name(each: Switch) -> str:
    """Return the name of a switch's field."""
    return "switch_" + each.key.replace(".", "_")


def first_values(campaign: str = "") -> dict[str, Any]:
    """Return what a new experiment begins with, or one on a campaign."""
    return {
        "campaign": campaign,
        "unit": "member",
        "audience": Experiment.Audience.EVERYBODY,
        "metric": "kept_cost" if campaign else "kept",
        "held_basis_points": 500,
        "lift_basis_points": 1000,
        "window_days": 7,
        "layer_basis_points": 10_000,
        "traffic_basis_points": 10_000,
        "guard_returns": 2000,
    }


def values_of(row: Experiment) -> dict[str, Any]:
    """Return a draft as its editor shows it."""
    names = ("title", "hypothesis", "is_holdout", "unit", "audience", "metric", "lift_basis_points")
    more = ("window_days", "layer_basis_points", "traffic_basis_points")
    values: dict[str, Any] = {name: getattr(row, name) for name in (*names, *more)}
    if row.segment:
        values["audience"] = f"{SEGMENT}:{row.segment['segment_id']}"
    values["campaign"] = str(row.campaign_id or "")
    values["held_basis_points"] = row.variants[0][1] if row.is_holdout else 500
    cells = [key.split("+") for key, _share in row.variants]
    for place, key in enumerate(row.switches):
        chosen = switch(key)
        values[switch_name(chosen)] = list(dict.fromkeys(cell[place] for cell in cells))
    return values | {f"guard_{key}": bound for key, bound in row.guardrails}
