"""Messages to people about their own orders, money and relations. Never advertising: who agreed to it may be asked to pass something on, once."""
