"""Import of a real shop's past orders: invoices become finished orders, negative quantities become returns of earlier purchases.

``reading`` judges each line by itself, ``matching`` finds the purchase of every return, ``writing`` puts whole orders into the books, a
batch a transaction. A line is imported, already there, or in quarantine with its reason; nothing is lost in between.
"""

from renmai.journeys.order_import.matching import Plan, match
from renmai.journeys.order_import.reading import PastLine, QuarantinedLine, read_lines
from renmai.journeys.order_import.writing import ImportCount, write

__all__ = ["ImportCount", "PastLine", "Plan", "QuarantinedLine", "match", "read_lines", "write"]
