"""The permission matrix: for every address of the site, who may do what there. A new address needs a row here.

A row is one short line:

    "deals": page(),                      a page for everybody who works here
    "people": page(may=LEADERS),          a page for managers and admins; others are refused
    "deal": record(),                     an address that names a record of somebody: own, team's, stranger's, absent
    "board_move": record(POST, data={}),  the same, for an act: whoever only reads is refused
    "undo": post(),                       an act that names nobody's record
    "imports": page(may=ADMIN),           for admins alone
    "account_login": public(),            for strangers too
    "notification": mine(POST),           an address that names something that is one person's alone
    "account_email": gone(),              an address that answers nobody

`record()` puts the numbers of one person's records into the address by the names of its parts (`deal_id`, `note_id`,
…; see `tests/house/world.py`). Other parts are given by name: `slug="next_step"`, `user_id="@bo"` for a number of the
company, `file_id="~gone_file_id"` for another number of that person. In `data` stands what the form sends, and
`"@upload"` for a file: what an act refuses for its form alone says nothing about who may do it. An address with a form
has two rows: `(page(), post())`; one that answers htmx alone says `htmx=True`.
"""

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


Rows = Row | tuple[Row, ...]

ROWS: dict[str, Rows] = {
    # The way in
    "account_login": public(),
    "account_logout": public(),
    "account_inactive": public(),
    "account_reauthenticate": page(),
    "account_change_password": page(),
    "account_set_password": page(),
    "account_reset_password": public(),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public(uidb36="1", key="spent"),
    "account_reset_password_from_key_done": public(),
    "account_signup": gone(),
    "account_email": gone(),
    "account_email_verification_sent": gone(),
    "account_confirm_email": gone(key="spent"),
    "account_confirm_login_code": gone(),
    "socialaccount_signup": gone(),
    "socialaccount_login_cancelled": public(),
    "socialaccount_login_error": public(),
    "socialaccount_connections": page(),
    "openid_connect_login": gone(provider_id="company"),
    "openid_connect_callback": gone(provider_id="company"),
    "mfa_index": page(),
    "mfa_authenticate": public(),
    "mfa_reauthenticate": page(),
    "mfa_activate_totp": page(),
    "mfa_deactivate_totp": nothing_yet(),
    "mfa_view_recovery_codes": nothing_yet(),
    "mfa_generate_recovery_codes": page(),
    "mfa_download_recovery_codes": nothing_yet(),
    "mfa_list_webauthn": page(),
    "mfa_add_webauthn": page(),
    "mfa_reauthenticate_webauthn": page(),
    "mfa_remove_webauthn": page(pk=999_999),
    "mfa_edit_webauthn": page(pk=999_999),
    "mfa_login_webauthn": public(),
    "usersessions_list": page(),
    "set_up": gone(),
    "invitation": gone(token="spent"),
    # People
    "my_account": (page(), post(data={"name": "X", "time_zone": "UTC"})),
    "notifications": page(),
    "notifications_read": post(),
    "notification": mine(POST),
    "people": page(LEADERS),
    "invite": (
        page(),
        post(LEADERS, data={"name": "N", "email": "n@example.test", "role": "rep", "team_id": "@north"}),
    ),
    "person": page(LEADERS, user_id="@bo"),
    "person_invite": post(LEADERS, user_id="@new"),
    "person_role": post(ADMIN, data={"role": "rep"}, user_id="@bo"),
    "person_join": post(ADMIN, data={"team_id": "@south"}, user_id="@bo"),
    "person_leave": post(ADMIN, user_id="@bo", team_id="@north"),
    "person_close": post(ADMIN, user_id="@bo"),
    "person_reopen": post(ADMIN, user_id="@left"),
    "hand_over": (page(LEADERS, user_id="@bo"), post(LEADERS, data={"to_user_id": "@chidi"}, user_id="@bo")),
    "teams": (page(LEADERS), post(ADMIN, data={"team": "West"})),
    "team": post(ADMIN, data={"team": "West"}, team_id="@north"),
    "sharing": page(),
    "grant_end": mine(POST, admin=True),
    "reading": post(ADMIN, data={"reading": "team", "reason": "A test."}),
    "share": page(data={"kind": "records.deal", "record_id": "@shared"}),
    # Deals
    "home": page(),
    "deal": record(),
    "deal_set_aside": record(POST, data={"reason": "A test.", "until_on": "2099-01-01"}, rule="forced_timeline"),
    "capture": page(),
    "more": page(),
    "shortcuts": page(),
    "tour": page(),
    "tour_go": post(),
    "undo": post(),
    "deal_new": page(),
    "deal_edit": (record(part="step"), record(POST, data={"next_step": "Call Ines"}, part="step")),
    "deal_end": record(POST, data={"outcome": "won", "closed_on": "2026-01-05"}),
    "deal_reopen": record(POST),
    "deal_line_add": record(POST, data={"product": "@product"}),
    "stakeholder_add": record(POST, data={"name": "Ines", "role": "owner"}),
    "stakeholder_change": record(POST, data={"version": 1, "role": "owner"}),
    "stakeholder_out": record(POST, data={"version": 1}),
    "note_add": record(POST, data={"text": "A note."}),
    "note_edit": mine(POST, data={"text": "A note.", "version": 1}),
    "note_discard": mine(POST, data={"version": 1}, admin=True),
    "file_add": record(POST, data={"file": "@upload"}),
    "file": record(),
    "file_discard": record(POST, data={"version": 1}),
    "file_restore": record(POST, file_id="~gone_file_id"),
    # The list and the board
    "deals": page(),
    "deals_panel": page(name="columns"),
    "deals_export": post(),
    "deals_many": post(),
    "deals_view_save": post(data={"name": "Mine"}),
    "deals_view_edit": nothing_yet(POST, view_id=999_999),
    "deals_view_remove": nothing_yet(POST, view_id=999_999),
    "deals_row": record(),
    "deals_cell": (record(name="step"), record(POST, data={"next_step": "Call Ines"}, name="step")),
    "board": page(),
    "board_column": page(stage_id="@stage", htmx=True),
    "board_move": record(POST, data={"stage": "@stage", "version": 1}),
    "rules": page(),
    "rule": page(name="forced_timeline"),
    # Files come in
    "imports": page(ADMIN),
    "import_upload": post(ADMIN),
    "import_job": nothing_yet(may=ADMIN, job_id=999_999),
    "import_meaning": nothing_yet(POST, ADMIN, job_id=999_999),
    "import_write": nothing_yet(POST, ADMIN, job_id=999_999),
    "import_go_on": nothing_yet(POST, ADMIN, job_id=999_999),
    "import_drop": nothing_yet(POST, ADMIN, job_id=999_999),
    "import_would_hold": nothing_yet(may=ADMIN, job_id=999_999),
    "import_run": nothing_yet(may=ADMIN, run_id=999_999),
    "import_held": nothing_yet(may=ADMIN, run_id=999_999),
    "import_take_back": nothing_yet(POST, ADMIN, run_id=999_999),
    # Settings
    "settings": page(),
    "settings_workspace": page(),
    "settings_fiscal": page(),
    "settings_segments": page(),
    "settings_choose": post(ADMIN, data={"value": "1", "reason": "A test."}, name="fiscal_period_months"),
    "settings_pipelines": page(),
    "pipeline_add": post(ADMIN, data={"name": "Second"}),
    "pipeline_change": post(ADMIN, data={"name": "Second", "version": 1}, pipeline_id="@pipeline"),
    "pipeline_retire": post(ADMIN, pipeline_id="@pipeline"),
    "pipeline_restore": nothing_yet(POST, ADMIN, pipeline_id="@pipeline"),
    "stage_add": post(ADMIN, data={"name": "Third", "meaning": "conversation"}, pipeline_id="@pipeline"),
    "stage_change": post(ADMIN, data={"name": "Third", "version": 1}, stage_id="@stage"),
    "stage_move": post(ADMIN, stage_id="@stage"),
    "stage_retire": post(ADMIN, stage_id="@stage"),
    "stage_restore": nothing_yet(POST, ADMIN, stage_id="@stage"),
    "settings_fields": page(),
    "field_add": post(ADMIN, data={"label": "Region", "kind": "text"}),
    "field_change": nothing_yet(POST, ADMIN, field_id=999_999),
    "field_retire": nothing_yet(POST, ADMIN, field_id=999_999),
    "field_restore": nothing_yet(POST, ADMIN, field_id=999_999),
    "settings_currencies": page(),
    "rate_set": post(ADMIN, data={"from": "EUR", "to": "USD", "on": "2026-01-05", "rate": "1.1"}),
    "settings_products": page(),
    "product_add": post(ADMIN, data={"name": "Line"}),
    "product_change": post(ADMIN, data={"name": "Line"}, product_id="@product"),
    "product_retire": post(ADMIN, product_id="@product"),
    "product_restore": nothing_yet(POST, ADMIN, product_id="@product"),
    "settings_holidays": page(),
    "holiday_set": post(ADMIN, data={"on": "2026-12-25", "name": "Christmas"}),
    "holiday_remove": nothing_yet(POST, ADMIN, holiday_id=999_999),
    "settings_thresholds": page(),
    "threshold_set": post(ADMIN, data={"value": "1", "reason": "A test."}, name="forced_tolerance_days"),
    "settings_export": page(ADMIN),
    "export_send": post(ADMIN),
    # Accounts, contacts, leads
    "accounts": page(),
    "account": record(),
    "account_new": page(),
    "account_edit": (record(), record(POST, data={"name": "Renamed", "version": 1})),
    "account_discard": record(POST, data={"version": 1}, record_id="~account_id"),
    "account_notes": record(POST, data={"text": "A note."}, record_id="~account_id"),
    "account_files": record(POST, data={"file": "@upload"}, record_id="~account_id"),
    "contacts": page(),
    "contact": record(),
    "contact_new": page(),
    "contact_edit": (record(), record(POST, data={"name": "Renamed", "version": 1})),
    "contact_discard": record(POST, data={"version": 1}, record_id="~contact_id"),
    "contact_notes": record(POST, data={"text": "A note."}, record_id="~contact_id"),
    "contact_files": record(POST, data={"file": "@upload"}, record_id="~contact_id"),
    "leads": page(),
    "lead": record(),
    "lead_new": page(),
    "lead_edit": (record(), record(POST, data={"name": "Renamed", "version": 1})),
    "lead_not_yet": record(POST, data={"ready_on": "2099-01-01", "version": 1}),
    "lead_become": (record(), record(POST, data={"title": "A deal", "version": 1})),
    "lead_discard": record(POST, data={"version": 1}, record_id="~lead_id"),
    "lead_notes": record(POST, data={"text": "A note."}, record_id="~lead_id"),
    "lead_files": record(POST, data={"file": "@upload"}, record_id="~lead_id"),
    "duplicates": page(kind="contact"),
    "merge": record(kind="contact", kept_id="~contact_id", merged_id="~twin_id"),
    "bin": page(),
    "bin_empty": post(ADMIN),
    "bin_restore": record(POST, kind="deal", record_id="~gone_deal_id"),
    "search": page(),
    "palette": page(),
}
