"""Whether a page is open inside WeChat, where some packets may not be given."""

from django.http import HttpRequest

WECHAT = "MicroMessenger"
"""What WeChat's browser, and WeCom's too, calls itself."""


def is_in_wechat(request: HttpRequest) -> bool:
    """Whether the request comes from WeChat's or WeCom's own browser."""
    return WECHAT.lower() in request.headers.get("User-Agent", "").lower()
