"""What stands in the way of people who see, hear or move otherwise, found by axe on the page as it is."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

TRIES = 3


def serious(page: Page) -> list[str]:
    """Return the rules that the page breaks seriously, each with the element. A page that a click has just asked for is waited for."""
    page.wait_for_load_state()
    for left in reversed(range(TRIES)):
        try:
            found = Axe().run(page).response["violations"]
        except Error:
            # The page was left while axe was reading it: the one that a click had asked for has come meanwhile.
            if not left:
                raise
            page.wait_for_load_state()
        else:
            break
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in {"serious", "critical"}]
