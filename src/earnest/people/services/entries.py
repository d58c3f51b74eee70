"""What a person types about themselves or a colleague, tidied or refused with the field it stands in."""

from typing import ClassVar
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from earnest.errors import EarnestError
from earnest.people.models import User

LONGEST_NAME = 200


class EntryRefused(EarnestError):
    """What was typed into one field cannot be taken; `data["field"]` names it."""

    code: ClassVar[str] = "entry_refused"


def refused(field: str, what: str, *, why: str, fix: str) -> EntryRefused:
    """The refusal of one field."""
    return EntryRefused(what, why=why, fix=fix, data={"field": field})


def name(text: str, *, field: str = "name", longest: int = LONGEST_NAME) -> str:
    """A name without the spaces around it.

    Raises: EntryRefused when it is empty or too long.
    """
    tidy = " ".join(text.split())
    if not tidy:
        raise refused(field, "This is empty.", why="Others see it wherever it matters who.", fix="Type a name.")
    if len(tidy) > longest:
        raise refused(
            field,
            f"This has {len(tidy)} characters.",
            why=f"A name has up to {longest}.",
            fix="Type a shorter one.",
        )
    return tidy


def email(text: str) -> str:
    """An e-mail address in small letters.

    Raises: EntryRefused when mail could not reach it.
    """
    tidy = text.strip().casefold()
    try:
        validate_email(tidy)
    except ValidationError as error:
        raise refused(
            "email",
            f"«{text.strip()}» is not an e-mail address.",
            why="The e-mail is the login, and links are sent there.",
            fix="Type it as in ines@example.com.",
        ) from error
    return tidy


def password(text: str, user: User | None = None) -> str:
    """A password that is long enough and not easily guessed.

    Raises: EntryRefused with the reasons, as Django's checks give them.
    """
    try:
        validate_password(text, user)
    except ValidationError as error:
        raise refused(
            "password",
            "This password is too easy to guess.",
            why=" ".join(error.messages),
            fix="Four or five words that do not belong together are long and easy to keep.",
        ) from error
    return text


def has_password(user: User) -> bool:
    """Whether somebody ever set a password for this person; an import leaves none or an empty one."""
    return bool(user.password) and user.has_usable_password()


def time_zone(text: str) -> str:
    """A time zone of the tz database, as Europe/Berlin.

    Raises: EntryRefused when there is none of this name.
    """
    if text not in available_timezones():
        raise refused(
            "time_zone",
            f"There is no time zone «{text}».",
            why="Days and times are told in it.",
            fix="Choose one from the list.",
        )
    return text
