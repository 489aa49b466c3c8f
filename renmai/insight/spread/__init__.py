"""How a play spreads from person to person: figures with intervals, trees, wear-out, and whom to ask first.

The pure part (``estimates``, ``reproduction``, ``trees``, ``retention``, ``wearing``, ``seeds``, ``launches``) knows no table: it is tried
on simulated processes whose truth is known. ``chains`` and ``queries`` read the rows and hand them over. ``docs/spread.md`` defines every figure.
"""
