"""Reading posts: the feeds of Discover, a post with its goods, who wrote it, and following people and topics."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.content import actions, queries
from renmai.content.actions import Target
from renmai.content.models import Post
from renmai.content.queries import FeedPage
from renmai.distribution.policies import pays_commission
from renmai.journeys.looking import read_post
from renmai.kernel.errors import DomainError
from renmai.web.storefront.brought import way_through
from renmai.web.storefront.introductions import introduce
from renmai.web.storefront.navigation import show
from renmai.web.storefront.post_cards import cards_of, feed_of, speaker_of
from renmai.web.storefront.presence import is_looking, shop_here
from renmai.web.storefront.views.share_own import pass_on_post
from renmai.web.ui import errors
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, remember_visitor, safe_next, user_of, visitor_id_of

CURSOR_LENGTH = 40


@dataclass(frozen=True)
class Button:
    """The button by which one follows: where it leads, and whether one does already. None of it for what is one's own."""

    url: str
    is_followed: bool
    label: str


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Show what is new, the newest first."""
    page = queries.latest(viewer_id=_viewer(request), after=_after(request))
    return _feed(request, page, name="latest", topics=queries.open_topics())


@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """Show what those bring whom one follows; a guest is told what the page is for."""
    user = user_of(request)
    page = queries.following(user, after=_after(request)) if user else FeedPage(())
    return _feed(request, page, name="following", is_guest=user is None)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was written about a topic."""
    found = queries.topic_of_slug(slug)
    page = queries.of_topic(found, viewer_id=_viewer(request), after=_after(request))
    followed = queries.is_followed(user_of(request), Target.of_topic(found))
    button = Button(reverse("storefront:topic_follow", args=[slug]), followed, found.name)
    context = {"topic": found, "button": button, "back_url": reverse("storefront:feed_latest")}
    return _feed(request, page, name="topic", **context)


@require_safe
def post(request: HttpRequest, number: str) -> HttpResponse:
    """Show a post with its goods; one that was withdrawn says so."""
    user = user_of(request)
    try:
        found = queries.post_of_number(number, viewer_id=_viewer(request))
    except DomainError as error:
        if error.code != "content.withdrawn":
            raise
        return errors.refusal(request, error, way_on=(reverse("storefront:feed_latest"), _("See what is new")))
    if is_looking(request):
        remember_visitor(request, read_post(found, visitor_id=visitor_id_of(request), user=user))
    shop = shop_here(request)
    is_own = user is not None and user.pk == found.author_id
    context = {
        "card": cards_of([found], way_through(request))[0],
        "button": None if is_own else _author_button(request, found),
        "is_own": is_own,
        "introduction": introduce(shop, None, user=user) if shop else None,
        "agents_earn": pays_commission(),
        "back_url": reverse("storefront:feed_latest"),
    }
    return show(request, "storefront/posts/post.html", context)


@require_safe
def author(request: HttpRequest, number: str) -> HttpResponse:
    """Show what whoever speaks in a post wrote besides; her own posts with what came of them."""
    user = user_of(request)
    found = queries.post_of_number(number, viewer_id=_viewer(request))
    page = queries.of_author(found, viewer_id=_viewer(request), after=_after(request))
    is_own = user is not None and user.pk == found.author_id
    button = None if is_own else _author_button(request, found)
    context = {"speaker": speaker_of(found), "button": button, "back_url": reverse("storefront:post", args=[number])}
    return _feed(request, page, name="author", **context)


@require_POST
@signed_in
def post_follow(request: HttpRequest, number: str) -> HttpResponse:
    """Follow whoever speaks in a post, or no longer."""
    user = member_of(request)
    found = queries.post_of_number(number, viewer_id=user.pk)
    _follow(request, Target.of_post(found), name=speaker_of(found).name)
    return HttpResponseRedirect(safe_next(request, reverse("storefront:post", args=[number])))


@require_POST
@signed_in
def topic_follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a topic, or no longer."""
    found = queries.topic_of_slug(slug)
    _follow(request, Target.of_topic(found), name=found.name)
    return HttpResponseRedirect(safe_next(request, reverse("storefront:topic", args=[slug])))


@require_safe
@signed_in
def post_share(request: HttpRequest, number: str) -> HttpResponse:
    """Give this member her own link for a post, with its words, QR code and poster."""
    return pass_on_post(request, queries.post_of_number(number, viewer_id=member_of(request).pk))


def _follow(request: HttpRequest, target: Target, *, name: str) -> None:
    if request.POST.get("follow") == "1":
        actions.follow(member_of(request), target)
        messages.success(request, _("You follow %(name)s. New posts are under “Following” at once.") % {"name": name})
    else:
        actions.unfollow(member_of(request), target)
        messages.info(request, _("You no longer follow %(name)s.") % {"name": name})


def _author_button(request: HttpRequest, found: Post) -> Button:
    followed = queries.is_followed(user_of(request), Target.of_post(found))
    return Button(reverse("storefront:post_follow", args=[found.number]), followed, speaker_of(found).name)


def _feed(request: HttpRequest, page: FeedPage, *, name: str, **context: Any) -> HttpResponse:
    return show(request, "storefront/posts/feed.html", {"feed": feed_of(page), "name": name, **context})


def _viewer(request: HttpRequest) -> int:
    user = user_of(request)
    return user.pk if user else 0


def _after(request: HttpRequest) -> str:
    return request.GET.get("after", "")[:CURSOR_LENGTH]
