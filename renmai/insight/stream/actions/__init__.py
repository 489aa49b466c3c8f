"""What this room writes: events from browsers and from the server, who a browser turned out to be, what is forgotten."""

from renmai.insight.stream.actions.forgetting import forget, forget_browsing
from renmai.insight.stream.actions.knowing import merge, merge_browsers, separate
from renmai.insight.stream.actions.setting_aside import forget_asides, set_aside
from renmai.insight.stream.actions.taking_in import ingest, record

__all__ = ["forget", "forget_asides", "forget_browsing", "ingest", "merge", "merge_browsers", "record", "separate", "set_aside"]
