"""A workspace with deals of three people, served by a process of its own. Run by the walk through list and board."""

import json
import sys
from wsgiref.simple_server import make_server

from tests.walks import serving
from tests.walks.serving import PASSWORD, Quiet, Server

from django.contrib.staticfiles.handlers import StaticFilesHandler  # isort: skip
from django.core.handlers.wsgi import WSGIHandler  # isort: skip

from tests.pipeline import shelf as shelves  # isort: skip

__all__ = ["serve", "serving"]


def serve() -> None:
    """Make the shelf, say where it is served and which deals stand on it, and answer until the process ends."""
    shelf = shelves.make()
    for user in (shelf.company.bo, shelf.company.grete):
        user.set_password(PASSWORD)
        user.save()
    application = StaticFilesHandler(WSGIHandler())
    with make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet) as server:
        told = {
            "address": f"http://127.0.0.1:{server.server_port}",
            "large": shelf.large.pk,
            "small": shelf.small.pk,
            "second": shelf.company.second.pk,
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        server.serve_forever()
