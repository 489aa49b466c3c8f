"""What a browser calls itself, said coarsely: enough to know one's own again, too little to follow anybody."""

from renmai.policy.channels import Channel

BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("MiuiBrowser", "Mi Browser"),
    ("UCBrowser", "UC Browser"),
    ("QQBrowser", "QQ Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
READ_LENGTH = 1000

APPS = (("wxwork", Channel.WECOM), ("micromessenger", Channel.WECHAT))
"""What the browsers inside the apps call themselves; WeCom's says both, so it is asked first."""


def label_of(user_agent: str) -> str:
    """Return browser and system as ``Safari · iPhone``, as far as they are known; "" for what is no browser."""
    read = user_agent[:READ_LENGTH]
    browser = next((name for mark, name in BROWSERS if mark in read), "")
    system = next((name for mark, name in SYSTEMS if mark in read), "")
    return " · ".join(part for part in (browser, system) if part)


def channel_of(user_agent: str) -> Channel:
    """Return where a page is open: inside WeChat or WeCom, where their rules hold, else on the web."""
    read = user_agent[:READ_LENGTH].lower()
    return next((channel for mark, channel in APPS if mark in read), Channel.WEB)
