"""Goods: products, SKUs, suppliers, stock, freight, search. Never who buys them."""
