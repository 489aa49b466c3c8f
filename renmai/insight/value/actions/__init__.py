"""What this room does by the clock: learn the model anew once a day, and work every customer out by it."""

from renmai.insight.value.actions.learning_anew import learn_anew
from renmai.insight.value.actions.working_out import work_out

__all__ = ["learn_anew", "work_out"]
