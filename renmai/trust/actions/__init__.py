"""Everything this room writes."""

from renmai.trust.actions.feedback import complain, mute, say, undo, unmute
from renmai.trust.actions.learning import learn, refresh_standings
from renmai.trust.actions.pledging import note_outcomes, note_past_outcomes
from renmai.trust.actions.recording import gather_visits, record, record_past, take_back
from renmai.trust.actions.sending import note_sending

__all__ = [
    "complain",
    "gather_visits",
    "learn",
    "mute",
    "note_outcomes",
    "note_past_outcomes",
    "note_sending",
    "record",
    "record_past",
    "refresh_standings",
    "say",
    "take_back",
    "undo",
    "unmute",
]
