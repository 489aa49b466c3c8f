"""The log of what the staff did."""

import ipaddress
from collections.abc import Mapping

from renmai.accounts.models import ActLog, User
from renmai.kernel.compiled import insert

Detail = Mapping[str, str | int | bool | list[str] | None]


def log_act(
    actor: User, act: str, *, object_type: str, object_id: object, detail: Detail | None = None, ip_address: str | None = None
) -> ActLog:
    """Append one act (``room.verb``) to the log. Call it inside the action's transaction: an act and its entry stand or fall together.

    ``detail`` holds what changed, never secrets. There is no way to change or remove an entry.
    """
    entry = ActLog(
        actor=actor,
        act=act,
        object_type=object_type,
        object_id=str(object_id),
        detail=dict(detail or {}),
        ip_address=real_address(ip_address),
    )
    insert([entry])
    return entry


def real_address(text: str | None) -> str | None:
    """Return the address when it is one: a proxy may pass on anything, and the entry must not fail for it."""
    try:
        return str(ipaddress.ip_address(text or ""))
    except ValueError:
        return None
