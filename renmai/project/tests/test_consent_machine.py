"""What may be known of somebody now, against a small model: she agrees, looks, signs in elsewhere, takes back, mutes, leaves; others look on.

What her agent sees and what she is shown is asked after every step, whether the worker has come by or not. What lies in rows is asked
once it has.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from pytest_django import Settings

from renmai.accounts import actions as accounts
from renmai.accounts.actions import Purpose
from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.alerts import queries as alerts
from renmai.alerts.models import BrowseAlert
from renmai.alerts.tests.floor import set_setting
from renmai.insight.models import View
from renmai.insight.portraits import queries as likeness
from renmai.insight.portraits.facets import Facet, Source
from renmai.insight.portraits.models import Interest
from renmai.insight.portraits.queries import Shown
from renmai.insight.stream.models import EventRow, Merge
from renmai.insight.stream.registry import REGISTRY
from renmai.journeys import correcting, deleting, forgetting
from renmai.journeys.holdings import number_stays
from renmai.journeys.tests.world import agent_with_shop
from renmai.kernel import outbox
from renmai.matching import queries as matching
from renmai.matching.audit import violations as list_violations
from renmai.matching.models import Selection
from renmai.matching.selections import OF_ONE, Entry
from renmai.project import consumers, timers
from renmai.project.reactions import REACTIONS
from renmai.project.tests.lingering import linger, put_on_sale
from renmai.project.tests.one_life import HER, PHONE, places_of, places_of_number
from renmai.sharing import actions as sharing
from renmai.sharing import queries as relations
from renmai.web.workbench import advised
from tools.testing.blocks import own_block
from tools.testing.machines import AuditedMachine, run_machine
from tools.testing.moving_clock import MovingClock

NAME = "Qivvex"
CHOICES = (Purpose.BROWSING, Purpose.AGENT_ALERTS, Purpose.RECOMMENDATIONS, Purpose.MARKETING)
TELLING = {Purpose.BROWSING, Purpose.AGENT_ALERTS}
GOODS, BROWSERS = 3, 2
WORKS = (
    "stream.glean",
    "stream.readers",
    "portraits.refresh",
    "matching.lists",
    "alerts.overdue",
    "accounts.stragglers",
    "looks.forget_unagreed",
)
ELSE = frozenset(timer.name for timer in timers.TIMERS) - set(WORKS)
OF_LOOKS = {
    "taste": "category",
    "brand": "product",
    "likeness": "product",
    "series": "product",
    "habits": "",
    "together": "product",
}
"""Reasons that can only rest on what she did, and what they speak of: here she has bought nothing."""


class Consents(AuditedMachine):
    """She, two more browsers that she may sign in with, her agent, and the agent's rival."""

    seen: frozenset[str] = frozenset()
    """What happened at all in any example: what never does proves nothing."""

    @initialize(kept=st.sets(st.sampled_from(CHOICES), max_size=2))
    def begin(self, kept: set[Purpose]) -> None:
        """She agrees to everything and lingers; ``kept`` she takes back once it had its effect."""
        self.block = own_block()
        self.block.__enter__()
        self.clock = MovingClock()
        timers.start_over()
        set_setting("trust.explored_basis_points", 0)
        self.agent, self.shop = agent_with_shop()
        _rival, self.rival = agent_with_shop()
        self.goods = [put_on_sale(self.shop, number) for number in range(GOODS)]
        self.she = User.objects.create(pk=HER, phone=PHONE, display_name=NAME, password="!")
        self.hers = accounts.visitor(None, user=self.she)
        self.others = [accounts.visitor(None) for _number in range(BROWSERS)]
        sharing.bind(customer_id=self.she.pk, shop_id=self.shop.pk, reason="order_paid", evidence={})
        self.given: set[Purpose] = set()
        self.looked: set[int] = set()
        self.as_guest: dict[int, set[int]] = {number: set() for number in range(BROWSERS)}
        self.joined: set[int] = set()
        self.not_me: set[tuple[str, str]] = set()
        self.fading: set[int] = set()
        """Of a browser that was not hers, until her portrait is counted again."""
        self.is_muted = self.is_old = self.has_left = False
        self.is_settled = False
        for purpose in CHOICES:
            self.agree(purpose)
        self.linger(0)
        self.worker()
        self.her_agent_hears_of_nothing_else()
        self.she_is_shown_nothing_else()
        for purpose in sorted(kept):
            self.take_back(purpose)

    def teardown(self) -> None:
        if hasattr(self, "block"):
            try:
                if self.is_here() and sys.exc_info()[0] is None:
                    self.take_back(Purpose.BROWSING)
                    self.worker()
                    self.linger(1)
                    self.weeks_pass()
                    self.leave()
                    self.her_agent_hears_of_nothing_else()
                    self.worker()
                    self.nothing_else_lies_in_rows_once_the_worker_came()
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.block.__exit__(None, None, None)
                self.clock.close()

    def is_here(self) -> bool:
        return hasattr(self, "she") and not self.has_left

    # What she does.

    @precondition(is_here)
    @rule(purpose=st.sampled_from(CHOICES))
    def agree(self, purpose: Purpose) -> None:
        accounts.give_consent(self.she, purpose)
        self.given.add(purpose)
        self.is_settled = False

    @precondition(is_here)
    @rule(purpose=st.sampled_from(CHOICES))
    def take_back(self, purpose: Purpose) -> None:
        forgetting.withdraw(self.she, purpose)
        if purpose in self.given and purpose is Purpose.BROWSING:
            self._nothing_was_seen()
        self.given.discard(purpose)
        self.is_settled = False

    @precondition(is_here)
    @rule()
    def have_looks_forgotten(self) -> None:
        forgetting.forget_browsing(self.she)
        self._nothing_was_seen()
        self.is_settled = False

    def _nothing_was_seen(self) -> None:
        self.looked.clear()
        for number in self.joined:
            self.as_guest[number].clear()

    @precondition(is_here)
    @rule(number=st.integers(0, GOODS - 1))
    def linger(self, number: int) -> None:
        linger(self.goods[number], self.hers, self.she, clock=self.clock)
        self.is_settled = False
        if Purpose.BROWSING in self.given:
            self.looked.add(self.goods[number].pk)

    @rule(number=st.integers(0, GOODS - 1), browser=st.integers(0, BROWSERS - 1))
    def linger_unknown(self, number: int, browser: int) -> None:
        """Somebody looks with a browser in which nobody is signed in; it may be hers."""
        linger(self.goods[number], self.others[browser], None, clock=self.clock)
        self.is_settled = False
        if browser not in self.joined or Purpose.BROWSING in self.given:
            self.as_guest[browser].add(self.goods[number].pk)

    @precondition(is_here)
    @rule(browser=st.integers(0, BROWSERS - 1))
    def sign_in(self, browser: int) -> None:
        accounts.join_visitor(self.she, self.others[browser])
        if browser not in self.joined and Purpose.BROWSING not in self.given:
            self.is_settled = False
        self.joined.add(browser)
        self.is_settled = False

    @precondition(is_here)
    @rule(data=st.data())
    def that_browser_is_not_mine(self, data: st.DataObject) -> None:
        merged = Merge.objects.filter(user_id=self.she.pk, separated_at__isnull=True).values_list("visitor_id", flat=True)
        separable = [number for number, browser in enumerate(self.others) if browser.pk in merged]
        if separable:
            number = data.draw(st.sampled_from(separable))
            correcting.separate_own(self.she, str(self.others[number].pk))
            self.fading |= self.as_guest[number]
            self.as_guest[number] = set()
            self.is_settled = False

    @precondition(is_here)
    @rule(number=st.integers(0, GOODS - 1), facet=st.sampled_from([Facet.WATCHES, Facet.BRAND]))
    def that_is_not_me(self, number: int, facet: Facet) -> None:
        product = self.goods[number]
        value = str(product.pk) if facet is Facet.WATCHES else product.brand
        if Interest.objects.filter(user=self.she, facet=facet, value=value).exists():
            correcting.not_me(self.she, facet=facet, value=value)
            self.not_me.add((facet, value))

    @precondition(is_here)
    @rule(wants=st.booleans())
    def mute(self, wants: bool) -> None:
        act = sharing.mute if wants else sharing.unmute
        act(receiver_id=self.she.pk, sharer_id=self.shop.owner_id)
        self.is_muted = wants

    @precondition(is_here)
    @rule(to_rival=st.booleans())
    def be_bound(self, to_rival: bool) -> None:
        shop = self.rival if to_rival else self.shop
        sharing.bind(customer_id=self.she.pk, shop_id=shop.pk, reason="order_paid", evidence={})
        self.is_settled = False

    @precondition(is_here)
    @rule()
    def leave(self) -> None:
        assert deleting.delete_for(make_staff(), self.she.pk, reason="wish")
        self.given.clear()
        self._nothing_was_seen()
        self.has_left = True
        self.is_settled = False

    # What others do.

    @rule()
    def worker(self) -> None:
        """The worker comes by, twice, so that what follows from what it did is done too."""
        if not hasattr(self, "she"):
            return
        for _round in range(2):
            outbox.drain(REACTIONS)
            self.clock.advance(seconds=25)
            timers.run_due(but=ELSE)
            consumers.drain()
        self.fading.clear()
        self.is_settled = True

    @precondition(lambda self: Consents.is_here(self) and not self.is_old)
    @rule()
    def weeks_pass(self) -> None:
        self.is_old = True
        self.clock.advance(days=16)
        self.worker()
        looks = View.objects.filter(user=self.she).values_list("product_id", flat=True)
        assert set(looks) <= self.may_be_known, "nothing of what she looks at is kept for long"

    @rule(shares=st.booleans())
    def the_agent_answers(self, shares: bool) -> None:
        from renmai.alerts import actions

        for card in alerts.tasks(self.shop.owner)[:1]:
            if shares:
                actions.share_it(self.shop.owner, card.alert.pk)
            else:
                actions.dismiss(self.shop.owner, card.alert.pk)

    # What may be known.

    @property
    def may_be_known(self) -> set[int]:
        """Goods of which it may be known now that she looked at them."""
        if Purpose.BROWSING not in self.given:
            return set()
        return self.looked.union(*(self.as_guest[number] for number in self.joined))

    @property
    def not_hers(self) -> set[int]:
        """Goods of which she has said that they are not hers."""
        values = {value for _facet, value in self.not_me}
        return {product.pk for product in self.goods if values & {str(product.pk), product.brand}}

    @property
    def may_be_told(self) -> set[int]:
        """Those that her agent may know of."""
        binding = relations.current_binding(self.she)
        is_hers = binding is not None and binding.shop_id == self.shop.pk
        return self.may_be_known if is_hers and self.given >= TELLING else set()

    def note(self, what: str, happened: object) -> None:
        if happened:
            type(self).seen |= {what}

    @invariant()
    def her_agent_hears_of_nothing_else(self) -> None:
        if not hasattr(self, "is_settled"):
            return
        told = {card.alert.product_id for card in alerts.tasks(self.shop.owner)}
        assert told <= (set() if self.is_muted else self.may_be_told)
        assert not told & self.not_hers
        self.note("told", told)
        binding = relations.current_binding(self.she)
        is_hers = binding is not None and binding.shop_id == self.shop.pk
        shown = likeness.for_agent(self.shop, self.she.pk) if is_hers else None
        assert self.goods_of(shown or ()) <= (self.may_be_told | self.fading if shown else set())
        self.note("shown to her agent", shown)
        named = {name for each in advised.to_share(self.shop.owner, limit=GOODS) for name in each.names}
        assert not named or (self.may_be_told and not self.is_muted and Purpose.MARKETING in self.given)
        self.note("named beside goods", named)

    @invariant()
    def she_is_shown_nothing_else(self) -> None:
        if not self.is_here():
            return
        liked = {
            (facet, value)
            for facet in (Facet.WATCHES, Facet.BRAND)
            for value in likeness.interests_of([self.she.pk], facet).get(self.she.pk, ())
        }
        assert self.named_by(value for _facet, value in liked) <= self.may_be_known | self.fading
        assert not liked & self.not_me
        self.note("portrait", liked)
        found = matching.for_member(self.she)
        assert not found.is_personal or Purpose.RECOMMENDATIONS in self.given
        assert self.rests_on(found.entries) <= self.may_be_known - self.not_hers
        self.note("list", found.is_personal and self.rests_on(found.entries))

    @invariant()
    def nothing_else_lies_in_rows_once_the_worker_came(self) -> None:
        if not getattr(self, "is_settled", False):
            return
        looks = EventRow.objects.filter(user_id=self.she.pk, name__in=REGISTRY.kept_by(Purpose.BROWSING))
        assert set(looks.values_list("product_id", flat=True)) <= self.may_be_known
        assert not Interest.objects.filter(user=self.she, source=Source.BROWSING).exists() or self.may_be_known
        assert not BrowseAlert.objects.filter(customer=self.she).exists() or Purpose.BROWSING in self.given
        lists = Selection.objects.filter(audience=Selection.Audience.MEMBER, subject_id=self.she.pk)
        assert not lists.exists() or Purpose.RECOMMENDATIONS in self.given
        about = Selection.objects.filter(audience__in=OF_ONE, part=self.she.pk)
        assert not about.exists() or self.given >= TELLING
        if self.has_left:
            self.note("left", True)
            marks = [NAME, PHONE, str(self.hers.pk), *(str(self.others[number].pk) for number in self.joined)]
            assert places_of(marks) == set()
            assert places_of_number(self.she.pk) <= number_stays().keys()

    def audit(self) -> None:
        """Ask the pages and the API as well."""
        if not hasattr(self, "is_settled"):
            return
        assert [str(each) for each in list_violations()] == []
        if self.is_here():
            own = [shown for shown in likeness.own(self.she).shown if shown.source is Source.BROWSING]
            assert self.goods_of(own) <= self.may_be_known | self.fading
        agents = Client(headers={"accept-language": "en"})
        agents.force_login(self.shop.owner)
        page = agents.get(reverse("workbench:customer", args=[self.she.pk]))
        assert page.status_code == 200
        if not self.may_be_told:
            assert not [product.brand for product in self.goods if product.brand in page.content.decode()]
        told = agents.get("/api/v1/agent/browse-alerts").json()["items"]
        assert {each["product_id"] for each in told} <= (set() if self.is_muted else self.may_be_told)

    def goods_of(self, shown: Iterable[Shown]) -> set[int]:
        """Return the goods of which these lines of a portrait tell."""
        sides = {Facet.WATCHES, Facet.WANTS, Facet.BRAND}
        return self.named_by(taste.value for each in shown if each.facet in sides for taste in each.tastes)

    def named_by(self, values: Iterable[str]) -> set[int]:
        """Return the goods that these values of a portrait name."""
        named = set(values)
        return {product.pk for product in self.goods if named & {str(product.pk), product.brand}}

    def rests_on(self, entries: Iterable[Entry]) -> set[int]:
        """Return the goods whose looks are a reason of these entries; a habit of prices rests on any."""
        categories = {product.category_id: product.pk for product in self.goods}
        found = set()
        for why in (why for entry in entries for why in entry.why if why.code in OF_LOOKS):
            about = {"category": categories.get(why.about, 0), "product": why.about}.get(OF_LOOKS[why.code])
            found |= {about} if about else (self.may_be_known or {0})
        return found


@pytest.mark.django_db
def test_nothing_is_known_that_she_did_not_agree_to(settings: Settings, tmp_path: Path) -> None:
    settings.RENMAI_HOME = tmp_path
    Consents.seen = frozenset()
    run_machine(Consents, examples=6, steps=15)
    assert Consents.seen >= {"told", "shown to her agent", "portrait", "list", "left"}
