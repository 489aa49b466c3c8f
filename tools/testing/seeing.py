"""What stands in the way of people who see, hear or move otherwise, found by axe on the page as it is."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

TRIES = 3
# What is still fading in has the colours of neither its beginning nor its end. Endless movements, such as a skeleton's, are not waited for.
STILL = """() => Promise.allSettled(
    document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished)
).then(() => true)"""


def serious(page: Page) -> list[str]:
    """Return the rules that the page breaks seriously, each with the element. A page that a click has just asked for is waited for, and so is what still moves."""
    page.wait_for_load_state()
    for left in reversed(range(TRIES)):
        try:
            page.evaluate(STILL)
            found = Axe().run(page).response["violations"]
        except Error:
            # The page was left while axe was reading it: the one that a click had asked for has come meanwhile.
            if not left:
                raise
            page.wait_for_load_state()
        else:
            break
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in {"serious", "critical"}]
