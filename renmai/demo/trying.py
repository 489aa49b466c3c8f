"""What the demo's owner tries out: an experiment that is decided, and one that runs.

Nothing is planted: people of the demo do not care what stands first on the home page, and the figures say so.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from renmai.insight.experiments import actions
from renmai.insight.experiments.actions import Draft
from renmai.insight.experiments.models import Experiment
from renmai.insight.experiments.running import forget_running

if TYPE_CHECKING:
    from renmai.demo.world import World

SWITCH: Final = {"home.shelf": ("sold", "newest")}
FIRST = Draft(
    title="首页先放热销，还是先放新品？",
    hypothesis="常来的会员已经看过热销品；先放新品，她们更可能看到没见过的东西，因此更多人下单。",
    unit="member",
    metric="bought",
    lift_basis_points=2500,
    switches=SWITCH,
    guardrails=(("returns", 3000),),
    window_days=14,
)
DECISION = "两个月下来区间始终含着零：换成新品看不出好处，保持原样。"
SECOND = Draft(
    title="先放新品，会员会多看几样吗？",
    hypothesis="下单没有变多，但先放新品也许让人多逛几样；看得多，以后才买得多。",
    unit="member",
    metric="looks",
    lift_basis_points=2000,
    switches=SWITCH,
    guardrails=(("kept", 3000),),
    window_days=5,
)
BEGINS, DECIDED, AGAIN = 0.15, 0.72, 0.75
"""When, as parts of the world's time."""


class Trying:
    """Two experiments of one world, one after the other."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.owner = world.staff["owner"]
        self.first: Experiment
        forget_running()  # whatever ran in a world before this one is not there any more

    def plan(self) -> None:
        """Note when what begins and is decided."""
        for part, act in ((BEGINS, self.begin), (DECIDED, self.decide), (AGAIN, self.begin_again)):
            self.world.agenda.note(self.world.begin + timedelta(days=self.world.days * part), act)

    def begin(self) -> None:
        """Start the first one."""
        self.first = actions.start(self.owner, actions.compose(self.owner, FIRST))

    def decide(self) -> None:
        """Keep things as they are, because nothing else was shown."""
        actions.decide(self.owner, Experiment.objects.get(pk=self.first.pk), variant="sold", reason=DECISION)

    def begin_again(self) -> None:
        """Start the one that still runs."""
        actions.start(self.owner, actions.compose(self.owner, SECOND))
