"""Messages in the shop, and the texts that a demo would have sent."""

from django.conf import settings
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.care import actions as care_actions
from renmai.care import queries as care
from renmai.care.queries import MessageView
from renmai.care.texts import GROUPS
from renmai.channels import queries as channels
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.presence import is_looking
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of

PHONE_LENGTH = 20
PHONE_SIGNS = frozenset("+0123456789")

PAGE = "page"
"""A message about a page of a play names its path."""

# What a message is about → the page that shows it, and whether the page is one of many.
SUBJECTS: dict[str, tuple[str, bool]] = {
    "order": ("storefront:order", True),
    "after_sale": ("storefront:after_sale", True),
    "shop": ("storefront:shop", True),
    "customers": ("workbench:customers", False),
    "income": ("workbench:income", False),
    "withdrawal": ("workbench:withdrawal", True),
    "pause": ("storefront:my_pause", False),
    "today": ("workbench:today", False),
    "sessions": ("storefront:sessions", False),
    "suggestions": ("storefront:suggestions", False),
}


@require_safe
@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """List her messages, all or one group."""
    user = member_of(request)
    group = request.GET.get("group", "")
    group = group if group in GROUPS else ""
    page = care.inbox(user, group=group, page=page_number(request))
    context = {
        "letters": page.object_list,
        "position": Position(page.number, page.has_next()),
        "groups": GROUPS.items(),
        "group": group,
        "unread": care.unread_count(user),
        "back_url": reverse("storefront:me"),
    }
    return show(request, "storefront/me/messages.html", context)


@require_safe
@signed_in
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Mark one of her messages as read and go to what it is about."""
    user = member_of(request)
    letter = care.access_message(user, message_id)
    if is_looking(request):
        care_actions.mark_read(user, message_id)
    return HttpResponseRedirect(subject_address(letter))


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    care_actions.mark_all_read(member_of(request))
    flash.success(request, _("All messages are marked as read."))
    return HttpResponseRedirect(reverse("storefront:messages"))


@never_cache
@require_safe
def text_inbox(request: HttpRequest) -> HttpResponse:
    """Show the texts that would have gone out: in a demo and in development only, for they hold codes."""
    if not (settings.RENMAI_DEMO or settings.DEBUG):
        raise Http404
    phone = "".join(sign for sign in request.GET.get("phone", "")[:PHONE_LENGTH] if sign in PHONE_SIGNS)
    context = {"texts": channels.inbox(phone=phone), "phone": phone, "back_url": reverse("storefront:me")}
    return render(request, "storefront/me/text_inbox.html", context)


def subject_address(letter: MessageView) -> str:
    """Return the address of what a message is about, the list of messages when it is about nothing that has a page."""
    if letter.link_kind == PAGE:
        return letter.link_key
    name, is_one_of_many = SUBJECTS.get(letter.link_kind, ("storefront:messages", False))
    return reverse(name, args=[letter.link_key]) if is_one_of_many else reverse(name)
