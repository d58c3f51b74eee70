"""Names say what a thing is, and sentences are calm: no managers and helpers, nothing «invalid», nobody shouts."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.house import source
from tests.house.source import Module

EMPTY_NAMES = re.compile(r"(manager|helper|util|processor|handler)s?$", re.IGNORECASE)
# Django's own names for the steps of a middleware.
DICTATED = {"process_view", "process_exception", "process_request", "process_response"}
EMPTY_VERBS = re.compile(r"^_?(handle|process|manage)(_|$)")
# A person who leads a team is a manager; that word belongs to the field.
FIELD_WORDS = {"manager", "managers", "MANAGER", "RoleManager"}
UNKIND = re.compile(r"\b(invalid|successfully|oops)\b", re.IGNORECASE)
SHOUTING = re.compile(r"[\w»”’)]!(?=[\s»”)]|$)")
UNOWNED = re.compile(r"\b(TODO|FIXME)\b(?!\(#\d+\))(?! ?#\d+)")


def empty_names(modules: Iterable[Module]) -> list[str]:
    found: list[str] = []
    for module in modules:
        found += [f"{module.name} is called {part}" for part in module.name.split(".") if EMPTY_NAMES.search(part)]
        found += [f"{module.at(node)} {name}" for node, name in _defined(module) if _is_empty(node, name)]
    return found


def _defined(module: Module) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node, node.id


def _is_empty(node: ast.AST, name: str) -> bool:
    if name in DICTATED:
        return False
    if name in FIELD_WORDS:
        return False
    if isinstance(node, ast.ClassDef):
        # What Django calls a manager may be called so: its base says it.
        return bool(EMPTY_NAMES.search(name)) and not any("Manager" in ast.unparse(base) for base in node.bases)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and EMPTY_VERBS.search(name):
        return True
    last_word = name.rsplit("_", 1)[-1]
    return bool(EMPTY_NAMES.fullmatch(last_word)) and last_word.lower() not in FIELD_WORDS


def unkind_texts(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.at(node)} {node.value!r}"
        for module in modules
        for node in source.texts(module)
        if UNKIND.search(str(node.value)) or SHOUTING.search(str(node.value))
    ]


def unowned_notes(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.name}:{number} {line.strip()}"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), start=1)
        if UNOWNED.search(line)
    ]


def test_names_say_what_a_thing_is() -> None:
    assert empty_names(source.modules()) == []


def test_sentences_are_calm() -> None:
    assert unkind_texts(source.modules()) == []


def test_templates_are_calm() -> None:
    templates = [path for path in source.SOURCE.rglob("*") if path.suffix in {".html", ".txt", ".md", ".jinja"}]
    told = {
        path.name: UNKIND.findall(text) + SHOUTING.findall(text)
        for path in templates
        if (text := path.read_text().replace("aria-invalid", ""))
    }
    assert {name: words for name, words in told.items() if words} == {}


def test_every_todo_has_an_issue() -> None:
    laws = [module for module in source.test_modules() if module.name != __name__]
    assert unowned_notes([*source.modules(), *laws]) == []


@pytest.mark.parametrize(
    "text",
    [
        "class DealManager: ...",
        "class ImportHelpers: ...",
        "def handle_row(row): ...",
        "def process(rows): ...",
        "csv_util = 1",
        "def row_handler(): ...",
    ],
)
def test_an_empty_name_is_found(text: str) -> None:
    assert len(empty_names([source.module("earnest.records.names", text)])) == 1


def test_an_empty_module_name_is_found() -> None:
    assert empty_names([source.module("earnest.records.utils", "")]) == ["earnest.records.utils is called utils"]


@pytest.mark.parametrize("text", ["manager = 1", "class Users(BaseUserManager): ...", "def processed_on(): ..."])
def test_a_word_of_the_field_may_stand(text: str) -> None:
    assert empty_names([source.module("earnest.people.names", text)]) == []


@pytest.mark.parametrize("text", ["This date is invalid.", "Imported successfully.", "Oops, that failed.", "Saved!"])
def test_an_unkind_sentence_is_found(text: str) -> None:
    assert len(unkind_texts([source.module("earnest.records.say", f"SAYS = {text!r}")])) == 1
    assert len(unkind_texts([source.module("earnest.records.say", f"SAYS = f'{text} {{x}}'")])) == 1


@pytest.mark.parametrize("text", ["!=", "(?!x)", "a != b", "<!doctype html>", "color: red !important"])
def test_a_mark_that_nobody_shouts_may_stand(text: str) -> None:
    assert unkind_texts([source.module("earnest.records.say", f"SAYS = {text!r}")]) == []


def test_a_docstring_may_name_the_words() -> None:
    assert unkind_texts([source.module("earnest.records.say", '"""Never say invalid."""')]) == []


@pytest.mark.parametrize(
    ("note", "count"), [("TODO: later", 1), ("FIXME", 1), ("TODO #12: later", 0), ("TODO(#3) x", 0)]
)
def test_a_note_without_an_issue_is_found(note: str, count: int) -> None:
    assert len(unowned_notes([source.module("earnest.records.notes", f"# {note}")])) == count
