"""A workspace with one deal on Bo's desk, served by a process of its own. Run by the walks through the workspace."""

import json
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from earnest.surfaces import workspace

workspace.connect()

from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402  # models need Django to be ready
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

from tests.surfaces.web import desk as desks  # noqa: E402

PASSWORD = "a quiet morning 7"


class Server(ThreadingMixIn, WSGIServer):
    """A server that answers several requests at once and ends with its process."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """A server that writes no log of its requests."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the standard library calls it so
        """Nothing."""


def serve() -> None:
    """Make the desk, say where it is served and which deal lies on it, and answer until the process ends."""
    desk = desks.make()
    for user in (desk.company.bo, desk.company.grete):
        user.set_password(PASSWORD)
        user.save()
    desks.talk(desk, 3)
    application = StaticFilesHandler(WSGIHandler())
    with make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet) as server:
        told = {"address": f"http://127.0.0.1:{server.server_port}", "deal_id": desk.deal.pk}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        server.serve_forever()
