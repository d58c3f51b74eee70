"""A shape: what the headers of one kind of file look like in one system, and what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass

from earnest.intake.headers import folded
from earnest.intake.vocabulary import Role


@dataclass(frozen=True)
class Shape:
    """The headers of one kind of file.

    `signs` are sets of headers, any one of which shows that a file has this shape; the larger set wins.
    `names` are the folded headers with the column that each fills and its rank, lowest first, where several could.
    `certain` is false for words that anybody might use for anything.
    """

    system: str
    role: Role
    signs: tuple[frozenset[str], ...]
    names: Mapping[str, tuple[str, int]]
    certain: bool = True

    def sign(self, headers: frozenset[str]) -> int:
        """The size of the largest set of signs that these folded headers hold; 0 when the file has another shape."""
        return max((len(sign) for sign in self.signs if sign <= headers), default=0)


def shape(system: str, role: Role, *, signs: str, names: Mapping[str, str], certain: bool = True) -> Shape:
    """A shape from readable tables.

    Args:
        system: the system that writes such files.
        role: what the rows are.
        signs: sets of headers, one a line, headers joined by ` + `.
        names: for each column the headers that fill it, the best first, joined by ` | `.
        certain: whether the headers are that system's own words.
    """
    sets = (frozenset(folded(header) for header in line.split(" + ")) for line in signs.strip().splitlines())
    ranked = {
        folded(header): (column, rank)
        for column, headers in names.items()
        for rank, header in enumerate(headers.split(" | "))
    }
    return Shape(system, role, tuple(sets), ranked, certain)
