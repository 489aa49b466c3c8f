"""A suggestion on a phone: from the product's page to her own list, and what became of it."""

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.ordering.actions.suggesting import take_up
from renmai.ordering.models import Suggestion
from renmai.web.storefront.tests.test_privacy_browser import signed_in
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 390


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_she_suggests_and_sees_what_became_of_it(page_phone: Page, site: str, language: str) -> None:
    page, product = page_phone, make_product("龙井", title_en="Longjing")
    make_sku(product)
    signed_in(page, site, make_member())
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}])
    with translation.override(language):
        page.goto(f"/p/{product.pk}/")
        page.get_by_role("link", name=_("Suggest what should be better")).click()
        assert serious(page) == []
        page.get_by_label(_("What should be better, and how?")).fill("盒子能不能小一点？")
        page.get_by_role("button", name=_("Send it")).click()
        expect(page.get_by_text("盒子能不能小一点？")).to_be_visible()
        goods = make_staff(Role.MERCHANDISER, username="goods")
        take_up(goods, Suggestion.objects.get(), answer="有小盒了。", product_id=product.pk)
        page.goto("/me/suggestions/")
        expect(page.get_by_text(_("Taken up"), exact=True)).to_be_visible()
        expect(page.get_by_text("有小盒了。")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert serious(page) == []
