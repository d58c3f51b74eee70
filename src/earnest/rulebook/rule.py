"""What a rule is, and what it says about one row: flagged, clear or unknown, with its sentence and its source."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from string import Formatter

from earnest.rulebook import on_rows, tree, words
from earnest.rulebook.tables import Column, Kind


class State(StrEnum):
    """The three states of a verdict."""

    FLAGGED = "flagged"
    CLEAR = "clear"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """What a flag does.

    `hard` takes the deal out of the real pipeline; `soft` leaves it in, in doubt; `watch` asks for a look, whatever the
    deal is worth; `note` only tells.
    """

    HARD = "hard"
    SOFT = "soft"
    WATCH = "watch"
    NOTE = "note"


@dataclass(frozen=True, eq=False)
class Rule:
    """A named condition over a deal's columns.

    Args:
        name: identifies the rule for ever; snake case.
        title: two words for a chip.
        flags: the condition; true flags the deal.
        says: one sentence to the seller with the evidence in it; `{column}` and `{named_value}` are filled in, and
            `{age_days:day}` is counted: `1 day`, `98 days`; `{pushes_count:time}`: `once`, `twice`, `3 times`.
        clears: the next honest act that would clear the flag.
        asks: the question to put to the buyer.
        source: the duty that the rule serves.
        severity: what a flag does.
    """

    name: str
    title: str
    flags: tree.Expr
    says: str
    clears: str
    source: str
    severity: Severity = Severity.SOFT
    asks: str = ""

    @cached_property
    def reads(self) -> frozenset[str]:
        """The columns it reads."""
        return tree.reads(self.flags)

    @cached_property
    def needs(self) -> frozenset[str]:
        """The columns without which it can be unknown."""
        return tree.needs(self.flags)

    @cached_property
    def values(self) -> Mapping[str, on_rows.Evaluator]:
        """How to compute each named value in the sentence."""
        return {name: on_rows.compiled(expr) for name, expr in tree.named_values(self.flags).items()}

    @cached_property
    def evaluate(self) -> on_rows.Evaluator:
        """The condition on one row."""
        return on_rows.compiled(self.flags)

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        """The names in the sentence, each a column that is read or a named value."""
        return tuple(name for _text, name, _spec, _conversion in Formatter().parse(self.says) if name)


@dataclass(frozen=True)
class Verdict:
    """What one rule says about one row.

    `sentence` is for the seller. Of the inputs that leave an unknown unknown, `blank` are those without a value on this
    row, `absent` those that the book has no column for.
    """

    rule: Rule
    state: State
    sentence: str
    blank: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


def verdict_on_row(rule: Rule, row: on_rows.Row, vocabulary: Mapping[str, Column]) -> Verdict:
    """The verdict of one rule on one row, with its sentence."""
    answer = rule.evaluate(row)
    evidence = {name: row.get(name) for name in sorted(rule.reads)}
    if answer is None:
        causes = sorted(on_rows.causes(rule.flags, row))
        absent = tuple(name for name in causes if name not in row)
        blank = tuple(name for name in causes if name in row)
        return Verdict(rule, State.UNKNOWN, unknown_sentence(absent, blank, vocabulary), blank, absent, evidence)
    if answer:
        return Verdict(rule, State.FLAGGED, sentence(rule, row, vocabulary), values=evidence)
    return Verdict(rule, State.CLEAR, "", values=evidence)


def verdicts_on_row(rules: Sequence[Rule], row: on_rows.Row) -> dict[str, bool | None]:
    """True, false or unknown for each rule by name: the fast path, without sentences."""
    return {rule.name: rule.evaluate(row) for rule in rules}


def sentence(rule: Rule, row: on_rows.Row, vocabulary: Mapping[str, Column]) -> str:
    """The rule's sentence with this row's values in it."""
    parts: list[str] = []
    for text, name, noun, _conversion in Formatter().parse(rule.says):
        parts.append(text)
        if name:
            parts.append(_said(name, noun or "", rule, row, vocabulary))
    return "".join(parts)


def unknown_sentence(absent: Sequence[str], blank: Sequence[str], vocabulary: Mapping[str, Column]) -> str:
    """Why a verdict is unknown: what the book does not hold, what nobody has filled in, or that nothing has happened.

    A book lacks a column, a whole table, or enough wins to learn from: one sentence fits them all.
    """
    if absent:
        return f"Not known: nothing here tells {_listed(absent, vocabulary)}."
    if blank:
        return f"Not known yet: {_listed(blank, vocabulary)} {'is' if len(blank) == 1 else 'are'} blank."
    return "Not known yet: there is nothing to count so far."


def _listed(names: Sequence[str], vocabulary: Mapping[str, Column]) -> str:
    known = (vocabulary[name].label if name in vocabulary else name.replace("_", " ") for name in names)
    labels = list(dict.fromkeys(known))
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"


def _said(name: str, noun: str, rule: Rule, row: on_rows.Row, vocabulary: Mapping[str, Column]) -> str:
    named = name in rule.values
    value = rule.values[name](row) if named else row.get(name)
    if value is None:
        return "unknown"
    if named and name.endswith("_days"):
        value = math.floor(value)  # whole days passed, as people count them
    if name.endswith("_share"):
        return words.share(value)
    if noun:
        return words.times(value) if noun == "time" else words.plural(value, noun)
    return spoken(value, vocabulary[name].kind if name in vocabulary else None, str(row.get("currency") or ""))


def spoken(value: object, kind: Kind | None, currency: str = "") -> str:
    """A value as people say it, by the kind of its column."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        if kind is Kind.DAY:
            return words.long_date(words.day_of(int(value)))
        if kind is Kind.MOMENT:
            return words.long_date(words.day_of(int(value) // 86_400))
        if kind is Kind.MONEY:
            return words.money(value, currency)
        return words.number(value)
    return str(value)
