"""What is recommended: to an agent for her shop, with her requirements and answers; to a customer, with her consent or without."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Paged
from renmai.api.callers import ANYONE, user_or_guest
from renmai.api.parsing import MAX_ID, Id, PageNumber
from renmai.api.schemas.matching import AgentAdviceOut, LibraryPostOut, RejectionIn, RequirementsIn, RequirementsOut
from renmai.api.schemas.people import DoneOut
from renmai.api.seats import SELLER, seat
from renmai.catalogue import queries as catalogue
from renmai.content.models import Post
from renmai.matching import actions, queries, reasons
from renmai.matching.library import queries as library
from renmai.matching.library.queries import Offered
from renmai.matching.selections import Entry
from renmai.matching.wishes import ANYTHING, Wishes, in_band

router = Router(tags=["Matching"], auth=SELLER)
MOST = 40


@router.get("/agent/advice", response=AgentAdviceOut)
def get_advice(request: HttpRequest) -> dict[str, Any]:
    """Goods recommended for one's shop, within one's requirements, with their reasons."""
    agent = seat(request).user
    found, wishes = queries.for_agent(agent), queries.requirements_of(agent)
    actions.note_met(agent, found, switch=actions.FOR_AGENTS)
    items = _items(found.entries if found else (), to_agent=True, wishes=wishes)
    return {
        "is_personal": True,
        "people": found.people if found else 0,
        "made_at": found.made_at if found else None,
        "items": items,
    }


@router.put("/agent/advice/{product_id}", response=DoneOut)
def answer_advice(request: HttpRequest, product_id: Id, given: RejectionIn) -> dict[str, int]:
    """Take a recommended product into one's shop, or say that it is not for one. The next list takes it into account."""
    agent, product = seat(request).user, catalogue.access_product(None, product_id)
    if given.answer == "accepted":
        actions.accept(agent, product, on_top=given.on_top)
    else:
        actions.reject(agent, product, reason=given.reason)
    return {"count": 1}


@router.delete("/agent/advice/{product_id}", response=DoneOut)
def take_answer_back(request: HttpRequest, product_id: Id) -> dict[str, int]:
    """Forget what one said of a product; it may be recommended again. It stays in the shop if it is there."""
    return {"count": int(actions.take_back(seat(request).user, catalogue.access_product(None, product_id)))}


@router.get("/agent/library", response=Paged[LibraryPostOut])
def list_library(
    request: HttpRequest,
    *,
    group: Annotated[int, Field(ge=0, le=MAX_ID, description="A category: for the customers who buy most there.")] = 0,
    now: Annotated[bool, Field(description="For this part of the day, instead of for any.")] = False,
    source: Literal["official", "agent", "member", ""] = "",
    page: PageNumber = 1,
) -> Listed[Any]:
    """Posts to pass on, for all of one's customers or one group of them, the best first. A group that there is not has none."""
    agent = seat(request).user
    lists = library.lists_of(agent)
    chosen = next((each for each in lists.groups if each.part == group), None) if group else lists.today if now else lists.own
    found = library.offered(agent, chosen.entries if chosen else (), source=source, page=page)
    told = reasons.said([each.entry for each in found.items], to_agent=True)
    items = [_post(each, told[each.post.pk]) for each in found.items]
    return Listed(items, found.number, found.has_next)


@router.get("/agent/requirements", response=RequirementsOut)
def get_requirements(request: HttpRequest) -> dict[str, Any]:
    """One's selection requirements."""
    return _as_kept(queries.requirements_of(seat(request).user))


@router.put("/agent/requirements", response=RequirementsOut)
def change_requirements(request: HttpRequest, given: RequirementsIn) -> dict[str, Any]:
    """Change one's selection requirements. The list is empty until it is made anew, a minute at most."""
    wishes = Wishes(
        categories=frozenset(given.categories),
        brands=frozenset(given.brands),
        suppliers=frozenset(given.suppliers),
        ship_from=frozenset(given.ship_from),
        minimum_fen=given.minimum_fen,
        maximum_fen=given.maximum_fen,
        commission_points=given.commission_points,
        return_points=given.return_points,
    )
    actions.require_goods(seat(request).user, wishes)
    return _as_kept(wishes)


@router.get("/for-you", response=AgentAdviceOut, auth=ANYONE)
def get_for_you(request: HttpRequest) -> dict[str, Any]:
    """Goods for the caller: chosen for her if she agrees to personal recommendations, else the same for everybody."""
    user = user_or_guest(request)
    found = queries.for_member(user)
    if user is not None:
        actions.note_met(user, found)
    return {
        "is_personal": found.is_personal,
        "people": int(found.is_personal),
        "made_at": found.made_at,
        "items": _items(found.entries, to_agent=False),
    }


@router.get("/safe-picks", response=AgentAdviceOut, auth=ANYONE)
def get_safe_picks(request: HttpRequest) -> dict[str, Any]:
    """Goods that were ordered often and come back at most half as often as the shop's goods do on average."""
    return {"is_personal": False, "people": 0, "made_at": None, "items": _items(queries.safe_picks(), to_agent=False)}


def _items(entries: Sequence[Entry], *, to_agent: bool, wishes: Wishes = ANYTHING) -> list[dict[str, Any]]:
    shown = entries[:MOST]
    told = reasons.said(shown, to_agent=to_agent)
    cards = catalogue.cards([entry.product_id for entry in shown])
    return [
        {"product": card, "reasons": told.get(card.id, ())}
        for card in cards
        if in_band(wishes, lowest_fen=card.lowest_price_fen, highest_fen=card.highest_price_fen)
    ]


def _post(offered: Offered, told: Sequence[reasons.Said]) -> dict[str, Any]:
    post = offered.post
    return {
        "number": post.number,
        "title": post.title,
        "text": post.text,
        "source": post.source,
        "author": "" if post.source == Post.Source.OFFICIAL else post.author.display_name,
        "published_at": post.published_at,
        "products": offered.cards,
        "reasons": told,
    }


def _as_kept(wishes: Wishes) -> dict[str, Any]:
    return {
        "categories": sorted(wishes.categories),
        "brands": sorted(wishes.brands),
        "suppliers": sorted(wishes.suppliers),
        "ship_from": sorted(wishes.ship_from),
        "minimum_fen": wishes.minimum_fen,
        "maximum_fen": wishes.maximum_fen,
        "commission_points": wishes.commission_points,
        "return_points": wishes.return_points,
    }
