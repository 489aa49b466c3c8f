"""Who may complain about whom."""

from renmai.sharing.models import Attribution, Visit


def has_met(receiver_id: int, sharer_id: int) -> bool:
    """Whether somebody opened a link of a sharer, or placed an order that went to her: a stranger can pause nobody."""
    if Visit.objects.filter(user_id=receiver_id, is_valid=True, share__sharer_id=sharer_id).exists():
        return True
    return Attribution.objects.filter(order__buyer_id=receiver_id, shop__owner_id=sharer_id).exists()
