"""``renmai bench``: how fast the shop is on this machine, and how fast it could be at most.

Every figure is taken from the outside: a shop that is served as ``renmai up`` serves it, on a database of its own that keeps every
promise (fsync), asked over HTTP by a process beside it. Nothing here runs in a shop that people use, and nothing is left behind.

- ``world`` is a database with a home folder; ``tasks`` are what a process of that world does for the bench (``stage``, ``catalogue``,
  ``history``, ``recording``, ``load``)
- ``wire``, ``buying`` and ``load`` are the customers
- ``recording``, ``distil``, ``pgbench`` and ``limit`` say what the database alone could do with the same writes
- ``crowd`` is many people before one hot thing, ``playing`` measures plays with it
- ``beacons`` are events that happen, ``streaming`` measures them
- ``lingering`` is customers whose agents listen, ``alerting`` measures how soon they hear
- ``portraits`` are those of many members
- ``lifetimes`` and ``matching`` measure models and need no shop, ``experimenting`` what experiments promise
- ``suites`` measure, ``report`` prints
"""

SUITES = ("start", "pages", "purchase", "memory", "search", "plays", "stream", "alerts", "past", "portraits", "trust")
"""What can be measured of a shop alone (``--only``), in the order of the table."""

WITHOUT_A_SHOP = ("lifetime", "experiments", "matching")
"""What needs neither shop nor database; these come first and are measured once."""
