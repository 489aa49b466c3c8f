"""Forms of goods: what a product says, its price, its stock, its commission."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.catalogue.actions import ProductInput
from renmai.catalogue.actions.feeds import MAX_ON_HAND
from renmai.catalogue.models import FreightTemplate, Product
from renmai.catalogue.queries import desk
from renmai.web.console.amounts import FenField, PercentField
from renmai.web.ui.drawing.products import MOTIFS

REASON_LENGTH = 200
SEEDS = 9999
LONG = {"rows": 8, "spellcheck": "true"}
TEXTS = ("title", "subtitle", "description")


class ProductForm(forms.Form):
    """What a product says, in both languages side by side, and where it belongs."""

    title_zh = forms.CharField(label=_("Title, Chinese"), max_length=120)
    title_en = forms.CharField(label=_("Title, English"), max_length=120, required=False)
    subtitle_zh = forms.CharField(label=_("Subtitle, Chinese"), max_length=200, required=False)
    subtitle_en = forms.CharField(label=_("Subtitle, English"), max_length=200, required=False)
    description_zh = forms.CharField(
        label=_("Description, Chinese"), max_length=20_000, required=False, widget=forms.Textarea(attrs=LONG)
    )
    description_en = forms.CharField(
        label=_("Description, English"), max_length=20_000, required=False, widget=forms.Textarea(attrs=LONG)
    )
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Lower-case letters, digits and hyphens; it stays once there are variants.")
    )
    brand = forms.CharField(label=_("Brand"), max_length=60, required=False)
    category_id = forms.TypedChoiceField(label=_("Category"), coerce=int)
    supplier_id = forms.TypedChoiceField(label=_("Supplier"), coerce=int)
    freight_template_id = forms.TypedChoiceField(label=_("Freight"), coerce=int, required=False, empty_value=None)
    keywords = forms.CharField(
        label=_("Search words"), max_length=300, required=False, help_text=_("Other words that people search it by.")
    )
    motif = forms.ChoiceField(
        label=_("Drawing"), required=False, help_text=_("Shown until the product has a picture of its own.")
    )
    picture_seed = forms.IntegerField(label=_("Variant of the drawing"), min_value=0, max_value=SEEDS, initial=0)
    pickup_allowed = forms.BooleanField(label=_("May be picked up"), required=False, initial=True)

    WIDE: ClassVar = frozenset({"description_zh", "description_en"})

    def __init__(self, *args: Any, is_fixed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        choices: dict[str, Any] = {
            "category_id": [
                (row.pk, f"{row.parent.name} › {row.name}" if row.parent else row.name) for row in desk.goods_categories()
            ],
            "supplier_id": [(row.pk, row.name) for row in desk.suppliers()],
            "freight_template_id": [("", _("Carriage included")), *((row.pk, row.name) for row in _templates())],
            "motif": [("", _("Parcel")), *((name, name) for name in sorted(MOTIFS))],
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - the four choices above  # nosec B101
            field.choices = rows
        self.fields["code"].disabled = is_fixed

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The texts, Chinese beside English."""
        return [(self[f"{name}_zh"], self[f"{name}_en"]) for name in TEXTS]

    @property
    def facts(self) -> list[forms.BoundField]:
        """What is the same in every language."""
        names = ("code", "brand", "category_id", "supplier_id", "freight_template_id", "keywords")
        return [self[name] for name in names]

    @property
    def drawing(self) -> list[forms.BoundField]:
        """How it looks without a picture."""
        return [self["motif"], self["picture_seed"]]

    def given(self) -> ProductInput:
        """Return what was typed."""
        return ProductInput(**{**self.cleaned_data, "motif": self.cleaned_data["motif"] or ""})


def initial_of(product: Product) -> dict[str, Any]:
    """Return what the form shows of a product."""
    return {name: getattr(product, name) for name in ProductForm.base_fields}


class PriceForm(forms.Form):
    """A new price."""

    price_fen = FenField(label=_("New price"))


class CountForm(forms.Form):
    """What somebody counted."""

    on_hand = forms.IntegerField(
        label=_("Pieces on hand"),
        min_value=0,
        max_value=MAX_ON_HAND,
        help_text=_("All pieces that lie there, those reserved for unpaid orders included."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, help_text=_("It stands in the log."))


class RateForm(forms.Form):
    """What a product pays to whoever recommends it."""

    basis_points = PercentField(label=_("Commission, in percent of what was paid"))
    second_basis_points = PercentField(label=_("Second level, in percent"), required=False)


class DelistForm(forms.Form):
    """Why goods leave the shelf."""

    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, help_text=_("It stands in the log."))


def _templates() -> list[FreightTemplate]:
    return desk.freight_templates()
