"""The staff: settings, rules, audit, log, figures, alerts, the staff itself."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router

from renmai.accounts import actions as accounts
from renmai.accounts import queries as people
from renmai.accounts.inputs import StaffInput
from renmai.accounts.models import Role, User
from renmai.accounts.policies import ALERT_PERMISSIONS, Permission
from renmai.api.answers import Listed, Paged, listed, whole
from renmai.api.callers import Staff, person
from renmai.api.parsing import Code, Id, PageNumber
from renmai.api.periods import period_of
from renmai.api.schemas.staff_running import (
    ActiveIn,
    ActOut,
    AdviceIn,
    AdviceOut,
    AlertOut,
    AuditOut,
    BalanceOut,
    FigureOut,
    FigureRowOut,
    NewStaffIn,
    NoteIn,
    RolesIn,
    RuleOut,
    SettingChangeOut,
    SettingIn,
    SettingOut,
    StaffPersonOut,
)
from renmai.insight import queries as insight
from renmai.journeys import signing_in
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert
from renmai.ledger import queries as ledger
from renmai.ledger.journal import journal
from renmai.policy import actions, adviser
from renmai.policy import queries as policy
from renmai.programs import queries

POLICY, CHANGE = Staff(Permission.POLICY_VIEW), Staff(Permission.SETTINGS_CHANGE)
AUDIT, LOG, FIGURES = Staff(Permission.AUDIT_VIEW), Staff(Permission.LOG_VIEW), Staff(Permission.FIGURES_VIEW)
MANAGE = Staff(Permission.STAFF_MANAGE)
ALERTS = Staff(Permission.AUDIT_VIEW, *ALERT_PERMISSIONS.values())
RESOLVE = Staff(Permission.SETTINGS_CHANGE, *ALERT_PERMISSIONS.values())
router = Router(tags=["Staff: running"], auth=POLICY)


@router.get("/staff/settings", response=Paged[SettingOut])
def list_settings(request: HttpRequest) -> Listed[Any]:
    """Every setting with its value in force, and who set it why."""
    return whole(policy.settings())


@router.get("/staff/settings/{key}/history", response=Paged[SettingChangeOut])
def list_setting_history(request: HttpRequest, key: Code) -> Listed[Any]:
    """The values that a setting had. Newest first."""
    return whole(policy.history(key))


@router.put("/staff/settings/{key}", response=SettingChangeOut, auth=CHANGE)
def change_setting(request: HttpRequest, key: Code, given: SettingIn) -> object:
    """Change a setting from now on, for a reason. What breaks a hard limit is refused with the rule and its source."""
    return actions.change_setting(person(request), key, value=given.value, reason=given.reason)


@router.get("/staff/rules", response=Paged[RuleOut])
def list_rules(request: HttpRequest) -> Listed[Any]:
    """The rules of law and of platforms in force, each with its source."""
    return whole(policy.rules())


@router.post("/staff/advice", response=AdviceOut)
def advise(request: HttpRequest, given: AdviceIn) -> adviser.Advice:
    """Should this shop sell through agents, or directly? Five answers, one verdict, with reasons."""
    return adviser.advise(adviser.Readiness(**given.model_dump()))


@router.get("/staff/audit", response=AuditOut, auth=AUDIT)
def audit(request: HttpRequest) -> queries.AuditResult:
    """Every invariant of money, stock and attribution, checked now. Nothing found means that no fen and no piece went astray."""
    return queries.audit()


@router.get("/staff/log", response=Paged[ActOut], auth=LOG)
def list_acts(
    request: HttpRequest,
    *,
    actor_id: Id | None = None,
    object_type: Code | None = None,
    object_id: Code | None = None,
    page: PageNumber = 1,
) -> Listed[Any]:
    """What the staff did. Newest first."""
    return listed(people.acts(page=page, actor_id=actor_id, object_type=object_type or "", object_id=object_id or ""))


@router.get("/staff/audit/balance", response=Paged[BalanceOut], auth=AUDIT)
def get_trial_balance(request: HttpRequest) -> Listed[Any]:
    """The ledger by kind of account: debits, credits, balance."""
    return whole(ledger.trial_balance())


@router.get("/staff/audit/journal", response={200: None}, auth=AUDIT)
def download_journal(request: HttpRequest) -> StreamingHttpResponse:
    """The whole ledger as plain text for ``hledger check``, so that another program can judge it too."""
    return StreamingHttpResponse((f"{line}\n" for line in journal()), content_type="text/plain; charset=utf-8")


@router.get("/staff/alerts", response=Paged[AlertOut], auth=ALERTS)
def list_alerts(request: HttpRequest, *, status: Literal["open", "resolved"] = "open", page: PageNumber = 1) -> Listed[Any]:
    """What needs a person, or what was dealt with. All of it for the audit's readers, for others what is theirs; newest first."""
    return listed(people.alerts(person(request), is_open=status == "open", page=page))


@router.post("/staff/alerts/{alert_id}/resolve", response=AlertOut, auth=RESOLVE)
def resolve_alert(request: HttpRequest, alert_id: Id, given: NoteIn) -> Alert:
    """Close an alert with a note on what was done. The log keeps it."""
    return accounts.resolve_alert(person(request), alert_id, note=given.note)


@router.get("/staff/figures", response=Paged[FigureOut], auth=FIGURES)
def list_figures(request: HttpRequest, *, first: date | None = None, last: date | None = None) -> Listed[Any]:
    """The figures of a period with their definitions, the period before, and a value per day. The last 30 days without dates."""
    return whole(insight.dashboard(period_of(first, last)))


@router.get("/staff/figures/{key}", response=FigureOut, auth=FIGURES)
def get_figure(request: HttpRequest, key: Code, *, first: date | None = None, last: date | None = None) -> insight.Figure:
    """One figure."""
    figure = insight.figure(key, period_of(first, last))
    if figure is None:
        raise DomainError("request.not_found")
    return figure


@router.get("/staff/figures/{key}/rows", response=Paged[FigureRowOut], auth=FIGURES)
def list_figure_rows(
    request: HttpRequest, key: Code, *, first: date | None = None, last: date | None = None, page: PageNumber = 1
) -> Listed[Any]:
    """The orders that a figure was counted from. Newest first."""
    period = period_of(first, last)
    if insight.figure(key, period) is None:
        raise DomainError("request.not_found")
    return listed(insight.figure_rows(key, period, page=page))


@router.get("/staff/people", response=Paged[StaffPersonOut], auth=MANAGE)
def list_staff(request: HttpRequest) -> Listed[Any]:
    """The staff with their roles. Open accounts first."""
    return whole(people.staff())


@router.post("/staff/people", response={201: StaffPersonOut}, auth=MANAGE)
def create_staff(request: HttpRequest, given: NewStaffIn) -> User:
    """Add a member of the staff, who sets up an authenticator app at the first sign-in on the page."""
    roles = frozenset(Role(role) for role in given.roles)
    return accounts.create_staff(person(request), StaffInput(given.username, given.password, given.display_name, roles))


@router.put("/staff/people/{user_id}/roles", response={204: None}, auth=MANAGE)
def set_roles(request: HttpRequest, user_id: Id, given: RolesIn) -> None:
    """Give somebody exactly these roles. Somebody has to stay the owner."""
    accounts.set_roles(person(request), user_id, roles=frozenset(Role(role) for role in given.roles))


@router.put("/staff/people/{user_id}/active", response={204: None}, auth=MANAGE)
def set_staff_active(request: HttpRequest, user_id: Id, given: ActiveIn) -> None:
    """Close or reopen an account. Its sessions and keys end at once."""
    signing_in.set_staff_active(person(request), user_id, is_active=given.is_active)


@router.post("/staff/people/{user_id}/reset-second-factor", response={204: None}, auth=MANAGE)
def reset_second_factor(request: HttpRequest, user_id: Id) -> None:
    """Let somebody who lost the app set up a new one at the next sign-in. Sessions and keys end at once."""
    signing_in.reset_second_factor(person(request), user_id)
