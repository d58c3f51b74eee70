"""What a row of the permission matrix is, and what it expects of each role; the rows are in `matrix.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

GET, POST = "get", "post"
EVERYBODY = frozenset({"rep", "manager", "analyst", "admin"})
SELLERS = frozenset({"rep", "manager", "admin"})
LEADERS = frozenset({"manager", "admin"})
ADMIN = frozenset({"admin"})
# Whose record the address names, for each role that asks.
STATES = ("own", "team", "foreign", "absent")
Part = str | int


@dataclass(frozen=True)
class Row:
    """What one address expects of one method."""

    kind: str
    method: str = GET
    may: frozenset[str] = EVERYBODY
    data: Mapping[str, object] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    htmx: bool = False
    admin: bool = False
    json: bool = False

    @property
    def reads(self) -> bool:
        """Whether it only shows something."""
        return self.method == GET

    def expected(self) -> dict[tuple[str, str], str]:
        """For each role and whose record it is: `open`, `refused` (403), `absent` (404), `closed` (either) …"""
        if self.kind in ("record", "mine"):
            cells = {(role, state): self._of_record(role, state) for role, state in product(EVERYBODY, STATES)}
            return cells | {("anonymous", "own"): "login"}
        if self.kind == "public":
            return {(role, ""): "public" for role in (*EVERYBODY, "anonymous")}
        let_in = "absent" if self.kind in ("gone", "nothing") else "open"
        cells = {(role, ""): let_in if role in self.may else "refused" for role in EVERYBODY}
        return cells | {("anonymous", ""): "absent" if self.kind == "gone" else "login"}

    def _of_record(self, role: str, state: str) -> str:
        if role not in self.may:
            return "closed"
        if state == "absent":
            return "absent"
        if self.kind == "mine":
            owns = (state == "own" and role in ("rep", "manager")) or (role == "admin" and self.admin)
            return "open" if owns else "absent" if role == "rep" else "closed"
        if role == "analyst":
            return "open" if self.reads else "closed"
        sees = {"rep": ("own",), "manager": ("own", "team"), "admin": STATES}[role]
        return "open" if state in sees else "absent"


Data = Mapping[str, object] | None


def page(may: frozenset[str] = EVERYBODY, data: Data = None, *, htmx: bool = False, **parts: Part) -> Row:
    """A page that names nobody's record."""
    return Row("page", GET, may, data or {}, parts, htmx)


def post(may: frozenset[str] = EVERYBODY, data: Data = None, **parts: Part) -> Row:
    """An act that names nobody's record."""
    return Row("act", POST, may, data or {}, parts)


def record(method: str = GET, may: frozenset[str] = EVERYBODY, data: Data = None, **parts: Part) -> Row:
    """An address that names the record of somebody."""
    return Row("record", method, may, data or {}, parts)


def mine(method: str = GET, data: Data = None, *, admin: bool = False, **parts: Part) -> Row:
    """An address that names what is one person's alone, whatever anybody's role; or theirs and any admin's."""
    return Row("mine", method, EVERYBODY, data or {}, parts, admin=admin)


def public(**parts: Part) -> Row:
    """A page for strangers too."""
    return Row("public", parts=parts)


def gone(**parts: Part) -> Row:
    """An address that answers nobody, strangers neither."""
    return Row("gone", parts=parts)


def nothing_yet(method: str = GET, may: frozenset[str] = EVERYBODY, **parts: Part) -> Row:
    """An address of what nobody has in this company, such as a second factor: absent inside, the login outside."""
    return Row("nothing", method, may, parts=parts)
