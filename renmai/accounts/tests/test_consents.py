"""Consent per purpose, with versions."""

from dataclasses import replace

import pytest

from renmai.accounts import actions, consents, queries
from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import Consent
from renmai.accounts.tests.factories import make_member
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_every_purpose_has_a_text() -> None:
    assert set(PURPOSES) == set(Purpose)


def test_each_purpose_is_agreed_to_alone() -> None:
    user, other = make_member(), make_member()
    actions.give_consent(user, Purpose.TERMS)
    assert queries.has_consent(user, Purpose.TERMS)
    assert not queries.has_consent(user, Purpose.MARKETING)
    assert not queries.has_consent(other, Purpose.TERMS)


def test_agreeing_twice_is_agreeing_once() -> None:
    user = make_member()
    assert actions.give_consent(user, Purpose.TERMS).pk == actions.give_consent(user, Purpose.TERMS).pk
    assert Consent.objects.count() == 1


def test_withdrawing_keeps_the_evidence(moving_clock: MovingClock) -> None:
    user = make_member()
    given = actions.give_consent(user, Purpose.MARKETING)
    left = moving_clock.advance(days=3)
    actions.withdraw_consent(user, Purpose.MARKETING)
    actions.withdraw_consent(user, Purpose.MARKETING)
    assert not queries.has_consent(user, Purpose.MARKETING)
    assert Consent.objects.get(pk=given.pk).withdrawn_at == left
    moving_clock.advance(days=1)
    again = actions.give_consent(user, Purpose.MARKETING)
    assert [row.pk for row in queries.consents(user)] == [again.pk, given.pk]


def test_a_new_version_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_member()
    old = actions.give_consent(user, Purpose.PRIVACY)
    newer = replace(PURPOSES[Purpose.PRIVACY], version="2027-01")
    monkeypatch.setitem(consents.PURPOSES, Purpose.PRIVACY, newer)
    assert not queries.has_consent(user, Purpose.PRIVACY)
    new = actions.give_consent(user, Purpose.PRIVACY)
    assert (new.version, queries.has_consent(user, Purpose.PRIVACY)) == ("2027-01", True)
    assert Consent.objects.get(pk=old.pk).withdrawn_at is not None
