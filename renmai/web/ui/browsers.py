"""What a browser calls itself, said coarsely: enough to know one's own again, too little to follow anybody."""

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


def label_of(user_agent: str) -> str:
    """Return browser and system as ``Safari · iPhone``, as far as they are known; "" for what is no browser."""
    read = user_agent[:READ_LENGTH]
    browser = next((name for mark, name in BROWSERS if mark in read), "")
    system = next((name for mark, name in SYSTEMS if mark in read), "")
    return " · ".join(part for part in (browser, system) if part)
