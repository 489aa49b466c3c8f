"""The views of the customer pages, one module per kind of page."""
