"""Rates inside sentences."""


def percent(basis_points: int) -> str:
    """Return a rate as people write it: ``12.5%``."""
    return f"{basis_points / 100:g}%"
