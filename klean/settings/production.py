"""Behind a proxy that ends TLS; everything that differs between installations comes from the environment."""

import os

from django.core.exceptions import ImproperlyConfigured

from klean.settings.addresses import broker, cache, database
from klean.settings.base import *  # noqa: F403
from klean.settings.logs import logging_at

REQUIRED = {
    "KLEAN_SECRET_KEY": "50 or more random characters",
    "KLEAN_FIELD_KEYS": "Fernet keys, comma-separated; the first encrypts, all of them decrypt",
    "KLEAN_URL": "the public address, such as https://klean.example",
    "KLEAN_HOSTS": "the host names that are answered, comma-separated",
    "KLEAN_MEDIA": "the folder that keeps uploaded files",
    "DATABASE_URL": "postgresql://user:password@host/name",
    "REDIS_URL": "redis://host:6379/0",
}
if _missing := [f"{name} ({meaning})" for name, meaning in REQUIRED.items() if not os.environ.get(name)]:
    raise ImproperlyConfigured("Set in the environment: " + "; ".join(_missing))

SECRET_KEY = os.environ["KLEAN_SECRET_KEY"]
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("KLEAN_FORMER_SECRET_KEYS", "").split(",") if key]
KLEAN_FIELD_KEYS = os.environ["KLEAN_FIELD_KEYS"].split(",")
KLEAN_URL = os.environ["KLEAN_URL"].rstrip("/")
ALLOWED_HOSTS = os.environ["KLEAN_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [KLEAN_URL]
DEBUG = False

DATABASES = {"default": database(os.environ["DATABASE_URL"])}
REDIS_URL = os.environ["REDIS_URL"]
CELERY_BROKER_URL = broker(REDIS_URL)
CACHES = {"default": cache(REDIS_URL)}

MEDIA_ROOT = os.environ["KLEAN_MEDIA"]
STATIC_ROOT = BASE_DIR / "staticfiles"  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

EMAIL_HOST = os.environ.get("KLEAN_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("KLEAN_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("KLEAN_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KLEAN_MAIL_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("KLEAN_MAIL_FROM", "klean@localhost")

LOGGING = logging_at(os.environ.get("KLEAN_LOG_LEVEL", "INFO"))
