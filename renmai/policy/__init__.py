"""The law and the platforms' rules as one versioned table, and the operator's settings bound by it. Never a business flow."""
