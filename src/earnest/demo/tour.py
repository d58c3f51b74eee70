"""The guided tour of the demo: twelve stops, each a page of the workspace and what to see there.

A path names a deal or a lead of the story between braces; `path_of` puts in its number in this workspace.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from earnest.demo.tarnholt import deals as deals_of_tarnholt
from earnest.demo.tarnholt import told


@dataclass(frozen=True)
class Stop:
    """One stop: its number and title, what it says, the page, and the part of the page that is meant."""

    number: int
    title: str
    says: str
    path: str
    anchor: str


STOPS = (
    Stop(
        1,
        "Your day starts with buyers",
        "Tight: you cannot afford to lose Everleigh, and that is why December hurts.",
        "/",
        "abundance",
    ),
    Stop(
        2,
        "What good looks like",
        "Ines has a measure, a plan, a price and a date of her own. Everything we do here is for that date.",
        "/deals/{T1}",
        "need",
    ),
    Stop(
        3,
        "The forced date",
        "Grete asked for December; the audit is in April. The better move is 13 March, at the price that was agreed.",
        "/deals/{T4}",
        "dates",
    ),
    Stop(
        4,
        "Walking away well",
        "142 requirements in somebody else's words, nobody to ask. Change the path by 19 December, or say a kind no.",
        "/deals/{T2}",
        "verdicts",
    ),
    Stop(
        5,
        "The excuse deal",
        "Dunmoor has been past its date for 53 days, and nine of Chidi's skipped blocks name it.",
        "/deals/{T3}",
        "verdicts",
    ),
    Stop(
        6,
        "How much prospecting is enough",
        "The team believes in four months; wins take 196 days. Next summer's wins are this month's conversations.",
        "/prospecting",
        "arithmetic",
    ),
    Stop(
        7,
        "The right time is now",
        "Ready in June means beginning today: the lead that was «not ready», and the plant that could not decide.",
        "/leads/{L-117}",
        "start-by",
    ),
    Stop(
        8,
        "Promises you can keep",
        "One promise too many for Tuesday is refused, with the nearest day that holds.",
        "/promises",
        "board",
    ),
    Stop(
        9,
        "A good no",
        "Amara told Hollin that we are no fit, and whom to ask instead. Four weeks later Hollin sent a sister company.",
        "/deals/{T7}",
        "outcome",
    ),
    Stop(
        10,
        "Sold is not delivered",
        "Isenholt's lorries waited 47 minutes and now wait 26, of the 25 that were agreed. The customer measured it.",
        "/deals/{T8}",
        "outcome",
    ),
    Stop(
        11,
        "What the year can tell",
        "Three sides tell why deals ended. Requests out of the blue look worse than other deals: not shown yet.",
        "/learn",
        "findings",
    ),
    Stop(
        12,
        "The team, without a league table",
        "How results are spread, what leaks, what rests on one customer, and which quotas for 2026 are within reach.",
        "/team",
        "distribution",
    ),
)

DEAL_TITLES = {deal.key: deal.title for deal in deals_of_tarnholt.every()}
LEAD_NAMES = {lead.key: lead.name for lead in told.LEADS}


def path_of(stop: Stop, *, deals: Mapping[str, int], leads: Mapping[str, int]) -> str | None:
    """The path of a stop in this workspace, or None when its deal or lead is not there.

    Args:
        stop: the stop.
        deals: the numbers of the deals that the visitor sees, by title.
        leads: the numbers of the leads that the visitor sees, by name.
    """
    named = {key: deals[title] for key, title in DEAL_TITLES.items() if title in deals}
    named |= {key: leads[name] for key, name in LEAD_NAMES.items() if name in leads}
    try:
        return stop.path.format_map(named) + f"#{stop.anchor}"
    except KeyError:
        return None
