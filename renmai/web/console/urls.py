"""Every address of the operator's pages."""

from renmai.web.console.routes import running, selling

app_name = "console"
urlpatterns = [*selling.urlpatterns, *running.urlpatterns]
