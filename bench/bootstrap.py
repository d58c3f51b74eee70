"""From a bare machine to the first report: `make run` in a fresh clone with an empty package cache."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from bench.figures import Figure

ROOT = Path(__file__).parent.parent


def figures() -> list[Figure]:
    """Seconds on the wall of `make run`, nothing of the project installed and nothing cached."""
    with tempfile.TemporaryDirectory() as place:
        clone = Path(place) / "earnest"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True, capture_output=True)
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("VIRTUAL_ENV", "UV_"))}
        bare["PATH"] = ":".join(part for part in bare["PATH"].split(":") if not (Path(part) / "uv").exists())
        bare |= {"UV_CACHE_DIR": f"{place}/cache", "PIP_NO_CACHE_DIR": "1", "EARNEST_NO_BROWSER": "1"}
        started = time.perf_counter()
        done = subprocess.run(["make", "run"], cwd=clone, env=bare, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - started
        if done.returncode:
            raise RuntimeError(f"make run ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return [Figure("make run, bare machine and empty package cache", seconds, "s", 35)]
