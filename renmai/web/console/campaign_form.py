"""The editor of a campaign: one form for every play, made of the fields that the play names. It parses; the room decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from renmai.campaigns import terms as terms_of
from renmai.campaigns.actions import Draft
from renmai.campaigns.actions.composing import COPY_LENGTH, TITLE_LENGTH
from renmai.campaigns.plays import Field, Play
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.policy.channels import Channel
from renmai.web.console.amounts import FenField, PercentField
from renmai.web.console.term_words import bounds_text, label_with_unit
from renmai.web.console.tiers import TiersField

PREFIX: Final = "term_"
MOMENT: Final = "%Y-%m-%dT%H:%M"
LASTS: Final = timedelta(days=7)
WORDS: Final = ("title_zh", "title_en", "copy_zh", "copy_en")
LARGEST_ID: Final = 2**63 - 1
WRITTEN: Final = frozenset({"fen", "basis_points"})
"""Kinds that people write in another unit than we keep."""


class MomentField(forms.DateTimeField):
    """A moment in China's time, to the minute."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S"], **options)


@dataclass(frozen=True)
class Term:
    """One field of the play in the form: how it is drawn (``kind``), and under which name what is said about it is found."""

    field: Field
    bound: forms.BoundField

    @property
    def kind(self) -> str:
        """The kind of the play's field."""
        return self.field.kind

    @property
    def place(self) -> str:
        """The name by which objections find it."""
        return f"terms.{self.field.name}"


class CampaignForm(forms.Form):
    """What every campaign has, and the terms of its play."""

    title_zh = forms.CharField(label=_("Title, Chinese"), max_length=TITLE_LENGTH)
    title_en = forms.CharField(label=_("Title, English"), max_length=TITLE_LENGTH, required=False)
    copy_zh = forms.CharField(
        label=_("Words to customers, Chinese"), max_length=COPY_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    copy_en = forms.CharField(
        label=_("Words to customers, English"), max_length=COPY_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    channels = forms.MultipleChoiceField(
        label=_("Where it may be shared"), choices=Channel.choices, widget=forms.CheckboxSelectMultiple
    )
    starts_at = MomentField(label=_("Begins"), help_text=_("China's time."))
    ends_at = MomentField(label=_("Ends"), help_text=_("China's time. What customers have begun by then comes to its own end."))
    budget_fen = FenField(
        label=_("Budget, ¥"), required=False, help_text=_("The most that it may give away. Empty: its terms are the bound.")
    )
    return_bound_basis_points = PercentField(
        label=_("Stops by itself over returned pieces, %"), help_text=_("Of the pieces sold, once 20 orders are paid.")
    )
    complaint_bound_basis_points = PercentField(
        label=_("Stops by itself over quality claims, %"), help_text=_("Of the paid orders, once 20 are paid.")
    )

    def __init__(self, play: Play, *args: Any, is_running: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.play, self.status = play, 400
        for field in play.fields:
            self.fields[PREFIX + field.name] = _form_field(field)
        if is_running:
            self.fields["starts_at"].disabled = True

    def clean(self) -> None:
        """Refuse amounts and percentages beyond their bounds, which stand beside them in their own unit."""
        for field in self.play.fields:
            value = self.cleaned_data.get(PREFIX + field.name)
            if field.kind in WRITTEN and value is not None and not field.minimum <= value <= field.maximum:
                self.add_error(PREFIX + field.name, DomainError("campaigns.value", allowed=bounds_text(field)).sentence)

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The words, Chinese beside English."""
        return [(self["title_zh"], self["title_en"]), (self["copy_zh"], self["copy_en"])]

    @property
    def groups(self) -> list[tuple[Any, list[Term]]]:
        """The play's fields under their headings, in the order in which the play names them."""
        found: dict[str, tuple[Any, list[Term]]] = {}
        for field in self.play.fields:
            _heading, terms = found.setdefault(str(field.group), (field.group, []))
            terms.append(Term(field, self[PREFIX + field.name]))
        return list(found.values())

    def draft(self) -> Draft:
        """Return what was typed. Only for a valid form."""
        return Draft(**self._common(self.cleaned_data), terms=self._terms())

    def rough_draft(self) -> Draft:
        """Return what can be understood of what was typed so far, the rest as the editor begins: for the preview and the linter."""
        self.is_valid()
        given = {
            **first_values(self.play),
            **{name: value for name, value in self.cleaned_data.items() if value not in (None, "")},
        }
        terms = {**terms_of.defaults(self.play), **{n: v for n, v in self._terms().items() if v is not None}}
        return Draft(**self._common(given), terms=terms)

    def blame(self, error: DomainError) -> None:
        """Write a refusal beside its field, which may be one of the play's."""
        self.status = error.status
        name = error.field if error.field in self.fields else PREFIX + error.field
        self.add_error(name if name in self.fields else None, error.sentence)

    def _common(self, given: Mapping[str, Any]) -> dict[str, Any]:
        values = {name: given.get(name) for name in CampaignForm.base_fields}
        words = {name: given.get(name) or "" for name in WORDS}
        return {**values, **words, "channels": tuple(given.get("channels") or ())}

    def _terms(self) -> dict[str, Any]:
        given = {field.name: self.cleaned_data.get(PREFIX + field.name) for field in self.play.fields}
        return {name: value for name, value in given.items() if PREFIX + name not in self.errors}


def first_values(play: Play) -> dict[str, Any]:
    """Return what an empty editor shows: it begins at the next full hour and lasts a week."""
    begins = (clock.now() + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    values = {
        "channels": list(Channel.values) if not play.fields else [Channel.WEB.value],
        "starts_at": begins,
        "ends_at": begins + LASTS,
        "return_bound_basis_points": 1500,
        "complaint_bound_basis_points": 500,
    }
    return values | {PREFIX + field.name: field.default for field in play.fields}


def values_of(draft: Draft) -> dict[str, Any]:
    """Return what the editor of an existing campaign shows."""
    common = {name: getattr(draft, name) for name in CampaignForm.base_fields}
    return common | {PREFIX + name: value for name, value in draft.terms.items()}


def sku_ids(play: Play, data: "QueryDict | Mapping[str, Any]") -> list[int]:
    """Return the variants that stand in a form as sent or in its first values, to be shown by their names."""
    found = [data.get(PREFIX + field.name) for field in play.fields if field.kind == "sku"]
    return [int(value) for value in found if value and str(value).isascii() and str(value).isdigit() and int(value) <= LARGEST_ID]


def _form_field(field: Field) -> forms.Field:
    common: dict[str, Any] = {"label": label_with_unit(field), "required": field.is_required, "help_text": field.help}
    match field.kind:
        case "switch":
            return forms.BooleanField(**{**common, "required": False})
        case "choice":
            return forms.ChoiceField(choices=_choices(field), **common)
        case "text":
            return forms.CharField(max_length=field.maximum or terms_of.TEXT_LENGTH, **{**common, "empty_value": ""})
        case "sku":
            return forms.IntegerField(min_value=1, max_value=LARGEST_ID, **common)
        case "tiers":
            return TiersField(fewest=field.minimum, most=field.maximum, **common)
        case "fen":
            return FenField(**common)
        case "basis_points":
            return PercentField(**common)
        case _:
            return forms.IntegerField(min_value=field.minimum, max_value=field.maximum, **common)


def _choices(field: Field) -> Sequence[tuple[str, Any]]:
    return field.choices if field.is_required else [("", "—"), *(choice for choice in field.choices if choice[0])]
