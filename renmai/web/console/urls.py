"""Every address of the operator's pages."""

from renmai.web.console.routes import campaigns, content, customers, experiments, insight, running, selling, trust

app_name = "console"
urlpatterns = [
    *selling.urlpatterns,
    *campaigns.urlpatterns,
    *content.urlpatterns,
    *experiments.urlpatterns,
    *customers.urlpatterns,
    *insight.urlpatterns,
    *trust.urlpatterns,
    *running.urlpatterns,
]
