"""The name of the play, where tables and entry points know it."""

from typing import Final

KEY: Final = "groupbuy"
