"""The test run: quick where speed proves nothing less, real everywhere else."""

import os
import re
import tempfile
from pathlib import Path

from klean.launch.kept import kept_state
from klean.launch.postgres import Postgres
from klean.launch.state import State
from klean.launch.valkey import Valkey
from klean.settings.addresses import broker, cache, database
from klean.settings.base import *  # noqa: F403

# Of this run alone. Set before workers are started, which then use the Valkey of the process that started them.
_own = f"{tempfile.gettempdir()}/klean-test-{os.geteuid()}-{os.getpid()}"
TEST_STATE = State(Path(os.environ.setdefault("KLEAN_TEST_STATE", _own)).resolve())
# Where PostgreSQL lies, which runs share and which outlives them.
KEPT_STATE = State(Path(os.environ.get("KLEAN_KEPT_STATE") or kept_state().folder).resolve())
_redis = os.environ.get("REDIS_URL") or f"{Valkey(TEST_STATE).url}?db=0"
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")

SECRET_KEY = "only-for-tests"  # noqa: S105
KLEAN_FIELD_KEYS = ["b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMSE="]
# Tests read English unless they ask for Korean.
LANGUAGE_CODE = "en"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
KLEAN_URL = "http://testserver"
KLEAN_STATE = TEST_STATE.folder
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

INSTALLED_APPS = ["demo", *INSTALLED_APPS]  # noqa: F405

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or Postgres(KEPT_STATE).url)}
REDIS_URL = re.sub(r"\d+$", str(int(_worker) + 1), _redis)
CELERY_BROKER_URL = broker(REDIS_URL)
CACHES = {"default": cache(REDIS_URL)}

MEDIA_ROOT = TEST_STATE.folder / f"media{_worker}"
STATIC_ROOT = TEST_STATE.folder / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
KLEAN_STAFF_MFA = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "klean@testserver"
