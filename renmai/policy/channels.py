"""The places where a campaign can run. Rules and patterns are bound to these names; it is campaigns that have channels, not people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Where copy is read and links are opened."""

    WECHAT = "wechat", _("WeChat: links, groups, moments, mini-program")
    WECOM = "wecom", _("WeCom")
    WEB = "web", _("Our own site or app")
    SMS = "sms", _("Text message")
    POSTER = "poster", _("Poster")


EVERYWHERE: frozenset[str] = frozenset(Channel.values)
IN_WECHAT: frozenset[str] = frozenset({Channel.WECHAT.value, Channel.WECOM.value})
"""WeCom's messages to customers arrive in WeChat, and WeChat opens their links."""
