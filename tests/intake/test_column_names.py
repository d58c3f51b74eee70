"""Column names as they can be used."""

from earnest.intake import column_names


def test_names_are_trimmed_and_on_one_line() -> None:
    assert column_names.clean(["Source ", " Close\n Date", "A\u00a0B"]).names == ("Source", "Close Date", "A B")


def test_names_that_occur_again_get_a_number_that_is_free() -> None:
    found = column_names.clean(["Amount", "Amount", "Amount (2)", "Amount", "amount"])
    assert found.names == ("Amount", "Amount (3)", "Amount (2)", "Amount (4)", "amount")
    assert [(dirt.code, dirt.count, dirt.examples) for dirt in found.dirt] == [
        ("repeated_headers", 2, ("Amount (3)", "Amount (4)"))
    ]


def test_what_cannot_be_seen_is_removed_and_told() -> None:
    found = column_names.clean(["\ufeffName", "Am\u200bount", "\u202eStage\u202c", "De\u00adal", "Na\u0301me"])
    assert found.names == ("Name", "Amount", "Stage", "Deal", "Ná" + "me")
    assert [(dirt.code, dirt.count) for dirt in found.dirt] == [("hidden_in_headers", 4)]


def test_names_that_are_missing_are_made_from_their_place() -> None:
    found = column_names.clean(["Name", " ", "\u200b"], width=5)
    assert found.names == ("Name", "column 2", "column 3", "column 4", "column 5")
    assert found.unnamed == (1, 2, 3, 4)
