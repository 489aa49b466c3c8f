"""Every table that joins two people is in one of the three panels of relations, or says why not."""

from typing import Final

from django.apps import apps
from django.db.models import Model

from renmai.accounts.models import User, Visitor
from renmai.distribution.models import Agent
from renmai.insight.queries.relations import kinds
from renmai.sharing.models import Share, Shop

PEOPLE: Final = (User, Visitor, Agent, Shop, Share)
PLAIN: Final = ("agent_id", "shop_id", "share_id", "user_id", "buyer_id")
STAFF: Final = frozenset(
    {
        "decided_by",
        "reviewed_by",
        "approved_by",
        "created_by",
        "changed_by",
        "looked_by",
        "lifted_by",
        "asked_by",
        "by",
        "author_by",
    }
)
REASONS: Final = {
    "ordering.CartLine": "what she thinks of buying is between nobody yet; under which shop, its order tells",
    "sharing.BindingLog": "why a binding is as it is; the binding itself is counted",
    "sharing.Attribution": "why an order went to a shop; the order itself is counted",
    "trust.Tie": "a sum of what is counted",
    "distribution.LeaderTerm": "follows from who brought in whom",
    "campaigns.Reward": "follows from a sale or a favour that is counted",
    "insight.View": "a look at goods; of somebody's link, the opening is counted",
    "stream.EventRow": "what is counted here, once more, as it was told",
    "portraits.Portrait": "a sum of what is counted",
    "value.Worth": "a sum of what is counted",
}


def sides(model: type[Model]) -> set[str]:
    """The two sides a row joins: columns of people, a browser and its user being one, staff who decided being none."""
    columns = {field.name for field in model._meta.concrete_fields if field.related_model in PEOPLE}
    columns |= {field.name for field in model._meta.concrete_fields if field.name in PLAIN and field.related_model is None}
    return columns - STAFF - ({"visitor"} if "user" in columns else set())


def test_every_table_that_joins_two_people_is_in_a_panel_or_says_why_not() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("renmai.")]
    joining = {model._meta.label for model in ours if len(sides(model)) > 1}
    counted = {kind.rows().model._meta.label for kind in kinds()}
    assert joining - counted - REASONS.keys() == set(), "say in which relation this happens, or why in none"
    assert REASONS.keys() - joining == set(), "these join nobody (any more)"
    assert REASONS.keys() & counted == set(), "these are counted"
    assert {"groupbuy.Seat", "bargain.Cut", "invitation.Invitation", "alerts.BrowseAlert"} <= counted


def test_columns_of_each_kind_lead_to_people() -> None:
    for kind in kinds():
        rows = kind.rows()
        for path in filter(None, (kind.person, kind.user, kind.other)):
            assert "SELECT" in str(rows.filter(**{f"{path}__isnull": False}).query), (kind.key, path)
