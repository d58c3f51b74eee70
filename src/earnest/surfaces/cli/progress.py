"""Progress of long work: a line that changes in a terminal, silence in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

# What is being done, and how far it is (0 to 1, None when that cannot be said).
Tell: TypeAlias = Callable[[str, float | None], None]


@contextmanager
def shown() -> Iterator[Tell]:
    """A function to tell progress to. It writes to stderr, and only where somebody can see it."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console  # noqa: PLC0415  # only where there is a terminal

    console = Console(stderr=True)
    with console.status("Reading …", spinner="dots") as status:

        def tell(what: str, share: float | None) -> None:
            status.update(what if share is None else f"{what} {share:.0%}")

        yield tell
