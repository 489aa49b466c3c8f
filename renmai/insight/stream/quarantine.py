"""Why an event is not let in. Its own module, because the registry and the beacon both say it."""

from enum import StrEnum


class Reason(StrEnum):
    """What was wrong."""

    UNREADABLE = "unreadable"
    UNKNOWN_NAME = "unknown_name"
    BAD_VERSION = "bad_version"
    BAD_FIELD = "bad_field"
    UNKNOWN_PRODUCT = "unknown_product"
    TOO_OLD = "too_old"
    FUTURE = "future"
    CLOCK = "clock"
    FORGED_MEMBER = "forged_member"
    STORM = "storm"
    BOT = "bot"
