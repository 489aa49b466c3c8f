"""What each sharer spends and earns of each receiver's trust: beliefs, pressure, the gate, feedback and mutes. Never moves money."""
