"""Addresses of the API."""

from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.http import require_safe

from renmai.api import reference
from renmai.api.answers import no_other_method, unknown_address
from renmai.api.api import api
from renmai.api.notifications import notify

DESCRIPTION = "openapi-json"

_patterns, _application, _namespace = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        # The description is a plain view, which would answer whatever it is asked by.
        _view = require_safe(_pattern.callback) if _pattern.name == DESCRIPTION else _pattern.callback
        _pattern.callback = no_other_method(_view)

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/docs", reference.page, name="api_reference"),
    path("v1/", unknown_address),
    path("v1/", (_patterns, _application, _namespace)),
    path("payments/<slug:provider>/notify/", notify, name="payment_notification"),
    re_path(r"^(?P<path>.*)$", unknown_address),
]
