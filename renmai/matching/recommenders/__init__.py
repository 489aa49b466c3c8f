"""The models that put goods in an order for somebody, behind one interface (``base.Recommender``): fit, rank, explain.

Not called ``models`` because Django looks for the room's tables there. Pure: sparse matrices in, scores and reasons out; nothing here
knows a table. numpy, scipy and implicit are imported at the top of these modules, so pages import them late.
"""
