"""Two links bind one customer at once: she belongs to one shop, and what did not happen is told as such."""

import pytest

from renmai.sharing.actions import bind, share
from renmai.sharing.models import Binding, BindingLog, Share, Shop
from renmai.sharing.tests import factories as make
from tools.testing.together import Act, at_once, every_interleaving

pytestmark = pytest.mark.django_db(transaction=True)


def binding(customer_id: int, shop: Shop) -> Act:
    """The act of binding; says the shop that she belongs to afterwards."""

    def act() -> object:
        held = bind(customer_id=customer_id, shop_id=shop.pk, reason="test", evidence={})
        return held.shop_id if held else None

    return act


def test_two_links_bind_one_customer() -> None:
    one, other = make.shop(), make.shop()
    people: list[int] = []

    def scene() -> tuple[Act, Act]:
        people.append(make.user().pk)
        return binding(people[-1], one), binding(people[-1], other)

    def check(first: str, second: str) -> None:
        (held,) = Binding.objects.filter(customer_id=people[-1])
        said = {first, second}
        assert str(held.shop_id) in said
        # The other one was told who holds her, or to try once more: then the same answer awaits it.
        assert said <= {str(held.shop_id), "request.conflict"}
        assert binding(people[-1], other if held.shop_id == one.pk else one)() == held.shop_id
        changes = list(BindingLog.objects.filter(customer_id=people[-1]).order_by("pk").values_list("change", flat=True))
        assert changes[0] == "bound"
        assert set(changes[1:]) == {"refused"}

    every_interleaving(scene, check)


def test_one_thing_shared_twice_at_once_is_one_link() -> None:
    for _round in range(4):
        shop = make.shop()
        codes = at_once(*[lambda: share(shop.owner, kind=Share.Kind.SHOP, shop=shop).code for _one in range(4)])  # noqa: B023
        assert set(codes) == {Share.objects.get(shop=shop).code}
