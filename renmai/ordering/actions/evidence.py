"""Pictures that support a claim or a review.

They are decoded and re-encoded before the transaction and kept within it, when nothing is refused any more: what is refused leaves no
file. Pictures of a review are for everybody. Those of a claim show homes and faces: they lie apart, and only who may see the claim sees them.
"""

from collections.abc import Sequence

from renmai.catalogue.actions.pictures import EncodedPicture, StoredPicture, encode_picture, keep_picture
from renmai.kernel.compiled import insert
from renmai.kernel.errors import DomainError
from renmai.ordering.models import AfterSale, EvidencePicture, Review

MAX_PICTURES = 6
CLAIMS_FOLDER = "claims"


def encode_pictures(uploads: Sequence[bytes]) -> tuple[EncodedPicture, ...]:
    """Decode and re-encode uploads, all of them before any is kept. Slow: not inside a transaction.

    Raises ``ordering.pictures`` for more than ``MAX_PICTURES`` and what the catalogue refuses of a picture.
    """
    check_count(uploads)
    return tuple(encode_picture(upload) for upload in uploads)


def check_count(pictures: Sequence[object]) -> None:
    """Raise ``ordering.pictures`` for more than ``MAX_PICTURES``."""
    if len(pictures) > MAX_PICTURES:
        raise DomainError("ordering.pictures", field="pictures", most=MAX_PICTURES)


def attach_to_claim(claim: AfterSale, pictures: Sequence[EncodedPicture]) -> None:
    """Keep a claim's pictures in a folder of its own, which is served to those who may see the claim, and write their rows."""
    insert(
        [
            EvidencePicture(after_sale=claim, path=kept.path, width=kept.width, height=kept.height)
            for kept in _kept(pictures, folder=f"{CLAIMS_FOLDER}/{claim.number}")
        ]
    )


def attach_to_review(review: Review, pictures: Sequence[EncodedPicture]) -> None:
    """Keep a review's pictures where everybody may see them, and write their rows."""
    insert([EvidencePicture(review=review, path=kept.path, width=kept.width, height=kept.height) for kept in _kept(pictures)])


def _kept(pictures: Sequence[EncodedPicture], *, folder: str = "") -> list[StoredPicture]:
    """Write the files, inside the transaction of their rows and before them: a row without its picture would be worse than the reverse."""
    check_count(pictures)
    return [keep_picture(picture, folder=folder) for picture in pictures]
