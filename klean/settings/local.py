"""One machine: what `make demo` and `manage.py` run with; the servers' addresses default to the embedded ones."""

import hashlib
import os

from klean.launch.market import market_port
from klean.launch.postgres import Postgres
from klean.launch.state import State
from klean.launch.valkey import Valkey
from klean.settings.addresses import broker, cache, database
from klean.settings.base import *  # noqa: F403
from klean.settings.secrets import kept_secrets

STATE = State.from_environment()
_secrets = kept_secrets(STATE.folder)

SECRET_KEY = _secrets["secret_key"]
KLEAN_FIELD_KEYS = [_secrets["field_key"]]
DEBUG = os.environ.get("KLEAN_DEBUG") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
KLEAN_URL = f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"
KLEAN_STATE = STATE.folder

INSTALLED_APPS = ["demo", *INSTALLED_APPS]  # noqa: F405
# The demo's marketplace, next to us, unless the environment names another.
_market = f"127.0.0.1:{market_port(int(os.environ.get('PORT') or '8000'))}"
KLEAN_ORDERS_URL = os.environ.get("KLEAN_ORDERS_URL") or f"http://{_market}"
KLEAN_PAYMENTS_URL = os.environ.get("KLEAN_PAYMENTS_URL") or f"http://{_market}"
KLEAN_GATEWAY_TOKEN = (
    os.environ.get("KLEAN_GATEWAY_TOKEN") or hashlib.sha256(f"gateway {SECRET_KEY}".encode()).hexdigest()
)
KLEAN_TRUSTED_HOSTS = [*KLEAN_TRUSTED_HOSTS, _market]  # noqa: F405

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or Postgres(STATE).url)}
REDIS_URL = os.environ.get("REDIS_URL") or Valkey(STATE).url
CELERY_BROKER_URL = broker(REDIS_URL)
CACHES = {"default": cache(REDIS_URL)}

MEDIA_ROOT = STATE.folder / "media"
STATIC_ROOT = STATE.folder / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
KLEAN_STAFF_MFA = os.environ.get("KLEAN_STAFF_MFA") == "1"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = STATE.folder / "mail"
DEFAULT_FROM_EMAIL = "klean@localhost"
