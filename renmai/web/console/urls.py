"""Every address of the operator's pages."""

from renmai.web.console.routes import campaigns, insight, running, selling

app_name = "console"
urlpatterns = [*selling.urlpatterns, *campaigns.urlpatterns, *insight.urlpatterns, *running.urlpatterns]
