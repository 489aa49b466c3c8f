"""A play with a field of every kind, for the editor that is made of a play's fields."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from renmai.campaigns.models import Campaign
from renmai.campaigns.plays import Field, Figure, play
from renmai.campaigns.tests.fakes import FakePlay, installed
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.policy.linting import CampaignFacts
from renmai.web.console.amounts import percent, yuan
from renmai.web.console.campaign_form import PREFIX

KEY = "sample"
FIELDS = (
    Field(name="sku_id", kind="sku", label="Goods", default=0, group="What it is about"),
    Field(name="tiers", kind="tiers", label="Sizes", default=[[2, 900], [5, 700]], minimum=2, maximum=50),
    Field(name="off_fen", kind="fen", label="Off", default=100, minimum=1, maximum=100_000, help="Off each order."),
    Field(name="share", kind="basis_points", label="Part", default=250, minimum=0, maximum=5000),
    Field(name="hours", kind="hours", label="Lasts", default=24, minimum=1, maximum=72, group="Limits"),
    Field(name="most", kind="integer", label="At most", default=2, minimum=1, maximum=9, group="Limits"),
    Field(name="is_open", kind="switch", label="Open groups", default=True, group="Limits"),
    Field(
        name="late",
        kind="choice",
        label="When late",
        default="refund",
        choices=(("refund", "Refund"), ("new", "New")),
        group="Limits",
    ),
    Field(name="slogan", kind="text", label="Slogan", default="", is_required=False, maximum=40),
    Field(name="cap_fen", kind="fen", label="Cap", default=None, minimum=1, maximum=10_000, is_required=False),
    Field(name="helpers", kind="switch", label="Friends help", default=False),
)


@dataclass
class SamplePlay(FakePlay):
    """Takes every kind of term; ``helpers`` is what WeChat bans."""

    key: str = KEY  # type: ignore[misc]
    title: str = "Sample play"  # type: ignore[misc]
    says: str = "Shows what an editor can do."  # type: ignore[misc]
    fields: tuple[Field, ...] = field(default=FIELDS)  # type: ignore[misc]
    preview_template: str = "ui/components/notice.html"  # type: ignore[misc]
    benefits: frozenset[str] = frozenset({"sample_gift"})  # type: ignore[misc]
    can: bool = True

    def can_give(self, benefit: str) -> bool:
        return self.can

    def promises(self, terms: Mapping[str, Any]) -> frozenset[str]:
        return self.benefits

    def check(self, terms: Mapping[str, Any]) -> None:
        if terms["most"] > terms["hours"]:
            raise DomainError("campaigns.value", field="most", allowed="fewer than hours")

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        return CampaignFacts(needs_helpers=bool(terms["helpers"]))

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"text": f"takes {terms['off_fen']} fen off"}

    def figures(self, campaign: Campaign) -> tuple[Figure, ...]:
        return (
            Figure("Groups opened", 12, "times", "Every group that was begun."),
            Figure("Filled in", 7200, "seconds", "Median."),
        )


@contextmanager
def sample() -> Iterator[SamplePlay]:
    """Install it inside the block."""
    with installed(SamplePlay()) as made:
        assert isinstance(made, SamplePlay)
        yield made


def form_fields(sku_id: int, **changes: object) -> dict[str, object]:
    """Return what a person types for a good campaign."""
    begins = timezone.localtime(clock.now() + timedelta(hours=2))
    good: dict[str, object] = {
        "title_zh": "两人成团",
        "title_en": "For two",
        "copy_zh": "两个人一起买，更便宜。",
        "copy_en": "Cheaper for two.",
        "channels": ["web"],
        "starts_at": f"{begins:%Y-%m-%dT%H:%M}",
        "ends_at": f"{begins + timedelta(days=3):%Y-%m-%dT%H:%M}",
        "budget_fen": "500.00",
        "return_bound_basis_points": "12.5",
        "complaint_bound_basis_points": "5",
        "term_sku_id": str(sku_id),
        "term_tiers_people": ["2", "5", ""],
        "term_tiers_price": ["9.00", "7", ""],
        "term_off_fen": "1.50",
        "term_share": "2.5",
        "term_hours": "24",
        "term_most": "2",
        "term_is_open": "on",
        "term_late": "new",
        "term_slogan": "",
        "term_cap_fen": "",
    }
    return good | changes


def sent_as_typed(key: str) -> dict[str, object]:
    """Return the terms with which a play begins as its editor sends them."""
    form: dict[str, object] = {}
    for each in play(key).fields:
        value, name = each.default, PREFIX + each.name
        match each.kind:
            case "tiers":
                form[f"{name}_people"] = [str(people) for people, _price in value]
                form[f"{name}_price"] = [yuan(price) for _people, price in value]
            case "switch":
                form |= {name: "on"} if value else {}
            case "fen":
                form[name] = yuan(value)
            case "basis_points":
                form[name] = percent(value)
            case _:
                form[name] = "" if value is None else str(value)
    return form
