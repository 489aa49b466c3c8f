"""Pictures that support a claim or a review. They are re-encoded and stored before the transaction; here their rows are written."""

from collections.abc import Sequence

from renmai.catalogue.actions.pictures import StoredPicture, store_picture
from renmai.kernel.errors import DomainError
from renmai.ordering.models import AfterSale, EvidencePicture, Review

MAX_PICTURES = 6


def store_pictures(uploads: Sequence[bytes]) -> tuple[StoredPicture, ...]:
    """Re-encode and keep uploads. Files first, rows later: a picture without a row is harmless, a row without a picture is not.

    Raises ``ordering.pictures`` for more than ``MAX_PICTURES`` and what the catalogue refuses of a picture.
    """
    check_count(uploads)
    return tuple(store_picture(upload) for upload in uploads)


def check_count(pictures: Sequence[object]) -> None:
    """Raise ``ordering.pictures`` for more than ``MAX_PICTURES``."""
    if len(pictures) > MAX_PICTURES:
        raise DomainError("ordering.pictures", field="pictures", most=MAX_PICTURES)


def attach_to_claim(claim: AfterSale, pictures: Sequence[StoredPicture]) -> None:
    """Write the rows of a claim's pictures."""
    check_count(pictures)
    EvidencePicture.objects.bulk_create(
        [EvidencePicture(after_sale=claim, path=kept.path, width=kept.width, height=kept.height) for kept in pictures]
    )


def attach_to_review(review: Review, pictures: Sequence[StoredPicture]) -> None:
    """Write the rows of a review's pictures."""
    check_count(pictures)
    EvidencePicture.objects.bulk_create(
        [EvidencePicture(review=review, path=kept.path, width=kept.width, height=kept.height) for kept in pictures]
    )
