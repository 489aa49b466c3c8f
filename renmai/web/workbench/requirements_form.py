"""The form of selection requirements."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.catalogue import queries as catalogue
from renmai.matching.queries import Choices
from renmai.matching.wishes import Wishes
from renmai.web.workbench.forms import AmountField, RefusableForm
from renmai.web.workbench.numbers import plain_yuan

Many = forms.MultipleChoiceField
WHOLE_PERCENT = 100


class RequirementsForm(RefusableForm):
    """What she wants to sell; everything may stay empty."""

    field_of: ClassVar[dict[str, str]] = {"matching.band": "maximum"}
    categories = Many(label=_("Categories"), required=False, widget=forms.CheckboxSelectMultiple)
    minimum = AmountField(label=_("Lowest price"), required=False)
    maximum = AmountField(label=_("Highest price"), required=False)
    commission = forms.IntegerField(
        label=_("Commission of at least"), required=False, min_value=0, max_value=WHOLE_PERCENT, widget=forms.NumberInput
    )
    returns = forms.IntegerField(
        label=_("Returned at most"), required=False, min_value=0, max_value=WHOLE_PERCENT, widget=forms.NumberInput
    )
    brands = Many(label=_("Brands"), required=False, widget=forms.CheckboxSelectMultiple)
    suppliers = Many(label=_("Suppliers"), required=False, widget=forms.CheckboxSelectMultiple)
    ship_from = Many(label=_("Ships from"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, choices: Choices, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        tree = catalogue.categories_tree(is_counted=False)
        offered = {
            "categories": [(str(node.id), node.name) for node in tree],
            "brands": [(name, name) for name in choices.brands],
            "suppliers": [(str(key), name) for key, name in choices.suppliers],
            "ship_from": list(choices.provinces),
        }
        for name, values in offered.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    def folds(self) -> list[tuple[forms.BoundField, int]]:
        """Return the long choices with how many of each are made."""
        return [(self[name], len(self[name].value() or ())) for name in ("brands", "suppliers", "ship_from")]

    def wishes(self) -> Wishes:
        """Return what was filled in."""
        values = self.cleaned_data
        return Wishes(
            categories=frozenset(map(int, values["categories"])),
            brands=frozenset(values["brands"]),
            minimum_fen=values["minimum"],
            maximum_fen=values["maximum"],
            commission_points=(values["commission"] or 0) * 100,
            suppliers=frozenset(map(int, values["suppliers"])),
            ship_from=frozenset(values["ship_from"]),
            return_points=None if values["returns"] is None else values["returns"] * 100,
        )


def initial_of(wishes: Wishes) -> dict[str, Any]:
    """Return requirements as the form begins with them."""
    return {
        "categories": [str(key) for key in wishes.categories],
        "brands": sorted(wishes.brands),
        "suppliers": [str(key) for key in wishes.suppliers],
        "ship_from": sorted(wishes.ship_from),
        "minimum": "" if wishes.minimum_fen is None else plain_yuan(wishes.minimum_fen),
        "maximum": "" if wishes.maximum_fen is None else plain_yuan(wishes.maximum_fen),
        "commission": wishes.commission_points // 100 or None,
        "returns": None if wishes.return_points is None else wishes.return_points // 100,
    }
