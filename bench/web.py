"""The workspace in use: pages and the API over HTTP from a real server with two processes, on a large workspace."""

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

from bench.figures import Figure, python, run

DEALS = 200_000
PORT = 8790
CLIENTS, SECONDS = 8, 5.0
Headers = dict[str, str]


def figures(deal_count: int, postgres_url: str | None) -> list[Figure]:
    """Every page of the acceptance criteria, on SQLite, and on PostgreSQL where there is one."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as place:
        addresses = {"SQLite": f"sqlite:///{place}/bench.sqlite3"} | (
            {"PostgreSQL": postgres_url} if postgres_url else {}
        )
        for name, address in addresses.items():
            os.environ |= {"EARNEST_DATABASE_URL": address, "EARNEST_DATA_DIR": place, "EARNEST_API_BUDGET": "1000000"}
            filled = run(python("bench.filling", str(deal_count)), seconds=3600)
            ways = json.loads(filled.output.splitlines()[-1])
            with served(place) as server:
                found += _measured(f"{name}, {deal_count:,} deals", ways, server)
    return found


def _measured(where: str, ways: dict[str, str], server: "subprocess.Popen[str]") -> list[Figure]:
    everybody, own = ({"Cookie": f"sessionid={ways[word]}"} for word in ("all", "own"))
    key = {"Authorization": f"Bearer {ways['key']}", "Content-Type": "application/json"}
    number = count(1)
    asks: list[tuple[str, float, float, Callable[[HTTPConnection], None]]] = [
        ("list of 50 deals, own", 9, 20, _page("/deals?sort=ours&whose=mine", own)),
        ("list of 50 deals, all", 9, 20, _page("/deals?sort=ours", everybody)),
        ("board, all", 20, 40, _page("/board", everybody)),
        ("deal page", 9, 20, lambda line: _page(f"/deals/{_open_deal(line, everybody)}", everybody)(line)),
        ("open a deal through the API", 7, 20, lambda line: _create(line, key, next(number))),
        ("search accounts", 9, 20, _page("/accounts?q=papier", everybody)),
        ("search everything", 9, 20, _page("/search?q=papierwerk", everybody)),
    ]
    found = []
    for name, middle, most, ask in asks:
        times = _times(ask)
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        found.append(Figure(f"{where}: {name}, p50", p50, "ms", middle))
        found.append(Figure(f"{where}: {name}, p95", p95, "ms", most))
    rate = _rate(_page("/deals?sort=ours&whose=mine", own))
    found.append(Figure(f"{where}: list pages a second, {CLIENTS} clients", rate, "/s", 250, most=False))
    found.append(Figure(f"{where}: memory of the whole server", memory_mb(server.pid), "MB", 400))
    return found


def _page(path: str, headers: Headers) -> Callable[[HTTPConnection], None]:
    def ask(line: HTTPConnection) -> None:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")

    return ask


_OPEN: list[int] = []


def _open_deal(line: HTTPConnection, headers: Headers) -> int:
    if not _OPEN:
        line.request("GET", "/api/v1/deals?outcome=open&limit=200", headers=headers)
        _OPEN.extend(row["id"] for row in json.loads(line.getresponse().read())["items"])
    return secrets.choice(_OPEN)


def _create(line: HTTPConnection, headers: Headers, number: int) -> None:
    body = {"title": f"Made {number}", "account_id": None, "amount": {"minor": 7_100_000, "currency": "EUR"}}
    line.request("POST", "/api/v1/deals", json.dumps(body), {**headers, "Idempotency-Key": secrets.token_hex(8)})
    answer = line.getresponse()
    told = answer.read()
    if answer.status != 201:
        raise RuntimeError(f"A create answered {answer.status}: {told[:300]!r}")


def _times(ask: Callable[[HTTPConnection], None], times: int = 200) -> list[float]:
    # One connection, and so one process of the two: its caches are warm after the first few.
    line, found = HTTPConnection("127.0.0.1", PORT, timeout=120), []
    for _ in range(20):
        ask(line)
    for _ in range(times):
        started = time.perf_counter()
        ask(line)
        found.append((time.perf_counter() - started) * 1000)
    line.close()
    return found


def _rate(ask: Callable[[HTTPConnection], None]) -> float:
    counts, ends = [0] * CLIENTS, time.perf_counter() + SECONDS

    def client(place: int) -> None:
        line = HTTPConnection("127.0.0.1", PORT, timeout=120)
        while time.perf_counter() < ends:
            ask(line)
            counts[place] += 1
        line.close()

    threads = [threading.Thread(target=client, args=(place,)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def _wait_for(process: "subprocess.Popen[str]") -> None:
    if process.stdout is None or not process.stdout.readline().startswith("Earnest is at"):
        raise RuntimeError("The server did not start.")


@contextmanager
def served(folder: str) -> "Iterator[subprocess.Popen[str]]":
    """A server with two processes, for as long as it is measured."""
    command = [sys.executable, "-m", "earnest", "serve", "--port", str(PORT), "--workers", "2"]
    log = Path(folder) / "server.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            _wait_for(process)
            yield process
        except RuntimeError as error:
            raise RuntimeError(f"{error}\n{log.read_text()[-3000:]}") from error
        finally:
            process.terminate()
            process.wait(60)


def memory_mb(pid: int) -> float:
    """What a process and everything below it hold, pages that they share counted once."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in (line.split() for line in listed.splitlines())}
    mine = {pid}
    for _ in range(4):
        mine |= {child for child, parent in parents.items() if parent in mine}
    return sum(_held_kb(each) for each in mine) / 1024


def _held_kb(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))
