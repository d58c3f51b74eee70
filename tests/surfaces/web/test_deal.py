"""The deal page: what it shows, to whom, in how many queries; and what is set aside stays visible."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.pipeline.models import Override
from earnest.records import services
from earnest.records.services import notes
from earnest.surfaces.web import deal as pages
from tests.surfaces.web import desk as desks
from tests.surfaces.web.desk import HOSTILE, Desk
from tests.workspace import LATER


def test_the_buyer_stands_in_the_heading_and_the_question_is_a_sentence(desk: Desk) -> None:
    text = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}").content.decode()
    assert "<h1><bdi>Brackenfold Foods</bdi>" in text
    assert "<bdi>Ines Falkenrath</bdi>, <bdi>Operations</bdi>" in text
    assert "Ask <bdi>Ines Falkenrath</bdi> next" in text
    assert "<q>We had planned to speak by now; what has changed on your side?</q>" in text
    assert '<dd class="money">EUR\u00a071\u00a0k</dd>' in text


@pytest.mark.duty("S3.5")
def test_each_flag_says_why_since_when_what_clears_it_and_who_may_set_it_aside(desk: Desk) -> None:
    text = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}").content.decode()
    assert "The next step was due on 18\u00a0Dec\u00a02025, and nothing says what came of it." in text
    assert "<dt>flagged since</dt><dd>5\u00a0Jan\u00a02026</dd>" in text
    assert "<dt>cleared by</dt><dd>Say what came of it, and agree the next one.</dd>" in text
    assert "<dt>the next step&#39;s date</dt><dd><bdi>18\u00a0Dec\u00a02025</bdi></dd>" in text
    assert "Whoever may change this deal may set this aside" in text
    assert '<a href="/rules/overdue_next_step">step overdue</a>' in text


@pytest.mark.duty("S4.33")
def test_what_nobody_has_told_is_drawn_and_never_counted_as_good(desk: Desk) -> None:
    text = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}").content.decode()
    unknown, clear = text.split("Not known yet", 1)[1].split("rules are clear")
    assert 'class="chip unknown" href="/rules/gap_unknown"' in unknown
    assert "nobody has told what is written down of the buyer&#39;s need" in unknown
    assert "gap unknown" not in clear.split("</details>", 1)[0]


def test_the_buyers_days_stand_above_ours_and_in_a_table_beside(desk: Desk) -> None:
    text = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}").content.decode()
    assert "To have it by 2\u00a0Mar\u00a02026 they decide by 16\u00a0Jan\u00a02026, in 11\u00a0days" in text
    rows = text.split("<caption", 1)[1].split("</table>", 1)[0]
    told = ["they need it by", "they decide by", "opened", "our close date"]
    assert [rows.index(f'<th scope="row">{label}</th>') for label in told] == sorted(
        rows.index(f'<th scope="row">{label}</th>') for label in told
    )


def test_a_buyer_without_a_day_is_shown_as_without_one(desk: Desk) -> None:
    services.edit_deal(by=desk.company.by(desk.company.bo), deal_id=desk.deal.pk, version=1, buyer_by_when_on=None)
    text = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}").content.decode()
    assert "The buyer has named no day of their own yet" in text
    assert "they need it by: nobody has said yet" in text


def test_as_many_queries_for_thirty_activities_as_for_three(desk: Desk) -> None:
    def queries() -> int:
        client = desk.client(desk.company.bo)
        client.get(f"/deals/{desk.deal.pk}")
        with CaptureQueriesContext(connection) as found:
            client.get(f"/deals/{desk.deal.pk}")
        return len(found)

    desks.talk(desk, 3)
    few = queries()
    desks.talk(desk, 27)
    for number in range(5):
        notes.add_note(by=desk.company.by(desk.company.bo), text=f"note {number}", deal_id=desk.deal.pk)
    assert queries() == few
    assert few <= 35


def test_the_stream_goes_on_by_key_and_shows_nothing_twice(desk: Desk) -> None:
    desks.talk(desk, 40)
    client = desk.client(desk.company.bo)
    first = client.get(f"/deals/{desk.deal.pk}?kind=activity")
    text = first.content.decode()
    address = text.split('rel="next" href="', 1)[1].split("#", 1)[0].replace("&amp;", "&")
    second = client.get(address, headers={"HX-Request": "true"}).content.decode()
    told = [number for number in range(40) if f"They need it by March {number}</bdi>" in text]
    rest = [number for number in range(40) if f"They need it by March {number}</bdi>" in second]
    assert (told, rest) == (list(range(10, 40)), list(range(10)))
    assert "<html" not in second
    assert "Show more" not in second


@pytest.mark.case("A24")
@pytest.mark.parametrize("after", ["x", "2025-01-01T00:00:00+00:00~1~' OR 1=1", "2025-01-01~1~1", "~~", "9" * 400])
def test_a_mark_that_is_none_of_ours_is_refused_in_words(desk: Desk, after: str) -> None:
    answer = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}", {"after": after})
    assert answer.status_code == 422
    assert "The mark in the address is not one that a page of Earnest writes." in answer.content.decode()


@pytest.mark.case("A01")
@pytest.mark.parametrize("path", ["", "/edit/about", "/edit/money", "/edit/dates", "/edit/step", "/edit/own", "/end"])
def test_a_deal_of_somebody_else_reads_like_one_that_is_not_there(desk: Desk, path: str) -> None:
    dana = desk.client(desk.company.dana)
    foreign = dana.get(f"/deals/{desk.deal.pk}{path}")
    absent = dana.get(f"/deals/{desk.deal.pk + 1000}{path}")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert _plain(foreign.content, desk.deal.pk) == _plain(absent.content, desk.deal.pk + 1000)
    assert desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}{path}").status_code == 200


def _plain(body: bytes, number: int) -> str:
    article = body.decode().split("<article", 1)[1].split("</article>", 1)[0]
    return article.replace(f"number {number}.", "number N.")


@pytest.mark.case("A02", "A03")
def test_nobody_writes_on_a_deal_they_do_not_see(desk: Desk) -> None:
    dana, number, stake = desk.client(desk.company.dana), desk.deal.pk, desk.stake.pk
    posts = {
        f"/deals/{number}/edit/step": {"version": 1, "next_step": "mine now"},
        f"/deals/{number}/end": {"version": 1, "outcome": "lost", "closed_on": "2026-01-05"},
        f"/deals/{number}/reopen": {"version": 1},
        f"/deals/{number}/lines": {"product": 1},
        f"/deals/{number}/people": {"name": "Me", "role": "decider"},
        f"/deals/{number}/people/{stake}": {"version": 1, "role": "blocker"},
        f"/deals/{number}/people/{stake}/out": {"version": 1},
        f"/deals/{number}/notes": {"text": "hello"},
        f"/deals/{number}/set-aside/overdue_next_step": {"reason": "no", "until_on": "2026-02-01"},
        "/capture": {"deal": number, "happened": "call-in"},
    }
    assert {path: dana.post(path, sent).status_code for path, sent in posts.items()} == dict.fromkeys(posts, 404)
    assert desk.fresh().version == 1


@pytest.mark.case("A28", "A29")
@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_shown_and_never_run(desk: Desk, text: str) -> None:
    by = desk.company.by(desk.company.bo)
    services.edit_account(by=by, account_id=desk.account.pk, version=1, name=text)
    services.edit_contact(by=by, contact_id=desk.ines.pk, version=1, name=text, job_title=text, email=text, phone=text)
    services.edit_deal(by=by, deal_id=desk.deal.pk, version=1, title=text, next_step=text, segment=text, source=text)
    notes.add_note(by=by, text=text, deal_id=desk.deal.pk)
    desks.talk(desk, words=text)
    client = desk.client(desk.company.bo)
    pages_told = [
        client.get(path).content.decode()
        for path in (
            f"/deals/{desk.deal.pk}",
            f"/deals/{desk.deal.pk}/edit/about",
            f"/deals/{desk.deal.pk}/edit/step",
            f"/deals/{desk.deal.pk}/end",
            "/",
            "/capture",
            f"/capture?deal={desk.deal.pk}",
            "/deals/new",
        )
    ]
    for page in pages_told:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg onload" not in page
        assert "onmouseover='alert" not in page
        assert 'href="javascript:' not in page
        assert ">49<" not in page
    assert text.startswith(("{{", "java")) or all("&lt;" in page or "&#39;" in page for page in pages_told[:1])


def test_a_finding_is_set_aside_with_its_reason_and_speaks_again(desk: Desk) -> None:
    client = desk.client(desk.company.bo)
    sent = {"reason": "Ines is on leave until the 19th", "until_on": "2026-02-01"}
    answer = client.post(f"/deals/{desk.deal.pk}/set-aside/overdue_next_step", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/deals/{desk.deal.pk}#verdicts")
    kept = Override.objects.unscoped(reason="a test looks").values_list("about", "reason", "until_on", "made_by_id")
    assert list(kept) == [
        ("overdue_next_step", "Ines is on leave until the 19th", date(2026, 2, 1), desk.company.bo.pk)
    ]
    text = client.get(f"/deals/{desk.deal.pk}").content.decode()
    assert "Set aside by <bdi>Bo</bdi> until 1\u00a0Feb\u00a02026: <bdi>Ines is on leave until the 19th</bdi>" in text
    assert "The next step was due on 18\u00a0Dec\u00a02025" in text
    assert "what has changed on your side?</q>" not in text


@pytest.mark.parametrize(
    "sent",
    [
        {"reason": "", "until_on": "2026-02-01"},
        {"reason": "because", "until_on": "soon"},
        {"reason": "because"},
        {"until_on": "2026-02-01"},
        {},
    ],
)
def test_nothing_is_set_aside_without_a_reason_and_a_day(desk: Desk, sent: dict[str, str]) -> None:
    client = desk.client(desk.company.bo)
    client.post(f"/deals/{desk.deal.pk}/set-aside/overdue_next_step", sent)
    assert Override.objects.unscoped(reason="a test looks").count() == 0
    assert "Nothing was set aside" in client.get(f"/deals/{desk.deal.pk}").content.decode()


def test_only_rules_can_be_set_aside(desk: Desk) -> None:
    sent = {"reason": "because", "until_on": "2026-02-01"}
    answer = desk.client(desk.company.bo).post(f"/deals/{desk.deal.pk}/set-aside/the-boss", sent)
    assert answer.status_code == 404


def test_an_ended_deal_says_how_and_why_and_is_judged_no_more(desk: Desk) -> None:
    services.end_deal(
        by=desk.company.by(desk.company.bo),
        deal_id=desk.deal.pk,
        version=1,
        outcome="no_decision",
        closed_on=date(2026, 1, 4),
        reason="The board froze the budget",
    )
    text = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}").content.decode()
    assert "No decision, 4\u00a0Jan\u00a02026" in text
    assert "<blockquote><bdi>The board froze the budget</bdi></blockquote>" in text
    assert 'id="verdicts"' not in text
    assert "Open it again" in text


def test_a_manager_reads_and_writes_an_analyst_only_reads(desk: Desk) -> None:
    grete = desk.client(desk.company.grete).get(f"/deals/{desk.deal.pk}").content.decode()
    ann = desk.client(desk.company.ann).get(f"/deals/{desk.deal.pk}").content.decode()
    assert ("It has ended" in grete, "It has ended" in ann) == (True, False)
    assert "Set it aside" not in ann


def test_panels_are_offered_by_functions_that_may_have_nothing_to_show(desk: Desk) -> None:
    names = ["dates", "verdicts", "need", "real", "step", "who", "money", "own", "files"]
    text = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}").content.decode()
    assert [name for name in names if f'id="{name}"' in text] == [name for name in names if name != "own"]
    assert len(pages.PANELS) == len(names)


@pytest.mark.duty("S4.49")
def test_a_sign_is_answered_on_the_page_and_judged_again(desk: Desk) -> None:
    client = desk.client(desk.company.bo)

    def told() -> str:
        return client.get(f"/deals/{desk.deal.pk}").content.decode()

    assert "0 of the signs for it hold, 0 of those against it" in told()
    for sign, answer, counts in (
        ("no_access", "yes", "1 of the signs for it hold, 0 of those against it"),
        ("way_opened", "yes", "1 of the signs for it hold, 1 of those against it"),
        ("no_access", "no", "0 of the signs for it hold, 1 of those against it"),
    ):
        sent = client.post(f"/deals/{desk.deal.pk}/signs/{sign}", {"answer": answer})
        assert (sent.status_code, sent["Location"]) == (302, f"/deals/{desk.deal.pk}#real")
        assert counts in told()


def test_a_stranger_is_sent_to_the_login(desk: Desk) -> None:
    answer = Client().get(f"/deals/{desk.deal.pk}")
    assert (answer.status_code, answer["Location"]) == (302, f"/login/login/?next=%2Fdeals%2F{desk.deal.pk}")


def test_what_others_changed_is_told_with_who_and_from_what_to_what(desk: Desk) -> None:
    services.edit_deal(
        by=desk.company.by(desk.company.grete, at=LATER),
        deal_id=desk.deal.pk,
        version=1,
        seller_close_on=date(2025, 12, 30),
        stage_id=desk.company.second.pk,
    )
    text = desk.client(desk.company.bo).get(f"/deals/{desk.deal.pk}?kind=change").content.decode()
    assert "<bdi>Grete</bdi> changed" in text
    told = "<del><bdi>16\u00a0Jan\u00a02026</bdi></del> → <ins><bdi>30\u00a0Dec\u00a02025</bdi></ins>"
    assert f"<span>our close date</span> {told}" in text
    assert "<span>the stage</span> <del><bdi>Talking</bdi></del> → <ins><bdi>Offer</bdi></ins>" in text
