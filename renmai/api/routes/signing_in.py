"""Visitor ids, sign-in and sign-out. A sign-in answers with a key for the ``Authorization`` header."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from ninja import Router

from renmai.accounts import actions as accounts
from renmai.accounts.consents import Purpose
from renmai.accounts.models import User, Visitor
from renmai.accounts.phones import normalise
from renmai.api.answers import Listed, Paged, whole
from renmai.api.callers import ANYONE, PERSON, caller_of, go_on_with, signed, visitor
from renmai.api.parsing import Words
from renmai.api.schemas.people import (
    CodeIn,
    PhoneIn,
    SignedInOut,
    StaffSignInIn,
    TextOut,
    VisitorOut,
    WeChatAddressOut,
    WeChatIn,
)
from renmai.channels import queries as channels
from renmai.journeys import signing_in
from renmai.kernel.errors import DomainError
from renmai.programs.actions import STAFF_SIGN_IN_DAYS, create_token, end_token
from renmai.web.ui.people import address_of

router = Router(tags=["Signing in"], auth=ANYONE)
MEMBER_DAYS = 365
AGREED = (Purpose.TERMS, Purpose.PRIVACY)
STATE_SALT = "renmai.api.wechat-state"


@router.post("/visitors", response={201: VisitorOut})
def create_visitor(request: HttpRequest) -> dict[str, str]:
    """A visitor id for a guest. Send it as ``X-Visitor``: it keeps the cart and the links one came through, also after signing in."""
    return {"visitor": signed(visitor(request).pk)}


@router.post("/sign-in/codes", response={204: None})
def send_code(request: HttpRequest, given: PhoneIn) -> None:
    """Send a sign-in code to a phone. Valid for five minutes and five tries; so many an hour."""
    signing_in.send_code(given.phone, ip_address=address_of(request), device=_device(request))


@router.get("/sign-in/texts", response=Paged[TextOut])
def list_texts(request: HttpRequest, *, phone: Words) -> Listed[object]:
    """The texts to a phone, in a demo or in development only. A shop that sends for real answers 404."""
    if not (settings.RENMAI_DEMO or settings.DEBUG):
        raise DomainError("request.not_found")
    return whole(channels.inbox(phone=normalise(phone)))


@router.post("/sign-in", response={201: SignedInOut})
def sign_in(request: HttpRequest, given: CodeIn) -> dict[str, object]:
    """Sign in with the code on the phone. The member is created on first use; the guest's cart and visits come along."""
    if not given.has_agreed:
        raise DomainError("api.consent", field="has_agreed")
    device, address = _device(request), address_of(request)
    done = signing_in.sign_in(given.phone, given.code, visitor=visitor(request), ip_address=address, device=device)
    for purpose in AGREED:
        accounts.give_consent(done.user, purpose)
    return _signed_in(request, done.user, done.visitor, name=given.token_name)


@router.get("/sign-in/wechat", response=WeChatAddressOut)
def get_wechat_address(request: HttpRequest) -> dict[str, object]:
    """Where to send the browser for WeChat. The state in it belongs to the visitor who asked."""
    if not signing_in.wechat_is_configured():
        return {"is_configured": False, "address": ""}
    back = settings.RENMAI_BASE_URL.rstrip("/") + "/sign-in/wechat/"
    return {"is_configured": True, "address": signing_in.wechat_address(return_url=back, state=_state(visitor(request)))}


@router.post("/sign-in/wechat", response={201: SignedInOut})
def sign_in_wechat(request: HttpRequest, given: WeChatIn) -> dict[str, object]:
    """Sign in with what WeChat sent the browser back with. By the same visitor who asked for the address."""
    guest = visitor(request)
    done = signing_in.sign_in_wechat(given.code, state=given.state, expected_state=_state(guest), visitor=guest)
    return _signed_in(request, done.user, done.visitor, name=given.token_name)


@router.post("/sign-in/staff", response={201: SignedInOut})
def sign_in_staff(request: HttpRequest, given: StaffSignInIn) -> dict[str, object]:
    """Sign in as staff: password and second factor at once. The key lives for a day."""
    user = accounts.sign_in_staff(given.username, given.password, totp=given.totp, ip_address=address_of(request))
    return _signed_in(request, user, None, name=given.token_name, valid_days=STAFF_SIGN_IN_DAYS)


@router.post("/sign-out", response={204: None}, auth=PERSON)
def sign_out(request: HttpRequest) -> None:
    """End the key that this request came with. The answer hands out a fresh visitor id: the next person inherits no cart."""
    token = caller_of(request).token
    if token is not None:
        end_token(token)
    go_on_with(request, accounts.visitor(None))


def _signed_in(
    request: HttpRequest, user: User, chosen: Visitor | None, *, name: str, valid_days: int = MEMBER_DAYS
) -> dict[str, object]:
    token, text = create_token(user, name=name, valid_days=valid_days)
    going_on = chosen or accounts.join_visitor(user, visitor(request))
    go_on_with(request, going_on)
    return {"token": text, "expires_at": token.expires_at, "person": user, "visitor": signed(going_on.pk)}


def _device(request: HttpRequest) -> str:
    """Return the visitor id that came with the request: a code asked for with one is good with that one only."""
    return str(caller_of(request).visitor_id or "")


def _state(guest: Visitor) -> str:
    return salted_hmac(STATE_SALT, str(guest.pk), algorithm="sha256").hexdigest()[:32]
