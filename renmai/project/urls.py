"""Which room answers which address."""

from django.urls import include, path

from renmai.project import health

urlpatterns = [
    path("healthz", health.serving, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("agent/", include("renmai.web.workbench.urls")),
    path("console/", include("renmai.web.console.urls")),
    path("api/", include("renmai.api.urls")),
    path("", include("renmai.web.storefront.urls")),
]
