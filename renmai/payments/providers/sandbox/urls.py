"""Addresses of the sandbox's cashier."""

from django.urls import path

from renmai.payments.providers.sandbox.views import cashier

app_name = "sandbox"
urlpatterns = [path("cashier/<str:trade>/", cashier, name="cashier")]
