"""Tags of the pages of campaigns."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from renmai.campaigns.actions import Draft
from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Play
from renmai.campaigns.queries.standing import Bound
from renmai.campaigns.scenes.blocks import KINDS, LANGUAGES
from renmai.campaigns.scenes.models import Scene
from renmai.catalogue.models import in_language
from renmai.web.console import campaign_words
from renmai.web.console.objections import Objections
from renmai.web.console.scene_form import TEXT_LABELS, BlockDraft, SceneDraft
from renmai.web.console.sku_choice import SkuOption
from renmai.web.console.templatetags.console import badge
from renmai.web.ui.templatetags.ui import icon

register = template.Library()


@register.simple_tag
def campaign_status(campaign: Campaign) -> SafeString:
    """Draw the state of a campaign."""
    return badge(campaign.get_status_display(), campaign_words.TONES.get(campaign.status, ""))


@register.simple_tag
def act_url(name: str, campaign_id: int) -> str:
    """Return the address of an act on a campaign."""
    return reverse(f"console:campaign_{name}", args=[campaign_id])


@register.simple_tag
def said_at(said: Objections, place: str, *, swap: bool = False) -> SafeString:
    """Draw what the linter says about one field, or the empty place for it; ``swap`` lets htmx put it there."""
    context = {"slot": slugify(place.replace(".", "-")), "objections": said.by_place.get(place, ()), "swap": swap}
    return mark_safe(render_to_string("console/campaigns/parts/said.html", context))  # noqa: S308 - our own template  # nosec B308 B703


@register.simple_tag(takes_context=True)
def play_preview(context: template.Context, play: Play, preview: Mapping[str, Any]) -> SafeString:
    """Draw what a play shows of its terms, in its own template."""
    drawn = render_to_string(play.preview_template, dict(preview), context.get("request"))
    return mark_safe(drawn)  # noqa: S308 - the play's own template, escaped there  # nosec B308 B703


@register.simple_tag
def play_styles(play: Play) -> SafeString:
    """Link the style sheet of a play, ``<key>/<key>.css``, if it has one, so that its preview looks like its pages."""
    path = f"{play.key}/{play.key}.css"
    if finders.find(path) is None:
        return mark_safe("")  # nosec B308
    return format_html('<link rel="stylesheet" href="{}">', static(path))


@register.filter
def in_words(draft: Draft | SceneDraft, name: str) -> str:
    """Return the title or the copy of a draft in the active language."""
    return in_language(getattr(draft, f"{name}_zh"), getattr(draft, f"{name}_en"))


@register.filter
def chosen_sku(bound: BoundField, skus: Mapping[int, SkuOption]) -> SkuOption | None:
    """Return the variant that stands in a field, None for none."""
    text = str(bound.value() or "")
    return skus.get(int(text)) if text.isascii() and text.isdigit() else None


@register.simple_tag
def scene_status(scene: Scene) -> SafeString:
    """Draw the state of a scene."""
    return badge(scene.get_status_display(), campaign_words.SCENE_TONES.get(scene.status, ""))


@register.simple_tag
def problem_at(problems: Mapping[str, str], place: str) -> SafeString:
    """Draw what is wrong with one field, nothing when nothing is."""
    sentence = problems.get(place, "")
    return (
        format_html('<p class="field-error">{}<span>{}</span></p>', icon("warning", "small"), sentence)
        if sentence
        else SafeString()
    )


@register.simple_tag
def scene_problem(draft: SceneDraft, item: BlockDraft, name: str) -> SafeString:
    """Draw what is wrong with one field of a block, or (no name) with the block as a whole."""
    return problem_at(draft.problems, f"{item.index}.{name}" if name else str(item.index))


@register.filter
def block_texts(item: BlockDraft) -> list[tuple[str, "str | Promise", str, str, int, str]]:
    """Return the words of a block: name and label of the field, place of what is said of it, text, longest length, language."""
    return [
        (
            f"{item.prefix}{name}_{language}",
            TEXT_LABELS[name, language],
            f"{item.index}.{name}_{language}",
            item.block[f"{name}_{language}"],
            most,
            language,
        )
        for name, most in KINDS[item.kind].texts.items()
        for language in LANGUAGES
    ]


@register.filter
def bound_label(bound: Bound) -> "str | Promise":
    """Say what a guardrail watches."""
    return campaign_words.BOUNDS[bound.name]


@register.simple_tag
def bound_state(bound: Bound) -> SafeString:
    """Draw how a guardrail stands."""
    text, tone = campaign_words.BOUND_STATES[bound.state]
    return badge(str(text), tone)
