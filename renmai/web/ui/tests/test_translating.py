"""The fast ``translate`` says what Django's says."""

import pytest
from django.template import Context, Engine
from django.utils import translation

TEXTS = (
    '{% translate "Sign in" %}',
    "{% translate 'Sign in' %}",
    '{% translate "Sign in" as text %}[{{ text }}]',
    '{% translate "100 % <b>&amp;</b>" %}',
    '{% translate "of nobody" context "nowhere" %}',
    '{% translate "Sign in" noop %}',
    "{% translate name %}",
    '{% trans "Checkout" %}{% blocktranslate count n=2 %}{{ n }} one{% plural %}{{ n }} many{% endblocktranslate %}',
    '{% translate "Checkout"|upper %}',
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("text", TEXTS)
def test_it_says_what_django_says(text: str, language: str) -> None:
    ours = Engine(libraries={"i18n": "renmai.web.ui.translating"}).from_string("{% load i18n %}" + text)
    theirs = Engine(libraries={"i18n": "django.templatetags.i18n"}).from_string("{% load i18n %}" + text)
    context = {"name": "<i>Sign in</i>"}
    with translation.override(language):
        expected = theirs.render(Context(context))
        assert [ours.render(Context(context)) for _time in range(2)] == [expected, expected]


def test_a_text_kept_for_one_language_is_not_shown_in_another() -> None:
    ours = Engine(libraries={"i18n": "renmai.web.ui.translating"}).from_string('{% load i18n %}{% translate "Sign in" %}')
    said = []
    for language in ("zh-hans", "en", "zh-hans"):
        with translation.override(language):
            said.append(ours.render(Context()))
    assert said == ["登录", "Sign in", "登录"]
