"""Portraits in the console's words: facets side by side, steps with what proves them, happenings as sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.insight.portraits.facets import PURCHASE, Facet, Source
from renmai.insight.portraits.models import Portrait
from renmai.insight.portraits.queries import Shown, Step

Stage = Portrait.Stage
HAPPENINGS: Mapping[str, "str | Promise"] = {
    "product_viewed": _("Opened the page"),
    "product_lingered": _("Stayed on the page"),
    "sku_chosen": _("Chose a variant"),
    "favourite_added": _("Kept it for later"),
    "cart_added": _("Put it into the cart"),
    PURCHASE: _("Bought it"),
}
PROOFS: Mapping[str, "str | Promise"] = {
    Stage.CONSUMER: _("first order paid"),
    Stage.BENEFICIARY: _("first order kept whole"),
    Stage.SHARER: _("first link of her own"),
    Stage.OPERATOR: _("became an agent"),
}


@dataclass(frozen=True)
class Side:
    """One facet with what she looked at and what she bought beside each other; either may be missing."""

    facet: Facet
    label: "str | Promise"
    looked: Shown | None
    bought: Shown | None


@dataclass(frozen=True)
class StepInWords:
    """One step and what proves it."""

    step: Step
    label: str
    proof: "str | Promise"
    is_order: bool


def sides(shown: Sequence[Shown]) -> list[Side]:
    """Return the facets of a portrait, each once, in their order."""
    found: dict[Facet, dict[Source, Shown]] = {}
    for row in shown:
        found.setdefault(row.facet, {})[row.source] = row
    ordered = sorted(found.items(), key=lambda item: list(Facet).index(item[0]))
    return [
        Side(facet, next(iter(rows.values())).label, rows.get(Source.BROWSING), rows.get(Source.ORDERS))
        for facet, rows in ordered
    ]


def steps_in_words(steps: Sequence[Step]) -> list[StepInWords]:
    """Return the steps with their proofs."""
    orders = {Stage.CONSUMER, Stage.BENEFICIARY}
    return [StepInWords(step, str(step.stage.label), PROOFS[step.stage], step.stage in orders) for step in steps]


def people_named(facts: Portrait | None) -> dict[int, User]:
    """Return the people whom the facts name. One statement, none for none."""
    ids = {pk for pk in (facts.agent_id, facts.brought_by_id) if pk} if facts else set()
    return User.objects.in_bulk(ids) if ids else {}


def evidence_line(what: str) -> "str | Promise":
    """Return a happening in words, its name when there are none."""
    return HAPPENINGS.get(what, what)
