"""The table of patterns: what copy may not say. One row, one offence, with its own two examples; see docs/linting.md to add one."""

from renmai.policy.linting.patterns import (
    assist,
    claims,
    efficacy,
    lottery,
    pressure,
    prices,
    privacy,
    pyramid,
    sharing,
    sharing_told,
)
from renmai.policy.linting.patterns.pressure import DISGUISE
from renmai.policy.linting.patterns.types import Pattern, Row

__all__ = ["DISGUISE", "PATTERNS", "Pattern", "Row"]

PATTERNS: tuple[Pattern, ...] = (
    *sharing.ROWS,
    *sharing_told.ROWS,
    *assist.ROWS,
    *lottery.ROWS,
    *pyramid.ROWS,
    *pressure.ROWS,
    *claims.ROWS,
    *efficacy.ROWS,
    *prices.ROWS,
    *privacy.ROWS,
)
