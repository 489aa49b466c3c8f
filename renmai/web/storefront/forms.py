"""Forms of signing in and of the settings. The rooms below check again; these say early and beside the field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.accounts.actions import Purpose


class PhoneForm(forms.Form):
    """The first step of signing in."""

    phone = forms.CharField(
        label=_("Phone number"),
        max_length=24,
        error_messages={"required": _("Please enter your phone number.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "autofocus": True}),
    )
    has_agreed = forms.BooleanField(
        label=_("I have read the terms of use and the privacy notice, and agree."),
        error_messages={"required": _("Please read both and agree, or you cannot have an account.")},
    )


class CodeForm(forms.Form):
    """The second step of signing in."""

    code = forms.CharField(
        label=_("Code from the text message"),
        max_length=12,
        error_messages={"required": _("Please enter the six digits of the text.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "class": "code-input"}
        ),
    )


class NameForm(forms.Form):
    """How others see a member."""

    display_name = forms.CharField(
        label=_("Your name"), max_length=40, help_text=_("Friends to whom you pass something on see it."), widget=forms.TextInput
    )


class ConsentForm(forms.Form):
    """Giving or withdrawing one agreement."""

    purpose = forms.ChoiceField(choices=[(purpose.value, purpose.value) for purpose in Purpose])
    give = forms.ChoiceField(choices=[("1", "1"), ("0", "0")])


class ComplaintForm(forms.Form):
    """What is wrong with something that was shared; the room below says how long it may be."""

    note = forms.CharField(
        label=_("What is wrong?"),
        max_length=300,
        error_messages={"required": _("Please say what is wrong: somebody will read it.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
