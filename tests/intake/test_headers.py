"""How headers are compared."""

import pytest

from earnest.intake.headers import fingerprint, folded


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Opportunity Name", "opportunityname"),
        ("opportunity_name", "opportunityname"),
        ("Opportunity-Name *", "opportunityname"),
        ("  StageName ", "stagename"),
        ("Probability (%)", "probability"),
        ("property_dealname", "dealname"),
        ("Loss_Reason__c", "lossreason"),
        ("Amount (2)", "amount"),
        ("Fecha de creacio\u0301n", "fechadecreación"),
        ("_fivetran_active", "fivetranactive"),
    ],
)
def test_headers_meet_whatever_their_spelling(header: str, expected: str) -> None:
    assert folded(header) == expected


def test_two_exports_of_one_report_have_one_fingerprint() -> None:
    assert fingerprint(["Stage", "Amount"]) == fingerprint(["amount", "STAGE "])


def test_another_header_is_another_fingerprint() -> None:
    assert fingerprint(["Stage", "Amount"]) != fingerprint(["Stage", "Amount", "Owner"])
