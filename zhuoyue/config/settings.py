"""Settings of an installation. What a centre may choose lives in the database, not here."""

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.utils.csp import CSP

from zhuoyue.config import env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("ZHUOYUE_DATA") or PACKAGE.parent / "data")
try:
    VERSION = version("zhuoyue")
except PackageNotFoundError:
    VERSION = "0"

DEBUG = env.flag("ZHUOYUE_DEBUG", False)
SECRET_KEY = env.secret("ZHUOYUE_SECRET_KEY", DATA / "secret.key")
AUDIT_KEY = env.secret("ZHUOYUE_AUDIT_KEY", DATA / "audit.key")
AUDIT_ANCHORS = DATA / "audit-anchors.jsonl"
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = int(os.environ.get("PORT") or 8000)
# The address people type; cookies are marked secure only when it is https,
# or a plain-http office network could not sign in.
PUBLIC_URL = os.environ.get("ZHUOYUE_PUBLIC_URL") or f"http://{HOST}:{PORT}"
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env.words("ZHUOYUE_ALLOWED_HOSTS") or ["*"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],  # charts set style attributes
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# Bottom floor first: a room may import those before it, never those after it.
ROOMS = [
    "kit",
    "standard",
    "people",
    "catalogue",
    "surveys",
    "needs",
    "schemes",
    "delivery",
    "measurement",
    "studies",
    "improvement",
    "reports",
    "site",
    "demo",
]
INSTALLED_APPS = [
    *(f"zhuoyue.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhuoyue.kit.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CSRF_FAILURE_VIEW = "zhuoyue.kit.errors.csrf"
ROOT_URLCONF = "zhuoyue.config.urls"
WSGI_APPLICATION = "zhuoyue.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "zhuoyue.kit.navigation.navigation",
            ],
            "builtins": ["zhuoyue.kit.templatetags.kit"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database(os.environ.get("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "kit.User"
# Who acts is decided by the room that knows roles; kit only calls it.
ACTOR_RESOLVER = "zhuoyue.people.access.resolve_actor"
ACTOR_OF_USER = "zhuoyue.people.access.actor_of_user"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "kit:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "kit:sign-in"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "cli" / "locale"]  # the command is no room
TIME_ZONE = os.environ.get("ZHUOYUE_TIME_ZONE") or "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["zhuoyue.config.formats"]

TASKS = {"default": {"BACKEND": "zhuoyue.kit.jobs.backend.JobBackend"}}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
FILES = DATA / "files"
FILE_LIMIT = int(os.environ.get("ZHUOYUE_FILE_LIMIT") or 200 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"zhuoyue": {"level": "INFO"}},
}
FILTERS_EMPTY_CHOICE_LABEL = "—"
