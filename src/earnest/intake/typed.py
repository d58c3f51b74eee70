"""A file with its meaning applied: the mapped columns, each read once as what it holds, and what could not be read.

What a column says is told by its different texts, which are few in most columns: they are read, and the result is
spread over the rows.
"""

from collections.abc import Mapping as AnyMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import polars as pl

from earnest.intake import currency_texts, values, vocabulary
from earnest.intake.distinct import Distinct
from earnest.intake.mapping import FileMapping
from earnest.intake.raw import RawTable
from earnest.intake.values import DateForm, NumberForm
from earnest.intake.vocabulary import Role, column_of
from earnest.rulebook.tables import Column, Kind

_ORDERS = {"day first": "dmy", "month first": "mdy"}
_DATED = (Kind.DAY, Kind.MOMENT)
# Beside which currency each amount stands; the first that the file has.
_CURRENCY_OF = {"line_amount": ("line_currency", "currency")}
_IN_BRACKETS = r"\(([A-Za-z]{3})\)"
_SAMPLE = 20_000
_AT_A_TIME = 2
_PLACES, _SHARE_PLACES = 6, 9


@dataclass(frozen=True)
class Doubt:
    """A column that could be read in two ways, how many cells that concerns, and the assumption made."""

    column: str
    count: int
    said: str


@dataclass(frozen=True)
class Typed:
    """The mapped columns of one file.

    `rows` has one column per mapped column, typed by its kind: days and moments as whole numbers, shares 0 to 1, money
    in whole minor units of the currency beside it, of a currency with cents where there is none.
    `unread` says for a column in which rows the file has a text that could not be read; `unset` counts the words that
    stand for no value.
    """

    raw: RawTable
    file: FileMapping
    role: Role
    rows: pl.DataFrame
    unread: AnyMapping[str, pl.Series] = field(default_factory=dict)
    unset: AnyMapping[str, AnyMapping[str, int]] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()

    def has(self, *columns: str) -> bool:
        """True when the file fills all these columns."""
        return set(columns) <= set(self.rows.columns)

    def header_of(self, column: str) -> str:
        """The header that fills a column."""
        return next(header for header, name in self.file.columns.items() if name == column)


@dataclass(frozen=True)
class Read:
    """The values of a column, where a text could not be read, what stood for no value, and what was assumed."""

    values: pl.Series
    unread: pl.Series | None
    unset: AnyMapping[str, int]
    doubt: Doubt | None = None
    currency: pl.Series | None = None


def typed(raw: RawTable, file: FileMapping, *, currency: str = "") -> Typed:
    """Read the mapped columns of a file.

    Args:
        raw: the file as texts.
        file: which header fills which column.
        currency: the currency of amounts where the file names none.
    """
    role = Role(file.role)
    wanted = {name: raw.rows[header] for header, name in file.columns.items() if header in raw.rows.columns}
    columns = {name: column_of(role, name) for name in wanted}
    # The engine works on one column with one thread, and lets go of the interpreter: two columns at a time.
    with ThreadPoolExecutor(_AT_A_TIME) as beside:
        texts = dict(zip(wanted, beside.map(Distinct, wanted.values()), strict=True))
        forms = _date_forms({name: texts[name] for name, column in columns.items() if column.kind in _DATED}, file)
        others = {name: column for name, column in columns.items() if column.kind is not Kind.MONEY}
        # Amounts need the currency beside them, so the currencies are read first.
        in_order = sorted(others, key=lambda name: not name.endswith("currency"))
        reading = {name: beside.submit(_read, texts[name], others[name], forms.get(name)) for name in in_order}
        money = [name for name, column in columns.items() if column.kind is Kind.MONEY]
        codes = {name: one.result() for name, one in reading.items() if name.endswith("currency")}
        counting = {
            name: beside.submit(_money, wanted[name], file, _beside(codes, name, currency), name) for name in money
        }
        read = {name: one.result() for name, one in (reading | counting).items()}
    read = {name: read[name] for name in wanted}
    return Typed(
        raw=raw,
        file=file,
        role=role,
        rows=_rows(raw, role, read),
        unread={name: one.unread for name, one in read.items() if one.unread is not None},
        unset={name: one.unset for name, one in read.items() if one.unset},
        doubts=tuple(one.doubt for one in read.values() if one.doubt),
    )


def parsed(texts: pl.Series, column: Column, file: FileMapping) -> Read:
    """Texts as what a column holds, on their own; money in minor units of a currency with cents."""
    if column.kind is Kind.MONEY:
        return _money(texts, file, "", column.name)
    distinct = Distinct(texts)
    forms = _date_forms({column.name: distinct}, file) if column.kind in _DATED else {}
    return _read(distinct, column, forms.get(column.name))


def _rows(raw: RawTable, role: Role, read: AnyMapping[str, Read]) -> pl.DataFrame:
    columns = [one.values.alias(name) for name, one in read.items()]
    rows = pl.DataFrame(columns) if columns else pl.DataFrame(height=raw.row_count)
    for name, one in read.items():
        beside = "line_currency" if name == "line_amount" else "currency"
        if one.currency is not None and beside in vocabulary.names_of(role):
            # The currency that stands in the amount itself is the surer one.
            said = pl.coalesce(one.currency, beside) if beside in rows.columns else one.currency
            rows = rows.with_columns(said.alias(beside))
    return rows


# --- columns of every kind but money ---------------------------------------------------------------------------


def _read(distinct: Distinct, column: Column, form: DateForm | None) -> Read:
    texts, unset = _filled(distinct)
    found, unread, doubt = _as_kind(texts, column, form)
    bad = distinct.spread(unread) if unread is not None and unread.any() else None
    return Read(distinct.spread(found), bad, distinct.counted(unset), _counted(doubt, distinct))


def _filled(distinct: Distinct) -> tuple[pl.Series, AnyMapping[str, int]]:
    """The different texts, trimmed, with the words that stand for no value made blank."""
    texts = distinct.texts
    if distinct.is_small or (texts.str.starts_with(" ") | texts.str.ends_with(" ")).any():
        texts = texts.str.strip_chars()
    return values.blank_tokens(texts)


def _as_kind(
    texts: pl.Series, column: Column, form: DateForm | None
) -> tuple[pl.Series, pl.Series | None, Doubt | None]:
    if column.kind is Kind.TEXT:
        found = _codes(texts) if column.name.endswith("currency") else texts
        return found, None, None
    if column.kind is Kind.DAY:
        days = values.parse_days(texts, form)
        return days.days, days.unreadable, _doubt_of(column, form)
    if column.kind is Kind.MOMENT:
        moments = values.parse_moments(texts, form)
        return moments.seconds, moments.unreadable, _doubt_of(column, form)
    if column.kind is Kind.FLAG:
        flags = values.parse_flags(texts)
        return flags.flags, flags.unreadable, None
    return _number(texts, column)


def _number(texts: pl.Series, column: Column) -> tuple[pl.Series, pl.Series, Doubt | None]:
    if column.unit == "share":
        shares = values.parse_shares(texts)
        # The engine divides by multiplying with the reciprocal, which makes 20 % a hair less than 0.2.
        return shares.shares.round(_SHARE_PLACES), shares.unreadable, None
    if column.kind is Kind.INTEGER:
        integers = values.parse_integers(texts)
        return integers.integers, integers.unreadable, None
    numbers = values.parse_numbers(texts, places=_PLACES)
    return (numbers.scaled / 10**_PLACES).round(_PLACES), numbers.unreadable, None


def _codes(texts: pl.Series) -> pl.Series:
    """Currencies as their ISO codes, from a code, a symbol, or «US Dollar (USD)»; other words stay as they are."""
    text = pl.col("text")
    inner = text.str.extract(_IN_BRACKETS, 1)
    known = pl.coalesce(currency_texts.code_of(text), currency_texts.code_of(inner), text)
    return texts.to_frame("text").select(known).to_series()


def _date_forms(columns: AnyMapping[str, Distinct], file: FileMapping) -> dict[str, DateForm]:
    """How the dates of each column are written; one that leaves the order open follows the others of its file."""
    forms = {name: values.sniff_dates(_filled(distinct)[0]) for name, distinct in columns.items()}
    given = _ORDERS.get(file.date_order)
    shown = {form.order for form in forms.values() if form.order and not form.ambiguous}
    order = given or (next(iter(shown)) if len(shown) == 1 else "")
    if not order:
        return forms
    return {
        name: form._replace(order=order, ambiguous=False, said="") if form.order and (given or form.ambiguous) else form
        for name, form in forms.items()
    }


def _doubt_of(column: Column, form: DateForm | None) -> Doubt | None:
    return Doubt(column.name, 0, form.said) if form is not None and form.ambiguous else None


def _counted(doubt: Doubt | None, distinct: Distinct) -> Doubt | None:
    return None if doubt is None else Doubt(doubt.column, distinct.filled_count, doubt.said)


# --- money -----------------------------------------------------------------------------------------------------


def _beside(read: AnyMapping[str, Read], amount: str, default: str) -> str | pl.Series:
    """The currency of each row for an amount: of the column beside it, else the default."""
    name = next((name for name in _CURRENCY_OF.get(amount, ("currency",)) if name in read), None)
    if name is None:
        return default
    return read[name].values.fill_null(default) if default else read[name].values


def _money(texts: pl.Series, file: FileMapping, currency: str | pl.Series, name: str) -> Read:
    texts, unset = values.blank_tokens(texts)
    form = _number_form(texts, file)
    amounts = values.parse_amounts(texts, currency, form)
    doubtful = int(amounts.ambiguous.sum())
    doubt = Doubt(name, doubtful, form.said) if doubtful else None
    said = amounts.currency if amounts.currency.null_count() < len(texts) else None
    unread = amounts.unreadable if amounts.unreadable.any() else None
    return Read(amounts.minor, unread, unset, doubt, said)


def _number_form(texts: pl.Series, file: FileMapping) -> NumberForm:
    """How the numbers are written: as a person said, else as a part of the column shows, else as all of it does."""
    form = values.sniff_numbers(texts.head(_SAMPLE))
    if form.ambiguous and len(texts) > _SAMPLE:
        form = values.sniff_numbers(texts)
    return form._replace(decimal=file.decimal_mark, ambiguous=False, said="") if file.decimal_mark else form
