"""What the file says in sentences: every row accounted for, one and many, nothing dropped in silence."""

import msgspec
import pytest

from earnest.intake.figures import Dirt, FileRead, MappedColumn, Proposal
from earnest.surfaces.check.wording import file
from tests.surfaces.check.parts import reconciled

SPOT = Dirt("no_dates", "No date", 500, (), "Kept.", "Write it down.")
REFUSED = Dirt("odd", "Odd", 2, (), "Refused.", "Correct it.", refused=True)
QUESTION = Proposal("join", "Two names", "One space apart.", 9, applied=False, how="Say so.")
DONE = msgspec.structs.replace(QUESTION, applied=True)


@pytest.mark.parametrize(
    ("dirt", "refused", "said"),
    [
        ((), 0, "Nothing odd was found in the file"),
        ((SPOT,), 0, "1 kind of dirt in the file; no row was refused, none dropped in silence"),
        ((SPOT, REFUSED), 2, "2 kinds of dirt in the file; 2 rows were refused, none dropped in silence"),
        ((REFUSED,), 1, "1 kind of dirt in the file; 1 row was refused, none dropped in silence"),
        # A value was refused and its row kept.
        ((REFUSED,), 0, "1 kind of dirt in the file; no row was refused, none dropped in silence"),
    ],
)
def test_the_finding(dirt: tuple[Dirt, ...], refused: int, said: str) -> None:
    assert file.finding(dirt, reconciled(10, refused=refused)) == said


def test_every_row_is_accounted_for() -> None:
    assert file.reconciled(reconciled(8_800)) == "8,800 rows read: 8,800 deals."
    assert file.reconciled(reconciled(1)) == "1 row read: 1 deal."
    split = reconciled(20, deals=10, further_lines=1, duplicates=4, refused=3, left_out=2)
    assert file.reconciled(split) == (
        "20 rows read: 10 deals, 1 further line of the same deals, 4 duplicates, 3 refused and 2 left out."
    )


def test_how_a_file_was_read() -> None:
    one = FileRead("a.csv", "deals", "Salesforce", 1, 1, "utf-16", "\t", 5)
    assert file.read(one) == "deals: 1 row, 1 column (Salesforce, utf-16, tab); 5 lines at the end set aside"
    assert file.read(FileRead("a.xlsx", "owners", "", 2, 3, "", "")) == "owners: 2 rows, 3 columns"


def test_names_of_many_files() -> None:
    files = [FileRead(name, "deals", "", 1, 1, "", "") for name in "abcde"]
    assert [file.names(files[:count]) for count in (1, 2, 3, 5)] == [
        "a",
        "a and b",
        "a, b and c",
        "a, b, c and 2 more files",
    ]


@pytest.mark.parametrize(
    ("proposals", "said"),
    [
        ((), ""),
        ((QUESTION,), "1 waits for your answer."),
        ((DONE,), "1 was done on a guess, to be looked at once."),
        ((QUESTION, QUESTION, DONE), "2 wait for your answer; 1 was done on a guess, to be looked at once."),
        ((DONE, DONE), "2 were done on a guess, to be looked at once."),
    ],
)
def test_what_only_a_person_can_say(proposals: tuple[Proposal, ...], said: str) -> None:
    assert file.proposed(proposals) == said


def test_states_and_certainty_in_words() -> None:
    assert (file.state(QUESTION), file.state(DONE)) == ("proposed, not done", "done, please check")
    kinds = ("given", "known", "guessed", "unused")
    columns = [MappedColumn("a", "b", "deals", "owner", "", certainty) for certainty in kinds]
    assert [file.certainty(column) for column in columns] == ["as you said", "known", "guessed", "not used"]
