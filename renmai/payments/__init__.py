"""Payments, refunds and payouts with outside providers, and the sandbox provider. Knows an order only by its number."""
