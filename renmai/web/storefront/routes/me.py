"""Addresses of the pages named in this module."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
