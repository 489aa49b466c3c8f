"""The address of the demo's doors."""

from django.urls import path

from renmai.demo import doors

app_name = "demo"
urlpatterns = [
    path("", doors.hall, name="hall"),
    path("as/<slug:key>/", doors.enter, name="enter"),
]
