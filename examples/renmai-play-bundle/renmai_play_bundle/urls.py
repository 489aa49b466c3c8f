"""Addresses of the play, below ``/play/bundle/``."""

from django.urls import path

from renmai_play_bundle import views

app_name = "bundle"
urlpatterns = [path("<row:campaign_id>/", views.choose, name="choose")]
