"""What is noticed on the way in: dirt, proposals and refusals, in one place as the files become a book."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from earnest.intake.figures import Dirt, Proposal
from earnest.rulebook import words

EXAMPLES = 3

REFUSED = pl.Schema(
    {
        "file": pl.String,
        "line": pl.Int64,
        "refused": pl.String,
        "column": pl.String,
        "reason": pl.String,
        "original": pl.String,
    }
)


@dataclass
class Notes:
    """Dirt, proposals and refusals so far, in the order in which they were found."""

    dirt: list[Dirt] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    refused: list[pl.DataFrame] = field(default_factory=list)
    # For each column that is joined by name: spellings that were repaired, and those that are only likely.
    repaired: dict[str, dict[str, str]] = field(default_factory=dict)
    likely: dict[str, dict[str, str]] = field(default_factory=dict)

    def soil(  # the parts of one finding
        self,
        code: str,
        title: str,
        *,
        count: int,
        examples: Iterable[str] = (),
        done: str,
        fix: str,
        refused: bool = False,
    ) -> None:
        """Report one kind of dirt, if there is any of it."""
        if count:
            self.dirt.append(Dirt(code, title, count, tuple(examples), done, fix, refused))

    def propose(  # the parts of one proposal
        self, code: str, title: str, *, detail: str, count: int, applied: bool, how: str
    ) -> None:
        """Ask a person to confirm something."""
        self.proposals.append(Proposal(code, title, detail, count, applied, how))

    def refuse(self, rows: pl.DataFrame) -> None:
        """Keep rows or values that were refused, for download."""
        self.refused.append(rows.select(pl.col(name).cast(kind) for name, kind in REFUSED.items()))

    def all_refused(self) -> pl.DataFrame:
        """Everything that was refused."""
        return pl.concat(self.refused) if self.refused else pl.DataFrame(schema=REFUSED)


def listed(parts: Sequence[str], limit: int = 8) -> str:
    """`a, b and c`, or the first few of them and how many more."""
    if len(parts) > limit:
        return f"{', '.join(parts[:limit])} and {words.count(len(parts) - limit)} more"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
