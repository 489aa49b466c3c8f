"""What coupons refuse."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "coupon",
    {
        # Claiming.
        "all_gone": (409, _("All coupons of “%(title)s” have been claimed.")),
        "had_yours": (409, _("You have claimed as many of these as one person can.")),
        "word": (404, _("No coupon belongs to this coupon code. Please compare it with where you read it.")),
        "not_on_page": (409, _("This coupon is handed out in another way.")),
        # Using.
        "gone": (409, _("This coupon has been used, or is over.")),
        "threshold": (409, _("%(missing)s of goods that it holds for are missing.")),
        "other_goods": (409, _("It does not hold for these goods.")),
        # Composing.
        "products": (400, _("Please name existing products by their numbers, separated by commas.")),
        "category": (400, _("There is no such category.")),
        "amount": (400, _("Please say how much it takes off, and no more than the order must be worth.")),
        "cap": (400, _("A percentage needs a cap.")),
        "word_needed": (
            400,
            _("Please choose the coupon code that customers type: 4 characters or more, and no other campaign's."),
        ),
        "budget": (409, _("Coupons that people hold must be honoured: all of them together can cost %(needed)s.")),
        "no_reward_campaign": (
            409,
            _(
                "No open campaign hands out coupons as rewards. Please launch a coupon campaign whose coupons are claimed “only as a reward of other campaigns”."
            ),
        ),
        "running": (409, _("%(issued)s coupons are out already.")),
    },
)
