"""Joins between files, and the repairs that names need."""

import pytest

from earnest.intake import joins
from earnest.intake.joins import Matched
from earnest.intake.mapping import Mapping
from tests.intake import exports, made

DEALS = exports.table(
    "sales_pipeline.csv",
    ["opportunity_id", "account", "sales_agent", "product", "deal_stage", "engage_date", "close_date", "close_value"],
    [
        ["1", "Cancity", "Moses Frase", "GTXPro", "Won", "2017-01-01", "2017-03-01", "4800"],
        ["2", "Can-City", "Zane Levy", "GTXPro", "Engaging", "2017-02-01", "", ""],
        ["3", "Isdomm", "Moses Fraze", "MG Special", "Engaging", "2017-02-01", "", ""],
        ["4", "", "Nobody", "Unheard of", "Engaging", "2017-02-01", "", ""],
    ],
)
PRODUCTS = exports.table("products.csv", ["product", "sales_price"], [["GTX Pro", "4821"], ["MG Special", "55"]])
ACCOUNTS = exports.table("accounts.csv", ["account", "sector"], [["Cancity", "retail"], ["Isdom", "medical"]])
TEAMS = exports.table(
    "sales_teams.csv",
    ["sales_agent", "manager", "regional_office"],
    [["Moses Frase", "Dustin Brinkmann", "Central"], ["Zane Levy", "Summer Sewald", "West"]],
)


def test_exact_names_need_no_repair() -> None:
    assert joins.match(["a", "b"], ["a", "b", "c"]) == Matched({}, {}, frozenset())


def test_a_name_equal_but_for_case_spaces_and_punctuation_is_repaired() -> None:
    assert joins.match(["GTXPro", "acme,  INC."], ["GTX Pro", "Acme Inc"]).repairs == {
        "GTXPro": "GTX Pro",
        "acme,  INC.": "Acme Inc",
    }


def test_two_known_names_behind_one_form_are_a_question_and_no_repair() -> None:
    matched = joins.match(["gtxpro"], ["GTX Pro", "GTX-Pro"])
    assert matched.repairs == {}
    assert matched.unmatched == {"gtxpro"}


def test_a_name_that_differs_by_a_letter_is_only_proposed() -> None:
    matched = joins.match(["technolgy"], ["technology", "retail"])
    assert matched == Matched({}, {"technolgy": "technology"}, frozenset({"technolgy"}))


def test_a_name_near_to_two_others_is_not_proposed() -> None:
    assert joins.match(["Bart"], ["Bert", "Burt"]).guesses == {}


def test_what_a_person_accepted_is_repaired_and_what_they_forbade_is_not() -> None:
    matched = joins.match(["Technolgy", "GTXPro"], ["technology", "GTX Pro"], {"Technolgy": "technology", "GTXPro": ""})
    assert matched.repairs == {"Technolgy": "technology"}
    assert matched.unmatched == {"GTXPro"}


@pytest.mark.parametrize(
    ("first", "second", "allowed", "expected"),
    [
        ("technolgy", "technology", 1, True),
        ("philipines", "philippines", 1, True),
        ("abcd", "abdc", 1, True),
        ("abcd", "badc", 1, False),
        ("abcd", "badc", 2, True),
        ("abc", "abcde", 1, False),
        ("", "a", 1, False),
        ("kitten", "sitting", 2, False),
    ],
)
def test_letters_added_dropped_changed_and_swapped_are_counted(
    first: str, second: str, allowed: int, expected: bool
) -> None:
    assert joins.within(first, second, allowed) is expected
    assert joins.within(second, first, allowed) is expected


def test_files_are_joined_and_repairs_are_reported() -> None:
    intake = made.intake(DEALS, PRODUCTS, ACCOUNTS, TEAMS)
    assert made.column(intake, "product") == ["GTX Pro", "GTX Pro", "MG Special", "Unheard of"]
    assert made.column(intake, "list_amount") == [482_100, 482_100, 5_500, None]
    assert made.column(intake, "account") == ["Cancity", "Cancity", "Isdomm", None]
    assert made.column(intake, "sector") == ["retail", "retail", None, None]
    assert made.column(intake, "team") == ["Dustin Brinkmann", "Summer Sewald", None, None]
    assert made.column(intake, "region") == ["Central", "West", None, None]
    found = made.proposal(intake, "product_respelled")
    assert found is not None
    assert (found.detail, found.count, found.applied) == ("«GTXPro» → «GTX Pro» (2 deals)", 2, True)
    assert found.how == 'Applied. To undo one, write in the mapping file [repairs.product] "GTXPro" = "".'


def test_near_names_are_proposed_and_unmatched_ones_counted() -> None:
    intake = made.intake(DEALS, PRODUCTS, ACCOUNTS, TEAMS)
    owner = made.proposal(intake, "owner_nearly_the_same")
    assert owner is not None
    assert (owner.detail, owner.count, owner.applied) == ("«Moses Fraze» → «Moses Frase» (1 deal)", 1, False)
    unmatched = made.dirt(intake, "unmatched_owners")
    assert unmatched is not None
    assert (unmatched.count, unmatched.examples) == (2, ("Moses Fraze (1 deal)", "Nobody (1 deal)"))


def test_an_accepted_repair_is_applied_and_an_undone_one_is_not() -> None:
    mapping = Mapping(repairs={"owner": {"Moses Fraze": "Moses Frase"}, "product": {"GTXPro": ""}})
    intake = made.intake(DEALS, PRODUCTS, ACCOUNTS, TEAMS, mapping=mapping)
    assert made.column(intake, "team") == ["Dustin Brinkmann", "Summer Sewald", "Dustin Brinkmann", None]
    assert made.column(intake, "product")[0] == "GTXPro"
    assert made.column(intake, "list_amount")[0] is None


def test_the_list_price_never_becomes_the_amount() -> None:
    assert made.column(made.intake(DEALS, PRODUCTS), "amount") == [480_000, None, None, None]


def test_ids_are_joined_before_names() -> None:
    deals = exports.table(
        "opportunity.csv",
        ["Id", "Name", "StageName", "CloseDate", "AccountId", "OwnerId"],
        [["006A", "One", "Prospecting", "2026-06-01", "001A", "005A"], ["006B", "Two", "Prospecting", "", "001B", ""]],
    )
    accounts = exports.table(
        "account.csv", ["Id", "Name", "Industry", "NumberOfEmployees"], [["001A", "Acme", "Toys", 9]]
    )
    users = exports.table(
        "user.csv", ["Id", "Username", "Name", "IsActive"], [["005A", "aino@x", "Aino Rautio", "true"]]
    )
    intake = made.intake(deals, accounts, users)
    assert made.column(intake, "account") == ["Acme", "001B"]
    assert made.column(intake, "sector") == ["Toys", None]
    assert made.column(intake, "owner") == ["Aino Rautio", None]


def test_an_owner_without_a_name_goes_by_first_and_last_name_or_address() -> None:
    deals = exports.table(
        "deal_data.csv",
        ["deal_id", "property_dealname", "owner_id", "property_createdate"],
        [["1", "One", "11", "2026-01-01"], ["2", "Two", "12", "2026-01-01"], ["3", "Three", "13", "2026-01-01"]],
    )
    owners = exports.table(
        "owner_data.csv",
        ["owner_id", "email", "first_name", "last_name"],
        [["11", "kj@x", "Kathryn", "Janeway"], ["12", "anon@x", "", ""]],
    )
    links = exports.table("owner_team_data.csv", ["owner_id", "team_id"], [["11", "7"]])
    teams = exports.table("team_data.csv", ["id", "name"], [["7", "Delta"]])
    intake = made.intake(deals, owners, links, teams)
    assert made.column(intake, "owner") == ["Kathryn Janeway", "anon@x", "13"]
    assert made.column(intake, "team") == ["Delta", None, None]
