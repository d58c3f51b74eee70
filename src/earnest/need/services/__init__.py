"""The only writers of what buyers said, of their must-haves, and of how each of them sees it."""

from earnest.need.services.evidence import EvidenceRefused, add_evidence, add_source, add_standpoint, version_of
from earnest.need.services.fit import add_must_have, answer_must_have

__all__ = [
    "EvidenceRefused",
    "add_evidence",
    "add_must_have",
    "add_source",
    "add_standpoint",
    "answer_must_have",
    "version_of",
]
