"""The customer's pages, phone first. Parses, calls one action or query, renders."""
