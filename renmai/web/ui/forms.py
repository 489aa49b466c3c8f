"""Makes ``{{ form }}`` look right: set ``FORM_RENDERER = "renmai.web.ui.forms.Renderer"``."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# What Django's own ``widgets/input.html`` draws, and most fields are: three nested templates for one element.
_INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html" for kind in ("text", "number", "email", "url", "tel", "password", "hidden", "input")
)


class Renderer(DjangoTemplates):
    """Renders forms and fields with the templates of this room: label above, help below, each error beside its field."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Render a template, but a plain input without one."""
        if template_name in _INPUTS:
            return _input(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if value is None else format_html(' value="{}"', str(value)),
        format_html_join("", "{}", ((_attribute(name, given),) for name, given in widget["attrs"].items() if given is not False)),
    )


def _attribute(name: str, value: object) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value))
