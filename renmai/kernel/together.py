"""Serving people together who ask for the same hot thing at the same moment: one of them does the work of all who wait.

A thousand buyers who each send four statements and a commit pay for four thousand journeys to the database. Those who come
while another's work is under way wait in line anyway; when it is done, the first in line takes everybody behind her along. Who comes alone is
served alone, at once. (Known as flat combining: Hendler, Incze, Shavit, Tzafrir 2010.)

Under a crowd those who were just served make room for the next ones within a moment. Whoever came first of these would be served by herself while
all others wait behind her: every other round would be one of one. So after a round of several the next one begins when as many are there again,
or two thousandths of a second later.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Condition, Event
from typing import Final, Generic, TypeVar

from renmai.kernel.transactions import require_none

Ask = TypeVar("Ask", bound=Hashable)
Answer = TypeVar("Answer")

COMPANY_SECONDS: Final = 0.002
"""How long after a round of several the next one waits for as many."""

log: Final = logging.getLogger(__name__)


class LineTooLong(Exception):
    """Nobody got round to this one in time. Nothing was done for her."""


@dataclass(eq=False)
class _Slot(Generic[Ask, Answer]):
    """One who waits: her thread sleeps until she has an answer, or is the first in line and leads the next round."""

    ask: Ask
    woken: Event = field(default_factory=Event)
    leads: bool = False
    answer: Answer | Exception | None = None


class Together(Generic[Ask, Answer]):
    """A line of this process, served in rounds by its own members. Whoever is served sees transactions of her own done for her.

    ``serve`` gets what some asked for, in the order in which they came and at most ``most``, never the same twice, and returns for each an answer or the
    exception that is to be raised for her. When it raises instead, each is served alone, so that one's trouble is not everybody's.
    It runs on the thread and connection of one of them: what it does must be the same for whoever does it.
    """

    def __init__(self, serve: Callable[[Sequence[Ask]], Sequence[Answer | Exception]], *, most: int, wait_seconds: float) -> None:
        self._serve, self._most, self._wait_seconds = serve, most, wait_seconds
        self._lock = Condition()
        self._line: deque[_Slot[Ask, Answer]] = deque()
        self._is_led = False
        self._last_size, self._company_until = 0, 0.0

    def __call__(self, ask: Ask) -> Answer:
        """Return the answer to ``ask``, or raise what it is. Raises ``LineTooLong`` after ``wait_seconds``, ``RuntimeError`` inside a transaction."""
        require_none()
        slot = _Slot[Ask, Answer](ask)
        with self._lock:
            self._line.append(slot)
            slot.leads, self._is_led = not self._is_led, True
            if len(self._line) == self._last_size:
                self._lock.notify()
        if not slot.leads and not slot.woken.wait(self._wait_seconds):
            self._give_up(slot)
            # Her round has begun: it ends soon, and its answer is hers.
            slot.woken.wait()
        if slot.leads:
            self._lead(slot)
        if isinstance(slot.answer, Exception):
            raise slot.answer
        return slot.answer  # type: ignore[return-value]  # served: only a bug leaves it None

    def _give_up(self, slot: _Slot[Ask, Answer]) -> None:
        with self._lock:
            if slot in self._line and not slot.leads:
                self._line.remove(slot)
                raise LineTooLong

    def _lead(self, first: _Slot[Ask, Answer]) -> None:
        """Serve the first of the line, of whom the caller is the very first, and hand the lead to the next one."""
        round_ = [first]
        try:
            with self._lock:
                self._lock.wait_for(lambda: len(self._line) >= self._last_size, self._company_until - time.monotonic())
                round_ = self._next_round()
            for slot, answer in zip(round_, self._answers([slot.ask for slot in round_]), strict=True):
                slot.answer = answer
        finally:
            with self._lock:
                if first in self._line:
                    self._line.remove(first)  # struck down before her round began
                self._last_size, self._company_until = len(round_), time.monotonic() + COMPANY_SECONDS
                self._is_led = bool(self._line)
                if self._line:
                    self._line[0].leads = True
                    self._line[0].woken.set()
            for slot in round_:
                if slot.answer is None:
                    # The leader was struck down. Whoever waited for her is told so; what was under way is undone with its transaction.
                    slot.answer = RuntimeError("whoever served this was interrupted")
                slot.woken.set()

    def _next_round(self) -> list[_Slot[Ask, Answer]]:
        """Take those who are served next out of the line: the same ask twice is served in two rounds, so the second sees the first's outcome."""
        asks: set[Ask] = set()
        round_: list[_Slot[Ask, Answer]] = []
        for slot in self._line:
            if len(round_) < self._most and slot.ask not in asks:
                asks.add(slot.ask)
                round_.append(slot)
        for slot in round_:
            self._line.remove(slot)
        return round_

    def _answers(self, asks: Sequence[Ask]) -> Sequence[Answer | Exception]:
        try:
            return self._serve(asks)
        except Exception as error:  # noqa: BLE001  raised for whom it concerns: one who stands alone
            if len(asks) == 1:
                return [error]
            log.warning("%d people could not be served together: %r", len(asks), error)
        return [answer for ask in asks for answer in self._answers([ask])]
