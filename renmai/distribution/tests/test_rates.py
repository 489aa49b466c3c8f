"""What goods pay: own rates, the default, the cap, the levels, the law."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import IntegrityError, transaction

from renmai.accounts.models import ActLog, Role
from renmai.distribution import actions
from renmai.distribution.models import Agent, ProductRate
from renmai.distribution.queries import Rate, commission_fen, points_on, product_rates, rates_for
from renmai.distribution.tests import world
from renmai.kernel.errors import DomainError
from renmai.policy.models import SettingChange
from renmai.policy.queries import clear_cache

pytestmark = pytest.mark.django_db


def configure(**values: object) -> None:
    for key, value in values.items():
        SettingChange.objects.create(key=key.replace("__", "."), value=value)
    clear_cache()


def refused(act: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value


def test_a_product_without_a_rate_pays_the_default() -> None:
    one, two = world.product(), world.product()
    actions.set_product_rate(world.owner(), two.pk, basis_points=1200)
    assert rates_for([one.pk, two.pk]) == {one.pk: Rate(500, 0), two.pk: Rate(1200, 0)}
    assert commission_fen(9_999, rates_for([two.pk])[two.pk]) == 1199


def test_rates_cannot_be_changed_by_whoever_asked() -> None:
    with pytest.raises(TypeError):
        rates_for([1])[1] = Rate(9, 9)  # type: ignore[index]


def test_the_second_level_pays_only_where_it_is_configured() -> None:
    product = world.product()
    ProductRate.objects.create(product=product, basis_points=1000, second_basis_points=400)
    assert rates_for([product.pk])[product.pk] == Rate(1000, 0)
    configure(commission__depth=2, commission__second_basis_points=200)
    other = world.product()
    assert rates_for([product.pk, other.pk]) == {product.pk: Rate(1000, 400), other.pk: Rate(500, 200)}


def test_the_cap_cuts_the_second_level_first() -> None:
    configure(commission__depth=2, commission__total_cap_basis_points=1200)
    both, first = world.product(), world.product()
    ProductRate.objects.create(product=both, basis_points=1000, second_basis_points=400)
    ProductRate.objects.create(product=first, basis_points=2000, second_basis_points=400)
    assert rates_for([both.pk, first.pk]) == {both.pk: Rate(1000, 200), first.pk: Rate(1200, 0)}


def test_the_direct_model_pays_nothing() -> None:
    configure(shop__model="direct")
    assert rates_for([1, 2]) == {1: Rate(0, 0), 2: Rate(0, 0)}


def test_what_one_agent_earns_on_one_product_is_what_orders_will_freeze(
    statements: Callable[[int], AbstractContextManager[None]],
) -> None:
    agent, plain, dear = world.agent(), world.product(), world.product()
    ProductRate.objects.create(product=dear, basis_points=2000)
    assert points_on(agent.user_id, plain.pk) == 500
    with statements(1):
        points_on(agent.user_id, plain.pk)
    assert points_on(agent.user_id, dear.pk) == 2000
    configure(commission__total_cap_basis_points=1500)
    assert points_on(agent.user_id, dear.pk) == rates_for([dear.pk])[dear.pk].basis_points == 1500
    assert points_on(world.owner().pk, dear.pk) is None
    Agent.objects.filter(pk=agent.pk).update(status=Agent.Status.SUSPENDED)
    assert points_on(agent.user_id, dear.pk) is None
    Agent.objects.filter(pk=agent.pk).update(status=Agent.Status.ACTIVE)
    configure(shop__model="direct")
    assert points_on(agent.user_id, dear.pk) == 0


def test_one_statement_for_many(statements: Callable[[int], AbstractContextManager[None]]) -> None:
    products = [world.product().pk for _ in range(20)]
    rates_for(products)
    with statements(1):
        assert len(rates_for(products)) == 20


class TestSetting:
    def test_is_logged_and_can_be_cleared(self) -> None:
        product, boss = world.product(), world.owner()
        actions.set_product_rate(boss, product.pk, basis_points=800)
        assert product_rates([product.pk])[product.pk].basis_points == 800
        actions.clear_product_rate(boss, product.pk)
        assert product_rates([product.pk]) == {}
        actions.clear_product_rate(boss, product.pk)
        assert list(ActLog.objects.order_by("pk").values_list("act", "detail")) == [
            ("product.rate", {"basis_points": 800, "second_basis_points": 0}),
            ("product.rate", {"basis_points": None}),
        ]

    def test_over_the_law_is_refused_with_its_source(self) -> None:
        product = world.product()
        error = refused(lambda: actions.set_product_rate(world.owner(), product.pk, basis_points=3001))
        assert (error.code, error.details["rule"]) == ("policy.refused", "commission.ratio")
        assert "直销管理条例" in str(error.details["source"])
        configure(commission__depth=2)
        both = lambda: actions.set_product_rate(world.owner(), product.pk, basis_points=2900, second_basis_points=101)  # noqa: E731
        assert refused(both).code == "policy.refused"
        assert not ProductRate.objects.exists()

    def test_over_the_configured_cap_is_refused(self) -> None:
        configure(commission__total_cap_basis_points=1250)
        error = refused(lambda: actions.set_product_rate(world.owner(), world.product().pk, basis_points=1300))
        assert (error.code, error.details["cap"]) == ("distribution.rate_over_cap", "12.5")

    def test_a_second_rate_needs_a_second_level(self) -> None:
        product = world.product().pk
        error = refused(lambda: actions.set_product_rate(world.owner(), product, basis_points=500, second_basis_points=100))
        assert (error.code, error.field) == ("distribution.second_level_off", "second_basis_points")

    def test_negative_rates_and_unknown_products(self) -> None:
        product = world.product().pk
        assert refused(lambda: actions.set_product_rate(world.owner(), product, basis_points=-1)).code == "distribution.rate"
        assert refused(lambda: actions.set_product_rate(world.owner(), 999, basis_points=1)).code == "request.not_found"

    def test_the_database_itself_knows_the_law(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            ProductRate.objects.create(product=world.product(), basis_points=2000, second_basis_points=1001)

    @pytest.mark.parametrize("role", [Role.MERCHANDISER, Role.SERVICE, Role.FINANCE, Role.AUDITOR, None])
    def test_others_may_not(self, role: str | None) -> None:
        other = world.staff(role) if role else world.user()
        product = world.product().pk
        assert refused(lambda: actions.set_product_rate(other, product, basis_points=1)).code == "request.forbidden"
        assert refused(lambda: actions.clear_product_rate(other, product)).code == "request.forbidden"
        assert not ProductRate.objects.exists()
