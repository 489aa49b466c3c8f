"""The agent's forms: they parse, the rooms below decide."""

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.kernel.errors import DomainError
from renmai.policy.rules import Occupation
from renmai.sharing.actions import ShopInput
from renmai.web.workbench import pictures
from renmai.web.workbench.numbers import parse_fen

DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
AMOUNT_LENGTH = 40


class RefusableForm(forms.Form):
    """A form that puts a refusal beside the field it belongs to."""

    field_of: ClassVar[dict[str, str]] = {}
    """The field that a refusal speaks of when it does not say so itself, by its code."""

    def refuse(self, error: DomainError) -> int:
        """Show ``error`` beside its field, or above the form; return the status of the answer."""
        field = error.field or self.field_of.get(error.code, "")
        self.add_error(field if field in self.fields else None, error.sentence)
        return error.status


class PictureForm(RefusableForm):
    """A form with a shop's picture. What was uploaded once is kept, whatever else in the form is refused."""

    picture = forms.FileField(
        label=_("Shop picture"),
        required=False,
        help_text=_("A photo of you or your table, up to 8 MB. Without one we draw you."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    kept_picture = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Store the upload at once; a bad one is refused beside its field."""
        values = super().clean() or {}
        path = pictures.kept(str(values.get("kept_picture", "")))
        file = values.get("picture")
        if file:
            try:
                path = pictures.store(file)
            except DomainError as error:
                self.add_error("picture", error.sentence)
        values["picture_path"] = path
        # What is drawn again after a refusal comes from the data that was sent; the upload itself cannot be sent back.
        self.data = {**self.data.dict(), "kept_picture": pictures.keep(path)} if isinstance(self.data, QueryDict) else self.data
        return values

    @property
    def picture_path(self) -> str:
        """The picture that is kept so far."""
        return pictures.kept(str(self.data.get("kept_picture", ""))) if self.is_bound else ""


class ShopForm(PictureForm):
    """Name, words and picture of a shop."""

    name = forms.CharField(
        label=_("Shop name"),
        min_length=2,
        max_length=30,
        widget=forms.TextInput(attrs={"placeholder": _("Such as: Auntie Zhou's kitchen"), "autocomplete": "off"}),
    )
    voice = forms.CharField(
        label=_("In one sentence, what do you stand for?"),
        required=False,
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("I only recommend what we eat at home"), "autocomplete": "off"}),
    )
    field_order = ("name", "voice", "picture", "kept_picture")

    def shop_input(self) -> ShopInput:
        """Return what was filled in."""
        values = self.cleaned_data
        return ShopInput(name=values["name"], voice=values["voice"], picture_path=values["picture_path"])


class JoinForm(ShopForm):
    """Everything that is asked of a new agent."""

    born_on = forms.DateField(
        label=_("Date of birth"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    occupation = forms.ChoiceField(label=_("What do you do?"), choices=Occupation.choices, widget=forms.RadioSelect)
    has_agreed = forms.BooleanField(label=_("I have read the agent agreement and agree to it"), required=False)


class VoiceForm(RefusableForm):
    """Why she recommends one product."""

    voice = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("What did you like about it? Who is it for?")}),
        help_text=_("At most 200 characters. Say what you know yourself; customers see it beside the product."),
    )


class AmountField(forms.Field):
    """An amount in yuan, as fen."""

    widget = forms.TextInput(
        attrs={"inputmode": "decimal", "autocomplete": "off", "enterkeyhint": "done", "maxlength": AMOUNT_LENGTH}
    )

    def to_python(self, value: Any) -> int | None:
        """Return the fen, or refuse with an example."""
        text = str(value or "").strip()
        if not text:
            return None
        amount_fen = parse_fen(text) if len(text) <= AMOUNT_LENGTH else None
        if amount_fen is None:
            raise forms.ValidationError(_("Please write an amount such as 25 or 25.50, with at most two decimals."))
        return amount_fen


class AmountForm(RefusableForm):
    """How much to withdraw."""

    field_of: ClassVar[dict[str, str]] = {"distribution.not_enough": "amount", "money.amount": "amount"}
    amount = AmountField(label=pgettext_lazy("agent", "Amount"))


class PayoutForm(RefusableForm):
    """Who is paid, and where."""

    real_name = forms.CharField(
        label=_("Real name"),
        max_length=40,
        help_text=_("As in the account that is paid. It is used for the payment and the tax return only."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    payout_account = forms.CharField(
        label=_("Account to be paid"),
        max_length=64,
        help_text=_("Your WeChat or Alipay account. Withdrawals already asked for keep the account they were asked with."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
