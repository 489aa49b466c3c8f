"""Tags of the pages of experiments."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from renmai.insight.experiments.models import Experiment
from renmai.web.console.experiment_words import TONES
from renmai.web.console.templatetags.console import badge

register = template.Library()


@register.simple_tag
def experiment_status(row: Experiment) -> SafeString:
    """Draw the state of an experiment."""
    return badge(row.get_status_display(), TONES.get(row.status, ""))


@register.simple_tag
def experiment_act_url(name: str, experiment_id: int) -> str:
    """Return the address of an act on an experiment."""
    return reverse(f"console:experiment_{name}", args=[experiment_id])
