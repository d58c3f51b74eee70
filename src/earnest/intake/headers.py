"""Headers as they are compared: without case, spaces and punctuation, so that `Stage Name` and `stage_name*` meet."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_NOT_A_SIGN = re.compile(r"[\W_]+")
_SECOND_OF_A_NAME = re.compile(r" \(\d+\)$")
_CUSTOM = "__c"
_HUBSPOT = "property_"


def folded(header: str) -> str:
    """The header without case, spaces, punctuation and the marks that systems add to names."""
    text = _SECOND_OF_A_NAME.sub("", unicodedata.normalize("NFC", header).strip()).lower()
    text = text.removesuffix(_CUSTOM).removeprefix(_HUBSPOT)
    return _NOT_A_SIGN.sub("", text)


def fingerprint(headers: Iterable[str]) -> str:
    """A short name for a set of headers, whatever their order: two exports of the same report have the same one."""
    text = "\n".join(sorted(folded(header) for header in headers))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
