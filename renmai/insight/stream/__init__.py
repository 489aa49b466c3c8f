"""What people do in the browser and on the server, as events: registry, beacon, identity, quarantine, storage by day, analytics. Never decides."""
