"""What people who work on Renmai use: the bodies of ``./run`` and the fixtures of the tests. Never part of the wheel."""
