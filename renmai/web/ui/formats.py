"""Money and moments as people read them. Amounts are integer minor units (``_fen``); no float is involved."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from renmai.kernel import clock

SIGNS = {"CNY": "¥", "GBP": "£", "USD": "$", "EUR": "€", "HKD": "HK$"}
MINUS = "\N{MINUS SIGN}"
CHINA = ZoneInfo("Asia/Shanghai")
DAY_SECONDS = 24 * 3600


@dataclass(frozen=True)
class MoneyParts:
    """An amount taken apart for typesetting: sign of the number, sign of the currency, yuan, and fen with its point."""

    minus: str
    sign: str
    major: str
    minor: str

    @property
    def text(self) -> str:
        """The amount in one piece."""
        return f"{self.minus}{self.sign}{self.major}{self.minor}"


def money_parts(amount_fen: int, currency: str = "CNY", *, signed: bool = False, short: bool = False) -> MoneyParts:
    """Take ``amount_fen`` apart. ``signed`` puts a plus before gains; ``short`` leaves ``.00`` away."""
    major, minor = divmod(abs(amount_fen), 100)
    minus = MINUS if amount_fen < 0 else "+" if signed and amount_fen > 0 else ""
    sign = SIGNS.get(currency, f"{currency} ")
    return MoneyParts(minus, sign, f"{major:,}", "" if short and not minor else f".{minor:02d}")


def money_text(amount_fen: int, currency: str = "CNY", *, signed: bool = False) -> str:
    """Return the amount as text, such as ``¥1,299.00``."""
    return money_parts(amount_fen, currency, signed=signed).text


def local(moment: datetime) -> datetime:
    """Return ``moment`` in China's time, which is what every page shows."""
    return timezone.localtime(moment, CHINA)


def moment_text(moment: datetime) -> str:
    """Return date and time, without the year when it is this one: ``11-21 14:03``, ``2025-11-21 14:03``."""
    there = local(moment)
    pattern = "m-d H:i" if there.year == local(clock.now()).year else "Y-m-d H:i"
    return date_format(there, pattern)


def ago_text(moment: datetime) -> str:
    """Return how long ago (or how soon) ``moment`` is, in words, falling back to the date after a week."""
    seconds = int((clock.now() - moment).total_seconds())
    if seconds < 0:
        return moment_text(moment)
    if seconds < 60:
        return _("just now")
    if seconds < 3600:
        minutes = seconds // 60
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if seconds < DAY_SECONDS:
        hours = seconds // 3600
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    if seconds < 7 * DAY_SECONDS:
        days = seconds // DAY_SECONDS
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    return moment_text(moment)
