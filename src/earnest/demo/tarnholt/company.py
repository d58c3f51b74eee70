"""Who works at Tarnholt, what it sells and by which stages, and what each person is asked to reach."""

from dataclasses import dataclass
from datetime import date

AS_OF = date(2025, 12, 15)
FIRST_DAY = date(2023, 1, 9)
JUDGED_FIRST_ON = date(2025, 12, 8)

NAME, PRODUCT, TEAM, PIPELINE = "Tarnholt", "Quayside", "Sales", "New business"
CURRENCY = "EUR"
THOUSAND_MINOR = 1_000_00  # the story tells money in thousands of euro
YEAR_STARTS_ON, YEAR_ENDS_ON = date(2025, 1, 1), date(2025, 12, 31)
PLAN = 2_800

MANAGER, ANALYST, ADMIN = "GR", "HA", "IV"


@dataclass(frozen=True)
class Person:
    """Somebody who works at Tarnholt; the quota is for 2025, in thousands."""

    key: str
    name: str
    role: str
    started_on: date
    quota: int | None = None

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@tarnholt.example"


# The admin first: whoever adds the others has to be there.
PEOPLE = (
    Person(ADMIN, "Ivo", "admin", FIRST_DAY),
    Person(MANAGER, "Grete", "manager", FIRST_DAY),
    Person(ANALYST, "Hanne", "analyst", FIRST_DAY),
    Person("AM", "Amara", "rep", FIRST_DAY, 700),
    Person("BO", "Bo", "rep", FIRST_DAY, 600),
    Person("CH", "Chidi", "rep", FIRST_DAY, 600),
    Person("DA", "Dana", "rep", FIRST_DAY, 600),
    Person("EL", "Elif", "rep", FIRST_DAY, 600),
    Person("FA", "Farid", "rep", date(2025, 8, 4), 250),
)

# In the order of the pipeline: what the team calls the stage, and what it means (D6).
STAGES = (
    ("Conversation", "conversation"),
    ("Gap understood", "gap_understood"),
    ("Need quantified", "need_quantified"),
    ("Fit confirmed", "fit_confirmed"),
    ("Proposal agreed", "proposal_agreed"),
    ("Contracting", "contracting"),
)


@dataclass(frozen=True)
class Offer:
    """One edition of Quayside, with its list price in thousands, and the segment that buys it."""

    code: str
    name: str
    list_price: int
    segment: str


OFFERS = (Offer("QS-D", "Quayside Dock", 80, "mid"), Offer("QS-N", "Quayside Network", 220, "ent"))
