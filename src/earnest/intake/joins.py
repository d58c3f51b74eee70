"""Joins between the files of one export, by id or by name, and the repairs that names need.

A key that is found exactly is joined. One that matches after case, spaces and punctuation are folded away, uniquely on
both sides, is joined and reported. One that differs by a letter or two is only proposed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from earnest.intake.headers import folded
from earnest.intake.notes import Notes, listed
from earnest.rulebook import words

_LONG = 8  # names this long may differ by two letters
_TOO_MANY = 400  # above this many unmatched names, nobody reads proposals letter by letter


@dataclass(frozen=True)
class Matched:
    """How the names of one file are spelled in the other: repairs made, guesses not made, and the rest."""

    repairs: Mapping[str, str]
    guesses: Mapping[str, str]
    unmatched: frozenset[str]


def match(names: Iterable[str], known: Iterable[str], accepted: Mapping[str, str] | None = None) -> Matched:
    """Find each name among the known ones.

    Args:
        names: the names to look up.
        known: the names of the other file.
        accepted: repairs that a person has confirmed; a repair to the empty text forbids one.
    """
    given = accepted or {}
    there = set(known)
    missing = sorted(set(names) - there)
    repairs = {name: given[name] for name in missing if given.get(name) in there}
    left = [name for name in missing if name not in given]
    repairs |= _equal_when_folded(left, there)
    left = [name for name in left if name not in repairs]
    guesses = _nearly_equal(left, there) if len(left) <= _TOO_MANY else {}
    return Matched(repairs, guesses, frozenset(missing) - repairs.keys())


def _equal_when_folded(left: Sequence[str], there: set[str]) -> dict[str, str]:
    forms = Counter(folded(name) for name in there)
    by_form = {folded(name): name for name in there}
    mine = Counter(folded(name) for name in left)
    found = {}
    for name in left:
        form = folded(name)
        # Several spellings of one name are one name; several known names behind one form are a question.
        if form and forms[form] == 1 and mine[form] >= 1:
            found[name] = by_form[form]
    return found


def _nearly_equal(left: Sequence[str], there: set[str]) -> dict[str, str]:
    found = {}
    for name in left:
        allowed = 2 if len(name) >= _LONG else 1
        near = [other for other in there if within(folded(name), folded(other), allowed)]
        if len(near) == 1:
            found[name] = near[0]
    return found


def within(first: str, second: str, allowed: int) -> bool:
    """True when the texts differ by at most so many letters added, dropped, changed or swapped with a neighbour."""
    if abs(len(first) - len(second)) > allowed or not first or not second:
        return False
    earlier: list[int] = []
    previous = list(range(len(second) + 1))
    for row, letter in enumerate(first, start=1):
        current = [row]
        for column, other in enumerate(second, start=1):
            best = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                best = min(best, earlier[column - 2] + 1)
            current.append(best)
        if min(current) > allowed:
            return False
        earlier, previous = previous, current
    return previous[-1] <= allowed


def respelled(deals: pl.DataFrame, column: str, matched: Matched) -> pl.DataFrame:
    """The deals with the repaired names in the spelling of the other file."""
    if not matched.repairs:
        return deals
    return deals.with_columns(pl.col(column).replace(dict(matched.repairs)))


def tell(notes: Notes, deals: pl.DataFrame, column: str, matched: Matched, *, other: str) -> None:
    """Report the repairs that were made and those that were not, with how many deals each concerns."""
    counts = _counts(deals, column, [*matched.repairs, *matched.guesses, *matched.unmatched])
    repairs = matched.repairs
    notes.repaired.setdefault(column, {}).update(repairs)
    notes.likely.setdefault(column, {}).update(matched.guesses)
    if repairs:
        notes.propose(
            f"{column}_respelled",
            f"{words.plural(len(repairs), column)} spelled otherwise than in {other}",
            detail=_pairs(repairs, counts),
            count=sum(counts.get(name, 0) for name in repairs),
            applied=True,
            how=f'Applied. To undo one, write in the mapping file [repairs.{column}] "{next(iter(repairs))}" = "".',
        )
    if matched.guesses:
        first, meant = next(iter(matched.guesses.items()))
        notes.propose(
            f"{column}_nearly_the_same",
            f"{words.plural(len(matched.guesses), column)} nearly spelled as in {other}",
            detail=_pairs(matched.guesses, counts),
            count=sum(counts.get(name, 0) for name in matched.guesses),
            applied=False,
            how=f'Not applied. To accept one, write in the mapping file [repairs.{column}] "{first}" = "{meant}".',
        )
    unknown = sorted(matched.unmatched)
    if unknown:
        notes.soil(
            f"unmatched_{column}s",
            f"{column.capitalize()}s that {other} does not have",
            count=sum(counts.get(name, 0) for name in unknown),
            examples=[f"{name} ({words.plural(counts.get(name, 0), 'deal')})" for name in unknown[:3]],
            done=f"The deals are kept; what {other} says about a {column} is blank for them.",
            fix=f"Add them to {other}, or correct the spelling.",
        )


def _counts(deals: pl.DataFrame, column: str, names: Sequence[str]) -> dict[str, int]:
    if not names:
        return {}
    found = deals.lazy().filter(pl.col(column).is_in(list(names))).group_by(column).len().collect()
    return dict(found.iter_rows())


def _pairs(pairs: Mapping[str, str], counts: Mapping[str, int]) -> str:
    return listed(
        [f"«{name}» → «{meant}» ({words.plural(counts.get(name, 0), 'deal')})" for name, meant in pairs.items()]
    )
