"""Activities, joined to their deals."""

from tests.intake import exports, made

DEALS = exports.table(
    "opportunity.csv",
    ["Id", "Name", "StageName", "CloseDate"],
    [["006Pw0000000001", "One", "Prospecting", "2026-08-31"], ["006Pw0000000002", "Two", "Prospecting", ""]],
)
TASKS = exports.table(
    "task.csv",
    ["Id", "Subject", "WhoId", "WhatId", "ActivityDate", "Status", "TaskSubtype", "CallType", "CallDurationInSeconds"],
    [
        ["t1", "Call", "c1", "006Pw0000000001IAA", "2026-05-01", "Completed", "Call", "Inbound", "600"],
        ["t2", "Mail", "c2", "006Pw0000000001IAA", "2026-05-02", "Completed", "Email", "", ""],
        ["t3", "Call back", "c1", "006Pw0000000001IAA", "2026-05-03", "Not Started", "Call", "Outbound", ""],
        ["t4", "Demo", "c1", "006Pw0000000001IAA", "2026-06-03", "Not Started", "Task", "", ""],
        ["t5", "Other", "c3", "001Pw0000000009AAA", "2026-05-02", "Completed", "Task", "", ""],
    ],
)


def test_tasks_find_their_deal_and_say_what_they_were() -> None:
    rows = made.frame(made.intake(DEALS, TASKS), "activities")
    told = rows.select("deal_id", "channel", "direction", "subject", "duration_minutes", "contact_id", "done")
    assert told.rows() == [
        (1, "call", "in", "Call", 10.0, 1, True),
        (1, "email", None, "Mail", None, 2, True),
        (1, "task", None, "Demo", None, 1, False),
    ]


def test_a_day_without_a_time_stays_that_day() -> None:
    moments = made.column(made.intake(DEALS, TASKS), "at", "activities")
    assert [made.words.day_of(moment // 86_400).isoformat() for moment in moments] == [
        "2026-05-01",
        "2026-05-02",
        "2026-06-03",
    ]


def test_activities_of_nothing_here_are_counted() -> None:
    found = made.dirt(made.intake(DEALS, TASKS), "unmatched_activities")
    assert found is not None
    assert found.count == 1


def test_without_any_match_the_book_has_no_activities() -> None:
    tasks = exports.table(
        "task.csv", ["Id", "Subject", "WhoId", "WhatId", "ActivityDate"], [["t5", "Other", "c3", "001", "2026-05-02"]]
    )
    assert not made.intake(DEALS, tasks).book.has("activities")


def test_a_meeting_is_of_both_sides_and_found_through_its_link() -> None:
    deals = exports.table("deal_data.csv", ["deal_id", "property_dealname"], [["1", "One"]])
    meetings = exports.table(
        "engagement_meeting_data.csv",
        ["engagement_id", "start_time", "end_time", "title", "type"],
        [["e1", "2026-05-01 10:00:00", "2026-05-01 10:30:00", "Kick-off", "MEETING"]],
    )
    links = exports.table("engagement_deal_data.csv", ["deal_id", "engagement_id"], [["1", "e1"]])
    rows = made.frame(made.intake(deals, meetings, links), "activities")
    assert rows.select("deal_id", "channel", "direction", "duration_minutes", "done").rows() == [
        (1, "meeting", "both", 30.0, True)
    ]


def test_contacts_are_counted_from_their_links() -> None:
    deals = exports.table("deal_data.csv", ["deal_id", "property_dealname"], [["1", "One"], ["2", "Two"]])
    links = exports.table("deal_contact_data.csv", ["deal_id", "contact_id"], [["1", "a"], ["1", "b"], ["1", "a"]])
    assert made.column(made.intake(deals, links), "contact_count") == [2, 0]


def test_the_newest_activity_says_how_old_a_file_is() -> None:
    intake = made.intake(DEALS, TASKS)
    assert intake.as_of_reason == "Judged as of today; the newest date in the files is 2 May 2026."
