"""What an import would do, told before anything is written: new, changed, same, in conflict, refused and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from earnest.intake.landing import activities, deals, keys
from earnest.intake.landing.deals import Landed
from earnest.intake.models import Held
from earnest.intake.services import kinds, merges, names, references, told_history
from earnest.intake.services.kinds import Kind
from earnest.intake.services.names import Maps
from earnest.people import authority
from earnest.people.actors import Actor
from earnest.records.models import Currency
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import engine
from earnest.rulebook.book import Book

HELD = pl.Schema(
    {
        "held": pl.String,
        "table": pl.String,
        "line": pl.Int64,
        "external_id": pl.String,
        "reason": pl.String,
        "content": pl.String,
    }
)
PLAN_ROWS = 20_000


@dataclass(frozen=True)
class Source:
    """Where files come from: the system as references name it (`salesforce`, `hubspot:emea`), and their names."""

    system: str
    label: str


@dataclass(frozen=True)
class Count:
    """What an import does with the rows of one table."""

    table: str
    new: int
    changed: int
    same: int
    conflicts: int
    refused: int

    @property
    def landed(self) -> int:
        """The rows that were not refused."""
        return self.new + self.changed + self.same + self.conflicts


@dataclass(frozen=True)
class Named:
    """What an import makes of the names in its rows: records that it adds, and ours that it takes them for."""

    object: str
    new: int
    linked: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """An import that has not been written: its rows, what is held back, and what would become of them."""

    source: Source
    fingerprint: str
    deals: Landed
    activities: Landed | None
    changes: Landed | None
    held: pl.DataFrame
    conflicts: tuple[dict[str, object], ...]
    counts: tuple[Count, ...]
    names: tuple[Named, ...]

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return sum(count.new + count.changed for count in self.counts) + sum(name.new for name in self.names)

    @property
    def told(self) -> dict[str, tuple[str, ...]]:
        """The columns of the book that these files tell."""
        tables = {DEALS.name: self.deals, ACTIVITIES.name: self.activities, CHANGES.name: self.changes}
        return {name: landed.told for name, landed in tables.items() if landed is not None}


def plan(book: Book, *, actor: Actor, source: Source, refused: pl.DataFrame | None = None) -> Plan:
    """What importing a book would do; nothing is written.

    Args:
        book: the deals, and activities and changes where the files tell them.
        actor: who asks; only admins import.
        source: where the files come from.
        refused: what intake refused before there was a book (see `intake.notes.REFUSED`).
    Raises: NotAllowed; MissingTable when the book has no deals.
    """
    authority.demand_admin(actor, action="import")
    currencies = Currency.objects.unscoped(reason="currencies are the same for everybody")
    landed = deals.land(_rows(book, DEALS.name), currencies=list(currencies.values_list("code", flat=True)))
    happened = activities.land(_rows(book, ACTIVITIES.name), deals=landed.rows) if book.has(ACTIVITIES.name) else None
    told = (
        activities.land_changes(_rows(book, CHANGES.name), deals=landed.rows, system=source.system)
        if book.has(CHANGES.name)
        else None
    )
    held = _held({DEALS.name: landed, ACTIVITIES.name: happened, CHANGES.name: told}, refused)
    full = Landed(names.with_all_names(landed.rows), landed.refused, landed.told)
    counts, named, conflicts = _foreseen(full, happened, told, source.system)
    return Plan(
        source, _fingerprint(full, happened, told, held, source), full, happened, told, held, conflicts, counts, named
    )


def resolved_deals(rows: pl.DataFrame, maps: Maps) -> pl.DataFrame:
    """The deals with the foreign keys of the record in place of names."""
    for column, key, kind in (
        ("owner", "owner_id", kinds.USERS),
        ("team", "team_id", kinds.TEAMS),
        ("stage_key", "stage_id", kinds.STAGES),
        ("product", "product_id", kinds.PRODUCTS),
        ("account", "account_id", kinds.ACCOUNTS),
    ):
        if kind in maps:
            rows = names.resolved(rows, column, key, maps[kind])
    return rows


def resolved_activities(landed: Landed, maps: Maps) -> pl.DataFrame:
    """The activities with the foreign keys of the record in place of keys and names."""
    rows = names.resolved(landed.rows, "deal", "deal_id", maps[kinds.DEALS])
    if "owner" in rows.columns:
        rows = names.resolved(rows, "owner", "owner_id", maps[kinds.USERS])
    if "contact" in rows.columns:
        rows = names.resolved(rows, "contact", "contact_id", maps[kinds.CONTACTS])
    return rows.rename({"at_text": "at"}) if "at_text" in rows.columns else rows


def compared_columns(rows: pl.DataFrame, told: tuple[str, ...]) -> pl.DataFrame:
    """The rows without the foreign keys that the files did not tell: what a source leaves out, it does not empty."""
    silent = {
        "owner_id": {"owner"},
        "team_id": {"team"},
        "stage_id": {"stage", "pipeline"},
        "product_id": {"product"},
        "account_id": {"account"},
    }
    return rows.drop(name for name, needs in silent.items() if name in rows.columns and not needs & set(told))


def _rows(book: Book, table: str) -> pl.DataFrame:
    native = nw.to_native(engine.collect(book.table(table).rows))
    return native if isinstance(native, pl.DataFrame) else pl.DataFrame(native)


def _foreseen(
    landed: Landed, happened: Landed | None, told: Landed | None, system: str
) -> tuple[tuple[Count, ...], tuple[Named, ...], tuple[dict[str, object], ...]]:
    maps, named = _known_names(landed, happened, system)
    deal_rows = _new_is_below_zero(resolved_deals(landed.rows, maps))
    counts, conflicts = [], []
    count, disputed, records = _against(
        kinds.DEALS, compared_columns(deal_rows, landed.told), landed, DEALS.name, system
    )
    counts.append(count)
    conflicts += disputed
    if happened is not None:
        maps[kinds.DEALS] = records
        rows = _new_is_below_zero(resolved_activities(happened, maps))
        count, disputed, _ = _against(kinds.ACTIVITIES, rows, happened, ACTIVITIES.name, system)
        counts.append(count)
        conflicts += disputed
    if told is not None:
        new = told_history.unheard(told.rows).height
        counts.append(Count(CHANGES.name, new, 0, told.rows.height - new, 0, told.refused.height))
    return tuple(counts), tuple(named), tuple(conflicts)


def _known_names(landed: Landed, happened: Landed | None, system: str) -> tuple[dict[Kind, pl.DataFrame], list[Named]]:
    """For each thing told by name: the record that it is here already, and how many would be new."""
    maps: dict[Kind, pl.DataFrame] = {}
    named: list[Named] = []
    rows = landed.rows

    def look(kind: Kind, found: pl.DataFrame) -> None:
        known = references.known(kind, found, system=system)
        maps[kind] = known.records
        new = found.join(known.records, on="key", how="anti").height
        if new or known.linked.height:
            named.append(Named(kind.object, new, tuple(known.linked["key"].to_list())))

    look(kinds.USERS, names.users(rows, happened))
    look(kinds.TEAMS, names.of_column(rows, "team"))
    look(kinds.PIPELINES, names.pipelines(rows))
    look(kinds.STAGES, names.stages(rows, maps))
    look(kinds.PRODUCTS, names.of_column(rows, "product"))
    look(kinds.ACCOUNTS, names.of_column(rows, "account"))
    look(kinds.CONTACTS, names.contacts(resolved_deals(rows, maps), happened))
    return maps, named


def _new_is_below_zero(rows: pl.DataFrame) -> pl.DataFrame:
    """A name that has no record yet stands for one that differs from every record here."""
    sources = {
        "owner_id": "owner",
        "team_id": "team",
        "stage_id": "stage_key",
        "product_id": "product",
        "account_id": "account",
        "contact_id": "contact",
        "deal_id": "deal",
    }
    return rows.with_columns(
        pl.when(pl.col(key).is_null() & pl.col(name).is_not_null()).then(-1).otherwise(key).alias(key)
        for key, name in sources.items()
        if key in rows.columns and name in rows.columns
    )


def _against(
    kind: Kind, rows: pl.DataFrame, landed: Landed, table: str, system: str
) -> tuple[Count, list[dict[str, object]], pl.DataFrame]:
    told = references.told(kind, system=system)
    met = rows.join(told, on="key", how="inner", maintain_order="left")
    differing = met.filter(pl.col("hash") != pl.col("said"))
    changed, conflicts = 0, []
    for start in range(0, differing.height, PLAN_ROWS):
        merge = merges.compare(kind, differing.slice(start, PLAN_ROWS), lock=False)
        disputed = {conflict["key"] for conflict in merge.conflicts}
        changed += merge.rows.filter(~pl.col("key").is_in(list(disputed))).height
        conflicts += [{**conflict, "table": table} for conflict in merge.conflicts]
    new = rows.height - met.height
    same = met.height - changed - len(conflicts)
    count = Count(table, new, changed, same, len(conflicts), landed.refused.height)
    return count, conflicts, told.select(*references.LINKS)


def _held(tables: Mapping[str, Landed | None], refused: pl.DataFrame | None) -> pl.DataFrame:
    parts = [_refused(table, landed.refused) for table, landed in tables.items() if landed is not None]
    if refused is not None and refused.height:
        parts.append(_refused_before(refused))
    return pl.concat(parts)


def _refused(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    inner = ("given", "natural", "key", "deal", "reason")
    said = rows.drop(inner, strict=False)
    content = [as_json(row) for row in said.iter_rows(named=True)]
    known_as = pl.col("external_id") if "external_id" in rows.columns else pl.lit(None, dtype=pl.String)
    return rows.select(
        pl.lit(Held.REFUSED.value).alias("held"),
        pl.lit(table).alias("table"),
        "line",
        known_as.fill_null("").str.slice(0, 255).alias("external_id"),
        "reason",
    ).with_columns(pl.Series("content", content, dtype=pl.String))


def as_json(content: object) -> str:
    """What a row said, as the database keeps it."""
    return json.dumps(content, default=str, sort_keys=True)


def _refused_before(refused: pl.DataFrame) -> pl.DataFrame:
    whole = pl.col("refused") == "row"
    # A row is kept as it stood in the file, already as JSON; a value beside the column that it stood in.
    content = [
        original or "{}" if kind == "row" else as_json({column: original})
        for kind, column, original in refused.select("refused", "column", "original").iter_rows()
    ]
    return refused.select(
        pl.when(whole).then(pl.lit(Held.REFUSED.value)).otherwise(pl.lit(Held.VALUE.value)).alias("held"),
        pl.col("file").str.slice(0, 40).alias("table"),
        "line",
        pl.lit("").alias("external_id"),
        pl.col("reason").str.slice(0, 1000),
        pl.Series("content", content, dtype=pl.String),
    )


def _fingerprint(
    landed: Landed, happened: Landed | None, told: Landed | None, held: pl.DataFrame, source: Source
) -> str:
    parts = [landed.rows["key"], landed.rows["hash"]]
    parts += [] if happened is None else [happened.rows["key"], happened.rows["hash"]]
    parts += [] if told is None else [told.rows["key"]]
    parts.append(keys.said(held, held.columns))
    return keys.whole(parts, source.system)
