"""Signing in: the person is recognised, and what she chose as a guest comes along."""

from dataclasses import dataclass

from django.db import transaction

from renmai.accounts import actions as accounts
from renmai.accounts import queries as people
from renmai.accounts.models import User, Visitor
from renmai.channels import wechat
from renmai.channels.actions import send_sign_in_code
from renmai.ordering.actions.cart import merge_guest_cart
from renmai.programs.actions import revoke_all


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, and the browser to go on with: another one when this one belongs to somebody else."""

    user: User
    visitor: Visitor | None


def send_code(phone: str, *, ip_address: str, device: str = "") -> None:
    """Send a sign-in code to ``phone``, good in the browser ``device`` only when one is named.

    Raises ``accounts.phone``, ``request.too_many``. Not inside a transaction.
    """
    issued = accounts.request_code(phone, ip_address=ip_address, device=device)
    send_sign_in_code(issued.phone, issued.code)


def sign_in(phone: str, code: str, *, visitor: Visitor | None, ip_address: str, device: str = "") -> SignedIn:
    """Sign in with the code on the phone; the member is created on first use. Not inside a transaction: a wrong try must count.

    The guest's cart and visits become the member's. Raises what ``accounts.verify_code`` raises.
    """
    return bring_along(accounts.verify_code(phone, code, ip_address=ip_address, device=device), visitor)


def sign_out_everywhere(user: User) -> None:
    """End every session of ``user`` in browsers and every key that programs hold in her name, in one transaction."""
    with transaction.atomic():
        revoke_all(user)
        accounts.end_own_sessions(user)


def reset_second_factor(actor: User, user_id: int) -> None:
    """Let somebody of the staff who lost the app set up a new one; what was opened with the old one ends at once, keys too.

    Raises as ``accounts.reset_second_factor``.
    """
    with transaction.atomic():
        accounts.reset_second_factor(actor, user_id)
        revoke_all(people.user(user_id))


def set_staff_active(actor: User, user_id: int, *, is_active: bool) -> None:
    """Close or reopen an account of the staff. Sessions and keys of a closed one do not come back with it.

    Raises as ``accounts.set_staff_active``.
    """
    with transaction.atomic():
        accounts.set_staff_active(actor, user_id, is_active=is_active)
        if not is_active:
            revoke_all(people.user(user_id))


def wechat_is_configured() -> bool:
    """Whether WeChat sign-in can be offered."""
    return wechat.is_on()


def wechat_address(*, return_url: str, state: str) -> str:
    """Return the page of WeChat to send the browser to; it comes back to ``return_url`` with ``code`` and ``state``."""
    return wechat.authorisation_url(state, return_url)


def sign_in_wechat(code: str, *, state: str, expected_state: str, visitor: Visitor | None) -> SignedIn:
    """Sign in the person whom WeChat vouches for. Asks WeChat: never inside a transaction.

    ``expected_state`` is the one the session kept. Raises what ``channels.wechat`` raises.
    """
    wechat.check_state(expected_state, state)
    return bring_along(accounts.sign_in_openid(wechat.identify(code)), visitor)


def bring_along(user: User, visitor: Visitor | None) -> SignedIn:
    """Tie the browser to ``user`` and move the guest's cart over, in one transaction; doing it again changes nothing."""
    if visitor is None:
        return SignedIn(user=user, visitor=None)
    with transaction.atomic():
        joined = accounts.join_visitor(user, visitor)
        if joined.pk == visitor.pk:
            merge_guest_cart(joined, user)
    return SignedIn(user=user, visitor=joined)
