"""Writing down a talk: in few fields, in one page, once."""

import re
from datetime import UTC, datetime

import pytest

from earnest.people.models import Notification
from earnest.records.models import Activity, Note
from tests.surfaces.web.desk import Desk


def kept() -> list[tuple[str, str, int | None, str, int | None]]:
    rows = Activity.objects.unscoped(reason="a test looks").order_by("id")
    return list(rows.values_list("channel", "direction", "contact_id", "subject", "duration_seconds"))


@pytest.mark.duty("S2.2")
def test_a_talk_takes_under_six_fields_and_only_one_of_them_is_needed(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    text = client.get(f"/capture?deal={desk.deal.pk}").content.decode().split("<main", 1)[1]
    fields = re.findall(r'<(?:input|select|textarea) id="t-[^>]*', text)
    assert len(fields) == 5
    assert [field for field in fields if " required" in field] == ['<select id="t-happened" name="happened" required']
    answer = client.post("/capture", {"deal": desk.deal.pk, "happened": "call-in"})
    assert answer.status_code == 302
    assert kept() == [("call", "in", None, "", None)]


def test_a_talk_is_kept_with_whom_when_how_long_and_their_words(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    sent = {
        "deal": desk.deal.pk,
        "happened": "meeting-both",
        "contact": desk.ines.pk,
        "at": "2026-01-05T08:30",
        "minutes": "45",
        "words": "If we walk into March like this, we lose the line.",
    }
    answer = client.post("/capture", sent)
    assert answer["Location"] == f"/deals/{desk.deal.pk}#stream"
    assert kept() == [("meeting", "both", desk.ines.pk, "If we walk into March like this, we lose the line.", 2700)]
    at = Activity.objects.unscoped(reason="a test looks").get().at
    assert at == datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
    page = client.get(f"/deals/{desk.deal.pk}").content.decode()
    assert "Written down with Brackenfold Foods." in page
    assert 'action="/undo"' in page
    client.post("/undo", {"group": re.findall(r'name="group" value="([0-9a-f]+)"', page)[0]})
    assert "we lose the line" not in client.get(f"/deals/{desk.deal.pk}").content.decode()


def test_the_same_form_sent_twice_is_one_talk(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    sent = {"deal": desk.deal.pk, "happened": "call-out", "at": "2026-01-05T08:30", "key": "abc"}
    client.post("/capture", sent)
    client.post("/capture", sent)
    assert len(kept()) == 1


def test_a_note_is_a_note_and_tells_whom_it_names(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    client.post("/capture", {"deal": desk.deal.pk, "happened": "note", "words": "@Grete, they asked for March"})
    assert kept() == []
    assert Note.objects.unscoped(reason="a test looks").get().text == "@Grete, they asked for March"
    assert Notification.objects.unscoped(reason="a test looks").get().user_id == desk.company.grete.pk


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"happened": "shouting"}, "«shouting» is not one of the choices."),
        ({"at": "yesterday"}, "«yesterday» is no time; write it as 2026-01-31T14:30."),
        ({"at": "2026-03-01T10:00"}, "This is still to come; write it into the next step."),
        ({"at": "99999-03-01T10:00"}, "is no time"),
        ({"minutes": "-5"}, "«-5» is no whole number between 0 and 1,000,000."),
        ({"minutes": "2000"}, "A talk is shorter than a day."),
        ({"happened": "note"}, "A note needs a word."),
        ({"contact": "999999"}, "«999999» is not one of the choices."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_lost(
    desk: Desk, wrong: dict[str, str], said: str
) -> None:
    sent = {"deal": str(desk.deal.pk), "happened": "call-in", "minutes": "10", **wrong}
    answer = desk.client(desk.company.bo).post("/capture", sent)
    text = answer.content.decode()
    assert (answer.status_code, said in text, kept()) == (422, True, [])
    assert f'value="{sent["minutes"]}"' in text


def test_a_deal_is_found_by_its_buyer_or_chosen_from_ones_own(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    choice = f'href="/capture?deal={desk.deal.pk}"'
    assert choice in client.get("/capture").content.decode()
    assert choice in client.get("/capture?q=bracken").content.decode()
    assert choice not in client.get("/capture?q=%25").content.decode()
    assert choice not in desk.client(desk.company.dana).get("/capture?q=bracken").content.decode()


@pytest.mark.case("A43")
@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_form_leads_back_to_this_site_only(desk: Desk, target: str) -> None:
    sent = {"deal": desk.deal.pk, "happened": "call-in", "next": target}
    answer = desk.client(desk.company.bo).post("/capture", sent)
    assert answer["Location"] == f"/deals/{desk.deal.pk}#stream"
