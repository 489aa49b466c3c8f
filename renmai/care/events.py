"""This room emits nothing: a message is the end of a chain."""
