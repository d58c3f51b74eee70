"""History: what other files say of how a deal changed, as rows of changes.

Three forms come in: whole rows with the moment from which they held (Salesforce's OpportunityHistory, a warehouse's
versions), one field with its values over time (HubSpot), and one field with its old and new value (Salesforce's field
history, Pipedrive's changelog). All become «from, to, when»; the first value that is known has no «from».
"""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence

import polars as pl

from earnest.intake import keys as deal_keys
from earnest.intake import money
from earnest.intake.headers import folded
from earnest.intake.notes import Notes
from earnest.intake.typed import Typed, parsed
from earnest.intake.vocabulary import ENTERED, Role, column_of

MERGED_DAYS = 7  # D5: changes of a close date within seven days of each other are one
_DAY = 86_400

_NAMES = {
    "stage": ("stage", "stage name", "dealstage", "stage_id", "deal stage", "sales_stage"),
    "amount": ("amount", "value", "deal_value", "expected_revenue", "close_value"),
    "seller_close_on": ("close date", "closedate", "expected_close_date", "date_deadline", "expected close date"),
    "owner": ("owner", "owner_id", "user_id", "hubspot_owner_id", "opportunity owner", "deal owner"),
    "next_step": ("next step", "hs_next_step"),
    "outcome": ("status",),
}
FIELDS = {folded(name): field for field, names in _NAMES.items() for name in names}
_WIDE = {
    "stage": ("stage", "stage_id"),
    "amount": ("amount",),
    "seller_close_on": ("seller_close_on", "close_on"),
    "owner": ("owner", "owner_id"),
    "next_step": ("next_step",),
}
_READ_AS = {"amount": "amount", "seller_close_on": "seller_close_on"}
_VALUES = {"text": pl.String, "on": pl.Int32, "amount": pl.Int64}
_VERSION = {"deal_id": pl.UInt32, "at": pl.Int64, "field": pl.String, "changed_by": pl.String, **_VALUES}
_CHANGE = {
    "deal_id": pl.UInt32,
    "at": pl.Int64,
    "field": pl.String,
    "changed_by": pl.String,
    **{f"{side}_{name}": kind for side in ("from", "to") for name, kind in _VALUES.items()},
}


def changes(files: Sequence[Typed], deals: pl.DataFrame, keys: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """The changes of the deals that the files tell of.

    Shape: one row per change, in order of deal and moment.
    Columns: deal_id, at, field, changed_by, and from_ and to_ of text, on (a day) and amount (minor units).
    """
    history = [file for file in files if file.role is Role.CHANGES and file.has("deal", "at")]
    versions = [_entered(deals)]
    direct = []
    lost = 0
    for file in history:
        rows = file.rows.filter(pl.col("deal").is_not_null() & pl.col("at").is_not_null())
        found = deal_keys.numbered(rows, keys)
        lost += rows.height - found.height
        own = file.has("currency")
        if file.has("field") and (file.has("to_text") or file.has("from_text")):
            part = _direct(found, file)
            direct.append(part if own else _fitted(part, deals, ("from_amount", "to_amount")))
            continue
        part = _of_fields(found, file) if file.has("field", "value") else _of_rows(found)
        versions.append(part if own else _fitted(part, deals, ("amount",)))
    notes.soil(
        "unmatched_changes",
        "History of deals that are not in the files",
        count=lost,
        done="Not used.",
        fix="Nothing to do if those deals were left out on purpose; otherwise export them too.",
    )
    differences = _differences(pl.concat(versions))
    together = pl.concat([differences, *direct], how="diagonal_relaxed").select(*_CHANGE)
    return _merged_close_dates(_without_the_end(together, deals)).sort("deal_id", "at", "field")


def _fitted(rows: pl.DataFrame, deals: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The amounts of a file without currencies, in the currency of the deals that they belong to."""
    if "currency" not in deals.columns:
        return rows
    known = rows.join(deals.select("deal_id", "currency"), on="deal_id", how="left", maintain_order="left")
    return money.fitted(known, names).drop("currency")


def _entered(deals: pl.DataFrame) -> pl.DataFrame:
    """HubSpot's columns that say when a deal entered each stage."""
    columns = [name for name in deals.columns if name.startswith(ENTERED)]
    if not columns:
        return pl.DataFrame(schema=_VERSION)
    long = (
        deals.select("deal_id", *columns).unpivot(index="deal_id", variable_name="text", value_name="at").drop_nulls()
    )
    return _version(long.with_columns(pl.col("text").str.strip_prefix(ENTERED)), "stage")


def _of_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Whole rows: every column that changes over time, as versions of its own."""
    parts = []
    for field, names in _WIDE.items():
        name = next((name for name in names if name in rows.columns), None)
        if name is None:
            continue
        value = {"amount": "amount", "seller_close_on": "on"}.get(field, "text")
        about = [pl.col(other) for other in ("deal_id", "at", "changed_by") if other in rows.columns]
        parts.append(_version(rows.select(*about, pl.col(name).alias(value)), field))
    return pl.concat(parts) if parts else pl.DataFrame(schema=_VERSION)


def _of_fields(rows: pl.DataFrame, file: Typed) -> pl.DataFrame:
    """One field a row with its value from then on."""
    parts = [pl.DataFrame(schema=_VERSION)]
    for field, part in _by_field(rows):
        values = _typed_values(part["value"], field, file)
        parts.append(_version(part.with_columns(**values), field))
    return pl.concat(parts)


def _direct(rows: pl.DataFrame, file: Typed) -> pl.DataFrame:
    """One field a row with its old and its new value."""
    parts = [pl.DataFrame(schema=_CHANGE)]
    for field, part in _by_field(rows):
        sides: dict[str, pl.Series] = {}
        for side in ("from", "to"):
            texts = (
                part[f"{side}_text"]
                if f"{side}_text" in part.columns
                else pl.Series([None] * part.height, dtype=pl.String)
            )
            sides |= {f"{side}_{name}": values for name, values in _typed_values(texts, field, file).items()}
        named = part.with_columns(pl.lit(field).alias("field")).drop("from_text", "to_text", strict=False)
        parts.append(_with(named.with_columns(**sides), _CHANGE))
    return pl.concat(parts)


def _by_field(rows: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    names = rows["field"].drop_nulls().unique(maintain_order=True).to_list()
    meant: dict[str, list[str]] = {}
    for name in names:
        field = FIELDS.get(folded(name))
        if field:
            meant.setdefault(field, []).append(name)
    return [(field, rows.filter(pl.col("field").is_in(written))) for field, written in meant.items()]


def _typed_values(texts: pl.Series, field: str, file: Typed) -> dict[str, pl.Series]:
    if field not in _READ_AS:
        return {"text": texts}
    column = column_of(Role.DEALS, _READ_AS[field])
    values = parsed(texts, column, file.file).values
    return {"on" if field == "seller_close_on" else "amount": values}


def _version(rows: pl.DataFrame, field: str) -> pl.DataFrame:
    return _with(rows.with_columns(pl.lit(field).alias("field")), _VERSION)


def _with(rows: pl.DataFrame, schema: AnyMapping[str, type[pl.DataType]]) -> pl.DataFrame:
    return rows.select(
        pl.col(name).cast(kind) if name in rows.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in schema.items()
    )


def _differences(versions: pl.DataFrame) -> pl.DataFrame:
    """From values over time to changes: what each value replaced, and nothing where it stayed the same."""
    ordered = versions.sort("deal_id", "field", "at", maintain_order=True)
    group = ["deal_id", "field"]
    before = [pl.col(name).shift(1).over(group).alias(f"from_{name}") for name in _VALUES]
    first = (pl.col("at").cum_count().over(group) == 1).alias("_first")
    same = pl.all_horizontal(pl.col(f"from_{name}").eq_missing(pl.col(name)) for name in _VALUES)
    blank = pl.all_horizontal(pl.col(name).is_null() for name in _VALUES)
    moved = ordered.with_columns(*before, first).filter(~(same & ~pl.col("_first")) & ~(blank & pl.col("_first")))
    return moved.rename({name: f"to_{name}" for name in _VALUES}).select(*_CHANGE)


def _without_the_end(rows: pl.DataFrame, deals: pl.DataFrame) -> pl.DataFrame:
    """Leave out the close date that a deal got by ending: it is no longer what the seller expected."""
    if "closed_on" not in deals.columns or rows.is_empty():
        return rows
    ended = deals.select("deal_id", "closed_on").drop_nulls()
    joined = rows.join(ended, on="deal_id", how="left", maintain_order="left")
    on_the_end = (pl.col("at") // _DAY >= pl.col("closed_on")) & (pl.col("to_on") == pl.col("closed_on"))
    by_ending = (pl.col("field") == "seller_close_on") & on_the_end & pl.col("from_on").is_not_null()
    return joined.filter(~by_ending.fill_null(value=False)).drop("closed_on")


def _merged_close_dates(rows: pl.DataFrame) -> pl.DataFrame:
    """Close-date changes of one deal within seven days of each other as one, from the first date to the last (D5)."""
    dates = rows.filter((pl.col("field") == "seller_close_on") & pl.col("from_on").is_not_null())
    if dates.is_empty():
        return rows
    others = rows.filter((pl.col("field") != "seller_close_on") | pl.col("from_on").is_null())
    ordered = dates.sort("deal_id", "at", maintain_order=True)
    apart = (pl.col("at") - pl.col("at").shift(1).over("deal_id")) > MERGED_DAYS * _DAY
    run = ordered.with_columns(apart.fill_null(value=True).cum_sum().over("deal_id").alias("_run"))
    merged = run.group_by("deal_id", "_run", maintain_order=True).agg(
        pl.col("at").last(),
        pl.col("field").first(),
        pl.col("changed_by").last(),
        pl.col("from_on").first(),
        pl.col("to_on").last(),
    )
    moved = merged.filter(pl.col("from_on").ne_missing(pl.col("to_on"))).drop("_run")
    return pl.concat([others, _with(moved, _CHANGE)])
