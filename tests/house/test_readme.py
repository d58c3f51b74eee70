"""What the README shows is what a visitor sees."""

from docs.generators import readme
from tests.house.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_excerpt_is_what_the_check_of_the_sample_prints() -> None:
    assert readme.shown(README) == readme.excerpt()


def test_another_excerpt_is_replaced_and_nothing_else() -> None:
    stale = README.replace(readme.shown(README), "What was printed last year.\n")
    assert readme.updated(stale) == README
