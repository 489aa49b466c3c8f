"""Scenes 场景: the list with what came of each, and the editor in which a landing page is composed from blocks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.accounts.queries import has_permission
from renmai.campaigns.scenes import actions, queries
from renmai.campaigns.scenes import blocks as blocks_of
from renmai.campaigns.scenes.models import Scene, SceneVersion
from renmai.catalogue import queries as catalogue
from renmai.catalogue.models import Product
from renmai.catalogue.queries import desk
from renmai.kernel.errors import DomainError
from renmai.policy.linting import Copy, lint
from renmai.web.console import objections, requests, scene_form
from renmai.web.console.forms import ReasonForm
from renmai.web.console.navigation import show
from renmai.web.console.scene_form import SceneDraft
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of
from renmai.web.ui.scenes import views_of

SEES, MANAGES = Permission.CAMPAIGNS_VIEW, Permission.CAMPAIGNS_MANAGE
SHOWN_GOODS = 8
OUR_PAGES = ("/", "/discover/", "/search/")


@staff(SEES)
@require_safe
def scenes(request: HttpRequest) -> HttpResponse:
    """List scenes, the newest first, with visits and sales."""
    user = member_of(request)
    page = queries.scenes_of(user, page=requests.page_number(request))
    rows = list(page.object_list)
    figures = queries.figures_of_scenes([row.pk for row in rows])
    context = {
        "page": page,
        "rows": [(row, figures[row.pk]) for row in rows],
        "may_manage": has_permission(user, MANAGES),
    }
    return show(request, "console/campaigns/scenes.html", context)


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def scene_new(request: HttpRequest) -> HttpResponse:
    """Begin a scene: its title and the word in its address."""
    if request.method != "POST":
        return _show_new(request, SceneDraft())
    draft = scene_form.typed(request.POST)
    draft = replace(draft, slug=draft.slug or scene_form.proposed_slug(draft.title_en))
    try:
        made = actions.compose_scene(member_of(request), draft.given())
    except DomainError as error:
        return _show_new(request, _blamed(draft, error), status=error.status)
    return redirect("console:scene", made.pk)


@staff(MANAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def scene(request: HttpRequest, scene_id: int) -> HttpResponse:
    """Show and change a scene. Every button saves the working copy; customers see it once it is published."""
    user = member_of(request)
    row = queries.access_scene(user, scene_id)
    if request.method != "POST":
        return _show(request, row, scene_form.of_scene(row))
    act = request.POST.get("act", "save")
    draft = scene_form.acted(scene_form.typed(request.POST), act)
    if act.startswith("find:"):
        return _show(request, row, draft)
    try:
        draft = _with_pictures(request, user, draft)
        now = actions.change_scene(user, row, draft.given(), seen=draft.seen)
    except DomainError as error:
        return _refused(request, row, draft, error)
    if act != "publish":
        return redirect(reverse("console:scene", args=[scene_id]) + scene_form.place_after(draft, act))
    try:
        actions.publish_scene(user, now)
    except DomainError as error:
        return _refused(request, now, scene_form.of_scene(now), error)
    messages.success(request, _("Published. Customers see it now."))
    return redirect("console:scene", scene_id)


@staff(MANAGES)
@require_POST
def scene_withdraw(request: HttpRequest, scene_id: int) -> HttpResponse:
    """Let nobody open it any more."""
    row = queries.access_scene(member_of(request), scene_id)
    form = ReasonForm(request.POST)
    problem, status = "", 400
    if form.is_valid():
        try:
            actions.withdraw_scene(member_of(request), row, reason=form.cleaned_data["reason"])
        except DomainError as error:
            problem, status = error.sentence, error.status
        else:
            messages.success(request, _("Withdrawn. Links to it lead nowhere now."))
            return redirect("console:scene", scene_id)
    if problem:
        form.add_error("reason", problem)
    return _show(request, row, scene_form.of_scene(row), withdraw=form, status=status)


@staff(MANAGES)
@require_POST
def scene_preview(request: HttpRequest) -> HttpResponse:
    """Answer htmx with the page as customers would see it, and with what the linter says, each for its place."""
    draft = scene_form.typed(request.POST)
    return render(request, "console/campaigns/parts/scene_look.html", _look(draft) | {"draft": draft, "is_swap": True})


@staff(MANAGES)
@require_safe
def scene_goods(request: HttpRequest) -> HttpResponse:
    """Answer htmx with the goods that a search found, to be ticked for the row of goods ``name``."""
    name = requests.words(request, "name")
    context = {"name": name, "options": _goods(member_of(request), requests.words(request, f"{name}_q")), "is_search": True}
    return render(request, "console/campaigns/parts/scene_goods.html", context)


def _goods(user: User, text: str) -> list[Product]:
    if not text:
        return []
    found = desk.goods(user, desk.GoodsFilter(text=text, status=Product.Status.LISTED)).object_list
    return [row.product for row in list(found)[:SHOWN_GOODS]]


def _with_pictures(request: HttpRequest, user: User, draft: SceneDraft) -> SceneDraft:
    """Keep the pictures that came with the form, and let their blocks name them. Raises what is wrong with one, at its block."""
    blocks = list(draft.blocks)
    for index, block in enumerate(blocks):
        upload = request.FILES.get(f"b{index}_file")
        if block["kind"] != "picture" or upload is None:
            continue
        try:
            picture = actions.add_scene_picture(user, upload.read())
        except DomainError as error:
            raise DomainError(error.code, field=f"{index}.picture_id", **error.details) from error
        blocks[index] = block | {"picture_id": picture.pk}
    return replace(draft, blocks=tuple(blocks))


def _refused(request: HttpRequest, row: Scene, draft: SceneDraft, error: DomainError) -> HttpResponse:
    if error.code in {"request.not_found", "request.forbidden"}:
        raise error
    if error.code == "request.conflict":
        # What was typed stays; saving once more puts it over what somebody else saved meanwhile.
        draft = replace(draft, seen=queries.access_scene(member_of(request), row.pk).revision)
    return _show(request, row, _blamed(draft, error), status=error.status)


def _blamed(draft: SceneDraft, error: DomainError) -> SceneDraft:
    return replace(draft, problems={error.field.removeprefix("blocks."): error.sentence})


def _show_new(request: HttpRequest, draft: SceneDraft, *, status: int = 200) -> HttpResponse:
    crumbs = [Crumb(_("Scenes"), reverse("console:scenes")), Crumb(_("New scene"))]
    return show(request, "console/campaigns/scene_new.html", {"draft": draft, "crumbs": crumbs}, status=status)


def _show(
    request: HttpRequest, row: Scene, draft: SceneDraft, *, withdraw: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    user = member_of(request)
    chosen = {card.id: card for card in catalogue.cards(blocks_of.named(draft.blocks, "product_ids"))}
    versions = queries.versions_of_scene(row.pk)
    asked = {f"b{index}_product_ids": _asked(request, index) for index in range(len(draft.blocks))}
    context: dict[str, Any] = {
        "scene": row,
        "draft": draft,
        "crumbs": [Crumb(_("Scenes"), reverse("console:scenes")), Crumb(row.title)],
        "kinds": [(kind, scene_form.LABELS[kind], scene_form.ICONS[kind]) for kind in blocks_of.KINDS],
        "chosen": chosen,
        "found": {name: _goods(user, text) for name, text in asked.items() if text},
        "campaigns": queries.campaigns_for_scenes(),
        "our_pages": OUR_PAGES,
        "pictures": queries.pictures_by_id(blocks_of.named(draft.blocks, "picture_id")),
        "figures": queries.figures_of_scenes([row.pk])[row.pk],
        "versions": versions,
        "withdraw": withdraw or ReasonForm(),
        "withdraw_open": withdraw is not None,
        "is_changed": _is_changed(row, versions),
        **_look(draft),
    }
    return show(request, "console/campaigns/scene.html", context, status=status)


def _asked(request: HttpRequest, index: int) -> str:
    return request.POST.get(f"b{index}_product_ids_q", "").replace("\x00", "").strip()[: requests.TEXT_LENGTH]


def _is_changed(row: Scene, versions: Sequence[SceneVersion]) -> bool:
    """Whether the working copy says something else than what customers see."""
    latest = versions[0] if versions else None
    return latest is None or (latest.blocks, latest.title_zh, latest.title_en) != (row.blocks, row.title_zh, row.title_en)


def _look(draft: SceneDraft) -> dict[str, Any]:
    """Return what stands beside the form: the page itself, and the objections by their place."""
    titles = tuple((name, getattr(draft, name)) for name in ("title_zh", "title_en") if getattr(draft, name))
    texts = (*titles, *blocks_of.texts_of(draft.blocks))
    places = [
        f"{index}.{name}_{language}"
        for index, block in enumerate(draft.blocks)
        for name in blocks_of.KINDS[block["kind"]].texts
        for language in blocks_of.LANGUAGES
    ]
    return {
        "said": objections.beside(lint(Copy(texts=tuple(text for _place, text in texts))), texts),
        "places": ["title_zh", "title_en", *places],
        "blocks": views_of(draft.blocks),
    }
