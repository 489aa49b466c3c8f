"""Which events there are: for each name its versions, fields, source and purpose. ``docs/stream.md`` is made from it.

An old page in somebody's browser goes on sending the version it was made with. So a version is never changed: a new one is added beside it,
with the function that turns properties of the one before into its own, and readers only ever meet the newest.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.accounts.consents import Purpose
from renmai.insight.stream.fields import LARGEST, Choice, Field, Text, Whole
from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.records import Properties, Source

Upgrade = Callable[[Properties], Properties]

DAY_SECONDS = 24 * 3600


class Unfit(Exception):
    """An event that the registry does not know like this: why, and a word about where, without anything personal."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Schema:
    """One version of one event.

    ``purpose`` is the consent that a member must have given for it to be kept under her name; None for what belongs to an order or to
    something she did in public. ``upgrade`` makes this version's properties of those of the version before.
    """

    name: str
    version: int
    source: Source
    purpose: Purpose | None
    says: str | Promise
    fields: Mapping[str, Field] = field(default_factory=dict)
    needs_product: bool = False
    upgrade: Upgrade | None = None

    def check(self, properties: Properties) -> None:
        """Raise ``Unfit`` unless ``properties`` are just those of this version."""
        for name, value in properties.items():
            known = self.fields.get(name)
            if known is None:
                raise Unfit(Reason.BAD_FIELD, "a field that this event does not have")
            problem = known.problem(value)
            if problem:
                raise Unfit(Reason.BAD_FIELD, f"{name}: {problem}")
        if len(properties) < len(self.fields):
            missing = next((name for name, known in self.fields.items() if known.is_required and name not in properties), "")
            if missing:
                raise Unfit(Reason.BAD_FIELD, f"{missing}: missing")


class Registry:
    """Schemas by name and version; each name's versions count up from 1 without a gap."""

    def __init__(self, schemas: Iterable[Schema]) -> None:
        self._versions: dict[str, list[Schema]] = {}
        for schema in schemas:
            versions = self._versions.setdefault(schema.name, [])
            versions.append(schema)
            if schema.version != len(versions) or (schema.upgrade is None) != (schema.version == 1):
                raise ValueError(
                    f"{schema.name} {schema.version}: versions count from 1, and each later one upgrades the one before"
                )

    def current(self, name: str) -> Schema:
        """Return the newest version of ``name``. Raises ``KeyError``."""
        return self._versions[name][-1]

    def all(self) -> list[Schema]:
        """Return every version of every event, by name."""
        return [schema for name in sorted(self._versions) for schema in self._versions[name]]

    def names(self) -> list[str]:
        """Return all names, sorted."""
        return sorted(self._versions)

    def read(self, name: str, version: int, source: Source, properties: Properties) -> tuple[Schema, Properties]:
        """Return the newest schema of ``name`` and the properties as it has them. Raises ``Unfit``."""
        versions = self._versions.get(name)
        if versions is None or versions[-1].source != source:
            raise Unfit(Reason.UNKNOWN_NAME, "no event of this name comes from there")
        if not 1 <= version <= len(versions):
            raise Unfit(Reason.BAD_VERSION, f"version {version} of {len(versions)}")
        versions[version - 1].check(properties)
        return versions[-1], self.upgraded(name, version, properties)

    def is_newest(self, name: str, version: int) -> bool:
        """Whether there is no later version of ``name``."""
        return version >= len(self._versions.get(name, []))

    def upgraded(self, name: str, version: int, properties: Properties) -> Properties:
        """Return properties that were checked when they came, as the newest version has them; those of a name that is no more, as they are."""
        for later in self._versions.get(name, [])[version:]:
            if later.upgrade is not None:
                properties = later.upgrade(properties)
        return properties

    def kept_by(self, purpose: Purpose) -> list[str]:
        """Return the names of what is kept under somebody's name by her consent to ``purpose``."""
        return [name for name in self.names() if self.current(name).purpose == purpose]

    def columns(self) -> dict[str, str]:
        """Return the properties of all newest versions with the Arrow type of their column. Raises ``ValueError`` for a name of two types."""
        found: dict[str, str] = {}
        for name in self.names():
            for key, known in self.current(name).fields.items():
                if found.setdefault(key, known.column) != known.column:
                    raise ValueError(f"the property {key} has two types")
        return dict(sorted(found.items()))


_ORDER = Whole(1, LARGEST)
_FEN = Whole(0, 10**13)
_FUNNEL = Choice(("search", "content", "social", "imported"))
_SURFACE = Text(40)
_RANK = Whole(1, 10_000)
_MODEL = Text(60)
_SEARCH: Mapping[str, Field] = {"query": Text(80), "found": Whole(0, 10**7)}


def _browser(name: str, says: Promise, fields: Mapping[str, Field] | None = None, *, needs_product: bool = False) -> Schema:
    return Schema(name, 1, Source.BROWSER, Purpose.BROWSING, says, fields or {}, needs_product=needs_product)


def _server(
    name: str, purpose: Purpose | None, says: Promise, fields: Mapping[str, Field] | None = None, *, needs_product: bool = False
) -> Schema:
    return Schema(name, 1, Source.SERVER, purpose, says, fields or {}, needs_product=needs_product)


REGISTRY = Registry(
    (
        _server("product_viewed", Purpose.BROWSING, _("A product's page was opened."), {"funnel": _FUNNEL}, needs_product=True),
        _browser(
            "product_lingered",
            _("A product's page has been before her eyes for a while; told again at 10, 30, 60 and 180 seconds."),
            {"seconds": Whole(1, DAY_SECONDS), "scroll": Whole(0, 100), "pictures": Whole(0, 100)},
            needs_product=True,
        ),
        _browser(
            "product_left",
            _("She left a product's page."),
            {"seconds": Whole(0, DAY_SECONDS), "scroll": Whole(0, 100), "pictures": Whole(0, 100)},
            needs_product=True,
        ),
        _browser("sku_chosen", _("She chose a variant."), {"sku": Whole(1, LARGEST)}, needs_product=True),
        _browser("list_viewed", _("A list of goods was opened."), {"list": Text(80), "shown": Whole(0, 1000)}),
        _browser("searched", _("She searched."), _SEARCH),
        Schema(
            "searched",
            2,
            Source.BROWSER,
            Purpose.BROWSING,
            _("She searched; whether what was found has only some of her words, or stands near them."),
            {**_SEARCH, "loosened": Whole(0, 1, is_required=False)},
            upgrade=dict,
        ),
        _browser("cart_opened", _("She opened her cart."), {"lines": Whole(0, 1000)}),
        _browser(
            "recommendation_shown",
            _("A product that was chosen for her came before her eyes."),
            {"surface": _SURFACE, "rank": _RANK, "model": _MODEL},
            needs_product=True,
        ),
        _browser(
            "recommendation_chosen",
            _("She opened a product that was chosen for her."),
            {"surface": _SURFACE, "rank": _RANK, "model": _MODEL},
            needs_product=True,
        ),
        _server("cart_added", Purpose.BROWSING, _("A product came into a cart."), {"pieces": Whole(1, 9999)}, needs_product=True),
        _server("favourite_added", Purpose.BROWSING, _("She keeps a product for later."), needs_product=True),
        _server("order_placed", None, _("An order was placed."), {"order": _ORDER, "fen": _FEN, "funnel": _FUNNEL}),
        _server("order_paid", None, _("An order was paid."), {"order": _ORDER, "fen": _FEN, "pieces": Whole(0, 10**7)}),
        _server(
            "review_written", None, _("She reviewed a product."), {"order": _ORDER, "rating": Whole(1, 5)}, needs_product=True
        ),
        _server(
            "product_returned",
            None,
            _("Pieces of a product were refunded."),
            {"order": _ORDER, "pieces": Whole(1, 9999)},
            needs_product=True,
        ),
        _server("post_viewed", Purpose.BROWSING, _("A post was opened."), {"post": Whole(1, LARGEST)}),
        _server("share_created", None, _("She made a link to give to others."), {"kind": Text(7)}),
        _server("share_opened", Purpose.BROWSING, _("Somebody opened a shared link.")),
        _server(
            "feedback_given",
            None,
            _("She said whether what was shared with her was of use."),
            {"verdict": Choice(("useful", "not_useful", "mute"))},
        ),
    )
)
