"""What this room does about facts of rooms below.

ConsentWithdrawn → forget_what_it_rested_on
"""

from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentWithdrawn
from renmai.matching import selections
from renmai.matching.actions import forget_told
from renmai.matching.models import Selection, Verdict


def forget_what_it_rested_on(event: ConsentWithdrawn) -> None:
    """Delete the personal list of who wants none, and let lists that knew of somebody's looks be made anew without them."""
    audience = Selection.Audience
    if event.purpose == Purpose.RECOMMENDATIONS:
        Selection.objects.filter(audience=audience.MEMBER, subject_id=event.user_id).delete()
        Verdict.objects.filter(user_id=event.user_id, side=Verdict.Side.CUSTOMER).delete()
    elif event.purpose == Purpose.BROWSING:
        selections.make_due(audience=audience.MEMBER, subject_id=event.user_id)
    if event.purpose in {Purpose.RECOMMENDATIONS, Purpose.BROWSING}:
        selections.make_due(audience=audience.SEGMENT)
    if event.purpose in {Purpose.BROWSING, Purpose.AGENT_ALERTS}:
        forget_told(event.user_id)
