"""Tests say which duty, acceptance test or attack case they show, by an id that exists."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.house import duties, source
from tests.house.source import Module

MARKERS = ("duty", "at", "case")


def marks(modules: Iterable[Module]) -> Iterator[tuple[str, str, ast.Call]]:
    """Every `pytest.mark.duty(…)`, `at(…)` and `case(…)`: where it stands, its name, the call."""
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("pytest.mark."):
                name = ast.unparse(node.func).removeprefix("pytest.mark.")
                if name in MARKERS:
                    yield module.at(node), name, node


def unknown_ids(modules: Iterable[Module]) -> list[str]:
    return [
        f"{at} {ast.unparse(argument)}"
        for at, name, call in marks(modules)
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        if not duties.is_known(name, getattr(argument, "value", None))
    ]


def empty_marks(modules: Iterable[Module]) -> list[str]:
    return [f"{at} {name}" for at, name, call in marks(modules) if not call.args]


def test_every_marker_names_an_id_that_exists() -> None:
    assert unknown_ids(source.test_modules()) == []
    assert empty_marks(source.test_modules()) == []


def test_there_are_118_duties() -> None:
    assert len(duties.DUTIES) == 118


@pytest.mark.parametrize(
    "mark", ['duty("S9.1")', 'duty("1.9")', 'at("AT-1")', 'at("AT-99")', 'case("A79")', "case(54)"]
)
def test_an_unknown_id_is_found(mark: str) -> None:
    text = f"@pytest.mark.{mark}\ndef test_x(): ..."
    assert len(unknown_ids([source.module("tests.need.test_rules", text)])) == 1


@pytest.mark.parametrize("mark", ['duty("S4.76")', 'duty("S0.1", "S1.9")', 'at("AT-48")', 'case("A01")', 'case("A78")'])
def test_a_known_id_may_stand(mark: str) -> None:
    text = f"@pytest.mark.{mark}\ndef test_x(): ..."
    assert unknown_ids([source.module("tests.need.test_rules", text)]) == []


def test_a_marker_without_an_id_is_found() -> None:
    text = "@pytest.mark.duty()\ndef test_x(): ..."
    assert empty_marks([source.module("tests.need.test_rules", text)]) == ["tests.need.test_rules:1 duty"]
