"""The look of every page.

Owns tokens, styles, base templates, components, drawn pictures and posters. Never reads the database, never decides anything.
"""
