"""What the demo's people say of what is shared with them. Drawn apart, so that nothing else of their world depends on it."""

from random import Random

from renmai.accounts.models import User
from renmai.sharing.models import Share
from renmai.trust import actions as trust

SPEAKS, IS_PLEASED, MUTES = 0.2, 0.85, 0.12
COMPLAINTS = ("说是产地直发，到手发现不是，希望核实。", "一天发了好几条，内容都一样。")


class Sayings:
    """The habits of all receivers."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(f"{seed}:said")  # noqa: S311 - the same on every machine, on purpose  # nosec B311
        self.displeased: list[tuple[User, Share]] = []

    def after_opening(self, user: User | None, link: Share, *, likes: bool) -> None:
        """Say perhaps whether a link was of use, or mute whoever shared it; a guest says nothing, nor does anybody of her own link."""
        if user is None or user.pk == link.sharer_id or self.draw.random() > SPEAKS:
            return
        if self.draw.random() < (IS_PLEASED if likes else 1 - IS_PLEASED):
            trust.say(user, link, "useful")
        elif self.draw.random() < MUTES:
            trust.say(user, link, "mute")
        else:
            trust.say(user, link, "not_useful")
            self.displeased.append((user, link))

    def complain(self) -> None:
        """Complain, at the end of the world, about what displeased somebody last: so one sharer is found paused."""
        if self.displeased:
            user, link = self.displeased[-1]
            trust.complain(user, link, note=self.draw.choice(COMPLAINTS))
