"""Messages to people about their own orders, money and relations. Never advertising."""
