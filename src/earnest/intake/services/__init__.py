"""Bring a book into the database, and take it back out: plan, apply, revert, and what was held back."""

from earnest.intake.services.downloads import refused_of_plan, refused_rows
from earnest.intake.services.imports import Outcome, apply
from earnest.intake.services.plans import Count, Named, Plan, Source, plan
from earnest.intake.services.reverts import Kept, Reverted, revert
from earnest.intake.services.runs import Progress, Step
from earnest.intake.services.shown import of_plan

__all__ = [
    "Count",
    "Kept",
    "Named",
    "Outcome",
    "Plan",
    "Progress",
    "Reverted",
    "Source",
    "Step",
    "apply",
    "of_plan",
    "plan",
    "refused_of_plan",
    "refused_rows",
    "revert",
]
