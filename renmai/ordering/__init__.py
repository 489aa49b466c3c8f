"""Carts, orders, parcels, after-sales, reviews. Never commissions, never who shared."""
