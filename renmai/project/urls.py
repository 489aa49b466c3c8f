"""Which room answers which address."""

from django.urls import include, path, re_path

from renmai.campaigns import plays
from renmai.project import health, media

handler400 = "renmai.web.ui.errors.bad_request"
handler403 = "renmai.web.ui.errors.permission_denied"
handler404 = "renmai.web.ui.errors.page_not_found"
handler500 = "renmai.web.ui.errors.server_error"

urlpatterns = [
    path("healthz", health.serving, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("favicon.ico", media.icon, name="icon"),
    re_path(media.ADDRESS, media.picture, name="media"),
    re_path(media.VIDEO_ADDRESS, media.video, name="video"),
    re_path(media.EVIDENCE_ADDRESS, media.evidence, name="evidence"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("demo/", include("renmai.demo.urls")),
    path("live/", include("renmai.web.workbench.live_urls")),
    path("agent/", include("renmai.web.workbench.urls")),
    path("console/", include("renmai.web.console.urls")),
    path("sandbox/", include("renmai.payments.providers.sandbox.urls")),
    path("api/", include("renmai.api.urls")),
    *(path(f"play/{key}/", include(module)) for key, module in plays.modules("urls").items()),
    path("", include("renmai.web.ui.urls")),
    path("", include("renmai.web.storefront.urls")),
]
