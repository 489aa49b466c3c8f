"""Carts, orders, parcels, after-sales, reviews, suggestions. Never commissions, never who shared."""
