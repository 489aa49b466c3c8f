"""Whether a page is open inside WeChat, where some packets may not be given."""

from django.http import HttpRequest

from renmai.policy.channels import Channel
from renmai.web.ui import browsers


def is_in_wechat(request: HttpRequest) -> bool:
    """Whether the request comes from WeChat's or WeCom's own browser."""
    return browsers.channel_of(request.headers.get("User-Agent", "")) != Channel.WEB
