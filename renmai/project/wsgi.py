"""The entry for the server: ``renmai.project.wsgi:application``."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renmai.project.settings")

from django.core.wsgi import get_wsgi_application

from renmai.project import environment

environment.current().require_secret_key()
application = get_wsgi_application()
