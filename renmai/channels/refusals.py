"""What the room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "channels",
    {
        "wechat_off": (404, _("Signing in with WeChat is not set up here.")),
        "wechat_state": (400, _("This sign-in began somewhere else. Please start again.")),
        "wechat_code": (400, _("WeChat did not accept this sign-in. Please start again.")),
        "wechat_unreachable": (503, _("WeChat cannot be reached at the moment. Please sign in by phone.")),
        "redirect": (400, _("That address does not belong to this shop.")),
    },
)
