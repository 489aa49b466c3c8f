"""What a clerk types at the counter: a phone, perhaps a name, and up to six things with their quantities."""

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.catalogue.queries.codes import sku_ids_by_code
from renmai.journeys.counter import CounterSale
from renmai.journeys.quoting import WantedLine

ROWS = 6
MOST_PIECES = 999


class CounterForm(forms.Form):
    """The sale: ``code_1`` … ``code_6`` with ``quantity_1`` … ``quantity_6``; empty rows are left out."""

    phone = forms.CharField(
        label=_("Customer's phone"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    name = forms.CharField(label=_("Name, if she is new"), max_length=40, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    payable = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for row in range(1, ROWS + 1):
            self.fields[f"code_{row}"] = forms.CharField(
                label=_("Code of the variant"),
                max_length=60,
                required=False,
                widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "autocapitalize": "characters"}),
            )
            self.fields[f"quantity_{row}"] = forms.IntegerField(
                label=_("Pieces"),
                min_value=1,
                max_value=MOST_PIECES,
                required=False,
                initial=1,
                widget=forms.NumberInput(attrs={"class": "input"}),
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the pairs of fields, for the page."""
        return [(self[f"code_{row}"], self[f"quantity_{row}"]) for row in range(1, ROWS + 1)]

    def sale(self) -> CounterSale | None:
        """Return what is to be sold; None, with the errors beside their fields, when something cannot be understood."""
        if not self.is_valid():
            return None
        wanted = {row: self.cleaned_data[f"code_{row}"].strip() for row in range(1, ROWS + 1)}
        wanted = {row: code for row, code in wanted.items() if code}
        if not wanted:
            self.add_error("code_1", _("Enter what is sold."))
            return None
        known = sku_ids_by_code(list(wanted.values()))
        for row, code in wanted.items():
            if code not in known:
                self.add_error(f"code_{row}", _("No variant on sale has this code."))
        if self.errors:
            return None
        pieces: dict[int, int] = {}
        for row, code in wanted.items():
            pieces[known[code]] = pieces.get(known[code], 0) + (self.cleaned_data[f"quantity_{row}"] or 1)
        return CounterSale(
            phone=self.cleaned_data["phone"],
            name=self.cleaned_data["name"].strip(),
            lines=tuple(WantedLine(sku_id, quantity) for sku_id, quantity in pieces.items()),
            note=self.cleaned_data["note"].strip(),
            expected_payable_fen=self.cleaned_data["payable"],
        )
