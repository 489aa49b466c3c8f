"""Addresses of the play, below ``/play/coupon/``."""

from django.urls import path

from renmai.plays.coupon.pages import views

app_name = "coupon"
urlpatterns = [
    path("", views.centre, name="centre"),
    path("mine/", views.mine, name="mine"),
    path("word/", views.claim_by_word, name="word"),
    path("<slug:number>/", views.campaign, name="campaign"),
    path("<slug:number>/claim/", views.claim, name="claim"),
    path("<slug:number>/share/", views.share, name="share"),
]
