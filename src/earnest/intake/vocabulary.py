"""What the columns of an export can mean: the roles that files play, and the columns that each role may fill.

A column that has the name of a book's column fills it. The others only exist on the way in: a flag that says how a deal
ended, an id that another file is joined by, a date that means one thing for open deals and another for ended ones.
"""

from collections.abc import Mapping
from enum import StrEnum

from earnest.records import tables
from earnest.rulebook.tables import Column, Kind

ENTERED = "entered:"  # the prefix of columns that say when a deal entered one stage: `entered:Proposal`


class Role(StrEnum):
    """What the rows of a file are."""

    DEALS = "deals"
    LINES = "lines"
    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    PRODUCTS = "products"
    OWNERS = "owners"
    TEAMS = "teams"
    STAGES = "stages"
    PIPELINES = "pipelines"
    ACTIVITIES = "activities"
    CHANGES = "changes"
    LEADS = "leads"
    LINKS = "links"
    MERGES = "merges"
    UNUSED = "unused"


def _columns(kind: Kind, names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind, name.replace("_", " ")) for name in names.split())


_OF_THE_BOOK = tuple(column for column in tables.DEALS.columns if column.name != "deal_id")

_ON_THE_WAY_IN = (
    Column("account_id", Kind.TEXT, "the account's id"),
    Column("owner_id", Kind.TEXT, "the owner's id"),
    Column("stage_id", Kind.TEXT, "the stage's id"),
    Column("pipeline_id", Kind.TEXT, "the pipeline's id"),
    Column("lead_id", Kind.TEXT, "the lead that it came from"),
    Column("status", Kind.TEXT, "open, won, lost or deleted"),
    Column("is_won", Kind.FLAG, "whether it is won"),
    Column("is_lost", Kind.FLAG, "whether it is lost"),
    Column("is_closed", Kind.FLAG, "whether it has ended"),
    Column("active", Kind.FLAG, "whether it is active (Odoo: a lost deal is not)"),
    Column("deleted", Kind.FLAG, "whether it was deleted"),
    Column("archived", Kind.FLAG, "whether it was archived"),
    Column("current", Kind.FLAG, "whether this is the current version of the row"),
    Column("close_on", Kind.DAY, "the close date: expected while it is open, actual once it has ended"),
    Column("won_on", Kind.DAY, "the day it was won"),
    Column("lost_on", Kind.DAY, "the day it was lost"),
    Column("delivery_on", Kind.DAY, "the planned delivery"),
    Column("quote_expires_on", Kind.DAY, "the day the quote expires"),
    Column("merged_ids", Kind.TEXT, "ids of deals that were merged into this one"),
    Column("line_amount", Kind.MONEY, "the amount of one line of the deal"),
    Column("line_currency", Kind.TEXT, "the currency of one line of the deal"),
    Column("quantity", Kind.NUMBER, "the quantity"),
    Column("contact_ids", Kind.TEXT, "the ids of its contacts"),
)

COLUMNS: Mapping[Role, tuple[Column, ...]] = {
    Role.DEALS: _OF_THE_BOOK + _ON_THE_WAY_IN,
    Role.LINES: (
        *_columns(Kind.TEXT, "deal product_id product currency"),
        *_columns(Kind.MONEY, "amount list_price unit_price"),
        *_columns(Kind.NUMBER, "quantity"),
        *_columns(Kind.FLAG, "deleted"),
    ),
    Role.ACCOUNTS: (
        *_columns(Kind.TEXT, "account_id account sector region segment"),
        *_columns(Kind.FLAG, "deleted current"),
    ),
    Role.CONTACTS: (
        *_columns(Kind.TEXT, "contact_id name email account_id account job_title"),
        *_columns(Kind.FLAG, "deleted"),
    ),
    Role.PRODUCTS: (
        *_columns(Kind.TEXT, "product_id product currency"),
        *_columns(Kind.MONEY, "list_price"),
        *_columns(Kind.FLAG, "deleted"),
    ),
    Role.OWNERS: (
        *_columns(Kind.TEXT, "owner_id user_id owner first_name last_name email team team_id region"),
        *_columns(Kind.FLAG, "deleted"),
    ),
    Role.TEAMS: _columns(Kind.TEXT, "team_id team"),
    Role.STAGES: (
        *_columns(Kind.TEXT, "stage_id stage pipeline_id"),
        *_columns(Kind.INTEGER, "stage_position"),
        *_columns(Kind.FLAG, "is_won is_closed deleted"),
        Column("probability", Kind.NUMBER, "the probability the CRM states", "share"),
    ),
    Role.PIPELINES: _columns(Kind.TEXT, "pipeline_id pipeline"),
    Role.ACTIVITIES: (
        *_columns(Kind.TEXT, "external_id deal contact_ids owner owner_id channel direction subject status"),
        *_columns(Kind.MOMENT, "at end_at"),
        *_columns(Kind.DAY, "on"),
        *_columns(Kind.NUMBER, "duration_minutes duration_seconds"),
        *_columns(Kind.FLAG, "done deleted"),
    ),
    Role.CHANGES: (
        *_columns(Kind.TEXT, "deal field from_text to_text value changed_by"),
        *_columns(Kind.MOMENT, "at"),
        *_columns(Kind.TEXT, "stage stage_id owner owner_id next_step currency"),
        *_columns(Kind.MONEY, "amount"),
        *_columns(Kind.DAY, "close_on seller_close_on"),
        *_columns(Kind.FLAG, "deleted"),
    ),
    Role.LEADS: (
        *_columns(Kind.TEXT, "lead_id title account owner owner_id source segment status"),
        *_columns(Kind.DAY, "opened_on"),
        *_columns(Kind.FLAG, "deleted converted"),
    ),
    Role.LINKS: _columns(Kind.TEXT, "deal contact_id account_id activity_id team_id owner_id user_id"),
    Role.MERGES: _columns(Kind.TEXT, "deal merged_deal"),
    Role.UNUSED: (),
}


def column_of(role: Role, name: str) -> Column:
    """The declaration of a column; KeyError when files of this role have no such column."""
    if role is Role.DEALS and name.startswith(ENTERED):
        return Column(name, Kind.MOMENT, f"when it entered {name.removeprefix(ENTERED)}")
    for known in COLUMNS[role]:
        if known.name == name:
            return known
    raise KeyError(name)


def names_of(role: Role) -> list[str]:
    """The columns that a file of this role may fill."""
    return [column.name for column in COLUMNS[role]]
