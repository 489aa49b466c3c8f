"""``{% load i18n %}`` as Django has it, but ``{% translate "a fixed text" %}`` looks its text up once for each language.

Django makes a lazy object for every such tag of every page and asks it for its text; a page has fifty. What a catalogue says of a fixed
text never changes while the process runs.
"""

from typing import Any

from django.template import Library, Node, TemplateSyntaxError
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

FIXED_BITS = 2

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class FixedText(Node):
    """A text that stands in the template. It is the template's own, so it is not escaped, as with Django's tag."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("%", "%%")
        self._in_language: dict[str | None, str] = {}

    def render(self, context: Any) -> str:
        """Return the text in the language of the request."""
        language = get_language()
        found = self._in_language.get(language)
        if found is None:
            translated = gettext(self._text).replace("%%", "%")
            found = self._in_language[language] = mark_safe(translated)  # nosec B308 B703  # noqa: S308  ours, as the template is
        return found


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """Make a node of ``{% translate "…" %}``; whatever else it can do is left to Django's."""
    bits = token.split_contents()
    if len(bits) == FIXED_BITS and bits[1][0] == bits[1][-1] and bits[1][0] in "\"'":
        constant = parser.compile_filter(bits[1]).var
        if not isinstance(constant, str):
            raise TemplateSyntaxError(f"{token.contents} is not a fixed text")
        return FixedText(constant)
    return i18n.do_translate(parser, token)
