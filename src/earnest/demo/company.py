"""Pellworth, the invented seller behind the sample export: its people, its customers and what its sellers type."""

from datetime import date

AS_OF = date(2026, 5, 15)
FIRST_DAY = date(2023, 11, 15)

OWNERS = (
    "Aino Rautio",
    "Ben Osei",
    "Clara Voss",
    "Dmitri Halloran",
    "Eve Marchetti",
    "Femi Castellan",
    "Greta Lindgaard",
)
TEAM_OF = dict(zip(OWNERS, ("North", "North", "North", "Central", "Central", "West", "West"), strict=True))

# Each stage with the probability that the CRM ships with.
OPEN_STAGES = (("Qualification", 10), ("Needs Analysis", 20), ("Proposal/Price Quote", 75), ("Negotiation/Review", 90))
WON_STAGE, LOST_STAGE = ("Closed Won", 100), ("Closed Lost", 0)

# Segment: share of accounts, median amount, and how long it takes compared with the middle one.
SEGMENTS = {"Small": (0.40, 14_000, 0.85), "Mid-market": (0.45, 36_000, 1.0), "Enterprise": (0.15, 90_000, 1.25)}

SOURCES = ("Web", "Partner Referral", "Trade Show", "Outbound Call", "Customer Referral")
COUNTRIES = ("Germany", "Denmark", "Sweden", "Netherlands", "United Kingdom")

STEMS = (
    "Aldermoor",
    "Brandauer",
    "Brüggenfeld",
    "Cavenholt",
    "Dornwyck",
    "Eskerby",
    "Fjordahl",
    "Grünwaldt",
    "Hallströmmen",
    "Ilvesten",
    "Jørnsund",
    "Kettlecombe",
    "Lindqvara",
    "Mørkvik",
    "Nettlewick",
    "Oxenmere",
    "Pevensted",
    "Quarrenby",
    "Rötlingen",
    "Søndervang",
    "Thistlemoor",
    "Ulverscote",
    "Västerhöjd",
    "Wexcombe",
    "Yarrowfell",
    "Zellbruck",
)
INDUSTRY_OF_TRADE = {
    "Foods": "Food & Beverage",
    "Dairies": "Food & Beverage",
    "Brewing": "Food & Beverage",
    "Pharma": "Pharmaceuticals",
    "Packaging": "Packaging",
    "Chemicals": "Chemicals",
    "Cold Stores": "Logistics",
    "Mills": "Food & Beverage",
    "Beverages": "Food & Beverage",
    "Ingredients": "Food & Beverage",
    "Bakeries": "Food & Beverage",
    "Freight": "Logistics",
    "Coatings": "Chemicals",
    "Seafood": "Food & Beverage",
    "Glassworks": "Packaging",
    "Paper": "Packaging",
}
PRODUCTS = ("Leak Watch", "Line Sense", "Plant Monitor")

LOST_REASONS = ("Competitor", "Price", "Missing feature", "Built in-house")
NO_DECISION_REASONS = ("No decision", "Went dark", "Budget frozen", "Timing", "Unresponsive", "Project cancelled")
DECLINED_REASON = "Disqualified by us"

VAGUE_STEPS = ("follow up", "Follow-up", "check in", "touch base", "call", "TBD", "chase", "Follow up next week")
CLEAR_STEPS = (
    "Meet plant manager and finance to agree what a leak costs per month",
    "Buyer sends last year's stoppage log, we return the calculation",
    "Site visit with maintenance lead, decide the first two lines",
    "Decision meeting with operations director and purchasing",
    "Buyer's quality team confirms the three must-haves in writing",
    "Contract review call with their legal and our project lead",
)
