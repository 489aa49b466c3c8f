"""What red packets refuse."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "red_packet",
    {
        # Opening.
        "all_gone": (409, _("All red packets of “%(title)s” have been opened.")),
        "had_yours": (409, _("You have opened yours already.")),
        "not_yours": (403, _("These red packets are for others: %(whom)s.")),
        "not_in_wechat": (403, _("WeChat does not allow red packets behind its links. Please open this page in your browser.")),
        # Using.
        "gone": (409, _("This red packet has been used, or is over.")),
        # Composing.
        "too_little": (400, _("Every packet needs a fen.")),
        "pool_fixed": (409, _("The packets and their money stay as they are while the campaign runs.")),
        "no_reward_campaign": (
            409,
            _(
                "No open campaign hands out red packets as rewards. Please launch a red packet campaign that is given “only as a reward of other campaigns”."
            ),
        ),
    },
)
