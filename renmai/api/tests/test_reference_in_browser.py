"""The reference in a real browser: nothing is blocked, every operation opens, every shape can be reached, also on a phone."""

from playwright.sync_api import Page, expect


def test_the_reference_can_be_read(page_desktop: Page) -> None:
    page_desktop.goto("/api/v1/docs")
    expect(page_desktop.get_by_role("heading", level=1)).to_have_text("API reference")
    operation = page_desktop.locator("#place_order")
    operation.locator("summary").click()
    expect(operation.get_by_text("Idempotency-Key", exact=True)).to_be_visible()
    operation.get_by_role("link", name="DraftIn").click()
    expect(page_desktop.locator("#shape-draftin")).to_be_in_viewport()


def test_the_reference_fits_a_phone(page_phone: Page) -> None:
    page_phone.goto("/api/v1/docs")
    page_phone.locator("#place_order summary").click()
    assert page_phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
