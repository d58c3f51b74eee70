"""Django's settings: nothing has to be set to start, and nothing unsafe is on by default."""

import os

from django.utils.functional import SimpleLazyObject

from earnest.project import database, secret

# Read when first used, so that importing the settings neither makes a folder nor writes a key.
SECRET_KEY = SimpleLazyObject(secret.key)
DEBUG = os.environ.get("EARNEST_DEBUG") == "1"
ALLOWED_HOSTS = [name for name in os.environ.get("EARNEST_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name]

# Short on purpose: every entry is start-up time, for users and for each test run.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "earnest.people",
    "earnest.records",
    "earnest.intake",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "earnest.project.urls"
ASGI_APPLICATION = "earnest.project.asgi.application"
WSGI_APPLICATION = "earnest.project.wsgi.application"
AUTH_USER_MODEL = "people.User"

DATABASES = {"default": database.from_environment()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = os.environ.get("EARNEST_TIME_ZONE", "UTC")
STATIC_URL = "static/"
