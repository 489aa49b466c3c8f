"""Every address, every method, everybody: let in as the table says; whoever is not let in changes nothing and reads nothing."""

import pytest
from django.apps import apps
from django.http import HttpResponse

from renmai.project.tests.endpoints import town as towns
from renmai.project.tests.endpoints.judging import changed_by_looking, wrong_with_headers
from renmai.project.tests.endpoints.requests import LOOKS, OTHERWISE, Knock, knocks, pages, send, sent_and_taken_back, whoever_may
from renmai.project.tests.endpoints.table import ROWS
from renmai.project.tests.endpoints.town import Actor, Town, text_of
from tools.testing.changes import noted
from tools.testing.moving_clock import MovingClock
from tools.testing.rows import ANYONE, EARNER, HIDDEN, SELLER, STAFF

pytestmark = pytest.mark.django_db

SIGN_IN, FORBIDDEN, MISSING = 302, 403, 404
IS_IN, IS_IN_BUT = {200, 302}, {400, 404, 409}


@pytest.fixture
def town(moving_clock: MovingClock) -> Town:
    return towns.build(moving_clock)


def test_every_address_has_its_row_and_takes_its_methods() -> None:
    found = {endpoint.name: endpoint for endpoint in pages()}
    missing = sorted(set(found) - set(ROWS))
    assert not missing, f"say in table.py who may open {missing}"
    assert set(ROWS) == set(found)
    for name, endpoint in found.items():
        if "TRACE" in endpoint.methods:
            continue  # no decorator says what it takes: ``test_methods`` asks it
        row = ROWS[name]
        assert endpoint.methods == ({"GET", "HEAD"} if row.sees else set()) | ({"POST"} if row.acts else set()), name


def expected(actor: Actor, knock: Knock) -> int | None:
    """Return how ``actor`` is refused, None when she is let in."""
    row = knock.row
    if knock.who == HIDDEN:
        return MISSING
    if knock.who == ANYONE:
        return None
    if knock.who == STAFF:
        needs = row.sees_with if knock.method == "GET" else row.acts_with
        return SIGN_IN if actor.kind != "staff" else None if actor.holds(needs) else FORBIDDEN
    if actor.kind == "guest":
        return SIGN_IN
    if knock.who in {SELLER, EARNER} and not _sits(actor, knock.who):
        return SIGN_IN if knock.method == "GET" else FORBIDDEN
    if row.owner and actor.is_owner != row.owner and not (row.also and actor.holds((row.also,))):
        # One's own goods are on the page; what the form names is another's.
        return None if (knock.endpoint.name, knock.method) == ("workbench:share_new", "GET") else MISSING
    return None


def _is_outside(actor: Actor) -> bool:
    """Whether she may open pages on which nothing of the member and the agent may stand; sessions that are none are guests' anyway."""
    return (actor.kind in {"member", "agent", "stopped"} and not actor.is_owner) or actor.name == "guest"


def _sits(actor: Actor, who: str) -> bool:
    return actor.kind == "agent" or (who == EARNER and actor.kind == "stopped")


def test_nobody_gets_further_than_the_table_says(town: Town) -> None:
    wrong, requests = [], list(knocks(town))
    before = _everything()
    for actor in town.actors.values():
        for knock in requests:
            refusal = expected(actor, knock)
            if refusal is None and not _is_outside(actor):
                continue  # the rooms' own tests let each role in, and below those whose things they are
            said = _denied(actor, knock, town, refusal) if refusal is not None else _let_in(actor, knock, town)
            if said:
                wrong.append(f"{actor.name}: {knock.method} {knock.endpoint.name}: {said}")
    assert not wrong, "\n".join(wrong)
    assert _everything() == before


def _everything() -> dict[str, int]:
    """A print of every row but those of ``LOOKS``; to be compared within one process."""
    return {
        model._meta.label: hash(tuple(sorted(map(repr, model._default_manager.values_list()))))
        for model in apps.get_models()
        if model._meta.db_table not in LOOKS
    }


def _denied(actor: Actor, knock: Knock, town: Town, refusal: int) -> str:
    with noted(but=LOOKS) as changes:
        answer = send(actor, knock, town)
    if answer.status_code != refusal:
        return f"{answer.status_code} instead of {refusal}: {text_of(answer)[:300]}"
    if changes:
        return f"denied, and yet sent {[str(change) for change in changes]}"
    if refusal == SIGN_IN and answer["Location"].partition("?")[0] != _sign_in_page(actor, knock):
        return f"led to {answer['Location']}"
    return _shows(answer, knock, town) or wrong_with_headers(answer, knock, has_session=actor.name != "guest")


def _sign_in_page(actor: Actor, knock: Knock) -> str:
    if knock.is_console:
        return "/console/sign-in/"
    if actor.kind == "guest":
        return "/sign-in/"
    return "/agent/income/" if actor.kind == "stopped" else "/agent/join/"


def _let_in(actor: Actor, knock: Knock, town: Town) -> str:
    answer, changes = sent_and_taken_back(actor, knock, town)
    expects = OTHERWISE.get(knock.endpoint.name, frozenset())
    if (answer.status_code in {401, 405} or answer.status_code >= 500) and answer.status_code not in expects:
        return f"{answer.status_code}: {text_of(answer)[:300]}"
    said = _shows(answer, knock, town) or changed_by_looking(changes, knock)
    return said or wrong_with_headers(answer, knock, has_session=actor.name != "guest")


def _shows(answer: HttpResponse, knock: Knock, town: Town) -> str:
    """Say which of the member's words an answer shows that the request did not hold itself."""
    text = text_of(answer)
    held = f"{knock.address} {town.good_form(knock.endpoint.name)}"
    found = [mark for mark in town.marks if mark in text and mark not in held]
    return f"shows {found}" if found else ""


def test_whoever_may_gets_in_and_changes_nothing_by_looking(town: Town) -> None:
    """Without this, the test above would also pass where everything is broken for everybody."""
    wrong = []
    for knock in knocks(town):
        if knock.who == HIDDEN:
            continue
        actor = whoever_may(town, knock)
        answer, changes = sent_and_taken_back(actor, knock, town)
        acts_as_staff = knock.who == STAFF and knock.method == "POST"
        good = OTHERWISE.get(knock.endpoint.name) or IS_IN | (IS_IN_BUT if acts_as_staff else set())
        said = [f"{answer.status_code} {text_of(answer)[:300]}"] if answer.status_code not in good else []
        said += [changed_by_looking(changes, knock), wrong_with_headers(answer, knock, has_session=True)]
        wrong += [f"{actor.name}: {knock.method} {knock.endpoint.name}: {one}" for one in said if one]
    assert not wrong, "\n".join(wrong)
