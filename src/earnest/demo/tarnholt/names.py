"""Invented people and places, drawn without chance: the same number is always the same person."""

from dataclasses import replace

from earnest.demo.tarnholt.parts import Account, Buyer

_FIRST = (
    "Ada", "Bruno", "Carla", "Deniz", "Emeka", "Freya", "Goran", "Hilde", "Ilias", "Jana", "Kofi", "Lene", "Marek",
    "Nadia", "Oskar", "Petra", "Quirin", "Rosa", "Sami", "Tilda", "Uwe", "Vera", "Wim",
)  # fmt: skip
_LAST = (
    "Abeln", "Brodek", "Castan", "Dahlke", "Estrem", "Fiorin", "Galvik", "Hartog", "Imsen", "Jurado", "Kessler",
    "Lindh", "Moravek", "Nyborg", "Okoro", "Pellet", "Quandt", "Rosell", "Stavik", "Tormo", "Uhlin", "Verdon",
    "Wester", "Yildiz", "Zoric",
)  # fmt: skip
_JOBS = (
    ("Operations director", "owner"),
    ("Finance controller", "finance"),
    ("Warehouse lead", "user"),
    ("Managing director", "decider"),
)
_ROLE_NOT_TOLD = "untold"
_COUNTRIES = ("Germany", "Netherlands", "Denmark", "Belgium", "Austria", "Sweden", "Poland")
_PURPOSES = (
    "dock scheduling", "lorry slots", "yard and docks", "slot booking for hauliers", "one calendar for all docks",
    "shorter lorry waits",
)  # fmt: skip
_INDUSTRY_OF_TRADE = {
    "Foods": "Food and drink",
    "Dairies": "Food and drink",
    "Beverages": "Food and drink",
    "Bakeries": "Food and drink",
    "Produce": "Food and drink",
    "Logistics": "Logistics",
    "Stores": "Logistics",
    "Freight": "Logistics",
    "Parcels": "Logistics",
    "Retail": "Retail",
    "Goods": "Retail",
    "Furniture": "Retail",
    "Textiles": "Retail",
}
_OTHER_INDUSTRY = "Manufacturing"


def account(name: str, number: int) -> Account:
    """The account of this name; the number chooses its country and size."""
    industry = _INDUSTRY_OF_TRADE.get(name.rsplit(maxsplit=1)[-1], _OTHER_INDUSTRY)
    return Account(name, industry, _COUNTRIES[number % len(_COUNTRIES)], 180 + number * 137 % 2_900)


def buyers(number: int, count: int, *, owned: bool = True) -> tuple[Buyer, ...]:
    """So many people on one buyer's side, at most four; nobody is in two deals.

    Unless somebody has said that the need is theirs, the role of the first is not told.
    """
    people = [Buyer(_person(number * 4 + place), *_JOBS[place]) for place in range(count)]
    if not owned:
        people[0] = replace(people[0], role=_ROLE_NOT_TOLD)
    return tuple(people)


def purpose(number: int) -> str:
    """What a deal is about, for its title."""
    return _PURPOSES[number % len(_PURPOSES)]


def _person(number: int) -> str:
    """23 first and 25 last names share no divisor, so 575 people pass before one comes again."""
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"
