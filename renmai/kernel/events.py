"""Facts that rooms emit: frozen dataclasses of ints and strings, known by name."""

from dataclasses import asdict, dataclass
from typing import ClassVar

_registry: dict[str, type["Event"]] = {}


@dataclass(frozen=True)
class Event:
    """Base of all events. A subclass is registered under ``room.ClassName``; its fields are ``int``, ``str``, ``bool`` or ``None``."""

    NAME: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        room = cls.__module__.removeprefix("renmai.").removesuffix(".events")
        cls.NAME = f"{room}.{cls.__name__}"
        if cls.NAME in _registry:
            raise ValueError(f"event {cls.NAME} is declared twice")
        _registry[cls.NAME] = cls

    def payload(self) -> dict[str, int | str | bool | None]:
        """Return the fields, ready for JSON."""
        return asdict(self)


def revive(name: str, payload: dict[str, int | str | bool | None]) -> Event:
    """Return the event that was stored under ``name``. Raises ``KeyError`` for a name that no room declares."""
    return _registry[name](**payload)


def declared() -> dict[str, type[Event]]:
    """Return every declared event by name."""
    return dict(sorted(_registry.items()))
