"""What holds wherever Klean runs."""

import atexit
import gc
import os
import tomllib
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from klean.schedule import SCHEDULE
from klean.settings.logs import logging_at

# Screening multiplies many small matrices in many processes; threads in each of them would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# A start makes hundreds of thousands of objects and frees few, and at the end the system takes all at once:
# looking for cycles after each 700 new ones and again at the end would cost a third of a short command.
gc.set_threshold(50_000)
atexit.register(gc.freeze)

BASE_DIR = Path(__file__).resolve().parents[2]
# The one place that names the version is pyproject.toml.
KLEAN_VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

INSTALLED_APPS = [
    "klean.core",
    "brands",
    "sellers",
    "listings",
    "reports",
    "refunds",
    "mystery_shop",
    "enforcement",
    "legal",
    "governance",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "heroicons",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "klean.limits.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "klean.core.web.language.LanguageOfTheDoor",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "klean.core.access.accounts.StaffSecondFactor",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "klean.core.web.unavailable.PolicyUnavailable",
]

ROOT_URLCONF = "klean.urls"
WSGI_APPLICATION = "klean.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "klean.core.web.forms.Renderer"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
# What courts and authorities read: indexes of evidence bundles, reports of inspection bodies.
KLEAN_LEGAL_LANGUAGE = "ko"
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email",)}},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "klean.core.access.accounts.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "klean.core.access.accounts.SecretsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# People with a staff role need a second factor; only a machine of one's own does without.
KLEAN_STAFF_MFA = os.environ.get("KLEAN_STAFF_MFA", "1") == "1"
MFA_TOTP_ISSUER = "Klean"
USERSESSIONS_TRACK_ACTIVITY = True

# Nothing from elsewhere, no script and no style inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"

KLEAN_MAX_BODY_BYTES = 12 * 1024 * 1024
KLEAN_MAX_FILE_BYTES = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = KLEAN_MAX_BODY_BYTES
FILE_UPLOAD_PERMISSIONS = 0o640
# Addresses `host:port` that fetching trusts although they are private.
KLEAN_TRUSTED_HOSTS: list[str] = os.environ.get("KLEAN_TRUSTED_HOSTS", "").split()
# The marketplace's own machines (docs/gateways.md); without them refund claims wait.
KLEAN_ORDERS_URL = os.environ.get("KLEAN_ORDERS_URL", "")
KLEAN_PAYMENTS_URL = os.environ.get("KLEAN_PAYMENTS_URL", "")
KLEAN_GATEWAY_TOKEN = os.environ.get("KLEAN_GATEWAY_TOKEN", "")
# Signs what the payment side tells by itself (Standard Webhooks, whsec_…); without it nothing is heard.
KLEAN_PAYMENTS_SECRET = os.environ.get("KLEAN_PAYMENTS_SECRET", "")
# The register of IP rights (KIPRIS Plus) and the tax office; without an address Klean asks what was brought in by file.
KLEAN_REGISTER_URL = os.environ.get("KLEAN_REGISTER_URL", "")
KLEAN_REGISTER_KEY = os.environ.get("KLEAN_REGISTER_KEY", "")
KLEAN_TAX_OFFICE_URL = os.environ.get("KLEAN_TAX_OFFICE_URL", "")
KLEAN_TAX_OFFICE_KEY = os.environ.get("KLEAN_TAX_OFFICE_KEY", "")
# How many proxies stand before Klean, each adding to X-Forwarded-For the address it was asked from.
KLEAN_PROXIES = int(os.environ.get("KLEAN_PROXIES", "0"))
# A copy-detection model as ONNX, asked by the second match of pictures where landmarks settle nothing.
# It is loaded only where its SHA-256 is the one named here.
KLEAN_EMBEDDING_MODEL = os.environ.get("KLEAN_EMBEDDING_MODEL", "")
KLEAN_RATES = os.environ.get("KLEAN_RATES", "")
KLEAN_EMBEDDING_SHA256 = os.environ.get("KLEAN_EMBEDDING_SHA256", "")

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "klean.core.access.authentication.ApiKeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "klean.core.web.schema.CallSchema",
    "DEFAULT_THROTTLE_RATES": {"client": "6000/min"},
    "EXCEPTION_HANDLER": "klean.core.web.problems.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Klean",
    "DESCRIPTION": "Trust and safety against counterfeits, for marketplaces.",
    "VERSION": KLEAN_VERSION,
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
}

CELERY_TASK_DEFAULT_QUEUE = "klean"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# The web asks for less, so that a broker that is gone never holds up a person; what is due stands in PostgreSQL.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": float(os.environ.get("KLEAN_BROKER_TIMEOUT_S", "5")),
    "max_retries": 0,
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = SCHEDULE

LOGGING = logging_at("INFO")
