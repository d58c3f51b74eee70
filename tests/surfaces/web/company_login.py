"""A company's own login server on this machine: it says what a test tells it to say."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time

import jwt

CLIENT_ID = "earnest"
# Long enough for the hash that signs with it; nobody checks the signature of what came straight from the server.
_KEY = "a key that only the tests know, and long enough"


@dataclass
class CompanyLogin:
    """What the server answers; `claims` overrides what stands in the token and in the person's card."""

    address: str = ""
    claims: dict[str, object] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def card(self) -> dict[str, object]:
        """The person as the company knows them."""
        now = int(time())
        return {
            "iss": self.address,
            "aud": CLIENT_ID,
            "sub": "bo-at-company",
            "email": "bo@example.test",
            "email_verified": True,
            "iat": now,
            "exp": now + 300,
            **self.claims,
        }

    def said(self, path: str) -> dict[str, object]:
        """The answer to one request."""
        self.asked.append(path)
        if path.startswith("/.well-known"):
            ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            known: dict[str, object] = {f"{name}_endpoint": f"{self.address}/{end}" for name, end in ends.items()}
            return known | {"issuer": self.address, "jwks_uri": f"{self.address}/keys"}
        if path == "/token":
            return {"access_token": "a", "token_type": "Bearer", "id_token": jwt.encode(self.card(), _KEY, "HS256")}
        return {key: value for key, value in self.card().items() if key in {"sub", "email", "email_verified"}}


@contextmanager
def running() -> Iterator[CompanyLogin]:
    """The server, for as long as a test needs it."""
    login = CompanyLogin()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(login.said(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.do_GET()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    login.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield login
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
