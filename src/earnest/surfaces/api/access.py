"""Who asks the API: a key in the Authorization header, or the person whose browser is logged in; and how often."""

import os
import threading
from collections import OrderedDict
from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest
from django.utils import timezone
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from earnest.errors import EarnestError
from earnest.people import actors
from earnest.people import reads as people
from earnest.people.services import tokens

READS = frozenset({"GET", "HEAD", "OPTIONS"})
REQUESTS_A_MINUTE = 600
_KEPT_COUNTS = 10_000


class Unauthenticated(EarnestError):
    """Nobody is known to have asked."""

    code: ClassVar[str] = "unauthenticated"


class ScopeMissing(EarnestError):
    """A key may not do this."""

    code: ClassVar[str] = "scope_missing"


class TooManyRequests(EarnestError):
    """A key has used up its budget for this minute."""

    code: ClassVar[str] = "too_many_requests"


class Budget:
    """How many requests each key has left in this minute. Each page process counts its own."""

    def __init__(self, requests_a_minute: int) -> None:
        self.most = requests_a_minute
        self._counts: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._lock = threading.Lock()

    def spend(self, token_id: int, at: datetime) -> None:
        """Count one request. Raises: TooManyRequests with the seconds to wait."""
        minute, second = divmod(int(at.timestamp()), 60)
        with self._lock:
            count = self._counts[(token_id, minute)] = self._counts.get((token_id, minute), 0) + 1
            while len(self._counts) > _KEPT_COUNTS:
                self._counts.popitem(last=False)
        if count > self.most:
            raise TooManyRequests(
                f"This key has asked {self.most} times within this minute.",
                why="A key has a budget, so that no program slows the pages of everybody else.",
                fix=f"Wait {60 - second} seconds, and ask for more rows at a time.",
                data={"retry_after_seconds": 60 - second},
            )


BUDGET = Budget(int(os.environ.get("EARNEST_API_BUDGET", REQUESTS_A_MINUTE)))


class Known(AuthBase):
    """Lets in who is known and may do what they ask in one module; ninja asks it before each operation."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, module: str) -> None:
        super().__init__()
        self.module = module

    def __call__(self, request: HttpRequest) -> object:
        """Fix who asks, on which day, at which moment.

        Raises: Unauthenticated, ScopeMissing, TooManyRequests.
        """
        header = request.headers.get("Authorization", "")
        if header:
            return self._with_key(request, header)
        if not request.user.is_authenticated:
            raise _unknown("Nobody is logged in, and no key was sent.")
        if request.method not in READS and check_csrf(request) is not None:
            raise ScopeMissing(
                "This write did not come from a page of this workspace.",
                why="A browser sends its login with what other sites ask of it, so a write needs the page's token.",
                fix="Send the header X-CSRFToken, or use a key.",
            )
        return request.user

    def _with_key(self, request: HttpRequest, header: str) -> object:
        kind, _, secret = header.partition(" ")
        at = timezone.now()
        bearer = tokens.bearer_of(secret.strip(), at=at) if kind.casefold() == "bearer" else None
        if bearer is None:
            raise _unknown("The key is not one that opens this workspace now.")
        BUDGET.spend(bearer.token_id, at)
        access = "read" if request.method in READS else "write"
        enough = {access, "write", f"{self.module}:{access}", f"{self.module}:write"}
        if not enough & bearer.scopes:
            raise ScopeMissing(
                f"This key may not {access} {self.module}.",
                why=f"Its scopes are {', '.join(sorted(bearer.scopes))}.",
                fix=f"Make a key with the scope {self.module}:{access}.",
                data={"needs": f"{self.module}:{access}"},
            )
        today = people.demo_day() or timezone.localdate(at)
        # Here a request becomes a people.Request, as at the door of the pages.
        request.user = bearer.user
        request.at, request.as_of = at, today  # type: ignore[attr-defined]
        request.actor = actors.actor_of(bearer.user, today=today)  # type: ignore[attr-defined]
        return bearer.user


def _unknown(what: str) -> Unauthenticated:
    return Unauthenticated(
        what,
        why="Everything here belongs to somebody, so we have to know who asks.",
        fix="Send a key as `Authorization: Bearer ern_…`; keys are made under API keys in your account.",
    )
