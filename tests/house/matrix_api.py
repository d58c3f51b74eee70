"""The rows of the API: one for each verb of each address, under the same rules as the pages."""

from collections.abc import Mapping

from tests.house.matrix_rows import EVERYBODY, GET, LEADERS, POST, SELLERS, Row

PATCH, DELETE = "patch", "delete"
Data = Mapping[str, object] | None
_REASON = {"reason": "A test.", "until_on": "2099-01-01"}


def lists(method: str = GET, data: Data = None) -> Row:
    """An address that names nobody's record."""
    return Row("act", method, EVERYBODY, data or {}, json=True)


def adds(**data: object) -> tuple[Row, ...]:
    """A list that everybody reads, and to which those who sell add."""
    return (lists(), Row("act", POST, SELLERS, data, json=True))


def one(method: str = GET, data: Data = None, may: frozenset[str] = EVERYBODY) -> Row:
    """An address that names the record of somebody."""
    return Row("record", method, may, data or {}, json=True)


def own(method: str = GET, data: Data = None, *, admin: bool = False) -> Row:
    """An address of what one person alone changes."""
    return Row("mine", method, EVERYBODY, data or {}, json=True, admin=admin)


def changed(**data: object) -> tuple[Row, ...]:
    """A record that is read, changed and put into the bin."""
    return (one(), one(PATCH, data), one(DELETE))


ROWS: dict[str, tuple[Row, ...]] = {
    "api:openapi-json": (Row("public"),),
    "api:api-root": (Row("gone"),),
    "api:deals": adds(title="A deal"),
    "api:deal": changed(next_step="Call Ines"),
    "api:deal_end": (one(POST, {"outcome": "won", "closed_on": "2026-01-05"}),),
    "api:deal_reopen": (one(POST),),
    "api:deal_hand_over": (one(POST, {"to_user_id": "@chidi"}, LEADERS),),
    "api:deal_verdicts": (one(),),
    "api:deal_set_aside": (one(POST, {"rule": "forced_timeline", **_REASON}),),
    "api:stakeholders": (
        lists(),
        Row("nothing", POST, EVERYBODY, {"deal_id": 999_999, "contact_id": 1, "role": "owner"}, json=True),
    ),
    "api:stakeholder": changed(role="owner"),
    "api:lines": (
        lists(),
        Row("nothing", POST, EVERYBODY, {"deal_id": 999_999, "product_id": 1}, json=True),
    ),
    "api:line": changed(quantity=2),
    "api:accounts": adds(name="An account"),
    "api:account": changed(name="Renamed"),
    "api:contacts": adds(name="A contact"),
    "api:contact": changed(name="Renamed"),
    "api:leads": adds(name="A lead"),
    "api:lead": changed(name="Renamed"),
    "api:activities": adds(subject="A call", deal_id="@shared"),
    "api:activity": changed(subject="Another"),
    "api:notes": (lists(), lists(POST, {"text": "A note."})),
    "api:note": (one(), own(PATCH, {"text": "A note."}), own(DELETE, admin=True)),
    "api:pipelines": (lists(),),
    "api:stages": (lists(),),
    "api:users": (lists(),),
    "api:rules": (lists(),),
    "api:totals": (lists(),),
    "api:search": (lists(data={"q": "deal"}),),
    "api:undo": (lists(POST, {}),),
    "api:views": (lists(), lists(POST, {"page": "deals", "name": "Mine"})),
    "api:view": (own(DELETE),),
    "api_missing": (Row("gone"),),
}
