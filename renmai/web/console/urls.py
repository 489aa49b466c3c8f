"""Every address of the operator's pages."""

from renmai.web.console.routes import campaigns, running, selling

app_name = "console"
urlpatterns = [*selling.urlpatterns, *campaigns.urlpatterns, *running.urlpatterns]
