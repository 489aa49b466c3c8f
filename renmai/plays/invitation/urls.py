"""Addresses of the play, below ``/play/invitation/``."""

from django.urls import path

from renmai.plays.invitation.pages import views

app_name = "invitation"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("enter/", views.enter, name="enter"),
    path("share/<row:campaign_id>/", views.share, name="share"),
    path("c/<slug:code>/", views.landing, name="landing"),
    path("c/<slug:code>/accept/", views.accept, name="accept"),
]
