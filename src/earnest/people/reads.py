"""What pages and doors ask of people: may anybody log in yet, and which settings hold."""

from datetime import date, datetime
from typing import TypedDict, cast

from django.db.models import Count

from earnest.people import statements, visibility
from earnest.people.actors import Actor
from earnest.people.models import ApiToken, Notification, Setting, User

_WHY = "settings are the same for everybody"


def anybody_can_log_in() -> bool:
    """Whether there is an active person with an e-mail: until then the first visitor sets the workspace up."""
    return User.objects.filter(is_active=True, email__isnull=False).exists()


def setting(name: str) -> object | None:
    """The value that holds for a setting; None where nobody has chosen one."""
    rows = statements.rows(_settings, name=name)
    return rows[0][0] if rows else None


def _settings(*, name: str) -> statements.Query:
    return Setting.objects.unscoped(reason=_WHY).filter(name=name).order_by("-id").values_list("value")[:1]


def settings() -> dict[str, object]:
    """Every value that somebody has chosen, by name."""
    rows = Setting.objects.unscoped(reason=_WHY).order_by("id")
    return dict(rows.values_list("name", "value"))


def demo_day() -> date | None:
    """The fixed day of a demo workspace; None in a real one."""
    value = setting("demo_day")
    return date.fromisoformat(value) if isinstance(value, str) else None


def unread_count(actor: Actor) -> int:
    """How many notifications the person has not read yet."""
    return sum(count for (count,) in statements.rows(_unread, actor))


def _unread(actor: Actor) -> statements.Query:
    rows = visibility.visible(actor, Notification).filter(user_id=actor.user_id, read_at=None)
    return rows.order_by().values("user_id").annotate(count=Count("pk")).values_list("count")


def digests() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Name, e-mail, and the unread notices (text and link) of each person who wants the daily letter."""
    wanting = User.objects.filter(is_active=True, wants_digest=True, email__isnull=False).order_by("id")
    unread = Notification.objects.unscoped(reason="each is read for the person it belongs to")
    news: dict[int, list[tuple[str, str]]] = {}
    for number, text, link in unread.filter(read_at=None).order_by("id").values_list("user_id", "text", "link"):
        news.setdefault(number, []).append((text, link))
    return [(user.name, str(user.email), news.get(user.pk, [])) for user in wanting]


class Key(TypedDict):
    """A key of a person, without what it opens."""

    id: int
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_on: date
    latest_use_at: datetime | None


def keys(actor: Actor, *, today: date) -> list[Key]:
    """The person's own keys that still open something, the newest first."""
    rows = visibility.visible(actor, ApiToken).filter(revoked_at=None, expires_on__gte=today).order_by("-id")
    return [cast("Key", row) for row in rows.values(*Key.__annotations__)]  # the columns are the key's own names
