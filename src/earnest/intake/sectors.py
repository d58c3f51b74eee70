"""Sectors that are nearly spelled like a common one: proposed, since two spellings of one sector are two groups."""

from collections.abc import Mapping

import polars as pl

from earnest.intake import joins
from earnest.intake.notes import Notes

# The sectors that CRMs ship with and people write, in lower case.
COMMON = frozenset(
    [
        "accounting",
        "agriculture",
        "airlines",
        "apparel",
        "automotive",
        "aviation",
        "banking",
        "biotechnology",
        "chemicals",
        "communications",
        "construction",
        "consulting",
        "consumer",
        "education",
        "electronics",
        "employment",
        "energy",
        "engineering",
        "entertainment",
        "environmental",
        "fashion",
        "finance",
        "food",
        "government",
        "healthcare",
        "hospitality",
        "insurance",
        "logistics",
        "machinery",
        "manufacturing",
        "marketing",
        "media",
        "medical",
        "mining",
        "nonprofit",
        "pharmaceuticals",
        "publishing",
        "recreation",
        "retail",
        "semiconductors",
        "services",
        "shipping",
        "software",
        "sports",
        "technology",
        "telecommunications",
        "tourism",
        "transportation",
        "utilities",
        "wholesale",
    ]
)


def respelled(deals: pl.DataFrame, accepted: Mapping[str, str], notes: Notes) -> pl.DataFrame:
    """The deals with the sector spellings that a person accepted; the others that look wrong are proposed."""
    if "sector" not in deals.columns:
        return deals
    names = deals["sector"].drop_nulls().unique().to_list()
    odd = [name for name in names if name.lower() not in COMMON]
    matched = joins.match(odd, COMMON | set(accepted.values()), accepted)
    agreed = {name: meant for name, meant in matched.repairs.items() if name in accepted}
    told = joins.Matched(agreed, matched.guesses, frozenset())
    joins.tell(notes, deals, "sector", told, other="the usual list of sectors")
    return joins.respelled(deals, "sector", told)
