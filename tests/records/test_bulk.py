"""Rows in bulk: what is the same in all of them, and rows made of others, arrive as they were given."""

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from earnest.records import bulk
from earnest.records.models import ExternalReference, SourceObject
from tests.workspace import Workspace

WHY = "a test looks"
ODD = 'a\'b "c" 100 % %s \\ ü'


@pytest.fixture
def source(company: Workspace) -> SourceObject:
    """A kind of row of another system."""
    assert company
    return SourceObject.objects.bulk_add([SourceObject(system="crm", object="deal", kind="records.deal")])[0]


def references(source: SourceObject, fixed: dict[str, bulk.Fixed]) -> None:
    rows = pl.DataFrame({"record_id": [7, 8], "external_id": ["x", "y"]})
    whole = {"source_id": source.pk, "import_run": None, "line": 3, **fixed}
    bulk.insert(ExternalReference, nw.from_native(rows, eager_only=True), whole)


def test_what_is_the_same_in_every_row_is_written_as_it_is(source: SourceObject) -> None:
    references(source, {"kind": "it's 5 %", "content_hash": ODD})
    rows = ExternalReference.objects.unscoped(reason=WHY).order_by("record_id")
    assert list(rows.values_list("record_id", "external_id", "kind", "content_hash", "import_run", "line")) == [
        (7, "x", "it's 5 %", ODD, None, 3),
        (8, "y", "it's 5 %", ODD, None, 3),
    ]


def test_rows_are_made_of_others_within_the_database(source: SourceObject) -> None:
    references(source, {"kind": "records.deal", "content_hash": "h"})
    found = ExternalReference.objects.unscoped(reason=WHY).filter(record_id=8, content_hash="h")
    fixed: dict[str, bulk.Fixed] = {"source_id": source.pk, "external_id": "z %", "kind": "k'", "content_hash": ""}
    bulk.derive(ExternalReference, {"record_id": "record_id", "line": "line"}, fixed, found)
    made = ExternalReference.objects.unscoped(reason=WHY).filter(external_id="z %")
    assert list(made.values_list("record_id", "line", "kind")) == [(8, 3, "k'")]
