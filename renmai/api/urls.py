"""Addresses of the API."""

from django.urls import URLPattern, URLResolver, path, re_path

from renmai.api import reference
from renmai.api.answers import unknown_address
from renmai.api.api import api
from renmai.api.notifications import notify

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/docs", reference.page, name="api_reference"),
    path("v1/", api.urls),
    path("payments/<slug:provider>/notify/", notify, name="payment_notification"),
    re_path(r"^(?P<path>.*)$", unknown_address),
]
