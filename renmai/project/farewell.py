"""Hears that this process is asked to stop, before the server around it waits for the last answer."""

import os
import signal
import threading
from collections.abc import Callable

STOPS = frozenset({signal.SIGTERM, signal.SIGINT})


def on_farewell(act: Callable[[], None]) -> None:
    """Call ``act``, in a thread of its own, when a signal asks this process to stop. Must be called in the main thread, once.

    The server sets handlers of its own after this; so we do not set one, but let Python write each signal's number into a pipe.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)

    def wait() -> None:
        while not STOPS.intersection(os.read(reading, 64)):
            pass
        act()

    threading.Thread(target=wait, name="farewell", daemon=True).start()
