"""The field of tiers: how many people, at which price; a few rows, empty ones are passed over."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from renmai.campaigns.terms import MOST_TIERS
from renmai.web.console.amounts import hundredths, whole, yuan

SPARE: Final = 2
LEAST: Final = 3
CELL_LENGTH: Final = 20


class TiersWidget(forms.Widget):
    """Reads two columns of inputs: ``<name>_people`` and ``<name>_price``."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str]]:
        """Return the rows as they were typed."""
        columns = (data.getlist(f"{name}_people"), data.getlist(f"{name}_price"))
        rows = [(people[:CELL_LENGTH].strip(), price[:CELL_LENGTH].strip()) for people, price in zip(*columns, strict=False)]
        return rows[:MOST_TIERS]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the form was sent without it."""
        return f"{name}_people" not in data


class TiersField(forms.Field):
    """Sizes of a group with their prices; its value is a list of ``[people, fen]``."""

    widget = TiersWidget

    def __init__(self, *, fewest: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.fewest, self.most = fewest, most

    def clean(self, value: Any) -> Any:
        """Return the rows that were filled in. That they rise and fall is for the room to say."""
        rows = [row for row in value or [] if any(row)]
        if not rows and self.required:
            raise ValidationError(_("Please fill in one size with its price at least."))
        found = [[whole(people, minimum=self.fewest, maximum=self.most), hundredths(price)] for people, price in rows]
        if any(not people or not price for people, price in found):
            told = _("Each row needs a number of people from %(fewest)s to %(most)s and a price in yuan.")
            raise ValidationError(told, params={"fewest": self.fewest, "most": self.most})
        return found


def shown_rows(value: Any) -> list[tuple[str, str]]:
    """Return the rows to draw: what was typed, or what stands in the terms, and some empty ones."""
    rows = [(str(people), yuan(price) if isinstance(price, int) else str(price)) for people, price in value or []]
    filled = [row for row in rows if any(row)]
    return (filled + [("", "")] * max(SPARE, LEAST - len(filled)))[:MOST_TIERS]
