"""Finds Chromium and says how to start it."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = "Chromium is missing: install it (apt-get install chromium) or set RENMAI_CHROMIUM to its path."


def find_chromium() -> str | None:
    """Return the path of Chromium: ``RENMAI_CHROMIUM``, else the first one on PATH, else nothing."""
    wanted = os.environ.get("RENMAI_CHROMIUM")
    if wanted:
        return wanted
    return next((path for name in NAMES if (path := shutil.which(name))), None)
