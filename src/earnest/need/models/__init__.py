"""What the need room stores: what buyers said and who heard it, must-haves, meetings, and what is shared with a buyer."""

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
