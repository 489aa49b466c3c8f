"""The small forms on the page of an experiment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.insight.experiments.models import Experiment
from renmai.web.console.amounts import PercentField
from renmai.web.console.experiment_words import variant_text


class WidenForm(forms.Form):
    """How many of its people take part from now on."""

    traffic = PercentField(label=_("Take part, percent"))


class DecideForm(forms.Form):
    """What holds for everybody from now on, and why."""

    variant = forms.ChoiceField(label=_("What holds for everybody from now on"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("It is kept in the log."), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, row: Experiment, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        chosen = self.fields["variant"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [(key, variant_text(row, key)) for key, _share in row.variants]
