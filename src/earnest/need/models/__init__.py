"""What the need room stores: what buyers said, what they must have, meetings, and what is shared with them."""

from earnest.need.models.evidence import Evidence, Source, SourceKind, Standpoint
from earnest.need.models.gap import Answer, Claim, MustHave, Need
from earnest.need.models.meetings import Attendee, Meeting
from earnest.need.models.sharing import ShareLink

__all__ = [
    "Answer",
    "Attendee",
    "Claim",
    "Evidence",
    "Meeting",
    "MustHave",
    "Need",
    "ShareLink",
    "Source",
    "SourceKind",
    "Standpoint",
]
