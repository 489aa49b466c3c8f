"""Writes an invented town into the database, as the rooms below would have left it."""

from datetime import date

from renmai.accounts.models import Address, SignIn, User
from renmai.distribution.models import Agent
from renmai.fraud.cases import InviteEdge
from renmai.fraud.tests.population import REGION, Someone, Town
from renmai.ordering.models import Order

PATH = "广东省 深圳市 南山区"


def write(town: Town) -> dict[int, User]:
    """Write everybody; return who is who."""
    users = User.objects.bulk_create(
        [User(phone=row.phone, display_name=f"member {row.number}", created_at=row.joined_at) for row in town.people.values()]
    )
    people = dict(zip(town.people, users, strict=True))
    SignIn.objects.bulk_create([row for pk, someone in town.people.items() for row in _sign_ins(people[pk], someone)])
    Address.objects.bulk_create(
        [
            Address(
                user=people[pk],
                recipient="王",
                phone=someone.recipients[0] if someone.recipients else someone.phone,
                region_id=REGION,
                street=street,
            )
            for pk, someone in town.people.items()
            for street in someone.streets
        ]
    )
    Order.objects.bulk_create([row for pk, someone in town.people.items() for row in _orders(people[pk], someone)])
    Agent.objects.bulk_create(
        [
            Agent(user=people[pk], born_on=date(1990, 5, 17), occupation="other", payout_account=someone.payout)
            for pk, someone in town.people.items()
            if someone.payout
        ]
    )
    return people


def as_rows(people: dict[int, User], edge: InviteEdge) -> InviteEdge:
    """The same invitation between the people in the database."""
    return InviteEdge(people[edge.inviter_id].pk, people[edge.invited_id].pk, edge.at, edge.first_order_at)


def _sign_ins(user: User, someone: Someone) -> list[SignIn]:
    return [
        SignIn(user=user, device=device, ip_address=network, epoch=0, began_at=someone.joined_at)
        for device, network in zip(
            someone.devices + someone.devices[:1] * len(someone.networks),
            someone.networks + someone.networks[:1] * len(someone.devices),
            strict=True,
        )
    ]


def _orders(user: User, someone: Someone) -> list[Order]:
    return [
        Order(
            number=f"R{user.pk}-{index}",
            buyer=user,
            status="refunded" if row.refunded_at else "settled",
            goods_fen=5000,
            payable_fen=5000,
            refunded_fen=5000 if row.refunded_at else 0,
            phone=(someone.recipients or [someone.phone])[0],
            region_code=REGION,
            address=f"{PATH} {someone.streets[0]}" if someone.streets else "",
            idempotency_key=f"{index}",
            placed_at=row.paid_at,
            pay_before=row.paid_at,
            paid_at=row.paid_at,
            closed_at=row.refunded_at,
        )
        for index, row in enumerate(someone.purchases)
    ]
