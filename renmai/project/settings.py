"""Settings of Django, derived from the environment (``environment.py``) and from nothing else."""

import hashlib
import hmac
from importlib.metadata import entry_points
from typing import Any
from urllib.parse import urlsplit

from renmai.project import environment, logs

ENVIRONMENT = environment.current()

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
RENMAI_HOME = ENVIRONMENT.home
RENMAI_DEMO = ENVIRONMENT.demo
RENMAI_BASE_URL = ENVIRONMENT.base_url
RENMAI_TRUST_PROXY = ENVIRONMENT.trust_proxy
RENMAI_LIMITS = ENVIRONMENT.limits
RENMAI_WECHAT_APP_ID = ENVIRONMENT.wechat_app_id
RENMAI_WECHAT_APP_SECRET = ENVIRONMENT.wechat_app_secret
RENMAI_TEXT_GATEWAY_URL = ENVIRONMENT.text_gateway_url
RENMAI_TEXT_GATEWAY_TOKEN = ENVIRONMENT.text_gateway_token
RENMAI_SANDBOX_SECRET = (
    ENVIRONMENT.sandbox_secret or hmac.new(SECRET_KEY.encode(), b"sandbox cashier", hashlib.sha256).hexdigest()
)

# Payment providers by name, and who is told what they notify us of; a real provider is a package that adds its line.
RENMAI_PAYMENT_PROVIDERS = {
    "sandbox": "renmai.payments.providers.sandbox.provider.SandboxProvider",
    "counter": "renmai.payments.providers.counter.provider.CounterProvider",
}
RENMAI_PAYMENT_NOTIFICATION = "renmai.journeys.paying.receive_notification"

# What the audit page and the API run: named here because the rooms that show it stand below the one that composes it.
RENMAI_AUDIT = "renmai.project.audit.all_violations"

# Plays are packages found by entry point, our own like everybody's; each is a Django application of its own.
PLAYS = {entry.name: entry.value for entry in sorted(entry_points(group="renmai.plays"), key=lambda entry: entry.name)}

# The order is the order of the rooms, lowest first; ARCHITECTURE.md says who may import whom.
ROOMS = [
    "renmai.kernel",
    "renmai.accounts",
    "renmai.policy",
    "renmai.ledger",
    "renmai.catalogue",
    "renmai.channels",
    "renmai.payments",
    "renmai.ordering",
    "renmai.sharing",
    "renmai.trust",
    "renmai.distribution",
    "renmai.fraud",
    "renmai.campaigns",
    "renmai.content",
    "renmai.insight",
    "renmai.insight.stream",
    "renmai.insight.portraits",
    "renmai.insight.value",
    "renmai.insight.experiments",
    "renmai.matching",
    "renmai.alerts",
    "renmai.care",
    "renmai.programs",
    "renmai.journeys",
    "renmai.web.ui",
    "renmai.web.storefront",
    "renmai.web.workbench",
    "renmai.web.console",
    "renmai.api",
    *PLAYS.values(),
    "renmai.demo",
    "renmai.project",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "renmai.project.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "renmai.web.ui.answers.AnswersMiddleware",
    "renmai.web.ui.bodies.BodyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "renmai.web.ui.middleware.PeopleMiddleware",
    "renmai.project.flood.FloodMiddleware",
]
ROOT_URLCONF = "renmai.project.urls"
WSGI_APPLICATION = "renmai.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["renmai.accounts.backend.SessionBackend"]

DATABASES: dict[str, dict[str, Any]] = {"default": ENVIRONMENT.database.settings()}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"i18n": "renmai.web.ui.translating"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Our ``i18n`` is meant to stand before Django's (web/ui/translating.py).
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# Languages: Chinese first; a cookie remembers the choice, else the browser's wish decides.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]  # each in its own words, for whoever looks for it
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Files: static ones carry a hash in their name and may be kept for ever; uploaded ones live in the home folder.
STATIC_URL = "static/"
STATIC_ROOT = RENMAI_HOME / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = RENMAI_HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = not DEBUG
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Security. This machine's own names are always answered: health checks come that way, and links are made from the base address.
_base = urlsplit(RENMAI_BASE_URL)
ALLOWED_HOSTS = [str(_base.hostname), "localhost", "127.0.0.1", "[::1]", *ENVIRONMENT.allowed_hosts]
CSRF_TRUSTED_ORIGINS = [RENMAI_BASE_URL]
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "renmai.accounts.session_store"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.https else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if RENMAI_TRUST_PROXY else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "renmai.web.ui.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "renmai.web.ui.forms.Renderer"

LOGGING = logs.configuration(ENVIRONMENT.log_level)
