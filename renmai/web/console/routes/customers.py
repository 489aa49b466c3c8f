"""Addresses of the pages about customers: the list, one portrait and what it rests on, segments, what they suggest."""

from django.urls import URLPattern, path

from renmai.web.console.views import customers, segments, suggestions

urlpatterns: list[URLPattern] = [
    path("customers/", customers.customers, name="customers"),
    path("customers/<row:customer_id>/", customers.customer, name="customer"),
    path("customers/<row:customer_id>/delete/", customers.delete, name="customer_delete"),
    path("customers/<row:customer_id>/separate/", customers.separate, name="customer_separate"),
    path("customers/<row:customer_id>/evidence/", customers.evidence, name="customer_evidence"),
    path("customers/ties/", customers.ties, name="ties"),
    path("segments/", segments.segments, name="segments"),
    path("segments/new/", segments.segment_new, name="segment_new"),
    path("segments/<row:segment_id>/", segments.segment, name="segment"),
    path("segments/<row:segment_id>/goods/", segments.segment_goods, name="segment_goods"),
    path("segments/<row:segment_id>/archive/", segments.segment_archive, name="segment_archive"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("suggestions/<row:suggestion_id>/", suggestions.suggestion, name="suggestion"),
]
