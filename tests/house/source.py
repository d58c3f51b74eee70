"""The source tree as the laws see it: files, module names and syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "earnest"
TESTS = ROOT / "tests"


@dataclass(frozen=True)
class Module:
    """One Python file: where it is, what it is called, and what it says."""

    path: Path
    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def room(self) -> str:
        """The room of `earnest.records.models` is `records`; a module beside the rooms is its own."""
        return self.name.split(".")[1] if "." in self.name else ""

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as an editor opens it."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


def module(name: str, text: str) -> Module:
    """A module that is not on disk, to break a law with."""
    return Module(Path(name.replace(".", "/") + ".py"), name, text)


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product, migrations left out: they are written by a machine and never change."""
    return tuple(_read(path, SOURCE.parent) for path in _python_files(SOURCE) if "migrations" not in path.parts)


@cache
def migrations() -> tuple[Module, ...]:
    """The migrations."""
    return tuple(_read(path, SOURCE.parent) for path in _python_files(SOURCE) if "migrations" in path.parts)


@cache
def test_modules() -> tuple[Module, ...]:
    """Every module of the tests."""
    return tuple(_read(path, ROOT) for path in _python_files(TESTS))


@cache
def committed_files() -> tuple[Path, ...]:
    """Every file that is in the repository or about to be; ignored ones are not."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / line for line in listed.stdout.splitlines())
    return tuple(path for path in paths if path.is_file())


def _python_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "__pycache__" not in path.parts)


def _read(path: Path, base: Path) -> Module:
    parts = path.relative_to(base).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(path, name, path.read_text(encoding="utf-8"))


def texts(found: Module) -> Iterator[ast.Constant]:
    """The text literals of a module that a person may come to read: all but docstrings."""
    notes = {id(node) for node in _docstrings(found.tree)}
    for node in ast.walk(found.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value
