"""Imports that the contracts do not see: relative ones, and migrations that import what they will outlive."""

import ast
from collections.abc import Iterable

from tests.house import source
from tests.house.source import Module


def relative(modules: Iterable[Module]) -> list[str]:
    return [
        module.at(node)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def own_code(migrations: Iterable[Module]) -> list[str]:
    return [
        f"{module.at(node)} {name}"
        for module in migrations
        for node in ast.walk(module.tree)
        for name in _imported(node)
        if name.split(".")[0] == "earnest"
    ]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_no_import_is_relative() -> None:
    assert relative([*source.modules(), *source.migrations(), *source.test_modules()]) == []


def test_migrations_import_no_application_code() -> None:
    assert own_code(source.migrations()) == []


def test_a_relative_import_is_found() -> None:
    assert relative([source.module("earnest.need.rules", "from . import tables")]) == ["earnest.need.rules:1"]


def test_a_migration_that_imports_a_model_is_found() -> None:
    text = "from django.db import migrations\nfrom earnest.people.models import User"
    assert own_code([source.module("earnest.people.migrations.0002_more", text)]) == [
        "earnest.people.migrations.0002_more:2 earnest.people.models"
    ]
