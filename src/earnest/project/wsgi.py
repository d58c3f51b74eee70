"""The door for a WSGI server: several processes, one thread each (see docs/decisions)."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnest.project.settings")

application = get_wsgi_application()
# Every page's code is read now, and not while the first visitor waits.
get_resolver().url_patterns  # noqa: B018  # reading it is what loads it
