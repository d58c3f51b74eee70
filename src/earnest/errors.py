"""The root of the one error tree.

Each error says what happened, why, and what to do next, in plain words and with the value.
The same text goes to the terminal, the page, the API and an assistant.
A class is defined in the module whose function raises it; this module holds only the root.
"""

from collections.abc import Mapping
from typing import ClassVar


class EarnestError(Exception):
    """Something Earnest refuses or cannot do, told so that a person can act on it.

    Args:
        what: what happened, one sentence.
        why: why it happened, one sentence.
        fix: the next thing to do, one sentence.
        data: the values behind the sentences, by name, for programs.
    """

    code: ClassVar[str] = "earnest"
    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, *, why: str = "", fix: str = "", data: Mapping[str, object] | None = None) -> None:
        self.what, self.why, self.fix = what, why, fix
        self.data: dict[str, object] = dict(data or {})
        super().__init__(" ".join(part for part in (what, why, fix) if part))

    def as_dict(self) -> dict[str, object]:
        """The body that every surface shows: code, what, why, fix and data."""
        return {"code": self.code, "what": self.what, "why": self.why, "fix": self.fix, "data": self.data}
