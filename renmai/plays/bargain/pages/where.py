"""In which app a page is open: some plays may not be shown in WeChat."""

from django.http import HttpRequest

from renmai.policy.channels import Channel

BROWSERS = (("wxwork", Channel.WECOM), ("MicroMessenger", Channel.WECHAT))
"""What the browsers inside the apps call themselves; WeCom's says both, so it is asked first."""


def channel_of(request: HttpRequest) -> str:
    """Return the channel that a request comes from: WeChat's and WeCom's own browsers, else the web."""
    agent = request.headers.get("User-Agent", "").lower()
    return next((channel for mark, channel in BROWSERS if mark.lower() in agent), Channel.WEB)
