"""The mapping: guessed, corrected by a person, and refused where it cannot be."""

import pytest

from earnest.intake import mapping
from earnest.intake.headers import fingerprint
from earnest.intake.mapping import FileMapping, Mapping, StageMeaning, WrongMapping
from tests.intake import exports

TABLE = exports.table("deals.csv", ["Opportunity Name", "Stage", "Close Date", "Shoe Size"], [["A", "Won", "", "42"]])


def test_the_guess_names_file_system_role_and_columns() -> None:
    assert mapping.guess([TABLE]).files == (
        FileMapping(
            fingerprint=fingerprint(TABLE.headers),
            name="deals.csv",
            system="salesforce",
            role="deals",
            columns={"Opportunity Name": "title", "Stage": "stage", "Close Date": "close_on"},
        ),
    )


def test_what_is_given_counts_more_than_what_is_guessed() -> None:
    given = Mapping(files=(FileMapping(name="deals.csv", columns={"Close Date": "seller_close_on", "Stage": ""}),))
    merged = mapping.merge(mapping.guess([TABLE]), given)
    assert merged.files[0].columns == {"Opportunity Name": "title", "Close Date": "seller_close_on"}


def test_a_given_column_frees_it_from_the_guessed_header() -> None:
    given = Mapping(files=(FileMapping(fingerprint=fingerprint(TABLE.headers), columns={"Shoe Size": "stage"}),))
    merged = mapping.merge(mapping.guess([TABLE]), given)
    assert merged.files[0].columns == {"Opportunity Name": "title", "Close Date": "close_on", "Shoe Size": "stage"}


def test_another_role_drops_the_guessed_columns() -> None:
    given = Mapping(files=(FileMapping(name="deals.csv", role="accounts", columns={"Opportunity Name": "account"}),))
    merged = mapping.merge(mapping.guess([TABLE]), given)
    assert merged.files[0].role == "accounts"
    assert merged.files[0].columns == {"Opportunity Name": "account"}


def test_a_mapping_of_another_file_changes_nothing() -> None:
    guessed = mapping.guess([TABLE])
    assert mapping.merge(guessed, Mapping(files=(FileMapping(name="other.csv", columns={}),))) == guessed


def test_an_unknown_column_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(WrongMapping) as caught:
        mapping.check(Mapping(files=(FileMapping(name="deals.csv", role="deals", columns={"Sum": "amonut"}),)))
    assert str(caught.value) == (
        "The mapping of deals.csv sends the header «Sum» to the column «amonut». "
        "A file of deals has no such column. Did you mean amount?"
    )


def test_two_headers_for_one_column_are_refused() -> None:
    files = (FileMapping(name="deals.csv", role="deals", columns={"Sum": "amount", "Value": "amount"}),)
    with pytest.raises(WrongMapping, match="two headers: «Sum» and «Value»"):
        mapping.check(Mapping(files=files))


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(WrongMapping, match="its rows are «bargains»"):
        mapping.check(Mapping(files=(FileMapping(name="deals.csv", role="bargains"),)))


@pytest.mark.parametrize(
    "wrong", [Mapping(stages={"Closed": StageMeaning("finished")}), Mapping(lost_reasons={"Price": "finished"})]
)
def test_an_outcome_that_no_deal_has_is_refused(wrong: Mapping) -> None:
    with pytest.raises(WrongMapping, match="means «finished»"):
        mapping.check(wrong)


def test_stages_reasons_and_repairs_are_put_together() -> None:
    first = Mapping(stages={"A": StageMeaning("won")}, repairs={"product": {"x": "y"}})
    second = Mapping(
        currency="EUR", stages={"B": StageMeaning("lost", 3)}, repairs={"product": {"p": "q"}, "owner": {"r": "s"}}
    )
    merged = mapping.merge(first, second)
    assert merged.stages == {"A": StageMeaning("won"), "B": StageMeaning("lost", 3)}
    assert merged.repairs == {"product": {"x": "y", "p": "q"}, "owner": {"r": "s"}}
    assert merged.currency == "EUR"


def test_certainty_tells_given_from_known_and_unused() -> None:
    given = Mapping(files=(FileMapping(name="deals.csv", columns={"Shoe Size": "product", "Close Date": ""}),))
    used = mapping.merge(mapping.guess([TABLE]), given).files[0]
    assert mapping.certainties(TABLE, used) == {
        "Opportunity Name": "known",
        "Stage": "known",
        "Close Date": "unused",
        "Shoe Size": "given",
    }
