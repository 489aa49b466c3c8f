"""What the checkout's form says, as a draft of an order."""

from collections.abc import Callable
from dataclasses import replace

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import Address, User
from renmai.journeys import checkout
from renmai.journeys.checkout import CheckoutDraft, Choice, WantedLine
from renmai.kernel.errors import DomainError
from renmai.ordering.actions.cart import MAX_QUANTITY
from renmai.web.storefront.numbers import whole, wholes
from renmai.web.storefront.tiles import WAY, funnel_named

WHOLESALE_MOST = 9999
PLAY = "play"
MOST_CHOICES = 10


class CheckoutForm(forms.Form):
    """The words that go with an order."""

    note = forms.CharField(label=_("Note"), max_length=checkout.NOTE_LENGTH, required=False)
    invoice_title = forms.CharField(
        label=_("Invoice title"),
        max_length=checkout.INVOICE_TITLE_LENGTH,
        required=False,
        help_text=_("A person's or a company's name. Leave it empty when you need no invoice."),
    )
    invoice_tax_number = forms.CharField(
        label=_("Tax number"), max_length=30, required=False, help_text=_("15 to 20 digits and capital letters; for companies.")
    )


def read_draft(given: QueryDict, user: User, addresses: Callable[[], list[Address]]) -> CheckoutDraft:
    """Return the draft that a form or an address asks for: one variant at once (``sku_id``), named lines, or what is ticked in the cart.

    Raises ``ordering.quantity``. A choice that was not made is made for her: delivery, her default address, personal style.
    """
    lines, line_ids = _lines(given), wholes(given.getlist("line"))
    if not lines and not line_ids:
        line_ids = checkout.selected_lines(None, user)
    chosen = whole(given.get("choose_address")) or whole(given.get("address_id"))
    return CheckoutDraft(
        lines=lines,
        cart_line_ids=() if lines else line_ids,
        delivery=given.get("delivery", "parcel"),
        address_id=chosen or next((address.pk for address in addresses()), None),
        style=given.get("style", "personal"),
        funnel=funnel_named(given.get(WAY, "")) or CheckoutDraft.funnel,
        plays=_choices(given),
    )


def with_words(draft: CheckoutDraft, form: CheckoutForm, expected: str | None) -> CheckoutDraft:
    """Return the draft with what was typed, and the total that she saw."""
    words = form.cleaned_data
    return replace(
        draft,
        note=words["note"],
        invoice_title=words["invoice_title"],
        invoice_tax_number=words["invoice_tax_number"],
        expected_payable_fen=whole(expected),
    )


def choice_value(choice: Choice) -> str:
    """Return a choice as forms and addresses carry it."""
    return f"{choice.play}:{choice.campaign_id}:{choice.reference}"


def _choices(given: QueryDict) -> tuple[Choice, ...]:
    """Return what was chosen of campaigns: ``play`` as often as one likes, and one ``play-<layer>`` for each list of the page."""
    said = [value for name in sorted(given) if name == PLAY or name.startswith(f"{PLAY}-") for value in given.getlist(name)]
    return tuple(dict.fromkeys(choice for value in said[:MOST_CHOICES] if (choice := _choice(value))))


def _choice(value: str) -> Choice | None:
    play, _colon, rest = value.partition(":")
    campaign, _colon, reference = rest.partition(":")
    campaign_id = whole(campaign)
    return Choice(play[:20], campaign_id, reference[:60]) if campaign_id else None


def _lines(given: QueryDict) -> tuple[WantedLine, ...]:
    sku_id = whole(given.get("sku_id"))
    if sku_id is None:
        return ()
    most = WHOLESALE_MOST if given.get("style") == "wholesale" else MAX_QUANTITY
    quantity = whole(given.get("quantity", "1"))
    if quantity is None or not 1 <= quantity <= most:
        raise DomainError("ordering.quantity", field="quantity", most=most)
    return (WantedLine(sku_id, quantity),)
