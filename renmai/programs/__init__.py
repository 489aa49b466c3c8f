"""Programs beside the shop: keys that act for a person, and webhooks that tell of events. Never what a key may do: that is its person's."""
