"""Numbers that a picture has to survive, and how to see that it did."""

import re

from hypothesis import strategies as st

ANY_NUMBER = st.floats(allow_nan=True, allow_infinity=True)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
_COORDINATE = re.compile(r'\b(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|d)="([^"]*)"')
_FINITE = re.compile(r"-?\d{1,7}(\.\d+)?%?")


def strange_coordinates(text: str) -> list[str]:
    """The coordinates of a picture that are no ordinary finite numbers."""
    values = [value for each in _COORDINATE.findall(text) for value in re.sub("[MLHVZ]", " ", each).split()]
    return [value for value in values if not _FINITE.fullmatch(value)]
