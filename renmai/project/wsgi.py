"""The entry for the server: ``renmai.project.wsgi:application``."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renmai.project.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  the settings must be named first

from renmai.project import environment  # noqa: E402

environment.current().require_secret_key()
application = get_wsgi_application()
