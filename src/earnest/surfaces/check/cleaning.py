"""Words that strangers wrote, made fit to be shown: nothing hidden in them, nothing that turns the line around.

Escaping for a page is the template's work. This takes out what escaping leaves in: control characters (which a terminal
obeys), marks that change the direction of what follows, and characters without width.
"""

import re

import msgspec

from earnest.surfaces.check.report import Report

# Control characters, then the marks of direction, then what has no width, tags and interlinear marks among it.
_HIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u00ad\u034f\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
# The two joiners shape letters from Hebrew onwards and emoji; after anything else they only hide.
_STRAY_JOINER = re.compile("(?<![\u0590-\U0010ffff])[\u200c\u200d]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_GAP = re.compile("[\t\n\r\u2028\u2029]+")


def cleaned(report: Report) -> Report:
    """The report with every text in it fit to be shown; figures are untouched."""
    return msgspec.convert(_walked(msgspec.to_builtins(report)), Report)


def shown(text: str) -> str:
    """One text without what is hidden in it; a line break becomes a space."""
    if text.isprintable():
        return text
    spaced = _GAP.sub(" ", text)
    joined = _STRAY_JOINER.sub("", _HIDDEN.sub("", spaced))
    return _LONE_SURROGATE.sub("\ufffd", joined)


def _walked(value: object) -> object:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: _walked(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_walked(each) for each in value]
    return value
