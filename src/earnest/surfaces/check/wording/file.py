"""What the file itself says in sentences: what was read, where every row went, what was odd in it."""

from collections.abc import Sequence

from earnest.intake.figures import Dirt, FileRead, MappedColumn, Proposal, Reconciled
from earnest.rulebook import words
from earnest.surfaces.check.wording import phrases

CERTAINTY = {"given": "as you said", "known": "known", "guessed": "guessed", "unused": "not used"}


def finding(dirt: Sequence[Dirt], rows: Reconciled) -> str:
    """The one sentence of the section."""
    if not dirt:
        return "Nothing odd was found in the file"
    kinds = words.plural(len(dirt), "kind") + " of dirt"
    if not rows.refused:
        return f"{kinds} in the file; no row was refused, none dropped in silence"
    verb = "was" if rows.refused == 1 else "were"
    return f"{kinds} in the file; {words.plural(rows.refused, 'row')} {verb} refused, none dropped in silence"


def reconciled(rows: Reconciled) -> str:
    """Where every row went; the parts add up to what was read."""
    parts = [words.plural(rows.deals, "deal")]
    if rows.further_lines:
        parts.append(f"{words.plural(rows.further_lines, 'further line')} of the same deals")
    if rows.duplicates:
        parts.append(words.plural(rows.duplicates, "duplicate"))
    if rows.refused:
        parts.append(f"{words.count(rows.refused)} refused")
    if rows.left_out:
        parts.append(f"{words.count(rows.left_out)} left out")
    return f"{words.plural(rows.rows_read, 'row')} read: {phrases.listed(parts)}."


def read(file: FileRead) -> str:
    """How one file was read."""
    rows = words.plural(file.row_count, "row")
    columns = words.plural(file.column_count, "column")
    how = ", ".join(part for part in (file.system, file.encoding, _delimiter(file.delimiter)) if part)
    footer = f"; {words.plural(file.footer_row_count, 'line')} at the end set aside" if file.footer_row_count else ""
    return f"{file.role}: {rows}, {columns}{f' ({how})' if how else ''}{footer}"


def _delimiter(sign: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "": ""}.get(sign, sign)


def names(files: Sequence[FileRead]) -> str:
    """The files by name, the first three in full."""
    shown = [file.name for file in files[:3]]
    more = len(files) - len(shown)
    return phrases.listed([*shown, words.plural(more, "more file")] if more else shown)


def proposed(proposals: Sequence[Proposal]) -> str:
    """How many things a person should confirm, and how many were done on a guess."""
    done = sum(1 for each in proposals if each.applied)
    waiting = len(proposals) - done
    parts = []
    if waiting:
        parts.append(f"{words.count(waiting)} {'waits' if waiting == 1 else 'wait'} for your answer")
    if done:
        parts.append(f"{words.count(done)} {'was' if done == 1 else 'were'} done on a guess, to be looked at once")
    return phrases.sentence("; ".join(parts))


def state(proposal: Proposal) -> str:
    """Whether a proposal was applied."""
    return "done, please check" if proposal.applied else "proposed, not done"


def certainty(column: MappedColumn) -> str:
    """How sure the mapping of one column is."""
    return CERTAINTY[column.certainty]
