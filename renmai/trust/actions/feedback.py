"""What a receiver says of what was shared with her, in one tap, and taking it back."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.policy import queries as policy
from renmai.sharing import actions as sharing
from renmai.sharing.models import Share
from renmai.trust import facts
from renmai.trust.actions.recording import record, take_back
from renmai.trust.events import FeedbackGiven, FeedbackUndone, SharingPaused
from renmai.trust.models import Feedback
from renmai.trust.policies import has_met

UNDO = timedelta(hours=24)
"""So long a word can be taken back as if it had never been said. Who unmutes later hears again; that she was tired stays known."""

NOTE_LEAST, NOTE_MOST = 5, 300
OPPOSITE = {Feedback.Word.USEFUL: Feedback.Word.NOT_USEFUL, Feedback.Word.NOT_USEFUL: Feedback.Word.USEFUL}
COMPLAINT = "complaint"


def say(user: User, share: Share, word: str) -> Feedback:
    """Note that ``user`` finds what came by ``share`` useful or not useful, or wants to hear nothing more of its sharer.

    The same word again changes nothing; useful takes not useful back, and the other way round. Raises ``trust.own_share`` and
    ``trust.unknown_word``.
    """
    if word == Feedback.Word.MUTE:
        return mute(user, share.sharer_id, share=share)
    opposite = OPPOSITE.get(Feedback.Word(word)) if word in Feedback.Word.values else None
    if opposite is None:
        raise DomainError("trust.unknown_word")
    with transaction.atomic():
        for said in Feedback.objects.filter(receiver=user, share=share, word=opposite, undone_at__isnull=True):
            _take_back(said)
        return _said(user, share.sharer_id, word=word, share=share)


def mute(user: User, sharer_id: int, *, share: Share | None = None) -> Feedback:
    """Let ``user`` hear nothing more of a sharer, from this moment on; ``share`` is what she was looking at. Raises ``trust.own_share``."""
    with transaction.atomic():
        said = _said(user, sharer_id, word=Feedback.Word.MUTE, share=share)
        sharing.mute(receiver_id=user.pk, sharer_id=sharer_id)
    return said


def unmute(user: User, sharer_id: int) -> bool:
    """Let ``user`` hear of a sharer again; False when she was not muted. Within ``UNDO`` it is as if she had never muted her."""
    with transaction.atomic():
        for said in Feedback.objects.filter(
            receiver=user, sharer=sharer_id, word=Feedback.Word.MUTE, undone_at__isnull=True
        ).order_by("pk"):
            _take_back(said)
        return sharing.unmute(receiver_id=user.pk, sharer_id=sharer_id)


def undo(user: User, feedback_id: int) -> Feedback:
    """Take back one's own word. Raises ``request.not_found`` for anybody else's, and for a complaint, which the staff looks into."""
    said = Feedback.objects.filter(pk=feedback_id, receiver=user).exclude(word=Feedback.Word.COMPLAINT).first()
    if said is None:
        raise DomainError("request.not_found")
    with transaction.atomic():
        if said.word == Feedback.Word.MUTE:
            unmute(user, said.sharer_id)
        else:
            _take_back(said)
    return Feedback.objects.get(pk=said.pk)


def complain(user: User, share: Share, *, note: str) -> Feedback:
    """Complain about what came by ``share``: trust falls at once, and its sharer makes no new links for a while.

    It pauses only when the two have met (she opened a link of hers, or bought through one): a stranger is heard, but stops nobody.
    Raises ``trust.own_share``, ``trust.complaint_note``, and ``trust.complained_already`` within the days of the last one.
    """
    said = " ".join(note.split())
    if not NOTE_LEAST <= len(said) <= NOTE_MOST:
        raise DomainError("trust.complaint_note", field="note")
    days = policy.integer("trust.pause_days")
    since = clock.now() - timedelta(days=days)
    if Feedback.objects.filter(receiver=user, sharer=share.sharer_id, word=Feedback.Word.COMPLAINT, at__gt=since).exists():
        raise DomainError("trust.complained_already", days=days)
    with transaction.atomic():
        complaint = _said(user, share.sharer_id, word=Feedback.Word.COMPLAINT, share=share, note=said)
        if has_met(user.pk, share.sharer_id):
            until = clock.now() + timedelta(days=days)
            evidence = f"feedback:{complaint.pk}"
            pause = sharing.pause_sharer(share.sharer_id, until=until, reason=COMPLAINT, evidence=evidence)
            emit(SharingPaused(pause_id=pause.pk, sharer_id=share.sharer_id))
    return complaint


def _said(user: User, sharer_id: int, *, word: str, share: Share | None, note: str = "") -> Feedback:
    """Write a word down with what it moves; the word that stands already when she said it before."""
    if user.pk == sharer_id:
        raise DomainError("trust.own_share")
    standing = Feedback.objects.filter(receiver=user, sharer=sharer_id, word=word, undone_at__isnull=True)
    present = standing.first() if word == Feedback.Word.MUTE else standing.filter(share=share).first()
    if present is not None:
        return present
    try:
        with transaction.atomic():
            said = Feedback.objects.create(
                receiver=user,
                sharer_id=sharer_id,
                share=share,
                product_id=share.product_id if share else None,
                campaign_id=share.campaign_id if share else None,
                word=word,
                note=note,
                at=clock.now(),
            )
    except IntegrityError:
        return standing.get(share=share)
    record([facts.of_feedback(said)])
    emit(FeedbackGiven(feedback_id=said.pk, word=word))
    return said


def _take_back(said: Feedback) -> None:
    now = clock.now()
    if not Feedback.objects.filter(pk=said.pk, undone_at__isnull=True).update(undone_at=now):
        return
    if now - said.at <= UNDO:
        take_back(facts.of_feedback(said))
    emit(FeedbackUndone(feedback_id=said.pk))
