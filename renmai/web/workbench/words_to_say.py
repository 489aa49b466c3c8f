"""What to say to a friend beside a link: words for her case, which the agent makes her own before she sends them.

They name the goods and what one may want to know in such a case. They never say that somebody was watched, press nobody, and promise
nothing; what the agent earns is said beside them and cannot be edited away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.campaigns.plays import Card
from renmai.catalogue.queries import is_back_on_shelf
from renmai.distribution.policies import pays_commission
from renmai.kernel import clock
from renmai.web.ui.formats import money_text
from renmai.web.workbench.goods import Goods

MOST: Final = 300
BACK_FOR: Final = timedelta(days=3)
"""So long goods that were sold out count as back."""


@dataclass(frozen=True)
class Situation:
    """A case with its words: it holds when ``fact`` is known, in whatever number. ``words`` take ``title``, ``price`` and ``reference``."""

    key: str
    fact: str
    label: "str | Promise"
    words: "str | Promise"


@dataclass(frozen=True)
class Shown:
    """What a link leads to: goods of hers, or a page with what it says of itself, or neither: her whole shop."""

    title: str
    product: Goods | None
    card: Card | None = None


@dataclass(frozen=True)
class Saying:
    """Words that fit a link now, and what their case is called."""

    key: str
    label: str
    text: str


SITUATIONS: Final = (
    Situation(
        "cart",
        "cart_additions",
        pgettext_lazy("words", "About to order"),
        _(
            "%(title)s: if anything is open before you order, such as which variant, how many, or how returns work, ask me, and I look it "
            "up for you. There is no hurry."
        ),
    ),
    Situation(
        "back_in_stock",
        "back_on_shelf",
        pgettext_lazy("words", "In stock again"),
        _("%(title)s was sold out and is there again, for %(price)s. If you need it no more, that is fine too."),
    ),
    Situation(
        "price",
        "reduced",
        pgettext_lazy("words", "Lower price"),
        _(
            "%(title)s costs %(price)s now; the lowest price of the thirty days before was %(reference)s. If you have a use for it, have a "
            "look; if not, leave it."
        ),
    ),
    Situation(
        "came_back",
        "earlier_days",
        pgettext_lazy("words", "Thinks it over"),
        _(
            "On %(title)s: what it is made of, what it costs and how it goes back is all here. Take your time, and ask me what it leaves open."
        ),
    ),
    Situation(
        "compares",
        "other_products",
        pgettext_lazy("words", "Compares"),
        _(
            "%(title)s is not the only one of its kind. Tell me what you need it for, and I say what speaks for it and what against it."
        ),
    ),
    Situation(
        "variant",
        "variants",
        pgettext_lazy("words", "Chooses a variant"),
        _(
            "%(title)s comes in several variants. Tell me how you would use it, and I help you choose, also if the answer is none."
        ),
    ),
    Situation(
        "lingers",
        "views",
        pgettext_lazy("words", "Looks closely"),
        _("Here is %(title)s, %(price)s. If you like, I tell you what it is good for, and what it is not good for."),
    ),
    Situation(
        "plain",
        "goods",
        pgettext_lazy("words", "Simply"),
        _("%(title)s, %(price)s. Have a look whether it suits you; ask me whatever you want to know."),
    ),
    Situation(
        "page",
        "page",
        pgettext_lazy("words", "Simply"),
        _("%(title)s: have a look whether something in it is for you, and ask me whatever you want to know."),
    ),
)
"""What stands first is offered first."""


def facts_of(product: Goods | None, *, evidence: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return what is known of a link's case: what an alert has seen, and what is true of the goods. One statement for goods on sale."""
    if product is None:
        return {"page": 1}
    known = {"goods": 1, **(evidence or {})}
    known["reduced"] = product.reference_price_fen or 0
    if not product.is_sold_out:
        known["back_on_shelf"] = int(is_back_on_shelf(product.id, since=clock.now() - BACK_FOR))
    return known


def sayings(shown: Shown, facts: Mapping[str, int]) -> list[Saying]:
    """Return the words for every case that holds, the most telling first; never none."""
    product = shown.product
    named = {
        "title": shown.title,
        "price": money_text(product.price_fen, product.currency) if product else "",
        "reference": money_text(product.reference_price_fen or 0, product.currency) if product else "",
    }
    return [Saying(each.key, str(each.label), str(each.words) % named) for each in SITUATIONS if facts.get(each.fact)]


def chosen(known: list[Saying], key: str) -> Saying:
    """Return the words that were asked for, the first where those do not fit."""
    return next((each for each in known if each.key == key), known[0])


def disclosure(shown: Shown) -> str:
    """Return what goes along with whatever she says: what she earns by it, in her own person."""
    if (shown.product is not None and not shown.product.earn_fen) or not pays_commission():
        said = str(_("I earn nothing when you buy it."))
    else:
        said = str(_("I earn a commission if you buy through this link and keep the goods. You pay the same price as everybody."))
    return f"{said} {shown.card.earns}".strip() if shown.card else said
