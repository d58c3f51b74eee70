"""Frames say their shape, statistics name their estimator and its origin, and nothing public is without a word."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.house import source
from tests.house.source import Module

FRAME_PARTS = ("Shape:", "Columns:", "Source:")
STATISTICAL_ROOMS = {"measures", "forecast", "learn"}
WORDED_ROOMS = {"rulebook", "measures", "charts"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def public_functions(module: Module) -> Iterator[Function]:
    """The functions that others call: at the top of the module, or in a public class of it."""
    for node in module.tree.body:
        inner = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else [node]
        for each in inner:
            if isinstance(each, Function) and not each.name.startswith("_"):
                yield each


def shapeless(modules: Iterable[Module]) -> list[str]:
    """Functions in a `frames.py` that give a frame and do not say its shape, its columns or its source."""
    return [
        f"{module.at(node)} {node.name} lacks {' '.join(lacking)}"
        for module in modules
        if module.name.endswith(".frames")
        for node in public_functions(module)
        if node.returns is not None and ast.unparse(node.returns) == "Frame"
        if (lacking := [part for part in FRAME_PARTS if part not in (ast.get_docstring(node) or "")])
    ]


def groundless(modules: Iterable[Module]) -> list[str]:
    """Functions that name an estimator and not where it comes from."""
    return [
        f"{module.at(node)} {node.name}"
        for module in modules
        if module.room in STATISTICAL_ROOMS
        for node in public_functions(module)
        if "Estimator:" in (told := ast.get_docstring(node) or "") and "Reference" not in told
    ]


def wordless(modules: Iterable[Module]) -> list[str]:
    """Public functions at the top of a pure module without a docstring; a property's name may be word enough."""
    return [
        f"{module.at(node)} {node.name}"
        for module in modules
        if module.room in WORDED_ROOMS or module.name.endswith((".frames", ".services", ".reads"))
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node) and not _is_overload(node)
    ]


def _is_overload(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any(ast.unparse(each).endswith("overload") for each in node.decorator_list)


def test_frames_say_their_shape_columns_and_source() -> None:
    assert shapeless(source.modules()) == []


def test_estimators_say_where_they_come_from() -> None:
    assert groundless(source.modules()) == []


def test_pure_modules_and_services_speak() -> None:
    assert wordless(source.modules()) == []


def test_the_measures_name_their_estimators() -> None:
    named = {module.name for module in source.modules() if module.room == "measures" and "Estimator:" in module.text}
    assert {"earnest.measures.incidence", "earnest.measures.intervals", "earnest.measures.quantiles"} <= named


@pytest.mark.parametrize("part", FRAME_PARTS)
def test_a_frame_without_a_part_is_found(part: str) -> None:
    words = " ".join(f"{each} said." for each in FRAME_PARTS if each != part)
    text = f'def open_deals(book: Book) -> Frame:\n    """Open deals. {words}"""'
    assert shapeless([source.module("earnest.need.frames", text)]) == [f"earnest.need.frames:1 open_deals lacks {part}"]


def test_an_estimator_without_a_reference_is_found() -> None:
    text = 'def share() -> float:\n    """A share. Estimator: Jeffreys."""'
    assert groundless([source.module("earnest.measures.shares", text)]) == ["earnest.measures.shares:1 share"]


def test_a_public_function_without_a_word_is_found() -> None:
    text = "def share() -> float: ...\ndef _inner() -> float: ..."
    assert wordless([source.module("earnest.measures.shares", text)]) == ["earnest.measures.shares:1 share"]
