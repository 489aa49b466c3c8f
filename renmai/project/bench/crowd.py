"""A crowd before one hot thing: clients in a closed loop, each asking again as soon as it is answered, in front of few workers.

As in a web server: requests wait in one line, first come, first served, and a fixed number of threads with a connection each works on
them. Two such processes run side by side and begin at the same moment. What counts is how much good came of it (``goods``), never how many
requests were answered.
"""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

PROCESSES = 2
THREADS = 8
"""As ``renmai up`` on two cores: sixteen transactions at most, together."""

PIECES = 200_000
TITLE = "秒杀 水蜜桃"
GROUP_TITLE = "拼团 水蜜桃"
PRICE_FEN = 990

Act = Callable[[], str]


@dataclass(frozen=True)
class Wanted:
    """How many clients of this process ask for how long, and when they begin (seconds since the epoch, the same for all processes)."""

    clients: int
    seconds: float
    starts_at: float


def come(acts: Iterator[Act], wanted: Wanted) -> dict[str, Any]:
    """Let the clients come; return what was said how often within the time, how long each answer took, and how long it went on.

    ``acts`` gives each request; when there are no more, a client leaves. What was still on its way at the end is not counted.
    """
    line: deque[float] = deque()
    lock, said, taken_ms, last = Lock(), dict[str, int](), list[float](), [0.0]
    time.sleep(max(0.0, wanted.starts_at - time.time()))
    began = time.perf_counter()
    line.extend([began] * wanted.clients)

    def work() -> None:
        from django.db import connection

        connection.ensure_connection()
        while (now := time.perf_counter()) < began + wanted.seconds:
            with lock:
                asked_at, act = (line.popleft(), next(acts, None)) if line else (now, None)
            if act is None:
                break
            answer = act()
            done = time.perf_counter()
            with lock:
                line.append(done)
                if done <= began + wanted.seconds:
                    said[answer] = said.get(answer, 0) + 1
                    taken_ms.append(1000 * (done - asked_at))
                    last[0] = done - began
        connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        for worker in [pool.submit(work) for _thread in range(THREADS)]:
            worker.result()
    return {"said": said, "taken_ms": taken_ms, "seconds": last[0]}


def grab(*, campaign_id: int, first_user: int, users: int, wanted: dict[str, Any]) -> dict[str, Any]:
    """Let people take places in a flash sale, each once. A task."""
    from renmai.accounts.models import User
    from renmai.kernel.errors import DomainError
    from renmai.plays.flash import actions

    people = {user.pk: user for user in User.objects.filter(pk__gte=first_user, pk__lt=first_user + users)}

    def one(user: User) -> str:
        try:
            return actions.grab(user, campaign_id).status
        except DomainError as refused:
            return refused.code

    return come((lambda user=user: one(user) for user in people.values()), Wanted(**wanted))  # type: ignore[misc]


def join(*, first: int, most: int, wanted: dict[str, Any]) -> dict[str, Any]:
    """Let the provider tell of payments for places in hot groups, each once. A task; ``first`` and ``most`` say which."""
    from renmai.journeys import paying
    from renmai.payments.actions import Answer, Outcome, Subject
    from renmai.payments.models import Payment, SandboxTrade

    waiting = Payment.objects.filter(status=Payment.Status.PENDING).order_by("pk")[first : first + most]
    trades = dict(SandboxTrade.objects.values_list("number", "trade"))

    def one(payment: Payment) -> str:
        answer = Answer(
            subject=Subject.PAYMENT,
            number=payment.number,
            outcome=Outcome.SUCCEEDED,
            provider_id=trades[payment.number],
            amount_fen=payment.amount_fen,
            currency=payment.currency,
        )
        return paying.settle_capture(payment.provider, answer)

    return come((lambda row=row: one(row) for row in list(waiting)), Wanted(**wanted))  # type: ignore[misc]


def people(*, most: int) -> dict[str, int]:
    """Add people who do nothing but come; return the first one's id and how many. Numbered without gaps. A task."""
    from renmai.accounts.models import User

    made = User.objects.bulk_create(
        [User(username=f"crowd-{number}", phone=f"138{number:08d}", display_name="人群") for number in range(most)],
        batch_size=1000,
    )
    return {"first_user": made[0].pk, "users": len(made)}


def sale(*, pieces: int = PIECES) -> int:
    """Launch a flash sale of one SKU and return its campaign's id. A task."""
    from renmai.accounts.models import User
    from renmai.campaigns.actions import launch
    from renmai.catalogue.actions import count_stock
    from renmai.catalogue.actions.feeds import in_pools
    from renmai.catalogue.models import Sku

    owner = User.objects.get(username="bench")
    sku = Sku.objects.order_by("pk")[0]
    count_stock(owner, sku.pk, on_hand=pieces + sku.stock_reserved + in_pools([sku.pk])[sku.pk])
    terms = {"sku_id": sku.pk, "price_fen": PRICE_FEN, "pieces": pieces, "per_person": 1, "pay_minutes": 60}
    return launch(owner, _campaign(owner, "flash", TITLE, terms)).pk


def groups(*, sizes: list[int]) -> int:
    """Open a hot group of each size in one campaign, and have people order the other places; return how many payments wait. A task."""
    from renmai.accounts.models import User
    from renmai.campaigns.actions import launch
    from renmai.catalogue.actions import count_stock
    from renmai.catalogue.models import Sku
    from renmai.project.bench import stage

    owner = User.objects.get(username="bench")
    sku = Sku.objects.order_by("-pk")[0]
    count_stock(owner, sku.pk, on_hand=sum(sizes) + 1000)
    terms = {"sku": sku.pk, "tiers": [[2, PRICE_FEN], [max(sizes), PRICE_FEN - 100]], "most_pieces": 1, "limit": 0}
    campaign = launch(owner, _campaign(owner, "groupbuy", GROUP_TITLE, terms))
    here = stage.load(Path(os.environ["RENMAI_HOME"]))
    return sum(_group(campaign.pk, sku.pk, here.members[:size], round_) for round_, size in enumerate(sizes))


def _group(campaign_id: int, sku_id: int, members: Any, round_: int) -> int:
    from renmai.plays.groupbuy.models import Seat

    leader, *others = members
    order = _ordered(campaign_id, sku_id, leader, reference="", key=f"group-{round_}")
    _captured(order)
    number = Seat.objects.select_related("group").get(order=order).group.number  # type: ignore[union-attr]
    for member in others:
        _begun(_ordered(campaign_id, sku_id, member, reference=number, key=f"group-{round_}"))
    return len(others)


def _ordered(campaign_id: int, sku_id: int, member: Any, *, reference: str, key: str) -> Any:
    from renmai.accounts.models import User
    from renmai.campaigns.plays import Choice
    from renmai.journeys.checkout import CheckoutDraft, WantedLine, place_order

    draft = CheckoutDraft(
        lines=(WantedLine(sku_id, 1),),
        address_id=member.address_id,
        plays=(Choice("groupbuy", campaign_id, reference),),
    )
    return place_order(User.objects.get(pk=member.user_id), None, draft, idempotency_key=f"{key}-{member.user_id}")


def _begun(order: Any) -> Any:
    from renmai.journeys import paying
    from renmai.payments.models import Payment, SandboxTrade

    paying.start_for(order.buyer, order, return_url="/")
    payment = Payment.objects.get(reference=order.number)
    SandboxTrade.objects.filter(number=payment.number).update(status="paid", paid_at=payment.created_at)
    return payment


def _captured(order: Any) -> None:
    from renmai.payments.models import Payment

    _begun(order)
    before = Payment.objects.filter(status=Payment.Status.PENDING).count() - 1
    join(first=before, most=1, wanted={"clients": 1, "seconds": 10.0, "starts_at": 0.0})


def _campaign(owner: Any, play: str, title: str, terms: dict[str, Any]) -> Any:
    from datetime import timedelta

    from renmai.campaigns.actions import Draft, compose
    from renmai.kernel import clock

    now = clock.now()
    wanted = Draft(
        title_zh=title, channels=("web",), starts_at=now - timedelta(minutes=1), ends_at=now + timedelta(days=5), terms=terms
    )
    return compose(owner, play, wanted)


TASKS: tuple[Callable[..., Any], ...] = (grab, join, people, sale, groups)
