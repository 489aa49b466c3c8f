"""What a person decides about her own portrait: what is kept, what is wrong, what her agent sees."""

from django.db import transaction

from renmai.accounts.models import User
from renmai.insight.portraits.actions.refreshing import mark
from renmai.insight.portraits.facets import WHOLE, Source
from renmai.insight.portraits.models import Correction, Interest, Withheld
from renmai.insight.portraits.parts import Part
from renmai.insight.portraits.writing import facet_of
from renmai.insight.portraits.writing import forget as forget_interests
from renmai.kernel.errors import DomainError


def correct(user: User, *, facet: str, value: str) -> Correction:
    """Take one interest out of her portrait for good: “that is not me”. Raises ``portraits.interest`` when it is not in it."""
    found = facet_of(facet)
    rows = Interest.objects.filter(user=user, facet=facet, value=value)
    if found is None or value == WHOLE or not rows.exists():
        raise DomainError("portraits.interest")
    with transaction.atomic():
        correction, _new = Correction.objects.get_or_create(user=user, facet=found, value=value)
        rows.delete()
    return correction


def take_back(user: User, correction_id: int) -> None:
    """Take a correction back: what the shop knows of it is counted again. Raises ``portraits.interest`` for anybody else's."""
    with transaction.atomic():
        if not Correction.objects.filter(pk=correction_id, user=user).delete()[0]:
            raise DomainError("portraits.interest")
        mark([user.pk], browsing=True)


def show_to_agent(user: User, part: str, *, wanted: bool) -> None:
    """Let her agent see a part of her portrait, or not; the same twice changes nothing. Raises ``portraits.part``."""
    if part not in set(Part):
        raise DomainError("portraits.part", field="part")
    if wanted:
        Withheld.objects.filter(user=user, part=part).delete()
    else:
        Withheld.objects.get_or_create(user=user, part=part)


def forget(user: User) -> int:
    """Delete all that was made of what she looked at; return how many interests. Her agreements stay as they are."""
    with transaction.atomic():
        return forget_interests([user.pk], source=Source.BROWSING)
