"""The gate hands a request over whole, and an answer out in pieces, as a WSGI application expects it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from earnest.surfaces.server import gate


@dataclass
class Asked:
    """A request as Granian tells it."""

    method: str = "GET"
    path: str = "/deals/%C3%A9"
    query_string: str = "a=1"
    headers: dict[str, str] = field(default_factory=dict)
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "127.0.0.9:4711"
    scheme: str = "http"


@dataclass
class Line:
    """A connection that keeps what is sent."""

    chunks: tuple[bytes, ...] = ()
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            yield chunk

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers = status, headers
        self.sent.append(body)

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Line":
        self.status, self.headers = status, headers
        return self

    async def send_bytes(self, data: bytes) -> None:
        self.sent.append(data)


def told(application: Callable[..., Iterable[bytes]], asked: Asked, line: Line) -> Line:
    asyncio.run(gate.Gate(application)(asked, line))
    return line


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("201 Created", [("x-path", environ["PATH_INFO"])])
    return [environ["REQUEST_METHOD"].encode(), environ["wsgi.input"].read()]


def test_a_body_comes_whole() -> None:
    line = told(echo, Asked(method="POST"), Line((b"one ", b"two")))
    assert (line.status, line.headers, line.sent) == (201, [("x-path", "/deals/Ã©")], [b"POSTone two"])


def test_a_large_body_lies_on_disk_and_comes_whole() -> None:
    line = told(echo, Asked(method="POST"), Line((b"x" * 700_000, b"y" * 700_000)))
    assert b"".join(line.sent) == b"POST" + b"x" * 700_000 + b"y" * 700_000


def test_a_body_that_is_too_large_is_refused_before_it_is_read() -> None:
    line = told(echo, Asked(method="POST", headers={"content-length": "9000000000"}), Line((b"x",)))
    assert (line.status, line.sent) == (413, [b""])


def test_a_large_answer_leaves_in_pieces_and_is_closed_after_the_last() -> None:
    closed: list[bool] = []

    class Parts:
        def __iter__(self) -> Any:
            return iter([b"a" * 200_000] * 4)

        def close(self) -> None:
            closed.append(True)

    def large(_environ: dict[str, Any], start: Callable[..., Any]) -> Parts:
        start("200 OK", [])
        return Parts()

    line = told(large, Asked(), Line())
    assert [len(piece) for piece in line.sent] == [400_000, 400_000, 0]
    assert closed == [True]


def test_the_environment_is_as_wsgi_says_it() -> None:
    headers = {"cookie": "a=1", "host": "earnest", "x_forwarded_for": "1.2.3.4", "content-type": "text/plain"}
    found = gate.environ(Asked(headers=headers), open("/dev/null", "rb"))  # noqa: PTH123, SIM115  # any stream will do
    found.pop("wsgi.input").close()
    assert {name: value for name, value in found.items() if name[0].isupper()} == {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/deals/Ã©",
        "QUERY_STRING": "a=1",
        "REMOTE_ADDR": "127.0.0.9",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_COOKIE": "a=1",
        "HTTP_HOST": "earnest",
        "CONTENT_TYPE": "text/plain",
    }
