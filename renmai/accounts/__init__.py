"""People: users, sign-in, roles of the staff, addresses, consent, the log of staff acts. Never money, never orders."""
