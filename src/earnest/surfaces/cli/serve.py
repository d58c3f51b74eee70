"""`earnest serve`: the workspace in the browser, with its pages' processes and its background worker."""

from typing import Annotated

import typer

Host = Annotated[str, typer.Option("--host", help="The address to listen on.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes that answer pages.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("serve", help=__doc__)(serve)
    app.command("prepare", help="Make a new database and the static files, and serve nothing.")(prepare)
    app.command("work", help="Only the background worker, for a machine that serves no pages.")(work)


def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 2) -> None:
    """Prepare what is needed and serve until Ctrl-C.

    Exit codes: 0 stopped; 1 Earnest itself failed; 2 the database or the address cannot be used, and the text says why.
    """
    from earnest.surfaces.server import serving  # noqa: PLC0415  # the server is loaded by this command only

    serving.serve(host=host, port=port, workers=workers)


def prepare() -> None:
    """Make a new database and collect the static files of this version."""
    from earnest.surfaces.server import preparing  # noqa: PLC0415  # as above

    preparing.prepare()


def work() -> None:
    """Work off the queue until stopped; where another worker is at it, wait for one's turn."""
    from earnest.surfaces import workspace  # noqa: PLC0415

    workspace.connect()
    workspace.demand_prepared()
    from earnest.surfaces.server import worker  # noqa: PLC0415  # models need Django to be ready

    worker.main()
