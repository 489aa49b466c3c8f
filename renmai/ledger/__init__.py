"""Double-entry accounts and immutable transfers. Decides whether money may move; never why."""
