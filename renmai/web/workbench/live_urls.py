"""Addresses of streams: answers that stay open."""

from django.urls import path

from renmai.web.workbench.views import live

app_name = "live"
urlpatterns = [path("alerts", live.alerts, name="alerts")]
