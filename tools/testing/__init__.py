"""Fixtures and guards that the tests of every room share; ``conftest.py`` switches them on."""
