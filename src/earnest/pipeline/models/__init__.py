"""What the pipeline room stores: verdicts as last judged, signals of column fodder, the ends of deals, and reviews."""

from earnest.pipeline.models.ending import GoodNo, HeardNo, Sale, SaleKind
from earnest.pipeline.models.judged import Flag, Marks, OpenTotal, Override, Standing
from earnest.pipeline.models.pursuit import Comparison, Effort, EffortKind, PathChoice, Signal
from earnest.pipeline.models.review import Review, ReviewAction, WeekTotal

__all__ = [
    "Comparison",
    "Effort",
    "EffortKind",
    "Flag",
    "GoodNo",
    "HeardNo",
    "Marks",
    "OpenTotal",
    "Override",
    "PathChoice",
    "Review",
    "ReviewAction",
    "Sale",
    "SaleKind",
    "Signal",
    "Standing",
    "WeekTotal",
]
