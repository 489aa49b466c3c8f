"""A member's own posts: writing, publishing, taking back; and whom she follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts.models import User
from renmai.catalogue.actions.pictures import MAX_BYTES
from renmai.catalogue.models import Product
from renmai.content import actions, queries
from renmai.content.actions.writing import MOST_PICTURES
from renmai.content.models import Post
from renmai.content.policies import source_of
from renmai.kernel.errors import DomainError
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.post_cards import film_of
from renmai.web.storefront.post_form import FIELD_OF, PostForm, initial_of
from renmai.web.ui.bodies import takes_files
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of


@require_safe
@signed_in
def my_posts(request: HttpRequest) -> HttpResponse:
    """List what she wrote, in whatever state, with what came of it."""
    user = member_of(request)
    page = queries.own_posts(user, page=page_number(request))
    rows = list(page.object_list)
    figures = queries.figures_of([row.pk for row in rows])
    context = {
        "rows": [(row, figures[row.pk]) for row in rows],
        "position": Position(page.number, page.has_next()),
        "back_url": reverse("storefront:me"),
    }
    return show(request, "storefront/posts/mine.html", context)


@takes_files(MOST_PICTURES, each_bytes=MAX_BYTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def post_new(request: HttpRequest) -> HttpResponse:
    """Write a post: kept as a draft, or published."""
    return _write(request, member_of(request), None)


@takes_files(MOST_PICTURES, each_bytes=MAX_BYTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def post_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Go on with a draft; any other of her posts is shown as it stands."""
    user = member_of(request)
    row = queries.access_own(user, number)
    if row.status != Post.Status.DRAFT:
        if request.method == "POST":
            raise DomainError("content.state")
        return HttpResponseRedirect(reverse("storefront:my_posts"))
    return _write(request, user, row)


@require_POST
@signed_in
def post_take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Let nobody see one of her posts any more."""
    user = member_of(request)
    actions.take_back(user, queries.access_own(user, number))
    messages.success(request, _("Taken back. Links to it lead nowhere now."))
    return HttpResponseRedirect(reverse("storefront:my_posts"))


@require_safe
@signed_in
def follows(request: HttpRequest) -> HttpResponse:
    """List whom and what she follows."""
    context = {"follows": queries.followed(member_of(request)), "back_url": reverse("storefront:feed_following")}
    return show(request, "storefront/posts/follows.html", context)


@require_POST
@signed_in
def follow_end(request: HttpRequest, follow_id: int) -> HttpResponse:
    """No longer follow somebody or something of the list."""
    actions.end_follow(member_of(request), follow_id)
    messages.info(request, _("You no longer follow it."))
    return HttpResponseRedirect(reverse("storefront:follows"))


def _write(request: HttpRequest, user: User, row: Post | None) -> HttpResponse:
    goods, topics = _offered(user, row), queries.open_topics()
    if request.method != "POST":
        chosen = [request.GET["product"]] if request.GET.get("product", "").isdecimal() else []
        initial = initial_of(row) if row else {"products": chosen}
        return _page(request, user, PostForm(goods=goods, topics=topics, post=row, initial=initial), row)
    form = PostForm(request.POST, request.FILES, goods=goods, topics=topics, post=row)
    if not form.is_valid():
        return _page(request, user, form, row, status=400)
    try:
        kept = actions.change(user, row, form.given()) if row else actions.compose(user, form.given())
        if request.POST.get("act") != "publish":
            messages.success(request, _("Kept as a draft: only you see it."))
            return HttpResponseRedirect(reverse("storefront:post_edit", args=[kept.number]))
    except DomainError as error:
        form.add_error(FIELD_OF.get(error.field), error.sentence)
        return _page(request, user, form, row, status=error.status)
    return _publish(request, user, kept)


def _publish(request: HttpRequest, user: User, row: Post) -> HttpResponse:
    """Publish what was kept; what a rule forbids stays a draft, with the objection beside its field."""
    try:
        now = actions.publish(user, row)
    except DomainError as error:
        whole = queries.access_own(user, row.number)
        form = PostForm(initial_of(whole), goods=_offered(user, whole), topics=queries.open_topics(), post=whole)
        form.is_valid()
        form.add_error(FIELD_OF.get(error.field), error.sentence)
        return _page(request, user, form, whole, status=error.status)
    if now.status == Post.Status.PUBLISHED:
        messages.success(request, _("Published. Whoever follows you sees it now."))
        return HttpResponseRedirect(reverse("storefront:post", args=[now.number]))
    messages.success(request, _("Thank you. Somebody of the shop looks at it first; then it is published."))
    return HttpResponseRedirect(reverse("storefront:my_posts"))


def _offered(user: User, row: Post | None) -> list[Product]:
    return queries.writable_goods(user, chosen_ids=[each.product_id for each in row.goods.all()] if row else ())


def _page(request: HttpRequest, user: User, form: PostForm, row: Post | None, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "post": row,
        "film": film_of(row) if row else None,
        "pictures": {picture.pk: picture for picture in row.pictures.all()} if row else {},
        "action": reverse("storefront:post_edit", args=[row.number]) if row else reverse("storefront:post_new"),
        "is_agent": source_of(user) == Post.Source.AGENT,
        "back_url": reverse("storefront:my_posts"),
    }
    return show(request, "storefront/posts/write.html", context, status=status)
