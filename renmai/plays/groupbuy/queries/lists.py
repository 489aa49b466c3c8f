"""Groups: one by its number, one's own, those of people one knows."""

from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.plays.groupbuy.models import Group

_BY_NUMBER: Compiled[Group] = Compiled(lambda number: Group.objects.filter(number=number).select_related("terms"))


def group_of_number(number: str) -> Group:
    """Return a group for whoever has its link, with its terms. One statement. Raises ``request.not_found``."""
    found = _BY_NUMBER.first(number)
    if found is None:
        raise DomainError("request.not_found")
    return found
