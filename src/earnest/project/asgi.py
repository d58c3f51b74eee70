"""The door for an ASGI server, for whoever must have one; WSGI costs half as much per page."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earnest.project.settings")

application = get_asgi_application()
