"""The operations, one module per noun. Each parses, calls one action or query, and answers."""
