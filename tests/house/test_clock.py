"""No clock and no chance below the surfaces: the day and the seed come from the door, so any past day can be redone."""

import ast
from collections.abc import Iterable

import pytest

from tests.house import source
from tests.house.source import Module

DOORS = ("surfaces", "project")
CLOCKS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "functions.Now",
    "localdate",
    "localtime",
    "time.gmtime",
    "time.localtime",
    "time.strftime",
    "time.time",
    "time.time_ns",
    "timezone.localdate",
    "timezone.localtime",
    "timezone.now",
    "Now",
}
CLOCK_KEYWORDS = {"auto_now", "auto_now_add"}
CHANCE = {"default_rng", "random.default_rng", "np.random.default_rng", "numpy.random.default_rng", "Random"}


def clocks(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.at(node)} {told}"
        for module in modules
        if module.room not in DOORS
        for node in ast.walk(module.tree)
        if (told := _clock(node))
    ]


def _clock(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute | ast.Name):
        spoken = ast.unparse(node)
        return spoken if spoken in CLOCKS else ""
    if isinstance(node, ast.keyword) and node.arg in CLOCK_KEYWORDS:
        return str(node.arg)
    if isinstance(node, ast.Call) and ast.unparse(node.func) in CHANCE and not node.args and not node.keywords:
        return f"{ast.unparse(node.func)}() without a seed"
    return ""


def test_no_clock_below_the_surfaces() -> None:
    assert clocks(source.modules()) == []


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import date\nday = date.today()",
        "import datetime\nat = datetime.datetime.now(datetime.UTC)",
        "import time\nat = time.time()",
        "from django.utils import timezone\nfield(default=timezone.now)",
        "field(auto_now_add=True)",
        "import numpy as np\nrng = np.random.default_rng()",
    ],
)
def test_a_clock_is_found(text: str) -> None:
    assert len(clocks([source.module("earnest.pipeline.frames", text)])) == 1
    assert clocks([source.module("earnest.surfaces.cli.check", text)]) == []


@pytest.mark.parametrize("text", ["import time\nstart = time.monotonic()", "rng = np.random.default_rng(7)"])
def test_a_stopwatch_and_a_seed_may_stand(text: str) -> None:
    assert clocks([source.module("earnest.pipeline.frames", text)]) == []
