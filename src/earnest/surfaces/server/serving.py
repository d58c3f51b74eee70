"""The process that people start: it prepares, starts the pages' processes and the worker, and stops them again.

It imports neither Django nor a dataframe engine: it stays small, and what it starts is spawned and never forked.
"""

import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time
from typing import Any, ClassVar

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.common import AbstractServer

from earnest.errors import EarnestError

# Names and no imports: settings stand above the surfaces.
APPLICATION = "earnest.project.rsgi:application"
_EARNEST = (sys.executable, "-m", "earnest")
_WAITING_CONNECTIONS = 2048
_HEADER_SECONDS = 10
_STOPS_WITHIN_SECONDS = 15
_RESTARTS_AFTER_SECONDS = 3.0


class AddressTaken(EarnestError):
    """Nothing can listen on this address."""

    code: ClassVar[str] = "address_taken"


def serve(*, host: str, port: int, workers: int) -> None:
    """Prepare, serve until told to stop, and stop everything that was started.

    Raises: AddressTaken; SystemExit with the code of what could not be prepared.
    """
    _demand_free(host, port)
    prepared = subprocess.run([*_EARNEST, "prepare"], check=False)  # noqa: S603  # our own program
    if prepared.returncode:
        raise SystemExit(prepared.returncode)
    # Polars' threads do not survive a fork.
    multiprocessing.set_start_method("spawn", force=True)
    background = Background()
    background.start()
    threading.Thread(target=_tell_when_it_listens, args=(host, port), daemon=True).start()
    try:
        _server(host, port, workers).serve()
    finally:
        background.stop()


def _tell_when_it_listens(host: str, port: int) -> None:
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            break
    sys.stdout.write(f"Earnest is at http://{host}:{port} until you press Ctrl-C.\n")
    sys.stdout.flush()


def _server(host: str, port: int, workers: int) -> AbstractServer[Any]:  # Granian picks the kind of its workers itself
    # Pages run in one thread for each process (see `gate`): Django gains nothing by more, and each holds a connection.
    server: AbstractServer[Any] = Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        backlog=_WAITING_CONNECTIONS,
        backpressure=_WAITING_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_SECONDS * 1000),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOPS_WITHIN_SECONDS,
    )
    return server


def _demand_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            raise AddressTaken(
                f"Earnest cannot listen on {host}:{port}.",
                why=f"The system says: {reason.strerror}.",
                fix="Stop what is there, or choose another port with --port.",
                data={"host": host, "port": port},
            ) from reason


class Background:
    """The background worker's process, started again whenever it ends before it was told to."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start it and keep it running."""
        self._watch.start()

    def stop(self) -> None:
        """Let it finish what it does for a while, then end it."""
        self._stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOPS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self._watch.join(_STOPS_WITHIN_SECONDS)

    def _keep(self) -> None:
        environment = {**os.environ, "EARNEST_SERVED_BY": str(os.getpid())}
        while not self._stopping.is_set():
            started = time.monotonic()
            with subprocess.Popen([*_EARNEST, "work"], env=environment) as process:  # noqa: S603  # our own program
                self._process = process
                process.wait()
            if time.monotonic() - started < _RESTARTS_AFTER_SECONDS:
                self._stopping.wait(_RESTARTS_AFTER_SECONDS)
