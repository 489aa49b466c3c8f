"""Decorators of views: who may come in. The rooms below check again; these make the answer friendly."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse

from renmai.accounts.policies import CONFIRMED, Permission, allows
from renmai.kernel.errors import DomainError
from renmai.web.ui import staff_sessions
from renmai.web.ui.people import member_of, user_of

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]


def signed_in(view: View[Parameters]) -> View[Parameters]:
    """Let only signed-in people in; a guest is taken to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        member_of(request)
        return view(request, *args, **kwargs)

    return guarded


def confirmed(request: HttpRequest) -> None:
    """Raise ``accounts.confirm`` for an act in a session whose second factor was given too long ago; looking is always free."""
    if request.method not in {"GET", "HEAD"} and not staff_sessions.is_proved(request):
        raise DomainError("accounts.confirm")


def staff(*permissions: Permission) -> Callable[[View[Parameters]], View[Parameters]]:
    """Let only staff in who hold one of ``permissions`` (none named: anybody of the staff); others are asked to sign in, or refused."""

    def decorate(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
            user = user_of(request)
            if user is None or not user.is_staff:
                raise DomainError("request.sign_in")
            # The roles are asked for again and again on one page; they are read once.
            prefetch_related_objects([user], "staff_roles")
            if permissions and not any(allows(user, permission) for permission in permissions):
                raise DomainError("request.forbidden")
            if permissions and CONFIRMED.issuperset(permissions):
                confirmed(request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
