"""Where requests wait until they are whole: a slow visitor holds a socket, and never the one thread.

Under plain WSGI the thread itself reads the body, and one half-open form per process stops every page (measured: two
such sockets were enough). Here the loop reads the body, aside on disk where it is large; the thread gets it in one
piece, and what it answers leaves through the loop again.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO, Any, Protocol
from urllib.parse import unquote_to_bytes

Environ = dict[str, Any]  # as WSGI defines it: texts, and its own few objects
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]

_IN_MEMORY = 1_048_576
_PIECE = 262_144
_LARGEST_BODY = 2_147_483_648
_CHUNK_WITHIN_SECONDS = 20.0
# Beyond this, a body has to come at this pace on the whole.
_ALLOWED_SECONDS, _BYTES_A_SECOND = 60.0, 16_384
_BODYLESS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class Scope(Protocol):
    """What Granian tells of a request."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: Any  # Granian's own mapping


class Wire(Protocol):
    """The connection as Granian hands it over: it yields the body, and takes the answer."""

    def __aiter__(self) -> Any: ...  # noqa: ANN401  # an iterator of Granian's own
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_stream(self, status: int, headers: Headers) -> Any: ...  # noqa: ANN401  # as above


class Unfit(Exception):
    """A body that came too slowly, or is larger than anything this server takes; answered by its bare status."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass
class Answer:
    """What the application answers: status, headers, and its body, whole where it is small."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] | None = None

    def start(self, status: str, headers: Headers, exc_info: object = None) -> None:  # noqa: ARG002  # WSGI's signature
        """Take status and headers, as a WSGI application gives them."""
        self.status, self.headers = int(status.split(" ", 1)[0]), headers


class Gate:
    """A WSGI application behind Granian's own interface, run in one thread of this process."""

    def __init__(self, application: Wsgi) -> None:
        self._application = application
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, wire: Wire) -> None:
        """Answer one request."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            try:
                await _receive(scope, wire, body)
            except Unfit as unfit:
                wire.response_bytes(unfit.status, [("connection", "close")], b"")
                return
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self._thread, self._answered, environ(scope, body))
            if answer.rest is None:
                wire.response_bytes(answer.status, answer.headers, answer.body)
            else:
                await self._streamed(answer, wire.response_stream(answer.status, answer.headers))

    def _answered(self, asked: Environ) -> Answer:
        answer = Answer()
        parts = self._application(asked, answer.start)
        answer.close = getattr(parts, "close", None)
        _take(answer, iter(parts))
        if answer.rest is None:
            _closed(answer)
        return answer

    async def _streamed(self, answer: Answer, wire: Any) -> None:  # noqa: ANN401  # Granian's own
        loop = asyncio.get_running_loop()
        try:
            await wire.send_bytes(answer.body)
            while answer.rest is not None:
                await loop.run_in_executor(self._thread, _take, answer, answer.rest)
                await wire.send_bytes(answer.body)
        finally:
            await loop.run_in_executor(self._thread, _closed, answer)


def environ(scope: Scope, body: IO[bytes]) -> Environ:
    """The request as WSGI says it. A header with an underscore is left out: it could pass for another one."""
    host, _, port = scope.server.rpartition(":")
    found: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in scope.headers.items():
        if "_" not in name:
            key = name.upper().replace("-", "_")
            key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
            joiner = "; " if key == "HTTP_COOKIE" else ","
            found[key] = f"{found[key]}{joiner}{value}" if key in found else value
    return found


async def _receive(scope: Scope, wire: Wire, body: IO[bytes]) -> None:
    if scope.method in _BODYLESS:
        return
    if int(scope.headers.get("content-length") or 0) > _LARGEST_BODY:
        raise Unfit(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    loop = asyncio.get_running_loop()
    started, size, chunks = loop.time(), 0, aiter(wire)
    while True:
        try:
            chunk = bytes(await asyncio.wait_for(anext(chunks), _CHUNK_WITHIN_SECONDS))
        except StopAsyncIteration:
            break
        except TimeoutError as reason:
            raise Unfit(HTTPStatus.REQUEST_TIMEOUT) from reason
        size += len(chunk)
        body.write(chunk)
        if size > _LARGEST_BODY:
            raise Unfit(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if loop.time() - started > _ALLOWED_SECONDS + size / _BYTES_A_SECOND:
            raise Unfit(HTTPStatus.REQUEST_TIMEOUT)
    body.seek(0)


def _take(answer: Answer, parts: Iterator[bytes]) -> None:
    """Take up to a piece of the body; what is left waits until that piece was sent."""
    taken, size = [], 0
    for part in parts:
        taken.append(part)
        size += len(part)
        if size >= _PIECE:
            answer.body, answer.rest = b"".join(taken), parts
            return
    answer.body, answer.rest = b"".join(taken), None


def _closed(answer: Answer) -> None:
    if answer.close is not None:
        answer.close()
