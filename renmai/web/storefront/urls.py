"""Every address of the customer's pages."""

from renmai.web.storefront.routes import buying, me, shelf

app_name = "storefront"
urlpatterns = [*shelf.urlpatterns, *buying.urlpatterns, *me.urlpatterns]
