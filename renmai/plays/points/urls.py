"""Addresses of the play, below ``/play/points/``."""

from django.urls import path

from renmai.plays.points.pages import views

app_name = "points"
urlpatterns = [path("", views.mine, name="mine")]
