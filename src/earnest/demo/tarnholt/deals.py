"""Every deal of the story."""

from earnest.demo.tarnholt import ended, opened, told
from earnest.demo.tarnholt.parts import Deal


def every() -> list[Deal]:
    """The eight told deals, the other open ones, and the history."""
    return [*told.deals(), *opened.deals(), *ended.deals()]
