"""The customer's pages of the play."""
