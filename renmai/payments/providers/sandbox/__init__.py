"""A stand-in for a real payment company, inside this process: its own book, its own cashier, signed notifications.

It behaves as companies do, at the wish of whoever stands at its cashier: it pays, refuses, is late, speaks twice or never, or names
a wrong amount. Payouts listen to the payee: ``…-refused`` is refused for good, ``…-slow`` is accepted and paid a minute later. Our side
knows it only through ``provider.SandboxProvider`` and its notifications.
"""
