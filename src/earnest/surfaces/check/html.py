"""The report as one self-contained page: everything inside, no script, nothing loaded, readable on paper."""

import base64
import functools
import hashlib
import re
from pathlib import Path
from typing import ClassVar

import jinja2

from earnest.errors import EarnestError
from earnest.surfaces.check import cleaning
from earnest.surfaces.check.report import Report
from earnest.surfaces.check.sections import page as pages

_TEMPLATES = Path(__file__).parent / "templates"


class PageNotWritten(EarnestError):
    """The page could not be written to its place."""

    code: ClassVar[str] = "page_not_written"


def render(report: Report) -> str:
    """The page as HTML.

    Its policy allows one thing: the style sheet inside, known by its hash. So the page can load nothing and run
    nothing, whatever somebody wrote into a deal's name.
    """
    style = _environment().get_template("check/report.css").render()
    page = pages.page(cleaning.cleaned(report))
    return _environment().get_template("check/page.html").render(page=page, policy=_policy(style))


def prepare() -> None:
    """Compile the templates ahead of time, while something else has to be waited for."""
    for name in _environment().list_templates(extensions=("html", "css")):
        _environment().get_template(name)


def write(report: Report, path: Path) -> None:
    """Write the page.

    Raises: PageNotWritten when the place cannot be written.
    """
    try:
        path.write_text(render(report), encoding="utf-8", newline="\n")
    except OSError as error:
        raise PageNotWritten(
            f"The page could not be written to {path}.",
            why=error.strerror or str(error),
            fix="Name a file in a folder that you may write to, on a disk with room.",
            data={"path": str(path)},
        ) from error


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


# A figure and its unit, a currency and its figure, and the parts of a date stay on one line.
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_PAIRS = re.compile(
    rf"(?<=\d) (?=%|(?:k|m|bn|d|days?|months?|{_MONTH})\b)|(?<=\b[A-Z]{{3}}) (?=\d)|(?<=\d.(?:{_MONTH})) (?=\d{{4}}\b)"
)


def _held_together(value: object) -> object:
    return _PAIRS.sub("\u00a0", value) if type(value) is str else value


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_held_together,
    )
