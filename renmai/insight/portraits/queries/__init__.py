"""What this room answers."""

from renmai.insight.portraits.queries.copies import PortraitCopy, copy_of
from renmai.insight.portraits.queries.corrections import denied
from renmai.insight.portraits.queries.customers import CustomerRow, access_customer, customers
from renmai.insight.portraits.queries.evidence import Evidence, evidence
from renmai.insight.portraits.queries.portraits import (
    Likeness,
    Shown,
    Taste,
    for_agent,
    interests_of,
    likeness,
    own,
    tells_agent,
    withheld_parts,
)
from renmai.insight.portraits.queries.relations import Interaction, Panel, relations
from renmai.insight.portraits.queries.segments import access_segment, fulfils, in_use, preview, segments
from renmai.insight.portraits.queries.stages import Step, steps

__all__ = [
    "CustomerRow",
    "Evidence",
    "Interaction",
    "Likeness",
    "Panel",
    "PortraitCopy",
    "Shown",
    "Step",
    "Taste",
    "access_customer",
    "access_segment",
    "copy_of",
    "customers",
    "denied",
    "evidence",
    "for_agent",
    "fulfils",
    "in_use",
    "interests_of",
    "likeness",
    "own",
    "preview",
    "relations",
    "segments",
    "steps",
    "tells_agent",
    "withheld_parts",
]
