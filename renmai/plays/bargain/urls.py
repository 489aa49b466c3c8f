"""Addresses of the play, below ``/play/bargain/``."""

from django.urls import path

from renmai.plays.bargain.pages import views

app_name = "bargain"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("at/<row:campaign_id>/", views.offer, name="offer"),
    path("at/<row:campaign_id>/start/", views.start, name="start"),
    path("<slug:number>/", views.bargain, name="bargain"),
    path("<slug:number>/help/", views.help_cut, name="help"),
    path("<slug:number>/share/", views.share, name="share"),
]
