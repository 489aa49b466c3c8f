"""Addresses of the pages about what people do and what they are worth."""

from django.urls import URLPattern, path

from renmai.web.console.views import browse_alerts, funnels, relations, retention, value

urlpatterns: list[URLPattern] = [
    path("insight/alerts/", browse_alerts.browse_alerts, name="browse_alerts"),
    path("insight/value/", value.value, name="value"),
    path("insight/value/customers.csv", value.value_file, name="value_file"),
    path("insight/funnels/", funnels.funnels, name="funnels"),
    path("insight/funnels/count/", funnels.funnels_count, name="funnels_count"),
    path("insight/funnels/orders.csv", funnels.funnels_file, name="funnels_file"),
    path("insight/relations/", relations.relations, name="relations"),
    path("insight/coming-back/", retention.retention, name="retention"),
    path("insight/coming-back/customers.csv", retention.retention_file, name="retention_file"),
]
