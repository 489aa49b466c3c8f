"""Oneself: name, agreements, favourites, what one saw, messages."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.accounts import actions as accounts
from renmai.accounts import queries as people
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.api.answers import Listed, Paged, listed, whole
from renmai.api.callers import ANYONE, PERSON, caller_of, known_visitor, person, user_or_guest
from renmai.api.parsing import Id, PageNumber, Plain
from renmai.api.schemas.goods import CardOut
from renmai.api.schemas.people import (
    ConsentOut,
    ConsentTextOut,
    CopyOut,
    DeletionIn,
    DoneOut,
    KeptOut,
    MeIn,
    MeOut,
    MessageOut,
    consent_texts,
)
from renmai.care import actions as care
from renmai.care import queries as inbox
from renmai.catalogue import queries as catalogue
from renmai.catalogue.actions import toggle_favourite
from renmai.distribution import queries as distribution
from renmai.insight import queries as insight
from renmai.journeys import deleting
from renmai.journeys.forgetting import withdraw
from renmai.journeys.holdings import copy_of
from renmai.kernel import clock
from renmai.ordering import queries as ordering
from renmai.sharing import queries as sharing
from renmai.web.ui.people import address_of

router = Router(tags=["Me"], auth=PERSON)


@router.get("/me", response=MeOut)
def get_me(request: HttpRequest) -> dict[str, object]:
    """Oneself, and what one may do. For staff with their permissions."""
    return _me(person(request))


@router.patch("/me", response=MeOut)
def change_me(request: HttpRequest, given: MeIn) -> dict[str, object]:
    """Change one's name or language. What is not sent stays."""
    user = person(request)
    if given.display_name is not None:
        accounts.rename(user, given.display_name)
    if given.language is not None:
        accounts.set_language(user, given.language)
    return _me(user)


@router.get("/me/copy", response=CopyOut)
def get_copy(request: HttpRequest) -> dict[str, object]:
    """One's own copy of everything that is held, table by table. The newest 10,000 rows of each; events are in the portrait's export."""
    return {"made_at": clock.now(), "parts": [part for part in copy_of(person(request)) if part.rows]}


@router.post("/me/deletion", response={204: None})
def delete_me(request: HttpRequest, given: DeletionIn) -> None:
    """Delete one's account for good, with a fresh code on one's phone (``POST /sign-in/codes``). Refused while something is open."""
    device = str(caller_of(request).visitor_id or "")
    deleting.delete_own(person(request), given.code, ip_address=address_of(request), device=device)


@router.get("/me/consents", response=Paged[ConsentTextOut])
def list_consents(request: HttpRequest) -> Listed[Any]:
    """Every purpose with the text in force, and whether one agreed to it."""
    return whole(consent_texts(people.consents(person(request))))


@router.get("/me/consents/history", response=Paged[ConsentOut])
def list_consent_history(request: HttpRequest) -> Listed[Any]:
    """All that one ever agreed to and withdrew. Newest first."""
    return whole(people.consents(person(request)))


@router.put("/me/consents/{purpose}", response=Paged[ConsentTextOut])
def give_consent(request: HttpRequest, purpose: Purpose) -> Listed[Any]:
    """Agree to the text in force. Agreeing twice changes nothing."""
    accounts.give_consent(person(request), purpose)
    return list_consents(request)


@router.delete("/me/consents/{purpose}", response=Paged[ConsentTextOut])
def withdraw_consent(request: HttpRequest, purpose: Purpose) -> Listed[Any]:
    """No longer agree. The earlier agreement stays as evidence of what held until now."""
    withdraw(person(request), purpose)
    return list_consents(request)


@router.get("/me/favourites", response=Paged[CardOut])
def list_favourites(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """What one keeps for later and is on sale. Newest first."""
    return listed(catalogue.favourites(person(request), page=page))


@router.put("/me/favourites/{product_id}", response=KeptOut)
def keep_favourite(request: HttpRequest, product_id: Id) -> dict[str, bool]:
    """Keep a product for later. Keeping it twice changes nothing."""
    return {"is_favourite": _keep(person(request), product_id, wanted=True)}


@router.delete("/me/favourites/{product_id}", response=KeptOut)
def drop_favourite(request: HttpRequest, product_id: Id) -> dict[str, bool]:
    """Stop keeping a product."""
    return {"is_favourite": _keep(person(request), product_id, wanted=False)}


@router.get("/me/seen", response=Paged[CardOut], auth=ANYONE)
def list_seen(request: HttpRequest, *, size: Annotated[int, Field(ge=1, le=100)] = 20) -> Listed[Any]:
    """What one looked at last. Newest first, each product once; guests by their visitor id."""
    products = insight.recently_seen(known_visitor(request), user_or_guest(request), limit=size)
    return whole(catalogue.cards([product.pk for product in products]))


@router.get("/me/messages", response=Paged[MessageOut])
def list_messages(
    request: HttpRequest, *, group: Annotated[Plain, Field(max_length=20)] = "", page: PageNumber = 1
) -> Listed[Any]:
    """One's messages, of one group (order, after_sale, binding, income) or all. Newest first."""
    return listed(inbox.inbox(person(request), group=group, page=page))


@router.post("/me/messages/read", response=DoneOut)
def read_all_messages(request: HttpRequest) -> dict[str, int]:
    """Mark all messages as read."""
    return {"count": care.mark_all_read(person(request))}


@router.get("/me/messages/{message_id}", response=MessageOut)
def get_message(request: HttpRequest, message_id: Id) -> inbox.MessageView:
    """One message. Reading it here does not mark it as read."""
    return inbox.access_message(person(request), message_id)


@router.post("/me/messages/{message_id}/read", response=MessageOut)
def read_message(request: HttpRequest, message_id: Id) -> inbox.MessageView:
    """Mark a message as read."""
    care.mark_read(person(request), message_id)
    return inbox.access_message(person(request), message_id)


def _me(user: User) -> dict[str, object]:
    shop = sharing.shop_of(user)
    return {
        "person": user,
        "is_agent": distribution.agent_of_user(user.pk) is not None,
        "shop_code": shop.code if shop else None,
        "unread_messages": inbox.unread_count(user),
        "cart_pieces": ordering.cart_count(None, user),
        "permissions": sorted(permission.value for permission in people.permissions_of(user)),
    }


def _keep(user: User, product_id: int, *, wanted: bool) -> bool:
    is_kept = product_id in catalogue.favourite_ids(user, [product_id])
    return is_kept if is_kept == wanted else toggle_favourite(user, product_id)
