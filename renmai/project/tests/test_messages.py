"""Translations: strings are found wherever people read them, and every gap is named."""

import shutil
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from renmai.project import messages

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
title = _("Orders")
count = ngettext("%(n)s order", "%(n)s orders", 2)
verb = pgettext("button", "Order")
not_shown = "plain"
"""
TEMPLATE = """
  {% load i18n %}
    <h1 title='it"s'>{% translate "Cart" %}</h1>
  {% blocktranslate count n=n %}one thing{% plural %}{{ n }} things{% endblocktranslate %}
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "stall"
    (folder / "templates" / "stall").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "apps.py").write_text("")
    (folder / "views.py").write_text(PYTHON)
    (folder / "tests" / "test_views.py").write_text('_("Only in a test")')
    (folder / "templates" / "stall" / "cart.html").write_text(TEMPLATE)
    return folder


def _translate(room: Path, words: dict[str, str]) -> None:
    path = room / messages.PO_PATH
    text = path.read_text(encoding="utf-8")
    for english, chinese in words.items():
        old = f'msgid "{english}"\nmsgstr ""'
        assert old in text
        text = text.replace(old, f'msgid "{english}"\nmsgstr "{chinese}"')
    path.write_text(text, encoding="utf-8")


def test_strings_are_found_in_code_and_templates(room: Path) -> None:
    found = {(message.id, message.context) for message in messages.extract(room) if message.id}
    assert found == {
        ("Orders", None),
        (("%(n)s order", "%(n)s orders"), None),
        ("Order", "button"),
        ("Cart", None),
        (("one thing", "%(n)s things"), None),
    }


def test_each_gap_is_named_until_it_is_filled(room: Path) -> None:
    assert {gap.reason for gap in messages.gaps(room, package=room.parent)} == {"missing"}
    assert messages.update(room) == 5
    assert {gap.reason for gap in messages.gaps(room, package=room.parent)} == {"empty"}
    _translate(room, {"Orders": "订单", "Cart": "购物车"})
    left = {gap.message for gap in messages.gaps(room, package=room.parent)}
    assert left == {"('%(n)s order', '%(n)s orders')", "Order", "('one thing', '%(n)s things')"}


def test_updating_keeps_translations_and_drops_what_nobody_says(room: Path) -> None:
    messages.update(room)
    _translate(room, {"Orders": "订单", "Cart": "购物车"})
    (room / "templates" / "stall" / "cart.html").unlink()
    assert ("stall", "Cart", "not used") in [
        (gap.room, gap.message, gap.reason) for gap in messages.gaps(room, package=room.parent)
    ]
    messages.update(room)
    catalogue = messages.read_catalogue(room / messages.PO_PATH)
    assert catalogue.get("Orders") is not None
    assert catalogue["Orders"].string == "订单"
    assert catalogue.get("Cart") is None


def test_a_translation_that_lost_a_placeholder_is_a_gap(room: Path) -> None:
    (room / "views.py").write_text('_("Pay %(amount)s")')
    messages.update(room)
    _translate(room, {"Pay %(amount)s": "支付 %(total)s"})
    reasons = [gap.reason for gap in messages.gaps(room, package=room.parent) if gap.message == "Pay %(amount)s"]
    assert len(reasons) == 1
    assert "unknown named placeholder" in reasons[0]


def test_rooms_that_translate_a_sentence_differently_are_named(room: Path) -> None:
    other = room.parent / "web" / "stall"
    shutil.copytree(room, other)
    for each, piece, said in ((room, "%(n)s 单", "下单"), (other, "共 %(n)s 单", "下订单")):
        messages.update(each)
        _translate(each, {"Orders": "订单", "Cart": "购物车", "Order": said})
        path = each / messages.PO_PATH
        text = path.read_text(encoding="utf-8").replace('"%(n)s orders"\nmsgstr[0] ""', f'"%(n)s orders"\nmsgstr[0] "{piece}"')
        path.write_text(text, encoding="utf-8")
    found = {dispute.message: dispute.texts for dispute in messages.disputes(room.parent)}
    assert found == {
        "Order": (("stall", "下单"), ("web.stall", "下订单")),
        "%(n)s order / %(n)s orders": (("stall", "%(n)s 单"), ("web.stall", "共 %(n)s 单")),
    }

    (other / "views.py").write_text(PYTHON.replace('pgettext("button"', 'pgettext("seal"'))
    messages.update(other)
    _translate(other, {"Order": "下订单"})
    assert [dispute.message for dispute in messages.disputes(room.parent)] == ["%(n)s order / %(n)s orders"]


def test_no_sentence_is_translated_differently_by_two_of_our_rooms() -> None:
    assert messages.disputes() == []


def test_only_changed_catalogues_are_compiled(room: Path) -> None:
    messages.update(room)
    _translate(room, {"Orders": "订单"})
    assert messages.compile_stale(room.parent) == 1
    assert messages.compile_stale(room.parent) == 0
    with (room / messages.PO_PATH).with_suffix(".mo").open("rb") as file:
        assert read_mo(file)["Orders"].string == "订单"
