"""Addresses of the play, below ``/play/red_packet/``."""

from django.urls import path

from renmai.plays.red_packet.pages import views

app_name = "red_packet"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<slug:number>/", views.campaign, name="campaign"),
    path("<slug:number>/open/", views.open_packet, name="open"),
    path("<slug:number>/share/", views.share, name="share"),
]
