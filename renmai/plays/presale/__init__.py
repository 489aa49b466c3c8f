"""The play `presale`: a deposit now, the balance when the goods are ready.

Owns bookings: which order took part, and whether its buyer was told that the balance is due. What is paid, kept and given back is the
order's business (``ordering``, ``journeys``): it knows deposits.
"""
