"""The JSON API and outgoing webhooks: all that the pages do, for programs."""
