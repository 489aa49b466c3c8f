"""Rings: accounts made to be brought. Each variant gives itself away by something else; the careful ones by as little as they can."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from renmai.fraud.cases import InviteEdge, Purchase
from renmai.fraud.tests.population import DUE_AFTER, NOW, Someone, Town, honest_town, often, spelled

SMALLEST, LARGEST = 5, 40
RINGS_PER_THOUSAND = 1.6


@dataclass(frozen=True)
class Manner:
    """How a ring works: when its accounts join, how soon they buy, how often they come back, how much of the first goods goes back."""

    joins_within: timedelta
    buys_within: timedelta
    again: float = 0.15
    first_wave_returns: float = 0.05


HASTY = Manner(timedelta(days=4), timedelta(hours=6))
PATIENT = Manner(timedelta(days=25), timedelta(days=4), again=0.3)


def device_farm(town: Town, accounts: list[Someone]) -> Manner:
    """A few telephones for all of them."""
    farm = [f"farm-{town.seed}-{accounts[0].number}-{index}" for index in range(town.dice.randint(1, 3))]
    _scatter(town, accounts)
    for someone in _most(town, accounts):
        someone.devices = [town.dice.choice(farm)]
    return HASTY


def phone_range(town: Town, accounts: list[Someone]) -> Manner:
    """Numbers bought in a row."""
    _scatter(town, accounts)
    stem = town.phone()[:8]
    for someone in _most(town, accounts):
        someone.phone = town.phone(stem)
    return HASTY


def payout_account(town: Town, accounts: list[Someone]) -> Manner:
    """All rewards go to one account."""
    _scatter(town, accounts)
    for someone in _most(town, accounts):
        someone.payout = f"9558{town.seed % 1000:03d}{accounts[0].number:09d}"
    return HASTY


def address_spellings(town: Town, accounts: list[Someone]) -> Manner:
    """One flat, written differently each time, and a few phones to take the parcels in."""
    home = town.street()
    phones = [town.phone() for _each in range(2)]
    for someone in accounts:
        someone.streets = [spelled(town, home)] if town.chance(0.85) else [town.street()]
        someone.recipients = [town.dice.choice(phones)] if town.chance(0.6) else []
    return HASTY


def burst(town: Town, accounts: list[Someone]) -> Manner:
    """Everybody within an hour or three, with goods bought within the day."""
    _scatter(town, accounts)
    gateway = f"183.14.{town.dice.randint(0, 255)}.{town.dice.randint(1, 254)}"
    for someone in _most(town, accounts):
        someone.networks = [gateway]
    return Manner(timedelta(hours=3), timedelta(hours=20))


def instant_order(town: Town, accounts: list[Someone]) -> Manner:
    """A script registers and buys in one go; some share a browser."""
    _scatter(town, accounts)
    for someone in accounts:
        if town.chance(0.3):
            someone.devices = [f"script-{town.seed}-{accounts[0].number}"]
    return Manner(timedelta(days=10), timedelta(minutes=6))


def refund_after_reward(town: Town, accounts: list[Someone]) -> Manner:
    """The goods of the first wave went back as soon as its rewards were paid; the second wave waits for its own."""
    home = town.street()
    for someone in accounts:
        someone.streets = [spelled(town, home)] if town.chance(0.4) else [town.street()]
    return Manner(timedelta(days=8), timedelta(days=1), first_wave_returns=0.8)


def careful(town: Town, accounts: list[Someone]) -> Manner:
    """One thing in common only, joining over weeks and buying like others do."""
    _scatter(town, accounts)
    what = town.dice.choice(("device", "payout", "phone", "block", "address"))
    home, phone, stem = town.street(), town.phone(), town.phone()[:8]
    for someone in _most(town, accounts):
        match what:
            case "device":
                someone.devices = [f"quiet-{town.seed}-{accounts[0].number}"]
            case "payout":
                someone.payout = f"4367{town.seed % 1000:03d}{accounts[0].number:09d}"
            case "phone":
                someone.recipients = [phone]
            case "block":
                someone.phone = town.phone(stem)
            case _:
                someone.streets = [spelled(town, home)]
    return PATIENT


VARIANTS: Mapping[str, Callable[[Town, list[Someone]], Manner]] = {
    row.__name__: row
    for row in (
        device_farm,
        phone_range,
        payout_account,
        address_spellings,
        burst,
        instant_order,
        refund_after_reward,
        careful,
    )
}


def town_with_rings(seed: int, size: int, *, per_thousand: float = RINGS_PER_THOUSAND) -> Town:
    """A town of about ``size`` honest people with rings of every variant among them."""
    town = honest_town(seed, size)
    count = max(len(VARIANTS), round(size / 1000 * per_thousand))
    names = [list(VARIANTS)[index % len(VARIANTS)] for index in range(count)]
    for name in names:
        ring(town, name)
    return town


def ring(town: Town, variant: str) -> None:
    """One ring of five to forty accounts with a first wave that was rewarded already and a second whose rewards are due."""
    size = round(town.dice.triangular(SMALLEST, LARGEST, 12))
    began = NOW - DUE_AFTER - timedelta(days=town.dice.uniform(26, 34))
    accounts = [town.add(began) for _each in range(size)]
    manner = VARIANTS[variant](town, accounts)
    head, earlier = accounts[0], round(size * 0.4)
    head.joined_at = began - timedelta(days=town.dice.uniform(30, 120))
    head.purchases.append(Purchase(head.joined_at + timedelta(days=1)))
    if town.chance(0.3):
        # Once a customer like others, who found a better trade.
        head.joined_at -= timedelta(days=120)
        head.purchases.append(Purchase(head.joined_at + timedelta(days=1)))
    for index, someone in enumerate(accounts[1:], 1):
        is_first_wave = index <= earlier
        start = began - timedelta(days=40) if is_first_wave else began
        someone.joined_at = town.moment(start, start + manner.joins_within)
    shape = town.dice.choice(("star", "chain", "tree"))
    waiting = sorted(accounts[1:], key=lambda row: row.joined_at)
    for index, someone in enumerate(waiting):
        _bring(town, _inviter(town, shape, [head, *waiting[:index]]), someone, manner, variant, returns=index < earlier)
    if town.chance(0.3):
        _victims(town, head)


def _inviter(town: Town, shape: str, before: list[Someone]) -> Someone:
    if shape == "star":
        return before[0]
    return before[-1] if shape == "chain" else before[town.dice.randrange(max(0, len(before) - 4), len(before))]


def _bring(town: Town, inviter: Someone, invited: Someone, manner: Manner, variant: str, *, returns: bool) -> None:
    first = min(invited.joined_at + manner.buys_within * town.dice.random() + timedelta(seconds=40), NOW)
    town.shop(invited, first, again=manner.again, refunds=manner.first_wave_returns if returns else 0.02)
    town.brought.add(invited.number)
    edge = InviteEdge(inviter.number, invited.number, invited.joined_at - timedelta(minutes=1), first)
    town.edges.append(edge)
    town.kinds[edge] = variant
    town.rings[edge] = variant


def _victims(town: Town, head: Someone) -> None:
    """Real people whom the head of the ring brought, to look like others."""
    for _each in range(town.dice.randint(1, 3)):
        friend = town.add(town.moment(head.joined_at, NOW - DUE_AFTER))
        friend.streets = [town.street()]
        town.bring(head, friend, again=often(town), kind="friend of a ring")


def _scatter(town: Town, accounts: list[Someone]) -> None:
    """Addresses of their own for all of them."""
    for someone in accounts:
        someone.streets = [town.street()]


def _most(town: Town, accounts: list[Someone]) -> list[Someone]:
    """All but a few, whom the ring forgot."""
    return [someone for someone in accounts if town.chance(0.88)]
