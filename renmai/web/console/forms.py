"""The console's forms: they parse and say what is missing; the rooms decide."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import DomainError
from renmai.ordering.actions.shipping import CARRIERS

TEXT_LENGTH = 500


class SignInForm(forms.Form):
    """The first step: who, and what she knows."""

    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The second step: what she has."""

    totp = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class ShipForm(forms.Form):
    """How a parcel travels."""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=CARRIERS)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=40)


class BatchForm(forms.Form):
    """A filled-in template of batch shipping."""

    file = forms.FileField(
        label=_("The filled-in CSV"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}), allow_empty_file=True
    )


class HandOverForm(forms.Form):
    """What the customer shows at the counter."""

    code = forms.CharField(
        label=_("Pickup code"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ApproveForm(forms.Form):
    """Words to the customer, if any."""

    answer = forms.CharField(
        label=_("Words to the customer"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RejectForm(forms.Form):
    """Why not: the customer reads it."""

    answer = forms.CharField(
        label=_("Why not"),
        max_length=TEXT_LENGTH,
        help_text=_("The customer reads these words."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GoodsBackForm(forms.Form):
    """What came back, and in what state."""

    CONDITIONS: ClassVar = [
        ("yes", _("Resaleable: back on the shelf")),
        ("no", _("Not resaleable: it is written off")),
    ]
    is_resaleable = forms.ChoiceField(label=_("State of the goods"), choices=CONDITIONS, widget=forms.RadioSelect)


class ReasonForm(forms.Form):
    """Why something was done to somebody."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is kept in the log."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LeaderForm(forms.Form):
    """Who leads a team."""

    shop_code = forms.CharField(
        label=_("Code of the leader's shop"),
        max_length=12,
        required=False,
        help_text=_("The letters at the end of the shop's address. Empty: nobody leads."),
    )


class RefusalForm(forms.Form):
    """Why somebody's money does not leave: she reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is kept in the log and shown to her."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def blame(form: forms.Form, error: DomainError) -> None:
    """Write a refusal beside the field it belongs to, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, error.sentence)
