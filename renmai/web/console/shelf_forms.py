"""Forms of what goods hang on: categories and suppliers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.accounts.queries import cities
from renmai.catalogue.actions import CategoryInput, SupplierInput
from renmai.catalogue.models import Category, Supplier
from renmai.catalogue.queries import desk
from renmai.web.ui.drawing.products import MOTIFS

CSV_TEXT_LENGTH = 2_000_000


class CategoryForm(forms.Form):
    """A shelf, on top or within another one."""

    name_zh = forms.CharField(label=_("Name, Chinese"), max_length=40)
    name_en = forms.CharField(label=_("Name, English"), max_length=40)
    slug = forms.SlugField(label=_("Word in its address"), max_length=60, help_text=_("Latin letters, digits and hyphens."))
    parent_id = forms.TypedChoiceField(label=_("Within"), coerce=int, required=False, empty_value=None)
    motif = forms.ChoiceField(label=_("Drawing"), required=False)

    def __init__(self, *args: Any, category: Category | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.category = category
        tops = [row for row in desk.goods_categories() if row.parent_id is None and row != category]
        _choose(self, "parent_id", [("", _("On top")), *((row.pk, row.name) for row in tops)])
        _choose(self, "motif", [("", _("Parcel")), *((name, name) for name in sorted(MOTIFS))])

    def given(self) -> CategoryInput:
        """Return what was typed; the place among its siblings stays."""
        position = self.category.position if self.category else 10_000
        return CategoryInput(**{**self.cleaned_data, "motif": self.cleaned_data["motif"] or ""}, position=position)


class SupplierForm(forms.Form):
    """Who holds goods and packs parcels."""

    name_zh = forms.CharField(label=_("Name, Chinese"), max_length=60)
    name_en = forms.CharField(label=_("Name, English"), max_length=60, required=False)
    code = forms.SlugField(label=_("Code"), max_length=40)
    region_code = forms.ChoiceField(label=_("Parcels leave from"), required=False)
    ship_within_hours = forms.IntegerField(
        label=_("Ships within hours"), min_value=1, max_value=24 * 60, help_text=_("Later than that counts as late.")
    )
    is_active = forms.BooleanField(label=_("Works with us"), required=False)

    def __init__(self, *args: Any, supplier: Supplier | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        groups: dict[str, list[tuple[str, str]]] = {}
        for city in cities():
            place = city.parent.name if city.parent else ""
            groups.setdefault(place, []).append((city.code, place if city.is_formal else city.name))
        rows: list[Any] = [("", _("Not said")), *groups.items()]
        now = supplier.region if supplier else None
        if now is not None and now.code not in {code for choices in groups.values() for code, _name in choices}:
            rows.insert(1, (now.code, now.name))
        _choose(self, "region_code", rows)

    def given(self) -> SupplierInput:
        """Return what was typed."""
        return SupplierInput(**self.cleaned_data)


class FeedForm(forms.Form):
    """A stock feed: a file, or its text."""

    file = forms.FileField(
        label=_("Stock feed as CSV"),
        required=False,
        allow_empty_file=True,
        help_text=_("Columns sku_code and on_hand; others are passed over."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    text = forms.CharField(
        label=_("or its lines"), required=False, max_length=CSV_TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 4})
    )


def initial_of_supplier(row: Supplier) -> dict[str, Any]:
    """Return what the form shows of a supplier."""
    return {name: getattr(row, name, None) for name in SupplierForm.base_fields} | {"region_code": row.region_id or ""}


def initial_of_category(row: Category) -> dict[str, Any]:
    """Return what the form shows of a category."""
    return {name: getattr(row, name) for name in CategoryForm.base_fields}


def _choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - a mistake of ours  # nosec B101
    field.choices = choices
