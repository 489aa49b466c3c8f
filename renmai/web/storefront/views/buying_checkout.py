"""The checkout: one page between the cart and the cashier. Choices refresh it, one button places the order."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from renmai.accounts import queries as accounts
from renmai.accounts.models import Address, User
from renmai.campaigns import queries as campaigns
from renmai.campaigns.plays import Layer, Option, plays
from renmai.catalogue.freight import FreightReason
from renmai.journeys import checkout as journey
from renmai.journeys.checkout import CheckoutDraft, Quote
from renmai.journeys.quoting import QuoteLine, QuoteParcel, line_of
from renmai.kernel.errors import DomainError
from renmai.policy import queries as policy
from renmai.web.storefront.address_form import AddressForm
from renmai.web.storefront.checkout_form import PLAY, CheckoutForm, choice_value, read_draft, with_words
from renmai.web.storefront.goods import Pictured, pictured
from renmai.web.storefront.keys import key_of
from renmai.web.storefront.numbers import whole
from renmai.web.storefront.tiles import WAY
from renmai.web.storefront.views.buying_paying import to_cashier
from renmai.web.ui.formats import money_text
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, scene_of

FORM_ID = "checkout-form"
TO_CART = frozenset({"ordering.cart_empty", "ordering.too_many_lines", "ordering.currency"})
ADDRESS_CODES = frozenset({"ordering.address_needed"})


@dataclass(frozen=True)
class LineView:
    """One line of a parcel with what stands in its way."""

    line: QuoteLine
    picture: Pictured
    problems: list[str]


@dataclass(frozen=True)
class OptionView:
    """Something of hers that could be used, with the value its button carries."""

    option: Option
    value: str
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """The coupons, packets or points of which one can be used."""

    name: str
    label: "str | Promise"
    options: list[OptionView]

    @property
    def has_chosen(self) -> bool:
        """Whether one of them is used."""
        return any(view.is_chosen for view in self.options)


@dataclass(frozen=True)
class ParcelView:
    """One parcel: who sends it, its lines, its weight, what it costs and why."""

    parcel: QuoteParcel
    lines: list[LineView]
    weight: str
    freight_note: str


@dataclass
class Desk:
    """What the page shows besides the quote: forms with what was typed, and what was just refused."""

    user: User
    form: CheckoutForm
    address_form: AddressForm | None = None
    editing: Address | None = None
    refused: list[str] = field(default_factory=list)
    was_payable_fen: int | None = None
    status: int = 200

    @cached_property
    def addresses(self) -> list[Address]:
        """Her addresses; an order that is placed at once never asks for them."""
        return accounts.addresses(self.user)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def checkout(request: HttpRequest) -> HttpResponse:
    """Show what is about to be ordered, or take one step: another address, another way of delivery, or the order itself."""
    user = member_of(request)
    given = request.POST if request.method == "POST" else request.GET
    act = request.POST.get("act", "")
    desk = Desk(user, CheckoutForm(request.POST if act == "place" else None, initial=given.dict()))
    try:
        draft = read_draft(given, user, lambda: desk.addresses)
        if act == "place":
            return _place(request, desk, draft)
        return _page(request, desk, _address_step(request, desk, draft))
    except DomainError as error:
        if error.code in TO_CART or error.field == "quantity":
            messages.error(request, error.sentence)
            return HttpResponseRedirect(reverse("storefront:cart"))
        raise


def _place(request: HttpRequest, desk: Desk, draft: CheckoutDraft) -> HttpResponse:
    """Place the order and go on to the cashier; a refusal shows the page again with everything that was typed."""
    if not desk.form.is_valid():
        desk.status = 400
        return _page(request, desk, draft)
    came_from = scene_of(request)
    wanted = with_words(draft, desk.form, request.POST.get("payable_fen"))
    if came_from is not None:
        wanted = replace(wanted, source=f"scene-{came_from}")
    try:
        # The browser of somebody who is signed in is hers already: no need to ask whose it is.
        order = journey.place_order(desk.user, None, wanted, idempotency_key=key_of(request))
    except DomainError as error:
        _take_refusal(desk, error, seen_fen=wanted.expected_payable_fen)
        return _page(request, desk, draft, refused=error)
    return to_cashier(request, order)


def _take_refusal(desk: Desk, error: DomainError, *, seen_fen: int | None) -> None:
    if error.code in TO_CART or error.code == "request.not_found":
        raise error
    desk.status = error.status
    if error.code == "ordering.price_changed":
        desk.was_payable_fen = seen_fen
    elif error.field in desk.form.fields:
        desk.form.add_error(error.field, error.sentence)
    else:
        desk.refused.append(error.sentence)


def _address_step(request: HttpRequest, desk: Desk, draft: CheckoutDraft) -> CheckoutDraft:
    """Open or save the form of an address inside its sheet; return the draft with the address that was saved."""
    act = request.POST.get("act", "")
    edit_id = whole(request.POST.get("edit_address"))
    address_id = edit_id or whole(request.POST.get("address_form_id"))
    if address_id and (edit_id or act in ("save_address", "regions")):
        desk.editing = accounts.access_address(desk.user, address_id)
    if edit_id or act == "new_address" or (not desk.addresses and not act):
        desk.address_form = AddressForm(address=desk.editing, user=desk.user, owner=FORM_ID)
    elif act == "regions":
        desk.address_form = AddressForm(request.POST, owner=FORM_ID).quiet()
    elif act == "save_address":
        form = AddressForm(request.POST, owner=FORM_ID)
        saved = form.save(desk.user, address_id=address_id)
        if saved is None:
            desk.address_form, desk.status = form, form.status
        else:
            del desk.addresses
            return replace(draft, address_id=saved.pk)
    return draft


def _page(request: HttpRequest, desk: Desk, draft: CheckoutDraft, *, refused: DomainError | None = None) -> HttpResponse:
    try:
        quote = journey.quote(desk.user, draft, addresses=desk.addresses)
    except DomainError as error:
        # What she chose on this page does not go together, or is gone: she sees why, and the price without it.
        without = replace(draft, plays=tuple(choice for choice in draft.plays if _sets_the_price(choice.play)))
        if error.code in TO_CART or without.plays == draft.plays:
            raise
        desk.refused.append(error.sentence)
        draft, quote = without, journey.quote(desk.user, without, addresses=desk.addresses)
    if refused is not None and refused.code in {problem.code for problem in quote.problems}:
        desk.refused = []
    is_htmx = bool(request.headers.get("HX-Request"))
    return render(
        request, "storefront/buying/checkout.html", _context(desk, draft, quote), status=200 if is_htmx else desk.status
    )


def _sets_the_price(key: str) -> bool:
    """Whether a play changes the price of the goods themselves; an address can name a play that is not here (any more)."""
    known = plays().get(key)
    return known is not None and known.layer is Layer.PRICE


def _context(desk: Desk, draft: CheckoutDraft, quote: Quote) -> dict[str, Any]:
    by_sku: dict[int, list[str]] = defaultdict(list)
    for problem in quote.problems:
        if problem.sku_id is not None:
            by_sku[problem.sku_id].append(problem.sentence)
    general = [problem.sentence for problem in quote.problems if problem.sku_id is None and problem.code not in ADDRESS_CODES]
    return {
        "quote": quote,
        "draft": draft,
        "carried": _carried(draft),
        "parcels": [_parcel(quote, parcel, by_sku) for parcel in quote.parcels],
        "pieces": sum(line.quantity for line in quote.lines),
        "address": next((row for row in desk.addresses if row.pk == draft.address_id), None),
        "addresses": desk.addresses,
        "can_add": len(desk.addresses) < accounts.ADDRESS_LIMIT,
        "needs_address": any(problem.code in ADDRESS_CODES for problem in quote.problems),
        "has_pickup": draft.delivery == "pickup" or _can_pick_up(quote),
        "wholesale": _wholesale(draft, quote),
        "refused": [*desk.refused, *general],
        "choices": _choices_of(desk.user, draft, quote),
        "form": desk.form,
        "address_form": desk.address_form,
        "editing": desk.editing,
        "is_sheet_open": desk.address_form is not None and (bool(desk.addresses) or desk.address_form.is_bound),
        "was_payable_fen": desk.was_payable_fen,
        "single": quote.lines[0] if draft.lines else None,
        "back_url": reverse("storefront:product", args=[quote.lines[0].sku.product_id])
        if draft.lines
        else reverse("storefront:cart"),
    }


def _carried(draft: CheckoutDraft) -> list[tuple[str, object]]:
    """What the form carries along so that the same form asks for the same goods, whatever happens in another window."""
    lines: list[tuple[str, object]] = [("line", line_id) for line_id in draft.cart_line_ids]
    if draft.lines:
        lines = [("sku_id", draft.lines[0].sku_id), (WAY, draft.funnel)]
    prices = [(PLAY, choice_value(choice)) for choice in draft.plays if plays()[choice.play].layer in {Layer.PRICE, Layer.NONE}]
    return [*lines, *prices, ("address_id", draft.address_id or "")]


def _choices_of(user: User, draft: CheckoutDraft, quote: Quote) -> list[Choices]:
    """Return what she could use with this order: one list for each layer, because one of each is what goes."""
    lines = [line_of(replace(line, discount_fen=0)) for line in quote.lines]
    chosen = {choice_value(choice) for choice in draft.plays}
    priced_by = next((choice.play for choice in draft.plays if _sets_the_price(choice.play)), "")
    return [
        Choices(
            name=f"{PLAY}-{layer.value}",
            label=layer.label,
            options=[
                OptionView(option, choice_value(option.choice), choice_value(option.choice) in chosen) for option in options
            ],
        )
        for layer, options in campaigns.options_for(user, lines, priced_by=priced_by).items()
    ]


def _wholesale(draft: CheckoutDraft, quote: Quote) -> list[QuoteLine]:
    """Return the lines with a wholesale price, when asking is of use: she buys so already, or could with these quantities or more."""
    lines = [line for line in quote.lines if line.sku.wholesale_price_fen is not None]
    is_near = bool(draft.lines) or any(line.quantity >= line.sku.wholesale_minimum for line in lines)
    return lines if is_near or draft.style == "wholesale" else []


def _can_pick_up(quote: Quote) -> bool:
    return all(line.sku.pickup_allowed for line in quote.lines) and policy.switch("pickup.enabled")


def _parcel(quote: Quote, parcel: QuoteParcel, by_sku: dict[int, list[str]]) -> ParcelView:
    lines = [quote.lines[index] for index in parcel.line_indexes]
    return ParcelView(
        parcel=parcel,
        lines=[LineView(line, pictured(line.sku, line.sku.picture), by_sku.get(line.sku.sku_id, [])) for line in lines],
        weight=_weight_text(parcel.weight_grams),
        freight_note=_freight_note(parcel, quote.currency),
    )


def _weight_text(grams: int) -> str:
    return f"{grams // 1000}.{grams % 1000 // 100} kg" if grams >= 1000 else f"{grams} g"


def _freight_note(parcel: QuoteParcel, currency: str) -> str:
    """Say why the carriage of this parcel costs what it costs."""
    if parcel.freight is None:
        return ""
    notes = []
    for part in parcel.freight.parts:
        free_over = money_text(part.free_over_fen, currency) if part.free_over_fen is not None else ""
        match part.reason:
            case FreightReason.INCLUDED:
                notes.append(_("included in the price"))
            case FreightReason.FREE_OVER:
                notes.append(_("free from %(amount)s") % {"amount": free_over})
            case FreightReason.BY_WEIGHT if free_over:
                notes.append(_("by weight, free from %(amount)s") % {"amount": free_over})
            case FreightReason.BY_WEIGHT:
                notes.append(_("by weight"))
            case FreightReason.NOT_SERVED:
                notes.append(_("not delivered there"))
    return " · ".join(dict.fromkeys(notes))
