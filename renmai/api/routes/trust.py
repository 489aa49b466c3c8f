"""Trust both ways: what one says of what is shared, whom one hears, what an agent may read of a tie, and what she can rely on."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.accounts.policies import Permission
from renmai.api.answers import Listed, Paged, cut, listed, whole
from renmai.api.callers import PERSON, Staff, person
from renmai.api.parsing import Code, Id, PageNumber
from renmai.api.schemas.staff_orders import ReasonIn
from renmai.api.schemas.trust import (
    ComplaintIn,
    CustomerTrustOut,
    FeedbackIn,
    FeedbackOut,
    MuteOut,
    PauseOut,
    PledgeOut,
    RegardOut,
    SharerOut,
)
from renmai.api.seats import SELLER, seat
from renmai.distribution import queries as distribution
from renmai.sharing import queries as sharing
from renmai.sharing.actions import lift_pause
from renmai.sharing.models import Pause
from renmai.sharing.queries.restraints import PAGE_SIZE
from renmai.trust import actions, queries
from renmai.trust.models import Feedback
from renmai.trust.queries import telling

router = Router(tags=["Trust"], auth=PERSON)
SEE, MANAGE = Staff(Permission.CUSTOMERS_VIEW), Staff(Permission.AGENTS_MANAGE)


@router.post("/shares/{code}/feedback", response={201: FeedbackOut})
def give_feedback(request: HttpRequest, code: Code, given: FeedbackIn) -> Feedback:
    """Say that what came by a link is useful, is not, or that one wants to hear no more of its sharer. Again changes nothing."""
    return actions.say(person(request), sharing.share_by_code(code), given.word)


@router.post("/shares/{code}/complaint", response={201: FeedbackOut})
def complain(request: HttpRequest, code: Code, given: ComplaintIn) -> Feedback:
    """Complain about what came by a link. Its sharer makes no new links for a while, when one has opened a link of hers."""
    return actions.complain(person(request), sharing.share_by_code(code), note=given.note)


@router.delete("/me/feedback/{feedback_id}", response=FeedbackOut)
def take_feedback_back(request: HttpRequest, feedback_id: Id) -> Feedback:
    """Take back one's own word, as if it had never been said within 24 hours; a complaint stays."""
    return actions.undo(person(request), feedback_id)


@router.get("/me/sharers", response=Paged[SharerOut])
def list_sharers(request: HttpRequest) -> Listed[Any]:
    """Who shares to one. Those one muted first, then the last one first."""
    return whole(queries.shares_to_me(person(request)))


@router.get("/me/mutes", response=Paged[MuteOut])
def list_mutes(request: HttpRequest) -> Listed[Any]:
    """Whom one hears nothing of. Newest first."""
    return whole(sharing.muted_by(person(request).pk))


@router.put("/me/mutes/{sharer_id}", response=Paged[MuteOut])
def mute_sharer(request: HttpRequest, sharer_id: Id) -> Listed[Any]:
    """Hear nothing more of somebody who shares to one. Again changes nothing."""
    user = person(request)
    actions.mute(user, queries.access_sharer(user, sharer_id).pk)
    return list_mutes(request)


@router.delete("/me/mutes/{sharer_id}", response=Paged[MuteOut])
def unmute_sharer(request: HttpRequest, sharer_id: Id) -> Listed[Any]:
    """Hear of her again."""
    user = person(request)
    actions.unmute(user, queries.access_sharer(user, sharer_id).pk)
    return list_mutes(request)


@router.get("/me/pauses", response=Paged[PauseOut])
def list_own_pauses(request: HttpRequest) -> Listed[Any]:
    """When one makes or made no new links after a complaint. The one that holds first, then the newest."""
    return whole(sharing.pauses_of(person(request).pk))


@router.get("/agent/customers/{customer_id}/trust", response=CustomerTrustOut, auth=SELLER)
def get_customer_trust(request: HttpRequest, customer_id: Id) -> dict[str, object]:
    """What one may read of a customer's trust in one: how much in words, what one more share costs, and what made it."""
    shop = seat(request).shop
    sharing.access_relation(shop, customer_id)
    found = telling.trust_of(shop, [customer_id])[customer_id]
    return {
        "customer_id": found.customer_id,
        "word": found.word,
        "cost_fen": found.cost_fen,
        "worth_fen": found.worth_fen,
        "rest_days": found.rest_days,
        "is_good_moment": found.is_good_moment,
        "lines": telling.lines_of(shop, customer_id),
    }


@router.get("/agent/trust", response=RegardOut, auth=SELLER)
def get_regard(request: HttpRequest) -> queries.Regard:
    """How far one can rely on the platform, by what it pledged to one."""
    return queries.regard_of(seat(request).user.pk)


@router.get("/agent/trust/pledges", response=Paged[PledgeOut], auth=SELLER)
def list_pledges(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """What the platform pledged to one, kept or broken, each with its evidence. Newest first."""
    return listed(queries.pledges_to(seat(request).user.pk, page=page))


@router.get("/staff/agents/{agent_id}/trust", response=RegardOut, auth=MANAGE)
def get_agent_regard(request: HttpRequest, agent_id: Id) -> queries.Regard:
    """How far an agent can rely on the platform."""
    return queries.regard_of(distribution.access_agent(person(request), agent_id).user_id)


@router.get("/staff/pauses", response=Paged[PauseOut], auth=SEE)
def list_pauses(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """Sharers who make no new links now. Newest first."""
    return cut(sharing.pauses(page=page), page=page, size=PAGE_SIZE)


@router.post("/staff/pauses/{pause_id}/lift", response=PauseOut, auth=MANAGE)
def end_pause(request: HttpRequest, pause_id: Id, given: ReasonIn) -> Pause:
    """End a pause early, with a reason that is logged."""
    return lift_pause(person(request), pause_id, reason=given.reason)
