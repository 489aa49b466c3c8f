"""Addresses of the play, below ``/play/flash/``."""

from django.urls import path

from renmai.plays.flash.pages import views

app_name = "flash"
urlpatterns = [
    path("", views.sales, name="list"),
    path("at/<row:campaign_id>/", views.sale, name="sale"),
    path("at/<row:campaign_id>/grab/", views.grab, name="grab"),
    path("at/<row:campaign_id>/share/", views.share, name="share"),
    path("mine/", views.mine, name="mine"),
    path("<slug:number>/", views.ticket, name="ticket"),
    path("<slug:number>/leave/", views.leave, name="leave"),
]
