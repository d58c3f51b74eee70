"""Several rows of one deal made one: exact copies, rows that contradict each other, and the lines of a deal."""

from collections.abc import Sequence

import polars as pl

from earnest.intake.notes import EXAMPLES, Notes
from earnest.intake.rows import FILE, KEY, LINE, NATURAL, ROW, WHOLE, place
from earnest.intake.typed import Typed

SEVERAL = "several products"

# What may differ between the lines of one deal; anything else makes two rows contradict each other.
LINE_COLUMNS = (
    "product",
    "line_amount",
    "line_currency",
    "quantity",
    "amount",
    "currency",
    "list_amount",
    "delivery_on",
)


def one_row_per_deal(rows: pl.DataFrame, sources: Sequence[Typed], notes: Notes) -> tuple[pl.DataFrame, int]:
    # Comparing hashes takes an eighth of the time that comparing texts does, and most files have no duplicates.
    marks = rows[KEY].hash()
    if marks.n_unique() == rows.height:
        return _with_amount(rows, "line_amount", "line_currency"), 0
    repeated = marks.is_duplicated()
    all_several = rows.filter(repeated)
    different = _without_copies(all_several, sources, notes)
    several = different.filter(pl.col(KEY).is_duplicated())
    contradicting = several[KEY].is_in(_contradicting_keys(several).implode())
    # What has no id and agrees in its name only, or in no name at all, may well be several deals.
    own = several[KEY].str.starts_with(WHOLE) | (contradicting & several[KEY].str.starts_with(NATURAL))
    lines = several.filter(~contradicting & ~own)
    latest = _latest_of(several.filter(contradicting & ~own), sources, notes)
    gone = _gone(all_several, kept=[different.filter(~pl.col(KEY).is_duplicated()), latest, several.filter(own)])
    if lines.is_empty():
        return _with_amount(rows.filter(~pl.col(ROW).is_in(gone.implode())), "line_amount", "line_currency"), 0
    folded_lines = _folded(lines, notes)
    others = _with_amount(rows.filter(~pl.col(ROW).is_in(gone.implode())), *_amount_of_lines(lines))
    together = pl.concat([others, folded_lines], how="diagonal_relaxed").sort(ROW)
    return together, lines.height - folded_lines.height


def _gone(several: pl.DataFrame, *, kept: Sequence[pl.DataFrame]) -> pl.Series:
    """The rows of deals with several that are not kept as they are."""
    staying = pl.concat([part[ROW] for part in kept])
    return several[ROW].filter(~several[ROW].is_in(staying.implode()))


def _with_amount(rows: pl.DataFrame, amount: str | None, currency: str) -> pl.DataFrame:
    """A deal of one line: the amount of the line is the amount of the deal, unless the file has a column for that."""
    if (
        amount != "line_amount"
        or "line_amount" not in rows.columns
        or rows.get_column("amount", default=None) is not None
    ):
        return rows
    rows = rows.with_columns(pl.col("line_amount").alias("amount"))
    return rows.with_columns(pl.col(currency).alias("currency")) if currency in rows.columns else rows


def _without_copies(several: pl.DataFrame, sources: Sequence[Typed], notes: Notes) -> pl.DataFrame:
    """Drop rows that repeat an earlier row in every column of the file, mapped or not."""
    if len(sources) == 1:
        raw = sources[0].raw
        whole = raw.rows[several[LINE].to_numpy() - raw.first_line]
    else:
        whole = several.select(pl.exclude(FILE, LINE, ROW))
    first = whole.select(pl.struct(pl.all()).is_first_distinct()).to_series()
    copies = several.filter(~first)
    notes.soil(
        "duplicate_rows",
        "Rows that repeat an earlier row exactly",
        count=copies.height,
        examples=place(copies, sources),
        done="Counted once.",
        fix="Nothing to do; if two real deals look the same in every column, export their ids.",
    )
    return several.filter(first)


def _contradicting_keys(several: pl.DataFrame) -> pl.Series:
    fixed = [name for name in several.columns if name not in (*LINE_COLUMNS, KEY, ROW, FILE, LINE)]
    counts = several.group_by(KEY).agg(pl.col(fixed).n_unique())
    return counts.filter(pl.any_horizontal(pl.col(fixed) > 1) if fixed else pl.lit(value=False))[KEY]


def _latest_of(rows: pl.DataFrame, sources: Sequence[Typed], notes: Notes) -> pl.DataFrame:
    order = ["updated_at", ROW] if "updated_at" in rows.columns else [ROW]
    kept = rows.sort(order, nulls_last=False).unique(KEY, keep="last", maintain_order=True)
    by = "the one that was changed last" if "updated_at" in rows.columns else "the last one in the file"
    notes.soil(
        "same_id_twice",
        "Rows with the id of another row and different values",
        count=rows.height - kept.height,
        examples=place(rows.filter(~pl.col(ROW).is_in(kept[ROW].implode())), sources),
        done=f"One row per deal is counted: {by}.",
        fix="Export the deals once, without joining tables that have several rows per deal.",
    )
    return kept


def _folded(lines: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """The lines of a deal as one row: a total that all its lines repeat stays, differing amounts are added up."""
    if lines.is_empty():
        return lines
    grouped = lines.group_by(KEY, maintain_order=True)
    result = grouped.first().select(lines.columns)
    if "product" in lines.columns:
        mixed = lines.group_by(KEY, maintain_order=True).agg(pl.col("product").n_unique() > 1)["product"]
        result = result.with_columns(pl.when(mixed).then(pl.lit(SEVERAL)).otherwise(pl.col("product")).alias("product"))
    return _folded_amounts(lines, result, notes)


def _folded_amounts(lines: pl.DataFrame, result: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    amount, currency = _amount_of_lines(lines)
    if amount is None:
        return result
    grouped = lines.group_by(KEY, maintain_order=True)
    constant = amount == "amount" and bool(grouped.agg(pl.col("amount").n_unique() <= 1)["amount"].all())
    total = pl.col(amount).first() if constant else pl.col(amount).sum()
    parts = [pl.when(pl.col(amount).is_not_null().any()).then(total).alias("amount")]
    if currency in lines.columns:
        parts.append((pl.col(currency).drop_nulls().n_unique() > 1).alias("_mixed"))
        parts.append(pl.col(currency).drop_nulls().first().alias("currency"))
    totals = grouped.agg(parts)
    result = result.with_columns(totals["amount"])
    if currency not in lines.columns:
        return result
    notes.soil(
        "several_currencies_in_a_deal",
        "Deals whose lines carry several currencies",
        count=int(totals["_mixed"].sum()),
        examples=[str(key) for key in totals.filter("_mixed")[KEY].head(EXAMPLES)],
        done="Their amount is left blank: amounts in different currencies are never added up.",
        fix="Give these deals one currency in the CRM.",
    )
    return result.with_columns(
        pl.when(totals["_mixed"]).then(None).otherwise(totals["amount"]).alias("amount"),
        pl.when(totals["_mixed"]).then(None).otherwise(totals["currency"]).alias("currency"),
    )


def _amount_of_lines(lines: pl.DataFrame) -> tuple[str | None, str]:
    """The column that holds a deal's money: the total that its lines repeat, else the amount of each line."""
    if "amount" in lines.columns:
        constant = lines.group_by(KEY).agg(pl.col("amount").n_unique() <= 1)["amount"].all()
        if constant or "line_amount" not in lines.columns:
            return "amount", "currency"
    if "line_amount" in lines.columns:
        return "line_amount", "line_currency" if "line_currency" in lines.columns else "currency"
    return None, "currency"
