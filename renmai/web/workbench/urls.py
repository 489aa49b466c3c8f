"""Every address of the agent's pages."""

from django.urls import URLPattern

app_name = "workbench"
urlpatterns: list[URLPattern] = []
