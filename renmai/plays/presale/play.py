"""What the core asks of the play."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.offering import priced_offers
from renmai.campaigns.plays import Act, Ask, Card, Figure, Grant, Incentive, Layer, Link, Offer, Play, Timer, Told
from renmai.catalogue.models import Sku
from renmai.kernel.errors import DomainError
from renmai.kernel.events import Event
from renmai.kernel.money import BASIS_POINTS, spell
from renmai.ordering.actions.placing import Deposit
from renmai.ordering.events import DepositPaid
from renmai.ordering.models import Order
from renmai.plays.presale import actions
from renmai.plays.presale.queries import Stake, figures_of, is_called_off, stake_of
from renmai.plays.presale.terms import FIELDS, NORMALLY_BACK, TWICE_BACK, terms_of
from renmai.policy.linting import CampaignFacts

CALL_OFF = "call-off"


class Presale(Play):
    """A deposit now, the balance when the goods are ready."""

    key = "presale"
    title = gettext_lazy("Pre-sale")
    says = gettext_lazy("A deposit now, the balance when the goods are ready.")
    icon = "today"
    layer = Layer.PRICE
    incentive = Incentive.DISCOUNT
    fields = FIELDS
    links = (Link("me", gettext_lazy("Pre-sales"), "today", "presale:list"),)
    preview_template = "presale/preview.html"
    agent_template = "presale/agent.html"

    def check(self, terms: Mapping[str, Any]) -> None:
        """Refuse a deposit that is no part, a price that is none, and a deposit kept without its counterpart."""
        wanted = terms_of(terms)
        if wanted.deposit_fen >= wanted.price_fen:
            raise DomainError("presale.deposit", field="deposit_fen")
        if wanted.price_fen > Sku.objects.get(pk=wanted.sku_id).price_fen:
            raise DomainError("presale.dearer", field="price_fen")
        if wanted.is_kept and not wanted.doubles:
            raise DomainError("presale.promise", field="doubles")

    def facts(self, terms: Mapping[str, Any]) -> CampaignFacts:
        """A deposit that can be kept is one before the law; what always goes back is an ordinary prepayment."""
        wanted = terms_of(terms)
        if not wanted.is_kept:
            return CampaignFacts()
        share = -(-wanted.deposit_fen * BASIS_POINTS // wanted.price_fen)
        back = TWICE_BACK if wanted.doubles else NORMALLY_BACK
        return CampaignFacts(deposit_basis_points=share, deposit_back_basis_points=back)

    def promises(self, terms: Mapping[str, Any]) -> frozenset[str]:
        """A red packet as large as the deposit, for when the shop does not deliver."""
        return frozenset({actions.BENEFIT}) if terms_of(terms).doubles else frozenset()

    def product_ids(self, terms: Mapping[str, Any]) -> frozenset[int]:
        """The product of its SKU."""
        return frozenset(Sku.objects.filter(pk=terms["sku_id"]).values_list("product_id", flat=True))

    def grant(self, ask: Ask) -> Grant:
        """Give the pre-sale price in two parts. Raises why not."""
        if not ask.campaign.is_open:
            raise DomainError("campaigns.not_open", title=ask.campaign.title)
        terms = terms_of(ask.campaign.terms)
        if len(ask.lines) != 1 or ask.lines[0].sku_id != terms.sku_id or ask.lines[0].quantity > terms.per_order:
            raise DomainError("presale.one_kind", most=terms.per_order)
        (line,) = ask.lines
        opens, closes = terms.window(ask.campaign)
        return Grant(
            "预售",
            "Pre-sale",
            {line.sku_id: max(0, line.amount_fen - terms.price_fen * line.quantity)},
            deposit=Deposit(terms.deposit_fen * line.quantity, opens, closes, is_kept=terms.is_kept),
        )

    def placed(self, order: Order, part: Participation) -> None:
        """Write the booking down."""
        actions.book(order, part)

    def cancelled(self, order: Order, part: Participation) -> None:
        """It counts against no limit any more, and a promise that the shop broke is kept."""
        actions.forget(order, part)
        actions.make_good(order, part)

    def causes(self) -> Mapping[type[Event], Sequence[Callable[[Any], None]]]:
        """Tell her when the balance is due."""
        return {DepositPaid: (actions.on_deposit_paid,)}

    def offers(self, campaigns: Sequence[Campaign], product_id: int, viewer: User | None) -> Sequence[Offer]:
        """Say what it costs and how much of it now."""
        return priced_offers(self, campaigns, say=_say)

    def told(self, order: Order, part: Participation) -> Told | None:
        """Lead back to the pre-sale and its rules."""
        return Told(_("Ordered in a pre-sale, in two payments."), reverse("presale:offer", args=[part.campaign_id]))

    def page(self, campaign: Campaign) -> str:
        """The page of the pre-sale."""
        return reverse("presale:offer", args=[campaign.pk])

    def card(self, campaign: Campaign, path: str) -> Card:
        """The goods, the price, and how much of it now."""
        return self.cards([campaign])[campaign.pk]

    def cards(self, campaigns: Sequence[Campaign]) -> Mapping[int, Card]:
        """The cards of several in one statement."""
        terms = {campaign.pk: terms_of(campaign.terms) for campaign in campaigns}
        skus = Sku.objects.select_related("product").in_bulk([each.sku_id for each in terms.values()])
        return {
            pk: Card(
                skus[each.sku_id].product.title, each.price_fen, _("%(deposit)s deposit") % {"deposit": spell(each.deposit_fen)}
            )
            for pk, each in terms.items()
        }

    def preview(self, terms: Mapping[str, Any]) -> Mapping[str, Any]:
        """Show the goods with both parts."""
        wanted = terms_of(terms)
        return {"terms": wanted, "sku": Sku.objects.select_related("product").filter(pk=wanted.sku_id).first()}

    def acts(self, campaign: Campaign) -> Sequence[Act]:
        """Calling it off, with what that moves; not again, and not when it is over and nobody waits for anything."""
        if is_called_off(campaign.pk):
            return ()
        stake, is_over = stake_of(campaign.pk), not Campaign.TRANSITIONS[campaign.status]
        return () if is_over and not stake.orders else (_calling_off(stake),)

    def act(self, actor: User, campaign: Campaign, key: str, *, reason: str) -> None:
        """Call it off."""
        if key != CALL_OFF:
            raise DomainError("request.not_found")
        actions.call_off(actor, campaign.pk, reason=reason)

    def figures(self, campaign: Campaign) -> Sequence[Figure]:
        """How the pre-sale went."""
        found = figures_of(campaign.pk)
        return (
            Figure(_("Booked"), found.booked, "times", _("Every order of the pre-sale.")),
            Figure(_("Deposits paid"), found.deposits, "times", _("Orders whose deposit came.")),
            Figure(_("Deposits"), found.deposits_fen, "fen", _("What was paid as deposits.")),
            Figure(_("Balances paid"), found.balances, "times", _("Orders that were paid in full.")),
            Figure(_("Balances not paid"), found.unpaid, "times", _("Orders that ended after their deposit.")),
            Figure(_("Paid in full"), found.kept_basis_points, "basis_points", _("Of the deposits that came to their end.")),
            Figure(_("Deposits kept"), found.forfeited_fen, "fen", _("What stayed with the shop, as was agreed.")),
        )

    def timers(self) -> Sequence[Timer]:
        """Reminders of balances, and the end of what was called off."""
        return (
            Timer("presale.remind", 60, actions.remind_due),
            Timer("presale.call_off", 60, actions.end_called_off),
        )


def _calling_off(stake: Stake) -> Act:
    """Describe the act with the figures of this moment."""
    moves = [
        (_("Deposits that go back"), f"{stake.deposits} · {spell(stake.deposits_fen)}"),
        (_("Orders paid in full that go back"), f"{stake.paid} · {spell(stake.paid_fen)}"),
        (_("Orders without a payment that end"), f"{stake.unpaid}"),
    ]
    if stake.doubled_fen:
        moves.append((_("Red packets on top, as promised"), spell(stake.doubled_fen)))
    return Act(
        key=CALL_OFF,
        label=_("Call off"),
        says=_(
            "Say that the goods cannot be delivered. Every order of the pre-sale that was not sent ends within minutes, and its buyer"
            " reads your reason. It cannot be undone."
        ),
        moves=tuple(moves),
        button=_("Call off, and give %(amount)s back") % {"amount": spell(stake.back_fen)},
        done=_("Called off. Its orders end within minutes, and everything paid goes back."),
    )


PLAY = Presale()


def _say(campaign: Campaign) -> tuple[str, int]:
    """Return how much of the price is paid now, in words, and the price in fen."""
    terms = terms_of(campaign.terms)
    return _("Pre-sale, %(deposit)s now") % {"deposit": spell(terms.deposit_fen)}, terms.price_fen
