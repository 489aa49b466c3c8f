"""Reads of the play."""

from renmai.plays.groupbuy.queries.lists import group_of_number

__all__ = ["group_of_number"]
