"""Switches on what the tests of every room share; ``tools/testing`` holds it, ``tools/testing/early.py`` runs before this."""

import signal

import pytest

from tools.testing.machines import register_profile
from tools.testing.sockets import forbid_outside_connections

pytest_plugins = ["tools.testing.fixtures", "tools.testing.browser", "tools.testing.once"]

register_profile()
CHEAP_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


def pytest_configure(config: pytest.Config) -> None:
    """Forbid the network, and make what is slow on purpose fast."""
    from django.conf import settings

    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell that starts us in the background lets us, and whatever the tests start, ignore Ctrl-C. They test just that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "browser: drives a real browser (needs Chromium)")
    forbid_outside_connections()
    settings.PASSWORD_HASHERS = [CHEAP_HASHER]
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

    from renmai.ledger.testing import let_flush_pass

    let_flush_pass()
