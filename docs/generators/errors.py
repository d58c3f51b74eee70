"""The page about errors: every class of the error tree, and the sentences it speaks."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from docs.generators.markdown import table

SOURCE = Path(__file__).parents[2] / "src"

INTRO = """# Errors

Everything that Earnest refuses, by its code.
A refusal says what happened, why, and what to do next; the same text goes to the terminal, the page and the JSON.
At the command line it ends with exit code 2 and without a traceback.
Words in curly brackets are filled in.
"""


def errors_page() -> str:
    """Every error, sorted by code."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    classes = dict(sorted(_classes(trees.values())))
    listed = table(["Code", "What it means"], ([f"[{code}](#{code})", note] for code, (_name, note) in classes.items()))
    told: dict[str, list[tuple[str, str, str]]] = {name: [] for name, _note in classes.values()}
    for tree in trees.values():
        for name, sentences in _spoken(tree, set(told)):
            told[name].append(sentences)
    sections = (f"## {code}\n\n{note}\n\n{_sentences(told[name])}" for code, (name, note) in classes.items())
    return "\n".join([INTRO, listed, *sections])


def _classes(trees: Iterable[ast.Module]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Code, class name and first line of every error class, the root left out."""
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name != "EarnestError" and (found := _code(node)):
                yield found, (node.name, (ast.get_docstring(node) or "").split("\n")[0])


def _code(node: ast.ClassDef) -> str:
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) == "code":
            return str(getattr(statement.value, "value", ""))
    return ""


def _spoken(tree: ast.Module, names: set[str]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """What, why and fix at every place where an error is made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := ast.unparse(node.func).split(".")[-1]) in names:
            parts = {keyword.arg: keyword.value for keyword in node.keywords}
            what = node.args[0] if node.args else parts.get("what")
            yield name, (_text(what), _text(parts.get("why")), _text(parts.get("fix")))


def _text(node: ast.expr | None) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return "{" + _short(node.value) + "}"
    if isinstance(node, ast.IfExp):
        return f"{_text(node.body)} / {_text(node.orelse)}"
    return "" if node is None else "{" + _short(node) + "}"


def _short(node: ast.expr) -> str:
    """The outermost name of an expression: `error.path.name` is told as `name`."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute):
            return part.attr
        if isinstance(part, ast.Name):
            return part.id
    return "value"


def _sentences(told: list[tuple[str, str, str]]) -> str:
    rows = sorted(set(told))
    return (
        table(["What happened", "Why", "What to do next"], rows) if rows else "Raised through the classes below it.\n"
    )
