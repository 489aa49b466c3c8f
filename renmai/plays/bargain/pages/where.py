"""In which app a page is open: some plays may not be shown in WeChat."""

from django.http import HttpRequest

from renmai.web.ui import browsers


def channel_of(request: HttpRequest) -> str:
    """Return the channel that a request comes from: WeChat's and WeCom's own browsers, else the web."""
    return browsers.channel_of(request.headers.get("User-Agent", ""))
