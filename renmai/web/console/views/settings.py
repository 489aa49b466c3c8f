"""Policy and settings: the rows an operator may choose, the rules behind their bounds, and the adviser."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import has_permission
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.policy import actions, adviser, queries, settings_table
from renmai.policy.queries import SettingView
from renmai.policy.rules import CHINA, RULES, Outcome, Rule
from renmai.policy.settings_table import Setting
from renmai.web.console import requests, setting_words
from renmai.web.console.filters import chips
from renmai.web.console.forms import blame
from renmai.web.console.navigation import show
from renmai.web.console.setting_words import GROUPS, Verdict
from renmai.web.ui.guards import confirmed, staff
from renmai.web.ui.navigation import Crumb, Tab
from renmai.web.ui.people import member_of

JURISDICTIONS: dict[str, "str | Promise"] = {
    "CN": gettext_lazy("China"),
    "EU": gettext_lazy("European Union"),
    "US": gettext_lazy("United States"),
}
ANSWERS: tuple[tuple[int, "str | Promise"], ...] = (
    (0, gettext_lazy("not at all")),
    (1, gettext_lazy("hardly")),
    (2, gettext_lazy("half")),
    (3, gettext_lazy("mostly")),
    (4, gettext_lazy("fully")),
)


@dataclass(frozen=True)
class Row:
    """One setting as the list shows it."""

    view: SettingView
    value: str
    default: str
    bounds: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Change:
    """One line of a setting's history."""

    at: object
    who: str
    value: str
    reason: str


class SettingForm(forms.Form):
    """A new value and why."""

    value = forms.CharField(label=gettext_lazy("New value"), max_length=40)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=actions.REASON_MAX_LENGTH,
        help_text=gettext_lazy("The history keeps it for ever."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, setting: Setting, **options: Any) -> None:
        super().__init__(*args, **options)
        choices: list[tuple[str, str | Promise]] = list(setting.choices)
        if isinstance(setting.default, bool):
            choices = [("yes", _("yes")), ("no", _("no"))]
        if choices:
            self.fields["value"] = forms.ChoiceField(label=_("New value"), choices=choices, widget=forms.RadioSelect)
        elif setting.is_free_text:
            self.fields["value"] = forms.CharField(label=_("New value"), max_length=setting.maximum, required=False)
        else:
            unit = setting_words.typed_unit(setting)
            self.fields["value"].label = f"{_('New value')} ({unit})" if unit else _("New value")
            self.fields["value"].widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})


@staff(Permission.POLICY_VIEW)
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """List every setting with its value, its default, its bounds and the rule that binds it."""
    groups: dict[str, list[Row]] = {}
    for view in queries.settings():
        groups.setdefault(view.setting.group, []).append(_row(view))
    context = {
        "groups": [(GROUPS.get(name, name), rows) for name, rows in groups.items()],
        "tabs": _tabs("settings"),
        "may_change": has_permission(member_of(request), Permission.SETTINGS_CHANGE),
    }
    return show(request, "console/running/settings.html", context)


@staff(Permission.POLICY_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: HttpRequest, key: str) -> HttpResponse:
    """Show one setting with its history and the effect of another value (``?value=``); change it on POST."""
    row = settings_table.get(key)
    confirmed(request)
    if request.method != "POST":
        return _show(request, row, asked=request.GET.get("value"))
    form = SettingForm(request.POST, setting=row)
    if not form.is_valid():
        return _show(request, row, form=form, asked=request.POST.get("value"), status=400)
    text, reason = form.cleaned_data["value"], form.cleaned_data["reason"]
    try:
        value = setting_words.parsed(row, text)
        actions.change_setting(member_of(request), key, value=value, reason=reason)
    except DomainError as error:
        if error.code == "request.forbidden":
            raise
        blame(form, error)
        return _show(request, row, form=form, asked=text, status=error.status)
    told = _("“%(title)s” is %(value)s now.") % {"title": row.title, "value": setting_words.value_text(row, value)}
    messages.success(request, told)
    return redirect("console:setting", key)


@staff(Permission.POLICY_VIEW)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """List the rules with their sources and how long they hold, by words and jurisdiction."""
    text = requests.words(request).casefold()
    where = requests.choice(request, "where", list(JURISDICTIONS))
    today = clock.now().astimezone(CHINA).date()
    found = [
        (rule, rule.is_valid_on(today), JURISDICTIONS.get(rule.jurisdiction, rule.jurisdiction))
        for rule in RULES
        if (not where or rule.jurisdiction == where) and _says(rule, text)
    ]
    context = {
        "rows": found,
        "text": requests.words(request),
        "where_chips": chips(request, "where", [("", _("Everywhere")), *JURISDICTIONS.items()]),
        "bound": {rule_key: row for row in settings_table.SETTINGS for rule_key in row.rule_keys},
        "refuse": Outcome.REFUSE,
        "tabs": _tabs("rules"),
    }
    return show(request, "console/running/rules.html", context)


@staff(Permission.POLICY_VIEW)
@require_safe
def advice(request: HttpRequest) -> HttpResponse:
    """Ask the five questions; with all answers in the query, say what fits and why."""
    keys = [element.key for element in adviser.ELEMENTS]
    given = {key: requests.number(request, key) for key in keys if key in request.GET}
    answers = {key: value for key, value in given.items() if value is not None and value <= adviser.BEST}
    verdict = adviser.advise(adviser.Readiness(**answers)) if len(answers) == len(keys) else None
    model = settings_table.get("shop.model")
    context = {
        "questions": [(element, answers.get(element.key)) for element in adviser.ELEMENTS],
        "answers": ANSWERS,
        "advice": verdict,
        "is_incomplete": bool(request.GET) and verdict is None,
        "essential": {element.key: element for element in adviser.ELEMENTS},
        "model": setting_words.value_text(model, queries.setting("shop.model")),
        "fits": verdict is not None and verdict.model == queries.setting("shop.model"),
        "advised": setting_words.value_text(model, verdict.model) if verdict else "",
        "tabs": _tabs("adviser"),
    }
    return show(request, "console/running/adviser.html", context)


def _show(
    request: HttpRequest, row: Setting, *, form: SettingForm | None = None, asked: str | None = None, status: int = 200
) -> HttpResponse:
    view = next(view for view in queries.settings() if view.setting == row)
    is_asked = asked is not None and (bool(asked) or row.is_free_text)
    verdict: Verdict | None = setting_words.verdict(row, asked or "", view.value) if is_asked else None
    initial = {"value": asked if is_asked else setting_words.field_text(row, view.value)}
    context = {
        "row": _row(view),
        "form": form or SettingForm(setting=row, initial=initial),
        "now_effect": setting_words.effect(row.key, view.value),
        "verdict": verdict,
        "history": [_change(row, change) for change in queries.history(row.key)],
        "may_change": has_permission(member_of(request), Permission.SETTINGS_CHANGE),
        "crumbs": [Crumb(_("Policy and settings"), reverse("console:settings")), Crumb(row.title)],
    }
    return show(request, "console/running/setting.html", context, status=status)


def _row(view: SettingView) -> Row:
    row = view.setting
    bound_by = tuple(rule for rule in queries.rules(jurisdiction=None) if rule.key in row.rule_keys)
    return Row(
        view,
        setting_words.value_text(row, view.value),
        setting_words.value_text(row, row.default),
        setting_words.bounds_text(row),
        bound_by,
    )


def _change(row: Setting, change: Any) -> Change:
    value = setting_words.value_text(row, change.value) if row.fits(change.value) else str(change.value)
    return Change(change.at, change.changed_by.display_name, value, change.reason)


def _says(rule: Rule, text: str) -> bool:
    return not text or text in f"{rule.key} {rule.says} {rule.source} {rule.shown_value}".casefold()


def _tabs(current: str) -> list[Tab]:
    names: list[tuple[str, str | Promise, str]] = [
        ("settings", _("Settings"), "settings"),
        ("rules", _("Rules and sources"), "shield"),
        ("adviser", _("Adviser"), "compass"),
    ]
    return [Tab(label, icon, reverse(f"console:{name}"), current=name == current) for name, label, icon in names]
