"""What campaigns refuse."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "campaigns",
    {
        # Taking part.
        "unknown_play": (404, _("There is no such play here.")),
        "unknown_benefit": (409, _("Nothing here hands out rewards of this kind.")),
        "not_open": (409, _("“%(title)s” is not open now.")),
        "not_offered": (409, _("This offer cannot be used with this order.")),
        "not_together": (409, _("%(first)s and %(second)s cannot be used in one order.")),
        "once": (409, _("%(first)s can be used once in an order.")),
        "budget": (409, _("“%(title)s” has given out everything it had.")),
        # Composing.
        "title": (400, _("Please give the campaign a title of at most 60 characters.")),
        "copy": (400, _("The text is too long.")),
        "period": (400, _("The end must come after the beginning, and lie ahead.")),
        "channels": (400, _("Please choose where it may be shared.")),
        "value": (400, _("Please choose a value: %(allowed)s.")),
        "bounds": (400, _("Please choose a bound between 0 and 100 percent.")),
        "state": (409, _("The campaign has moved on in the meantime. Please look again.")),
        "running": (409, _("This cannot be changed while the campaign runs.")),
        "refused_by_policy": (409, _("%(says)s (rule %(rule)s, %(source)s)")),
        "changed_since": (409, _("It was changed since you opened it. Please look at what it says now.")),
        "same_arms": (409, _("Two of the variants promise the same.")),
        "same_person": (409, _("Somebody else must give the second look.")),
        "reason": (400, _("Please give a reason of at least %(minimum)s characters.")),
        # Scenes.
        "slug": (400, _("Please use small Latin letters, digits and single hyphens, at most 60.")),
        "slug_taken": (409, _("Another scene has this address already.")),
        "slug_fixed": (409, _("Its address stays: people have links to it.")),
        "block": (400, _("This block cannot be understood.")),
        "blocks": (400, _("A scene has at most %(most)s blocks.")),
        "block_unfinished": (400, _("Block %(number)s is not finished: please fill this in.")),
        "block_gone": (409, _("Block %(number)s shows something that is not there, or not any more.")),
        "block_path": (400, _("Please choose a page of this shop: its address begins with a slash.")),
        "scene_empty": (400, _("Please add a block first.")),
        # Rewards.
        "reward_state": (409, _("This reward has been decided already.")),
    },
)
