"""What this room does by the clock: learn the model anew once a day, work every customer out by it, count the funnels."""

from renmai.insight.value.actions.counting_funnels import ask_for_funnels, count_funnels
from renmai.insight.value.actions.learning_anew import learn_anew
from renmai.insight.value.actions.working_out import work_out

__all__ = ["ask_for_funnels", "count_funnels", "learn_anew", "work_out"]
