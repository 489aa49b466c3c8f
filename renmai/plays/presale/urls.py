"""Addresses of the play, below ``/play/presale/``."""

from django.urls import path

from renmai.plays.presale.pages import views

app_name = "presale"
urlpatterns = [
    path("", views.presales, name="list"),
    path("mine/", views.mine, name="mine"),
    path("at/<row:campaign_id>/", views.offer, name="offer"),
    path("at/<row:campaign_id>/share/", views.share, name="share"),
]
