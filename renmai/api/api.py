"""The API put together: routers, shapes of errors, description."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from renmai.api import openapi
from renmai.api.answers import answer_errors, in_our_shape
from renmai.api.callers import PERSON
from renmai.api.parsing import JsonParser
from renmai.api.routes import (
    addresses,
    after_sales,
    agent_shop,
    agents,
    alerts,
    cart,
    catalogue,
    developers,
    matching,
    me,
    orders,
    portraits,
    posts,
    shops,
    signing_in,
    staff_campaigns,
    staff_experiments,
    staff_goods,
    staff_money,
    staff_orders,
    staff_posts,
    staff_running,
    staff_scenes,
    staff_spread,
    staff_supply,
    staff_watching,
    suggestions,
    trust,
)
from renmai.campaigns import plays

DESCRIPTION = """Everything that the pages do, for programs.

Amounts are whole fen. Times are UTC. Lists come in pages (`items`, `page`, `has_next`). Refusals have a stable `code` and a sentence in
the language of `Accept-Language`. What moves money or stock takes an `Idempotency-Key`. Unknown fields, floats and texts without end are
refused. See `docs/api.md`."""

TAGS = (
    ("Signing in", "Visitor ids for guests, codes by phone, keys."),
    ("Catalogue", "Shelves, search, products, what agents recommend."),
    ("Shops and shares", "Micro-shops, links with their disclosure, visits, one's own binding."),
    ("Cart", "What one means to buy, as a guest or a member."),
    ("Orders", "Quotes, orders, receipt, reviews."),
    ("Payments", "To the cashier and back."),
    ("After-sales", "Refunds, returns, exchanges, piece by piece."),
    ("Addresses", "China's regions and where one wants parcels."),
    ("Me", "Name, agreements, favourites, messages."),
    ("Posts", "Posts with goods in them: reading, following, one's own."),
    ("Agent", "Joining, income, withdrawals."),
    ("Agent's shop", "One's own shelf, links, and who came through whom."),
    ("Staff: customers", "Segments of customers by what their portraits say."),
    ("Trust", "What one says of what is shared, whom one hears; what an agent may read of a tie, and what she can rely on."),
    ("Matching", "Goods recommended to agents and customers, with their reasons."),
    ("Staff: orders", "Orders, parcels, pickups, claims."),
    ("Staff: money", "Withdrawals by two people, agents, attribution, refunds."),
    ("Staff: goods", "Products, variants, prices, pictures, stock."),
    ("Staff: campaigns", "Plays, campaigns, their rules and figures; landing pages."),
    ("Staff: content", "The shop's own posts, the second look at everybody's, topics."),
    ("Staff: experiments", "What is tried out on people, and what came of it."),
    ("Staff: supply", "Categories, suppliers, feeds, freight."),
    ("Staff: running", "Settings, rules, audit, log, figures, the staff."),
    ("Plays", "Group buying and other plays, each as far as it has operations of its own."),
    ("Keys", "One's own keys."),
    ("Webhooks", "Addresses that are told what happens."),
)
ROUTERS = (
    signing_in.router,
    catalogue.router,
    shops.router,
    cart.router,
    orders.router,
    after_sales.router,
    addresses.router,
    me.router,
    portraits.router,
    posts.router,
    suggestions.router,
    agents.router,
    alerts.router,
    agent_shop.router,
    matching.router,
    staff_orders.router,
    staff_money.router,
    staff_goods.router,
    staff_supply.router,
    staff_campaigns.router,
    staff_scenes.router,
    staff_posts.router,
    staff_spread.router,
    staff_experiments.router,
    staff_running.router,
    staff_watching.router,
    trust.router,
    developers.router,
    developers.webhooks,
)


class Api(NinjaAPI):
    """Ninja's API with operations named after their functions, and a description that says who may call."""

    _described: OpenAPISchema | None = None

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the function's name: stable for generated clients."""
        return operation.view_func.__name__

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """Return the description of the API. It is made once per process: nothing in it changes."""
        if self._described is None:
            self._described = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
            openapi.describe(self, self._described)
        return self._described


class Renderer(JSONRenderer):
    """Writes Chinese as it is: half the bytes of escapes."""

    def __init__(self) -> None:
        self.json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


api = Api(
    title="Renmai",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    auth=PERSON,
    parser=JsonParser(),
    renderer=Renderer(),
    docs_url=None,
    openapi_extra={"tags": [{"name": name, "description": says} for name, says in TAGS]},
)
api.add_decorator(in_our_shape, mode="view")
answer_errors(api)
for _router in ROUTERS:
    api.add_router("", _router)
for _key, _module in plays.modules("api").items():
    api.add_router(f"/plays/{_key}", _module.router)
