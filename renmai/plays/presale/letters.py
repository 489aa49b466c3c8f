"""What the play tells people."""

from django.utils.translation import gettext_lazy as _

from renmai.care.texts import Template, add_texts

DEPOSIT = "presale_deposit"
BALANCE = "presale_balance"
CALLED_OFF = "presale_called_off"

add_texts(
    {
        DEPOSIT: Template(
            "order",
            "receipt",
            _("Deposit received"),
            _(
                "The deposit of order %(order)s is paid: %(amount)s. The balance is due from %(from)s until %(until)s; we write to you then."
            ),
        ),
        BALANCE: Template(
            "order",
            "wallet",
            _("The balance is due"),
            _("Please pay the balance of order %(order)s, %(amount)s, until %(until)s. Then it is sent."),
        ),
        CALLED_OFF: Template(
            "order",
            "warning",
            _("The pre-sale was called off"),
            _("We cannot deliver order %(order)s, and are sorry. Everything you paid goes back: %(reason)s"),
        ),
    }
)
