"""Puts the rooms together: settings, addresses, the ``renmai`` command, the worker, reactions and timers. Owns no business."""
