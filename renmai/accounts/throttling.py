"""Limits on attempts: so many of one kind by one subject within a window."""

import hashlib
import ipaddress
from datetime import timedelta
from math import ceil

from django.db import transaction
from django.db.models import F

from renmai.accounts.limits import LIMITS
from renmai.accounts.models import Throttle
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

SUBJECT_MAX_LENGTH = 80


def count(act: str, subject: str) -> None:
    """Count one attempt at ``act`` as ``limits.TABLE`` has it; see ``hit``."""
    limit = LIMITS[act]
    hit(act, subject, limit=limit.most, window_seconds=limit.seconds)


def count_address(act: str, ip_address: str) -> None:
    """Count one attempt at ``act`` from a network address as ``limits.TABLE`` has it; see ``hit_address``."""
    limit = LIMITS[act]
    hit_address(act, ip_address, limit=limit.most, window_seconds=limit.seconds)


def hit(act: str, subject: str, *, limit: int, window_seconds: int) -> None:
    """Count one attempt; raises ``request.too_many`` with the ``seconds`` to wait when it is beyond ``limit`` in the window.

    The count is committed before the refusal: called inside another transaction this raises ``RuntimeError``, because the refusal
    would undo it. Attempts beyond the limit do not lengthen the window.
    """
    name = _subject(subject)
    now = clock.now()
    begun = now - timedelta(seconds=window_seconds)
    rows = Throttle.objects.filter(act=act, subject=name)
    with transaction.atomic(durable=True):
        if not rows.filter(window_started_at__gt=begun).update(attempts=F("attempts") + 1):
            # Two first attempts at once: one inserts, both count.
            fresh = Throttle(act=act, subject=name, window_started_at=now)
            Throttle.objects.bulk_create([fresh], ignore_conflicts=True)
            rows.filter(window_started_at__lte=begun).update(window_started_at=now, attempts=0)
            rows.update(attempts=F("attempts") + 1)
        row = rows.get()
    if row.attempts > limit:
        if row.window_started_at > now and rows.filter(window_started_at__gt=now).update(window_started_at=now):
            # The clock was turned back: nobody waits for longer than a window.
            row.window_started_at = now
        waiting = row.window_started_at + timedelta(seconds=window_seconds) - now
        raise DomainError("request.too_many", seconds=max(1, ceil(waiting.total_seconds())))


def hit_address(act: str, ip_address: str, *, limit: int, window_seconds: int) -> None:
    """Count one attempt from a network address; see ``hit``.

    A loopback address or none (a proxy on this machine, a Unix socket, a script, a test) says nothing about who is asking and is
    not counted. IPv6 is counted by its /64, which one household has to itself.
    """
    subject = network_of(ip_address)
    if subject:
        hit(act, subject, limit=limit, window_seconds=window_seconds)


def clear(act: str, subject: str) -> None:
    """Forget the attempts of ``subject``: the person has proved who they are."""
    Throttle.objects.filter(act=act, subject=_subject(subject)).delete()


def network_of(ip_address: str) -> str:
    """Return under which name attempts from ``ip_address`` are counted; nothing for loopback and for no address."""
    try:
        address = ipaddress.ip_address(ip_address)
    except ValueError:
        # What a proxy passed on may be anything; whatever it is, it is counted as it stands.
        return ip_address
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return "" if address.is_loopback else str(ipaddress.ip_network((address, 64), strict=False))
        address = address.ipv4_mapped
    return "" if address.is_loopback else str(address)


def _subject(subject: str) -> str:
    return subject if len(subject) <= SUBJECT_MAX_LENGTH else hashlib.sha256(subject.encode()).hexdigest()
