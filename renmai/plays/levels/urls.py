"""Addresses of the play, below ``/play/levels/``."""

from django.urls import path

from renmai.plays.levels.pages import views

app_name = "levels"
urlpatterns = [path("", views.mine, name="mine")]
