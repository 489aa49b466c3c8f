"""The console's page of trust in a real browser: figures, the other way, and from there to one agent's pledges."""

import pytest
from playwright.sync_api import Page, expect

from renmai.kernel import clock
from renmai.sharing.tests import factories
from renmai.trust import actions
from renmai.trust.facts import Fact
from renmai.trust.pledges import Outcome, Pledge
from renmai.trust.weights import Kind
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.browser import shoot
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_the_overview_to_one_agents_pledges(page_desktop: Page, site: str, language: str) -> None:
    page, agent, other, now = page_desktop, factories.user("玲"), factories.user("梅"), clock.now()
    actions.record([Fact(Kind.KEPT, "order:1", agent.pk, other.pk, now, flow_fen=4200)])
    actions.note_outcomes([Outcome(Pledge.PAYOUT, "withdrawal:1", agent.pk, is_kept=False, at=now)])
    signed_in(page, site)
    page.goto("/console/trust/")
    assert serious(page) == []
    shoot(page, f"console-trust-{language}")
    page.locator(f'a[href="/console/trust/agents/{agent.pk}/"]').click()
    expect(page.get_by_text("withdrawal:1")).to_be_visible()
    assert serious(page) == []
    shoot(page, f"console-regard-{language}")
