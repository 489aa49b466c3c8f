"""Addresses of trust."""

from django.urls import URLPattern, path

from renmai.web.console.views import trust

urlpatterns: list[URLPattern] = [
    path("trust/", trust.overview, name="trust"),
    path("trust/pauses/<row:pause_id>/lift/", trust.pause_lift, name="pause_lift"),
    path("trust/agents/<row:agent_user_id>/", trust.regard, name="regard"),
    path("trust/<row:sharer_id>/<row:receiver_id>/", trust.tie, name="tie"),
]
