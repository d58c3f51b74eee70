"""The door for a WSGI server: several processes, one thread each (see docs/decisions)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnest.project.settings")

application = get_wsgi_application()
