"""Serving people together who ask for the same hot thing at the same moment: one of them does the work of all who wait.

A thousand buyers who each send four statements and a commit pay for four thousand journeys to the database. Those who come
while another's work is under way wait in line anyway; when it is done, the first in line takes everybody behind her along. Nobody is made
to wait for company: who comes alone is served alone, at once. (Known as flat combining: Hendler, Incze, Shavit, Tzafrir 2010.)
"""

import logging
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Final, Generic, TypeVar

from renmai.kernel.transactions import require_none

Ask = TypeVar("Ask", bound=Hashable)
Answer = TypeVar("Answer")

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
        self._lock = Lock()
        self._line: deque[_Slot[Ask, Answer]] = deque()
        self._is_led = False

    def __call__(self, ask: Ask) -> Answer:
        """Return the answer to ``ask``, or raise what it is. Raises ``LineTooLong`` after ``wait_seconds``, ``RuntimeError`` inside a transaction."""
        require_none()
        slot = _Slot[Ask, Answer](ask)
        with self._lock:
            self._line.append(slot)
            slot.leads, self._is_led = not self._is_led, True
        if not slot.leads and not slot.woken.wait(self._wait_seconds):
            self._give_up(slot)
            # Her round has begun: it ends soon, and its answer is hers.
            slot.woken.wait()
        if slot.leads:
            self._lead()
        if isinstance(slot.answer, Exception):
            raise slot.answer
        return slot.answer  # type: ignore[return-value]  # served: only a bug leaves it None

    def _give_up(self, slot: _Slot[Ask, Answer]) -> None:
        with self._lock:
            if slot in self._line and not slot.leads:
                self._line.remove(slot)
                raise LineTooLong

    def _lead(self) -> None:
        """Serve the first of the line, of whom the caller is the very first, and hand the lead to the next one."""
        with self._lock:
            round_ = self._next_round()
        try:
            for slot, answer in zip(round_, self._answers([slot.ask for slot in round_]), strict=True):
                slot.answer = answer
        finally:
            with self._lock:
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
