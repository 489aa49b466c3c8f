"""Forms of what follows a purchase: a claim, goods sent back, a review. Pictures come as several files in one field."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from renmai.catalogue.actions.pictures import MAX_BYTES
from renmai.kernel.errors import DomainError
from renmai.ordering.actions.after_sales import NOTE_LENGTH
from renmai.ordering.actions.evidence import MAX_PICTURES
from renmai.ordering.actions.reviews import TEXT_LENGTH
from renmai.ordering.actions.shipping import CARRIERS
from renmai.ordering.models import AfterSale
from renmai.ordering.queries import AFTER_SALE_REASONS
from renmai.web.storefront.checkout_form import WHOLESALE_MOST

QUALITY_REASONS = frozenset({"damaged", "quality", "not_as_described", "wrong_goods"})
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"


class PicturesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return all files of the field."""
        del data
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PicturesField(forms.FileField):
    """Several pictures; refuses too many and too large ones before a byte of them is read."""

    def __init__(self, *, most: int = MAX_PICTURES, too_many: str = "ordering.pictures", **options: Any) -> None:
        self.most, self.too_many = most, too_many
        widget = PicturesInput(attrs={"accept": ACCEPTED})
        super().__init__(required=False, allow_empty_file=True, widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        """Return the uploads. Raises ``ValidationError`` with the sentences of the rooms below."""
        del initial
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(files) > self.most:
            raise forms.ValidationError(DomainError(self.too_many, most=self.most).sentence)
        if any((file.size or 0) > MAX_BYTES for file in files):
            raise forms.ValidationError(DomainError("catalogue.picture_too_large").sentence)
        return files


class ClaimForm(forms.Form):
    """What is asked for some pieces of one line."""

    kind = forms.ChoiceField(label=_("What would you like?"), widget=forms.RadioSelect)
    quantity = forms.IntegerField(label=_("How many?"), min_value=1, max_value=WHOLESALE_MOST)
    reason = forms.ChoiceField(label=_("Why?"), choices=[("", _("Please choose")), *AFTER_SALE_REASONS])
    note = forms.CharField(
        label=_("What should we know?"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    pictures = PicturesField(label=_("Pictures"), help_text=_("Up to 6, each at most 8 MB. They help us to decide at once."))

    def __init__(self, *given: Any, kinds: Sequence[str], **options: Any) -> None:
        super().__init__(*given, **options)
        labels = dict(AfterSale.Kind.choices)
        self.fields["kind"].choices = [(kind, labels[AfterSale.Kind(kind)]) for kind in kinds]  # type: ignore[attr-defined]


class SendBackForm(forms.Form):
    """How the goods travel back."""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=[("", _("Please choose")), *CARRIERS])
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=40)


class ReviewForm(forms.Form):
    """What she says of the goods."""

    rating = forms.TypedChoiceField(
        label=_("How do you like it?"),
        choices=[(str(stars), str(stars)) for stars in range(1, 6)],
        coerce=int,
        error_messages={"required": _("Please give one to five stars."), "invalid_choice": _("Please give one to five stars.")},
    )
    text = forms.CharField(
        label=_("In your words"), max_length=TEXT_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    pictures = PicturesField(label=_("Pictures"), help_text=_("Up to 6, each at most 8 MB."))


def read_all(files: "Sequence[UploadedFile[Any]]") -> tuple[bytes, ...]:
    """Return the bytes of the uploads; their number and sizes were checked before."""
    return tuple(file.read() for file in files)
