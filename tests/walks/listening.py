"""A workspace as it is, served by a process of its own that says where. Run by the walks through the demo story."""

import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from earnest.surfaces import workspace

workspace.connect()

from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402  # models need Django to be ready
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402


class Server(ThreadingMixIn, WSGIServer):
    """A server that answers several requests at once and ends with its process."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """A server that writes no log of its requests."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the standard library calls it so
        """Nothing."""


def listen() -> None:
    """Say where it listens, and answer until the process ends."""
    application = StaticFilesHandler(WSGIHandler())
    with make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet) as server:
        sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()
