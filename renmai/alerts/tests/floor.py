"""An agent, a customer of hers who agreed, and products: what the tests of this room begin with."""

from dataclasses import dataclass, field
from datetime import timedelta

from renmai.accounts.actions import give_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.alerts.actions import watch
from renmai.alerts.models import BrowseAlert
from renmai.catalogue.models import Product
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.distribution.tests.world import agent as make_agent
from renmai.insight.stream.delivery import Consumer, drain
from renmai.insight.stream.records import StreamEvent
from renmai.insight.stream.tests.happenings import happened
from renmai.kernel import clock
from renmai.policy.actions import change_setting
from renmai.policy.queries import clear_cache
from renmai.sharing.actions import bind
from renmai.sharing.models import Shop
from renmai.sharing.tests.factories import shop as make_shop

READER = Consumer("alerts", watch)


def new_shop() -> Shop:
    """The open shop of an active agent."""
    return make_shop(make_agent().user)


def read_all() -> None:
    """Let the reader read whatever it has not read."""
    drain((READER,))


def alerts() -> list[BrowseAlert]:
    """Return all alerts, oldest first."""
    return list(BrowseAlert.objects.order_by("pk"))


def agrees(user: User) -> None:
    """She lets the shop keep what she looks at, and tell her agent."""
    give_consent(user, Purpose.BROWSING)
    give_consent(user, Purpose.AGENT_ALERTS)


def belongs(user: User, shop: Shop) -> None:
    """She is bound to the shop."""
    bind(customer_id=user.pk, shop_id=shop.pk, reason="order_paid", evidence={})


def set_setting(key: str, value: int) -> None:
    """The owner chooses."""
    change_setting(make_staff(Role.OWNER), key, value=value, reason="for a test")
    clear_cache()


def on_sale() -> Product:
    """A product on sale."""
    product = make_product()
    make_sku(product, stock=20)
    return product


@dataclass
class Floor:
    """A shop's agent, her customer and a product. ``linger`` is a customer who is clearly interested."""

    shop: Shop = field(default_factory=new_shop)
    customer: User = field(default_factory=lambda: make_member("王芳"))
    product: Product = field(default_factory=on_sale)

    def __post_init__(self) -> None:
        # Whether a tie is drawn depends on its numbers, which differ from database to database.
        set_setting("trust.explored_basis_points", 0)
        agrees(self.customer)
        belongs(self.customer, self.shop)

    @property
    def agent(self) -> User:
        """Whose shop it is."""
        return self.shop.owner

    def linger(self, customer: User | None = None, product: Product | None = None) -> list[StreamEvent]:
        """A customer looks twice, stays two minutes and chooses a variant; return the events, the newest now."""
        who, what, now = customer or self.customer, product or self.product, clock.now()
        return [
            happened("product_viewed", user=who, product=what, at=now - timedelta(minutes=3), funnel="social"),
            happened("product_viewed", user=who, product=what, at=now - timedelta(minutes=2), funnel="social"),
            happened("sku_chosen", user=who, product=what, at=now - timedelta(seconds=30), sku=1),
            happened("product_lingered", user=who, product=what, at=now, seconds=120, scroll=90, pictures=4),
        ]

    def tell(self, customer: User | None = None, product: Product | None = None) -> list[BrowseAlert]:
        """Let a customer linger and the reader read; return the alerts there are now, oldest first."""
        watch(self.linger(customer, product))
        return alerts()
