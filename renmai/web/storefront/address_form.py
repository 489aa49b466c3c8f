"""The form of an address. China's regions are three selects of which each depends on the one above; without JavaScript, step by step."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from renmai.accounts import actions as accounts
from renmai.accounts import queries
from renmai.accounts.inputs import AddressInput
from renmai.accounts.models import Address, User
from renmai.kernel.errors import DomainError

LEVELS = ("province", "city", "district")
FIELD_OF = {"region_code": "district", "recipient": "recipient", "phone": "phone", "street": "street"}
SELECT = {"hx-get": reverse_lazy("storefront:regions"), "hx-target": "#regions", "hx-swap": "outerHTML", "hx-include": "#regions"}
CHOOSE = {"province": _("Province"), "city": _("City"), "district": _("District")}


class AddressForm(forms.Form):
    """Who receives the parcel and where. It only parses: ``accounts.save_address`` decides what is good."""

    recipient = forms.CharField(label=_("Recipient"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Phone"), widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"})
    )
    province = forms.CharField(label=_("Province"), required=False, widget=forms.Select(attrs=SELECT))
    city = forms.CharField(label=_("City"), required=False, widget=forms.Select(attrs=SELECT))
    district = forms.CharField(
        label=_("District"),
        widget=forms.Select(),
        error_messages={"required": _("Please choose province, city and district.")},
    )
    street = forms.CharField(label=_("Street and house number"), widget=forms.TextInput(attrs={"autocomplete": "street-address"}))
    is_default = forms.BooleanField(label=_("Use this address by default"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        address: Address | None = None,
        user: User | None = None,
        owner: str = "",
    ) -> None:
        given = data.copy() if data is not None else None
        super().__init__(given, initial=_initial(address, user), auto_id="address_%s", use_required_attribute=not owner)
        self.status = 200
        self._load_regions(given)
        if owner:
            for field in self.fields.values():
                field.widget.attrs["form"] = owner

    def quiet(self) -> "AddressForm":
        """Return the form without complaints: she is still choosing."""
        self.errors.clear()
        return self

    def address_input(self) -> AddressInput:
        """Return what was typed, for ``save_address``."""
        given = self.cleaned_data
        return AddressInput(given["recipient"], given["phone"], given["district"], given["street"], given["is_default"])

    def save(self, user: User, *, address_id: int | None = None) -> Address | None:
        """Save what was typed; None with the errors beside their fields and the ``status`` to answer with."""
        self.status = 400
        if not self.is_valid():
            return None
        try:
            return accounts.save_address(user, self.address_input(), address_id=address_id)
        except DomainError as error:
            if error.code == "request.not_found":
                raise
            self.status = error.status
            self.add_error(FIELD_OF.get(error.field), error.sentence)
            return None

    def _load_regions(self, given: QueryDict | None) -> None:
        """Fill each select with what lies below the one above; a choice that does not belong there is dropped."""
        parent: str | None = None
        for position, level in enumerate(LEVELS):
            rows = queries.regions(parent) if parent or not position else []
            choices: list[tuple[str, object]] = [("", CHOOSE[level]), *((row.code, row.name) for row in rows)]
            self.fields[level].widget.choices = choices
            chosen = str(self[level].value() or "")
            parent = chosen if chosen in {row.code for row in rows} else None
            if parent is None and chosen and given is not None:
                given[level] = ""


def _initial(address: Address | None, user: User | None) -> dict[str, Any]:
    if address is None:
        return {"recipient": "", "phone": (user.phone or "") if user else ""}
    city = queries.region(address.region_id).parent
    return {
        "recipient": address.recipient,
        "phone": address.phone,
        "province": city.parent_id if city else "",
        "city": city.pk if city else "",
        "district": address.region_id,
        "street": address.street,
        "is_default": address.is_default,
    }
