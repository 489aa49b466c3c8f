"""What tests of kept models share."""

from renmai.matching.fitted.tests.circles import home

__all__ = ["home"]
