"""Addresses of the pages about what people do and what they are worth."""

from django.urls import URLPattern, path

from renmai.web.console.views import browse_alerts, funnels, relations, retention, searches, value

urlpatterns: list[URLPattern] = [
    path("insight/alerts/", browse_alerts.browse_alerts, name="browse_alerts"),
    path("insight/value/", value.value, name="value"),
    path("insight/value/customers.csv", value.value_file, name="value_file"),
    path("insight/funnels/", funnels.funnels, name="funnels"),
    path("insight/funnels/count/", funnels.funnels_count, name="funnels_count"),
    path("insight/funnels/orders.csv", funnels.funnels_file, name="funnels_file"),
    path("insight/relations/", relations.relations, name="relations"),
    path("insight/searches/", searches.searches, name="searches"),
    path("insight/searches/count/", searches.searches_count, name="searches_count"),
    path("insight/searches/searches.csv", searches.searches_file, name="searches_file"),
    path("insight/searches/synonyms/", searches.synonym_add, name="synonym_add"),
    path("insight/searches/synonyms/<row:synonym_id>/remove/", searches.synonym_remove, name="synonym_remove"),
    path("insight/coming-back/", retention.retention, name="retention"),
    path("insight/coming-back/customers.csv", retention.retention_file, name="retention_file"),
]
