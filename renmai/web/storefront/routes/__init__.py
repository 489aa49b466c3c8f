"""The addresses of the customer pages, by what the customer does."""
