"""What experiments refuse."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "experiments",
    {
        "unknown_switch": (404, _("There is no such switch here.")),
        "unknown_metric": (400, _("There is no such figure for whom you deal out.")),
        "title": (400, _("Please give the experiment a title of at most 60 characters.")),
        "hypothesis": (400, _("Please say in at least %(minimum)s characters what you expect and why: later it is too late.")),
        "switches": (400, _("Please choose one switch, or up to %(most)s that are tried together.")),
        "campaign": (400, _("Please choose the campaign whose terms are tried, and nothing but its own switches.")),
        "options": (400, _("Please choose at least two ways for “%(switch)s”; with several switches exactly two for each.")),
        "unit": (400, _("“%(switch)s” is not asked for each of these.")),
        "value": (400, _("Please choose a value: %(allowed)s.")),
        "segment": (
            400,
            _("Please choose a saved segment, and members or agents to deal out: of a guest nobody knows where she belongs."),
        ),
        "guardrail": (400, _("A guardrail watches another figure than the one that decides, each once.")),
        "frozen": (409, _("It runs: what was agreed before the first person came stays as it is.")),
        "state": (409, _("The experiment has moved on in the meantime. Please look again.")),
        "layer_full": (409, _("Other experiments have these people already: %(free)s %% of the layer are free.")),
        "switch_taken": (409, _("Experiment %(number)s moves the same switch in another layer.")),
        "holdout_taken": (409, _("There is a holdout already: %(number)s.")),
        "shrinks": (409, _("People who were dealt out stay: the share can only grow.")),
        "decision": (400, _("Please choose what holds from now on.")),
        "reason": (400, _("Please give a reason of at least %(minimum)s characters.")),
    },
)
