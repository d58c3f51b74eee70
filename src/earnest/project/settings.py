"""Django's settings: nothing has to be set to start, and nothing unsafe is on by default."""

import os
from datetime import timedelta

from csp.constants import NONCE, NONE, SELF
from django.utils.functional import SimpleLazyObject

from earnest.project import database, folders, login, secret

# Read when first used, so that importing the settings neither makes a folder nor writes a key.
SECRET_KEY = SimpleLazyObject(secret.key)
DEBUG = os.environ.get("EARNEST_DEBUG") == "1"
ALLOWED_HOSTS = [name for name in os.environ.get("EARNEST_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name]
# The address people reach it at, behind a proxy that speaks TLS: https://earnest.example.com
SITE_ADDRESS = os.environ.get("EARNEST_SITE_ADDRESS", "")
_BEHIND_TLS = SITE_ADDRESS.startswith("https://")

# Short on purpose: every entry is start-up time, for users and for each test run.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "earnest.people",
    "earnest.records",
    "earnest.intake",
    "earnest.need",
    "earnest.pipeline",
    "earnest.surfaces.web",
]
MIDDLEWARE = [
    "earnest.surfaces.web.middleware.ErrorPages",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "earnest.surfaces.web.static_files.CollectedFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "earnest.surfaces.web.middleware.Door",
]
ROOT_URLCONF = "earnest.project.urls"
ASGI_APPLICATION = "earnest.project.asgi.application"
WSGI_APPLICATION = "earnest.project.wsgi.application"
AUTH_USER_MODEL = "people.User"

TEMPLATES = [
    {
        # Ours: rendering is the cost of a page, and Jinja2 renders six times as fast.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "pages",
        "APP_DIRS": False,
        "DIRS": folders.template_folders(),
        "OPTIONS": {
            "environment": "earnest.surfaces.web.rendering.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "earnest.surfaces.web.rendering.frame",
            ],
        },
    },
    {
        # The login's pages, as django-allauth ships them, in our base page.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "login",
        "APP_DIRS": True,
        "DIRS": [folders.login_templates()],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "earnest.surfaces.web.rendering.frame",
            ],
        },
    },
]

DATABASES = {"default": database.from_environment()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits of login attempts must be seen by every worker, so they live in the database too.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "project_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = os.environ.get("EARNEST_TIME_ZONE", "UTC")

STATIC_URL = "static/"
STATIC_ROOT = folders.data_folder() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "earnest.surfaces.web.static_files.HashedFiles"},
}
MEDIA_ROOT = folders.data_folder() / "files"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
globals().update(login.settings())

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "earnest.surfaces.web.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SITE_ADDRESS else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_TLS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *login.form_targets()],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

EMAIL_BACKEND = login.mail_backend()
DEFAULT_FROM_EMAIL = os.environ.get("EARNEST_MAIL_FROM", "earnest@localhost")
EMAIL_HOST = os.environ.get("EARNEST_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EARNEST_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EARNEST_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EARNEST_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EARNEST_MAIL_TLS", "") == "1"
EMAIL_TIMEOUT = 10
