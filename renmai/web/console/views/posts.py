"""Content 内容: posts with what came of them, the second look, the shop's own posts, and topics."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.catalogue import queries as catalogue
from renmai.content import actions, queries
from renmai.content.models import Post, Topic
from renmai.kernel.errors import DomainError
from renmai.web.console import objections, requests
from renmai.web.console.filters import chips
from renmai.web.console.forms import ReasonForm, blame
from renmai.web.console.navigation import show
from renmai.web.console.post_forms import OfficialForm, TopicForm, initial_of
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

MANAGES = Permission.CONTENT_MANAGE
TONES = {Post.Status.PUBLISHED: "good", Post.Status.REVIEW: "warn"}


@staff(MANAGES)
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """List posts, the newest first, with what came of each; what waits for a look is one chip away."""
    user = member_of(request)
    status = requests.choice(request, "status", Post.Status.values)
    source = requests.choice(request, "source", Post.Source.values)
    page = queries.posts_for_staff(user, status=status, source=source, page=requests.page_number(request))
    rows = list(page.object_list)
    figures, passed = queries.figures_of([row.pk for row in rows]), queries.passed_on(rows)
    everyone = pgettext("posts", "All")
    context = {
        "page": page,
        "rows": [(row, figures[row.pk], passed[row.pk], TONES.get(Post.Status(row.status), "")) for row in rows],
        "status_chips": chips(request, "status", [("", everyone), *Post.Status.choices], counts=queries.counts(user)),
        "source_chips": chips(request, "source", [("", everyone), *Post.Source.choices]),
    }
    return show(request, "console/content/posts.html", context)


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: HttpRequest) -> HttpResponse:
    """Begin a post in the shop's own name."""
    form = OfficialForm(request.POST or None, topics=queries.open_topics())
    if request.method != "POST":
        return _show_form(request, form, None)
    if not form.is_valid():
        return _show_form(request, form, None, status=400)
    try:
        made = actions.compose_official(member_of(request), form.given(None))
    except DomainError as error:
        blame(form, error)
        return _show_form(request, form, None, status=error.status)
    return redirect("console:post", made.pk)


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request: HttpRequest, post_id: int) -> HttpResponse:
    """Change a draft of the shop's own."""
    user = member_of(request)
    row = queries.access_post(user, post_id)
    if row.source != Post.Source.OFFICIAL or row.status != Post.Status.DRAFT:
        raise DomainError("content.state")
    form = OfficialForm(request.POST or None, topics=queries.open_topics(), initial=initial_of(row))
    if request.method != "POST":
        return _show_form(request, form, row)
    if not form.is_valid():
        return _show_form(request, form, row, status=400)
    try:
        actions.change(user, row, form.given(row))
    except DomainError as error:
        blame(form, error)
        return _show_form(request, form, row, status=error.status)
    messages.success(request, _("Saved."))
    return redirect("console:post", post_id)


@staff(MANAGES)
@require_safe
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Show a post, what the linter objects to, and what came of it."""
    return _show(request, queries.access_post(member_of(request), post_id))


@staff(MANAGES)
@require_POST
def post_publish(request: HttpRequest, post_id: int) -> HttpResponse:
    """Publish a draft of the shop's own, or lay it before a second person."""
    user = member_of(request)
    row = queries.access_post(user, post_id)
    if row.source != Post.Source.OFFICIAL:
        raise DomainError("content.state")
    try:
        now = actions.publish(user, row)
    except DomainError as error:
        return _show(request, row, refusal=error.sentence, status=error.status)
    if now.status == Post.Status.PUBLISHED:
        messages.success(request, _("Published. Whoever follows the shop sees it now."))
    else:
        messages.info(request, _("A rule asks for a second look: somebody else publishes it."))
    return redirect("console:post", post_id)


@staff(MANAGES)
@require_POST
def post_approve(request: HttpRequest, post_id: int) -> HttpResponse:
    """Give the second look, and publish."""
    user = member_of(request)
    row = queries.access_post(user, post_id)
    try:
        actions.approve(user, row, seen=requests.revision_seen(request))
    except DomainError as error:
        return _show(request, row, refusal=error.sentence, status=error.status)
    messages.success(request, _("Published."))
    return redirect("console:post", post_id)


@staff(MANAGES)
@require_POST
def post_send_back(request: HttpRequest, post_id: int) -> HttpResponse:
    """Send a post back to its author, who reads why."""
    return _with_reason(request, post_id, act="send_back")


@staff(MANAGES)
@require_POST
def post_withdraw(request: HttpRequest, post_id: int) -> HttpResponse:
    """Let nobody see a post any more; its author reads why."""
    return _with_reason(request, post_id, act="withdraw")


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """List topics; add one."""
    return _topics(request, None)


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Change a topic."""
    return _topics(request, queries.access_topic(topic_id))


def _with_reason(request: HttpRequest, post_id: int, *, act: str) -> HttpResponse:
    user = member_of(request)
    row = queries.access_post(user, post_id)
    form = ReasonForm(request.POST)
    status = 400
    if form.is_valid():
        write = actions.send_back if act == "send_back" else actions.withdraw
        try:
            write(user, row, seen=requests.revision_seen(request), reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_error("reason", error.sentence)
            status = error.status
        else:
            messages.success(request, _("Done. The author reads your reason."))
            return redirect("console:posts")
    return _show(request, row, forms={act: form}, status=status)


def _show(
    request: HttpRequest,
    row: Post,
    *,
    forms: dict[str, ReasonForm] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    user = member_of(request)
    goods = sorted(row.goods.all(), key=lambda each: each.position)
    texts = (("title", row.title), ("text", row.text))
    said = objections.beside(actions.findings_of(row.title, row.text), texts)
    opened = forms or {}
    context: dict[str, Any] = {
        "post": row,
        "crumbs": [Crumb(_("Content"), reverse("console:posts")), Crumb(row.title)],
        "tone": TONES.get(Post.Status(row.status), ""),
        "cards": catalogue.cards([each.product_id for each in goods]),
        "figures": queries.figures_of([row.pk])[row.pk],
        "passed": queries.passed_on([row])[row.pk],
        "said": [each for place in said.by_place.values() for each in place],
        "is_own": row.author_id == user.pk,
        "is_official": row.source == Post.Source.OFFICIAL,
        "send_back": opened.get("send_back") or ReasonForm(auto_id="back_%s"),
        "send_back_open": "send_back" in opened,
        "withdraw": opened.get("withdraw") or ReasonForm(auto_id="withdraw_%s"),
        "withdraw_open": "withdraw" in opened,
        "refusal": refusal,
    }
    return show(request, "console/content/post.html", context, status=status)


def _show_form(request: HttpRequest, form: OfficialForm, row: Post | None, *, status: int = 200) -> HttpResponse:
    here = Crumb(row.title if row else _("New post"))
    context = {"form": form, "post": row, "crumbs": [Crumb(_("Content"), reverse("console:posts")), here]}
    return show(request, "console/content/post_form.html", context, status=status)


def _topics(request: HttpRequest, now: Topic | None) -> HttpResponse:
    user = member_of(request)
    known = ("name_zh", "name_en", "slug", "position", "is_open")
    initial = {name: getattr(now, name) for name in known} if now else {}
    form = TopicForm(request.POST or None, is_fixed=now is not None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.change_topic(user, now, form.given()) if now else actions.add_topic(user, form.given())
            except DomainError as error:
                blame(form, error)
                status = error.status
            else:
                messages.success(request, _("Saved."))
                return redirect("console:topics")
    crumbs = [Crumb(_("Content"), reverse("console:posts")), Crumb(_("Topics"))]
    context = {"rows": queries.topics_for_staff(user), "form": form, "now": now, "crumbs": crumbs}
    return show(request, "console/content/topics.html", context, status=status)
