"""Phone numbers: one spelling for each, so that a person is one person."""

import re
import unicodedata

from renmai.kernel.errors import DomainError

_MAINLAND = re.compile(r"1[3-9][0-9]{9}")
_ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")
_MAINLAND_PREFIX = re.compile(r"(?:\+|00)86(?=1[3-9])")
_SEPARATORS = re.compile(r"[\s\-().]+")
TYPED_MAX_LENGTH = 40


def normalise(text: str, *, field: str = "phone") -> str:
    """Return the number as it is stored: 11 digits for the mainland, ``+`` and digits for everywhere else.

    Spaces, dashes, dots, brackets, full-width digits, ``00`` and ``+86`` are understood. Raises ``accounts.phone`` beside ``field``.
    """
    if len(text) > TYPED_MAX_LENGTH:
        raise DomainError("accounts.phone", field=field)
    compact = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    number = _MAINLAND_PREFIX.sub("", compact, count=1) if _MAINLAND_PREFIX.match(compact) else compact
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if _MAINLAND.fullmatch(number) or (_ABROAD.fullmatch(number) and not number.startswith("+86")):
        return number
    raise DomainError("accounts.phone", field=field)
