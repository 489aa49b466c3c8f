"""Drawn pictures: pure functions from a name and a seed to SVG text. No Django, no files, no chance but the seeded one."""
