"""A real group-buying shop's log, lived through by the play's own actions.

``log`` reads it, ``stage`` puts people and goods into an empty shop, ``days`` says what happens when, ``living`` does it, in several processes,
``outcome`` compares every launch with what the database says.
"""

from renmai.plays.groupbuy.replay.running import run

__all__ = ["run"]
