"""Write down that somebody asked for what is not theirs, so that a search for a way in can be seen."""

from datetime import datetime

from earnest.people import audit
from earnest.people.actors import Actor

LONGEST = 200


def note_denied(*, actor: Actor, code: str, method: str, path: str, at: datetime) -> None:
    """One line in the audit: who asked for which address, and why it was refused.

    A record that is missing and one that is not theirs read the same here too.
    """
    detail = {"code": code, "method": method, "path": path[:LONGEST]}
    audit.note(actor_id=actor.user_id, action="denied", at=at, origin="ui", detail=detail)
