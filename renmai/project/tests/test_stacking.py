"""Several layers on one price: every combination that may be is a price that adds up, is paid, and comes back to the fen."""

from collections.abc import Sequence
from itertools import combinations
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from renmai.campaigns.plays import Choice, Layer, Line
from renmai.campaigns.queries import options_for
from renmai.campaigns.stacking import ORDER, TOGETHER, check, spread
from renmai.campaigns.tests.fakes import FakePlay, choice, installed, running_campaign
from renmai.catalogue.models import Sku
from renmai.journeys import checkout
from renmai.journeys.tests.faults import undone
from renmai.journeys.tests.lives import pay, send_back
from renmai.journeys.tests.world import Customer, customer, draft, fresh, goods, lines, place, refused, violations
from renmai.kernel.errors import DomainError
from renmai.kernel.money import spell
from renmai.ordering.models import Order
from renmai.plays.coupon.models import Coupon
from renmai.plays.coupon.tests import world as coupons
from renmai.plays.levels.models import Standing
from renmai.plays.levels.tests import world as levels
from renmai.plays.points.tests import world as points
from renmai.plays.red_packet.models import Packet
from renmai.plays.red_packet.tests import world as packets
from renmai.project import stacking
from tools.testing.machines import LONG

pytestmark = pytest.mark.django_db

MAY_BE = st.integers(1, 4000)
EXAMPLES = 60 if settings.get_current_profile_name() == LONG else 6


@pytest.mark.parametrize("size", range(1, len(ORDER) + 1))
def test_a_set_of_layers_may_be_when_each_pair_may(size: int) -> None:
    for chosen in combinations(ORDER, size):
        may_be = all(other in TOGETHER[layer] for layer, other in combinations(chosen, 2))
        if may_be:
            check(chosen)
            check(chosen[::-1])
        else:
            with refused("campaigns.not_together"):
                check(chosen)
    for layer in ORDER:
        assert all(layer in TOGETHER[other] for other in TOGETHER[layer])
        assert layer not in TOGETHER[layer]
        with refused("campaigns.once"):
            check([layer, layer])


@settings(max_examples=200, deadline=None)
@given(amounts=st.lists(st.integers(0, 10_000), min_size=1, max_size=8), data=st.data())
def test_what_is_shared_sums_and_leaves_no_line_below_zero(amounts: list[int], data: st.DataObject) -> None:
    off_fen = data.draw(st.integers(0, sum(amounts)))
    found = spread(off_fen, [Line(number, 0, 1, amount, amount) for number, amount in enumerate(amounts)])
    assert sum(found.values()) == off_fen
    assert all(0 <= found[number] <= amount for number, amount in enumerate(amounts))


def outfit(who: Customer, has: frozenset[Layer], worth: dict[Layer, int]) -> list[Choice]:
    """Give somebody one of each of ``has`` and return her choices; a level is chosen by nobody."""
    chosen = []
    if Layer.LEVEL in has:
        running = levels.campaign(silver_fen=1, silver_basis_points=worth[Layer.LEVEL] % 400 + 1)
        Standing.objects.create(campaign=running, user=who.user, kept_fen=1, good_until=running.ends_at)
    if Layer.COUPON in has:
        coupon = coupons.claimed(who, coupons.campaign(off_fen=worth[Layer.COUPON], threshold_fen=0))
        chosen.append(choice(coupon.campaign, coupon.code))
    if Layer.RED_PACKET in has:
        packet = packets.opened(who, packets.campaign(packets=1, total_fen=worth[Layer.RED_PACKET]))
        chosen.append(choice(packet.campaign, packet.code))
    if Layer.POINTS in has:
        points.gift(who.user, worth[Layer.POINTS])
        chosen.append(choice(points.campaign()))
    return chosen


def adds_up(user: Customer, skus: Sequence[tuple[Sku, int]], chosen: Sequence[Choice]) -> checkout.Quote:
    """Whatever is quoted is explained fen by fen, by line and by layer, in whichever order it was chosen."""
    found = checkout.quote(user.user, draft(user, skus, plays=tuple(chosen)))
    assert found == checkout.quote(user.user, draft(user, skus, plays=tuple(reversed(chosen))))
    assert found.payable_fen == found.goods_fen - found.discount_fen + found.freight_fen >= 0
    explained = [line.amount_fen for line in found.explanation]
    assert (sum(explained[:-1]), explained[-1]) == (found.payable_fen, found.payable_fen)
    granted = sum(each.grant.discount_fen for each in found.granted)
    assert found.discount_fen == granted == sum(line.discount_fen for line in found.lines)
    assert [ORDER.index(each.layer) for each in found.granted] == sorted(ORDER.index(each.layer) for each in found.granted)
    for line in found.lines:
        assert line.discount_fen == sum(each.grant.off_fen.get(line.sku.sku_id, 0) for each in found.granted)
        assert line.amount_fen >= 0
    return found


@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    has=st.frozensets(st.sampled_from([Layer.LEVEL, Layer.COUPON, Layer.RED_PACKET, Layer.POINTS])),
    worth=st.fixed_dictionaries(dict.fromkeys(ORDER, MAY_BE)),
    wants=st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 2)), min_size=1, max_size=2),
    seed=st.integers(0, 2**32),
)
def test_a_price_of_many_layers_adds_up_is_paid_and_comes_back(
    has: frozenset[Layer], worth: dict[Layer, int], wants: list[tuple[int, int]], seed: int
) -> None:
    with undone():
        lived(has, worth, wants, Random(seed))  # noqa: S311  as hypothesis drew it


def lived(has: frozenset[Layer], worth: dict[Layer, int], wants: list[tuple[int, int]], chance: Random) -> None:
    """Quote, place, pay and send back, piece by piece in any order."""
    who = customer()
    skus = [(goods(price_fen=price_fen, freight=chance.random() < 0.5)[0], pieces) for price_fen, pieces in wants]
    chosen = outfit(who, has, worth)
    try:
        quoted = adds_up(who, skus, chosen)
        order = place(who, skus, plays=tuple(chosen))
    except DomainError as error:
        # Nothing was left for a later layer to take off.
        assert error.code in {"campaigns.not_offered", "points.too_few", "coupon.other_goods"}  # noqa: PT017
        return
    assert (order.payable_fen, order.discount_fen) == (quoted.payable_fen, quoted.discount_fen)
    order = pay(who, order) if order.payable_fen else order
    assert order.status == "paid"
    pieces = [number for number, line in enumerate(lines(order)) for _piece in range(line.quantity)]
    chance.shuffle(pieces)
    for number in pieces:
        send_back(order, line=number, pieces=1)
    comes_back(order, who, worth[Layer.POINTS] if Layer.POINTS in has else 0)


def comes_back(order: Order, who: Customer, had_points: int) -> None:
    """Every fen and everything that was spent is back, exactly once."""
    order = fresh(order)
    assert order.refunded_fen == order.payable_fen == sum(line.refunded_fen for line in lines(order))
    if had_points:
        assert points.account(who.user) == (had_points, 0, 0)
    for kept in (Coupon, Packet):
        assert set(kept.objects.filter(owner=who.user).values_list("status", flat=True)) <= {"free"}
    # The level was given, not earned.
    assert [one for one in violations() if "[levels] standing" not in one] == []


def test_a_plays_price_takes_red_packets_and_points_and_nothing_else() -> None:
    who, (peach,) = customer(), goods(price_fen=3000, freight=False)
    worth = {Layer.COUPON: 300, Layer.RED_PACKET: 200, Layer.POINTS: 100, Layer.LEVEL: 100}
    coupon, packet, some = outfit(who, frozenset(worth), worth)
    with installed(FakePlay(off_fen=1000, layer=Layer.PRICE)):
        own = choice(running_campaign(terms={"off_fen": 1000}))
        found = adds_up(who, [(peach, 1)], [some, own, packet])
        assert [(each.play, each.grant.discount_fen) for each in found.granted] == [
            ("fake", 1000),
            ("red_packet", 200),
            ("points", 100),
        ]
        with refused("campaigns.not_together"):
            checkout.quote(who.user, draft(who, [(peach, 1)], plays=(own, coupon)))


def test_the_documented_example_is_what_the_shop_charges() -> None:
    who = customer()
    skus = [(goods(price_fen=price_fen, freight=False)[0], pieces) for _title, price_fen, pieces in stacking.GOODS]
    level = levels.campaign(gold_fen=2_000, gold_basis_points=stacking.LEVEL.basis_points)
    Standing.objects.create(campaign=level, user=who.user, kept_fen=2_000, good_until=level.ends_at)
    about = ",".join(str(sku.product_id) for sku, _pieces in skus[:2])
    known = stacking.COUPON
    coupon = coupons.claimed(
        who, coupons.campaign(off_fen=known.off_fen, threshold_fen=known.threshold_fen, scope="products", products=about)
    )
    packet = packets.opened(who, packets.campaign(packets=1, total_fen=stacking.PACKET_FEN))
    points.gift(who.user, stacking.POINTS)
    some = points.campaign(most_basis_points=stacking.RATES.most_basis_points)
    chosen = [choice(coupon.campaign, coupon.code), choice(packet.campaign, packet.code), choice(some)]
    found = adds_up(who, skus, chosen)
    said = stacking.steps()
    assert [each.grant.discount_fen for each in found.granted] == [sum(step.off.values()) for step in said[1:]]
    assert [line.amount_fen for line in found.lines] == [line.amount_fen for line in said[-1].lines]
    page = "\n".join(stacking.documentation())
    assert f"| {spell(found.payable_fen)} |" in page


def test_what_cannot_be_used_beside_the_price_of_a_play_says_so_before_it_is_chosen() -> None:
    who = customer()
    coupons.claimed(who, coupons.campaign(threshold_fen=0))
    packets.opened(who, packets.campaign())
    of_goods = [Line(1, 1, 1, 5000, 5000)]
    free = options_for(who.user, of_goods)
    beside = options_for(who.user, of_goods, priced_by="groupbuy")
    assert [free[layer][0].why_not for layer in (Layer.COUPON, Layer.RED_PACKET)] == ["", ""]
    assert beside[Layer.COUPON][0].why_not == "拼团和优惠券不能同时用于一个订单。"
    assert beside[Layer.RED_PACKET] == free[Layer.RED_PACKET]
