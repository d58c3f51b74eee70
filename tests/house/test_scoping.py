"""Every read goes through the one predicate: only listed modules read past it, and each says why."""

import ast
from collections.abc import Iterable

import pytest

from earnest.people import visibility
from tests.house import source
from tests.house.source import Module

# Ways around the manager that refuses: each is named in one place or in none.
BYPASSES = {"_base_manager", "_default_manager"}
RAW_QUERYSETS = {"earnest.people.scoping", "earnest.people.visibility"}


def unscoped(modules: Iterable[Module], allowed: frozenset[str]) -> list[str]:
    return [
        f"{module.at(node)} {node.attr}"
        for module in modules
        if module.name not in allowed
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "unscoped"
    ]


def around(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.at(node)} {ast.unparse(node)}"
        for module in modules
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Attribute) and node.attr in BYPASSES) or _raw_queryset(module, node)
    ]


def _raw_queryset(module: Module, node: ast.AST) -> bool:
    if module.name in RAW_QUERYSETS or not isinstance(node, ast.Call):
        return False
    return ast.unparse(node.func) in {"models.QuerySet", "QuerySet"}


def test_only_listed_modules_read_past_the_predicate() -> None:
    assert unscoped(source.modules(), visibility.UNSCOPED_MODULES) == []


def test_the_list_names_no_module_that_does_not_need_it() -> None:
    using = {
        module.name
        for module in source.modules()
        if module.name in RAW_QUERYSETS or unscoped([module], allowed=frozenset())
    }
    assert visibility.UNSCOPED_MODULES - using == frozenset()


def test_nothing_goes_around_the_manager() -> None:
    assert around(source.modules()) == []


def test_an_unscoped_read_is_found() -> None:
    page = source.module("earnest.pipeline.views", 'Deal.objects.unscoped(reason="quick").all()')
    assert unscoped([page], visibility.UNSCOPED_MODULES) == ["earnest.pipeline.views:1 unscoped"]


@pytest.mark.parametrize("text", ["Deal._base_manager.all()", "models.QuerySet(Deal).all()"])
def test_a_way_around_the_manager_is_found(text: str) -> None:
    assert len(around([source.module("earnest.pipeline.views", text)])) == 1
