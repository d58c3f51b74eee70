"""A workspace with an admin, and the worker that goes on with imports, each a process of its own."""

import json
import sys
from wsgiref.simple_server import make_server

from tests.walks import serving
from tests.walks.serving import PASSWORD, Quiet, Server

from django.contrib.staticfiles.handlers import StaticFilesHandler  # isort: skip
from django.core.handlers.wsgi import WSGIHandler  # isort: skip

from earnest.people import services as people  # isort: skip
from tests import workspace as workspaces  # isort: skip
from tests.workspace import AT  # isort: skip

__all__ = ["serve", "serving", "work"]


def serve() -> None:
    """Make the company with an admin who can log in, say where it is served, and answer until the process ends."""
    company = workspaces.make()
    boss = company.actor(company.admin)
    admin = people.add_user(actor=boss, name="Ada", email="ada@example.test", role="admin", at=AT)
    for user in (admin, company.bo):
        user.set_password(PASSWORD)
        user.save()
    application = StaticFilesHandler(WSGIHandler())
    with make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet) as server:
        sys.stdout.write(json.dumps({"address": f"http://127.0.0.1:{server.server_port}"}) + "\n")
        sys.stdout.flush()
        server.serve_forever()


def work() -> None:
    """Work off the queue until the process ends."""
    from earnest.surfaces.server import worker  # only the worker's process needs it

    # A server would start a fresh process in the place of a large one; here this one stays.
    worker._LEAVES_ABOVE_KB = 1 << 40
    worker.Background().run()
