"""Addresses of the play, below ``/play/groupbuy/``."""

from django.urls import path

from renmai.plays.groupbuy.pages import views

app_name = "groupbuy"
urlpatterns = [
    path("", views.together, name="together"),
    path("mine/", views.mine, name="mine"),
    path("at/<slug:number>/", views.campaign, name="campaign"),
    path("at/<slug:number>/share/", views.share_campaign, name="share_campaign"),
    path("<slug:number>/", views.group, name="group"),
    path("<slug:number>/leave/", views.leave, name="leave"),
    path("<slug:number>/share/", views.share_group, name="share_group"),
]
