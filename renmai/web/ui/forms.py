"""Makes ``{{ form }}`` look right: set ``FORM_RENDERER = "renmai.web.ui.forms.Renderer"``."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Renders forms and fields with the templates of this room: label above, help below, each error beside its field."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
