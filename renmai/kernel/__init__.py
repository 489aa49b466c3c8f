"""The ground: money, clock, errors, identifiers, states, outbox. Knows nothing of shops or people."""
