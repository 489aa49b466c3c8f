"""What people looked at and the figures made of it, each traceable to its rows. Never changes an order."""
