"""The daily letter: what is new for a person who asked to be written to, in plain text."""

from datetime import date

from django.core.mail import EmailMessage

from earnest.people import reads as people
from earnest.rulebook import words


def letters(*, on: date, site: str) -> list[EmailMessage]:
    """One letter for each person who wants the digest and has something unread."""
    return [
        EmailMessage(_subject(len(news), on), _text(name, news, site), to=[email])
        for name, email, news in people.digests()
        if news
    ]


def _subject(count: int, on: date) -> str:
    return f"Earnest, {words.long_date(on)}: {words.plural(count, 'thing')} to know"


def _text(name: str, news: list[tuple[str, str]], site: str) -> str:
    lines = [f"{name},", "", "this is new for you:", ""]
    for text, link in news:
        lines.append(f"- {text}" + (f"\n  {site}{link}" if site and link else ""))
    return "\n".join([*lines, "", "You asked for this letter under My account, and can end it there.", ""])
