"""What carts, orders, parcels, claims and reviews refuse."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "ordering",
    {
        # Carts and checkout.
        "quantity": (400, _("Please choose a quantity between 1 and %(most)s.")),
        "cart_full": (409, _("Your cart is full (%(most)s lines). Please check out or remove something first.")),
        "cart_empty": (400, _("Please choose something to buy first.")),
        "deposit": (409, _("A deposit is a part of the price, not all of it.")),
        "balance_not_open": (409, _("The balance cannot be paid yet.")),
        "sold_out": (409, _("“%(title)s” is sold out.")),
        "not_enough": (409, _("Only %(left)s of “%(title)s” are left.")),
        "delisted": (409, _("“%(title)s” is no longer on sale.")),
        "wholesale_only_some": (409, _("“%(title)s” has no wholesale price.")),
        "wholesale_minimum": (409, _("Wholesale of “%(title)s” starts at %(minimum)s pieces.")),
        "address_needed": (400, _("Please choose a delivery address.")),
        "not_served": (409, _("We cannot deliver “%(title)s” to this region.")),
        "no_pickup": (409, _("“%(title)s” cannot be picked up.")),
        "pickup_off": (409, _("Pickup is not offered at the moment.")),
        "delivery": (400, _("Please choose delivery or pickup.")),
        "style": (400, _("Please choose personal or wholesale.")),
        "currency": (409, _("These goods are sold in different currencies. Please order them separately.")),
        "invoice": (400, _("Please check the invoice title and the tax number.")),
        "note": (400, _("The note is too long.")),
        "too_many_lines": (400, _("An order can have at most %(most)s lines.")),
        "price_changed": (409, _("The price has changed in the meantime. Please look at the total again.")),
        "still_waits": (409, _("This order waits for others to join. Leave it on its own page, and the money goes back.")),
        "discount": (409, _("The discounts are larger than the price.")),
        # Orders.
        "not_payable": (409, _("This order cannot be paid any more.")),
        "not_cancellable": (409, _("This order can no longer be cancelled. You can ask for a refund instead.")),
        "not_receivable": (409, _("There is nothing to confirm yet: not every parcel has left.")),
        "pickup_code": (400, _("This pickup code is wrong.")),
        "not_a_pickup": (409, _("This order is not waiting to be picked up.")),
        # Parcels.
        "parcel_gone": (409, _("This parcel is not waiting for shipment any more.")),
        "parcel_pickup": (409, _("This order is picked up by the customer, it is not shipped.")),
        "not_on_its_way": (409, _("This parcel is not on its way.")),
        "carrier": (400, _("Please choose a carrier.")),
        "tracking": (400, _("Please enter a tracking number of 6 to 40 letters and digits.")),
        "csv_header": (400, _("The first row of the file must be: %(header)s")),
        "csv_broken": (400, _("This file is not a readable CSV.")),
        "csv_rows": (400, _("The file has too many rows (at most %(most)s).")),
        "csv_row": (400, _("Row %(row)s has too few columns.")),
        "csv_unknown": (404, _("There is no parcel %(number)s.")),
        # Claims.
        "claim_kind": (400, _("This kind of claim is not possible for this line.")),
        "claim_reason": (400, _("Please choose a reason.")),
        "claim_quantity": (409, _("At most %(most)s pieces of this line can be claimed.")),
        "claim_window": (409, _("The after-sales window of this order is over.")),
        "claim_state": (409, _("This claim has moved on in the meantime. Please look again.")),
        "not_claimable": (409, _("Nothing of this order can be claimed at the moment.")),
        "answer": (400, _("Please say why, in at most 500 characters.")),
        "pictures": (400, _("At most %(most)s pictures can be added.")),
        # Reviews.
        "rating": (400, _("Please give one to five stars.")),
        "review_text": (400, _("The review is too long.")),
        "not_reviewable": (409, _("Only goods that you have received can be reviewed.")),
        "review_window": (409, _("The time to review this purchase is over.")),
        "reviewed": (409, _("You have reviewed this already.")),
        # Suggestions.
        "suggestion_text": (400, _("Please write %(least)s to %(most)s characters.")),
        "suggestion_link": (400, _("Please leave out links and numbers: a suggestion is about the goods.")),
        "suggestions_often": (429, _("%(most)s suggestions a day are the most. Please come back tomorrow.")),
        "suggested": (409, _("You have suggested this already.")),
        "suggestion_state": (409, _("This suggestion has moved on in the meantime. Please look again.")),
        "suggestion_product": (400, _("Please name the product that it changed.")),
        "suggestion_since": (400, _("Choose a day from the suggestion on, today at the latest.")),
    },
)
