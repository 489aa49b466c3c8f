"""Everything that changes bargains."""

from renmai.plays.bargain.actions.buying import buy, let_go, take
from renmai.plays.bargain.actions.cutting import help_cut
from renmai.plays.bargain.actions.starting import expire_due, start

__all__ = ["buy", "expire_due", "help_cut", "let_go", "start", "take"]
