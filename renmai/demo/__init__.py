"""A world of our own writing, lived through the same actions as everybody else's."""
