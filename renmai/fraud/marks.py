"""What two people can have in common, brought to one spelling each and then to a keyed digest.

Only digests are kept and compared: whoever reads the table learns that two people were seen with the same thing, never with what.
"""

import hmac
import re
import unicodedata
from functools import cache
from hashlib import sha256

from django.conf import settings

from renmai.accounts.throttling import network_of
from renmai.fraud.cases import Kind, Mark

DIGEST_LENGTH = 32
BLOCK_DIGITS = 8
"""The first eight digits of a mainland number leave a thousand numbers: what is sold in one go over a counter."""

MAINLAND_LENGTH = 11
SHORTEST_ACCOUNT = 4

_NUMERALS = "零一二三四五六七八九"
_SPOKEN = re.compile("[零〇一二三四五六七八九十]+")
_TRADITIONAL = str.maketrans("號棟樓層單門廣東縣區灣國園場廈衛", "号栋楼层单门广东县区湾国园场厦卫")
_ALIKE = (("号楼", "栋"), ("幢", "栋"), ("座", "栋"), ("#", "号"), ("房", "室"), ("f", "楼"))
_LAST_WORDS = "室号收"


def device(cookie: str) -> Mark | None:
    """The browser, by the id in its cookie."""
    return _mark(Kind.DEVICE, cookie.strip())


def network(ip_address: str) -> Mark | None:
    """The network address; IPv6 by its /64, none for loopback."""
    return _mark(Kind.NETWORK, network_of(ip_address) if ip_address else "")


def phone(number: str) -> Mark | None:
    """A whole phone number, a person's own or that of who takes in her parcels."""
    return _mark(Kind.PHONE, _dialled(number))


def block(number: str) -> Mark | None:
    """The range of a mainland mobile number; none for others, whose ranges say nothing."""
    dialled = _dialled(number)
    is_mainland = len(dialled) == MAINLAND_LENGTH and dialled.isdigit()
    return _mark(Kind.BLOCK, dialled[:BLOCK_DIGITS] if is_mainland else "")


def payout(account: str) -> Mark | None:
    """The account money is paid out to: the whole of it, so that two customers of one bank have nothing in common."""
    spelled = "".join(char for char in _plain(account) if char.isalnum() or char in "@_")
    return _mark(Kind.PAYOUT, spelled if len(spelled) >= SHORTEST_ACCOUNT else "")


def address(region_code: str, street: str, *, region_path: str = "") -> Mark | None:
    """A place in a district, however it is written: spaces, punctuation, full width, spoken numbers, the region written out again."""
    spelled = spell_street(street, region_path=region_path)
    return _mark(Kind.ADDRESS, f"{region_code}:{spelled}" if region_code and spelled else "")


def spell_street(street: str, *, region_path: str = "") -> str:
    """Return the one spelling of a street within its region; for comparison, nobody would write it like that."""
    text = "".join(char for char in _plain(street).translate(_TRADITIONAL) if char.isalnum() or char == "#")
    text = _without_region(text, region_path.lower().split())
    text = _SPOKEN.sub(lambda found: _number(found[0]), text)
    for written, one in _ALIKE:
        text = text.replace(written, one)
    return text.rstrip(_LAST_WORDS)


def _without_region(text: str, names: list[str]) -> str:
    """Take the names of the region off the beginning, with or without their last word (省, 市, 区)."""
    ways = [way for name in names for way in (name, name[:-1]) if len(way) > 1]
    cut = True
    while cut:
        cut = False
        for way in ways:
            if text.startswith(way):
                text, cut = text[len(way) :].lstrip("省市区县"), True
                break
    return text


def _number(spoken: str) -> str:
    """Return 二十三 as 23; digit by digit where no ten is spoken."""
    plain = spoken.replace("〇", "零")
    before, ten, after = plain.partition("十")
    if not ten or len(before) > 1 or len(after) > 1:
        return "".join(str(_NUMERALS.index(char)) if char in _NUMERALS else "10" for char in plain)
    tens = _NUMERALS.index(before) if before else 1
    return str(10 * tens + (_NUMERALS.index(after) if after else 0))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _dialled(number: str) -> str:
    """Return the digits of a number, with the plus of one abroad: +1 380… is not 1380…."""
    return "".join(char for char in unicodedata.normalize("NFKC", number) if char.isascii() and (char.isdigit() or char == "+"))


def _mark(kind: Kind, value: str) -> Mark | None:
    return Mark(kind, digest(kind, value)) if value else None


def digest(kind: Kind, value: str) -> str:
    """Return what is kept of ``value``: 128 bits, useless without the installation's own key."""
    return hmac.new(_key(settings.SECRET_KEY), f"{kind}:{value}".encode(), sha256).hexdigest()[:DIGEST_LENGTH]


def key_name() -> str:
    """Return a name of the key that tells nothing about it: with another key, everything is gathered anew."""
    return digest(Kind.DEVICE, "which key")[:8]


@cache
def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"renmai.fraud.marks", sha256).digest()
