"""The form of the play."""

from django import forms
from django.utils.translation import gettext_lazy as _

from renmai.plays.invitation.models import CODE_LENGTH


class CodeForm(forms.Form):
    """Where a friend's code is typed."""

    code = forms.CharField(
        label=_("Invitation code"),
        max_length=CODE_LENGTH + 6,
        help_text=_("Eight letters and digits, from the friend who told you of us."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
