"""The eight told deals, T1 to T8, and the two told leads, as they happened."""

from datetime import date

from earnest.demo.tarnholt.parts import Account, Buyer, Deal, Edit, Lead, Move, Talk


def deals() -> list[Deal]:
    """T1 to T8."""
    return [_t1(), _t2(), _t3(), _t4(), _t5(), _t6(), _t7(), _t8()]


def _t1() -> Deal:
    """A true need."""
    return Deal(
        key="T1",
        title="Brackenfold Foods: no missed slots into March",
        account=Account("Brackenfold Foods", "Food and drink", "Netherlands", 640),
        rep="AM",
        segment="mid",
        value=71,
        source="Inbound",
        opened_on=date(2025, 9, 8),
        people=(
            Buyer("Ines Falkenrath", "Operations director", "owner"),
            Buyer("Joost Terlaak", "Dock shift lead", "user", date(2025, 9, 18)),
            Buyer("Milan Brecht", "Finance controller", "finance", date(2025, 11, 27)),
        ),
        first={"seller_close_on": date(2026, 1, 16)},
        talks=(
            Talk(date(2025, 9, 8), "call", "both", "How the docks work today, from gate to gate", 45, 0, 12),
            Talk(date(2025, 9, 18), "meeting", "both", "A morning at the docks: 96 missed slots, counted", 180, 1),
            Talk(date(2025, 9, 25), "email", "in", "Ines sends the log: plan 30 a month, 140 € for each missed one"),
            Talk(
                date(2025, 10, 9), "meeting", "both", "«If we walk into March like this, we lose the line.»", 60, 0, 18
            ),
            Talk(date(2025, 10, 23), "email", "in", "The retailer's contract: 260 € a slot from 2 March", None, 0),
            Talk(date(2025, 11, 6), "meeting", "both", "Must-haves, one by one, with the shift lead", 90, 1, 35),
            Talk(
                date(2025, 11, 20), "call", "both", "45 days from signature to the first full week, agreed", 30, 0, 10
            ),
            Talk(
                date(2025, 12, 1), "call", "both", "What the new controller had been told: «a calendar tool»", 30, 2, 8
            ),
            Talk(date(2025, 12, 3), "email", "out", "The measure, the plan and the gap on one page", None, 2),
            Talk(date(2025, 12, 12), "call", "both", "He has read it; they will agree the measure together", 25, 2, 7),
        ),
        moves=(Move(date(2025, 9, 25), 2), Move(date(2025, 10, 23), 3), Move(date(2025, 12, 1), 4)),
        edits=(
            Edit(date(2025, 10, 23), {"buyer_by_when_on": date(2026, 3, 2)}),
            Edit(date(2025, 11, 20), {"lead_time_days": 45}),
            Edit(
                date(2025, 12, 12),
                {
                    "next_step": "Ines and the finance controller agree the measure with Amara",
                    "next_step_on": date(2025, 12, 18),
                },
            ),
        ),
    )


def _t2() -> Deal:
    """Column fodder."""
    return Deal(
        key="T2",
        title="Castellane Retail: request with 142 requirements",
        account=Account("Castellane Retail", "Retail", "France", 5_200),
        rep="BO",
        segment="ent",
        value=310,
        source="Unsolicited RFP",
        opened_on=date(2025, 11, 24),
        people=(Buyer("Odile Garnier", "Procurement officer", "procurement"),),
        first={"seller_close_on": date(2026, 1, 30)},
        talks=(
            Talk(date(2025, 11, 24), "email", "in", "142 requirements, answer due on 5 December"),
            Talk(date(2025, 11, 25), "email", "out", "Seven questions about the gap, and a wish to meet operations"),
            Talk(
                date(2025, 11, 27),
                "email",
                "in",
                "Five of the seven are declined; no access; a sheet with columns B to D",
            ),
            Talk(date(2025, 12, 1), "call", "both", "«It has to work like the one they showed us in May.»", 20, 0, 4),
            Talk(date(2025, 12, 5), "email", "out", "Our answer to all 142 requirements, 46 hours of work"),
            Talk(date(2025, 12, 11), "call", "both", "Asks for the price by line, and for nothing else", 15, 0, 3),
        ),
        moves=(Move(date(2025, 12, 5), 5),),
        edits=(
            Edit(
                date(2025, 12, 11),
                {
                    "next_step": "Procurement and Bo go through the price sheet line by line",
                    "next_step_on": date(2025, 12, 19),
                },
            ),
        ),
    )


def _t3() -> Deal:
    """The zombie."""
    pushes = (
        (date(2025, 6, 24), date(2025, 7, 31)),
        (date(2025, 7, 29), date(2025, 8, 29)),
        (date(2025, 8, 27), date(2025, 9, 30)),
        (date(2025, 9, 26), date(2025, 10, 31)),
        (date(2025, 10, 29), date(2026, 1, 30)),
    )
    silence = (
        date(2025, 10, 8),
        date(2025, 10, 22),
        date(2025, 11, 5),
        date(2025, 11, 19),
        date(2025, 12, 3),
        date(2025, 12, 11),
    )
    return Deal(
        key="T3",
        title="Dunmoor Freight: yard and docks",
        account=Account("Dunmoor Freight", "Logistics", "United Kingdom", 410),
        rep="CH",
        segment="mid",
        value=128,
        source="Event",
        opened_on=date(2025, 2, 10),
        people=(
            Buyer("Alistair Boyle", "Head of transport", "influencer"),
            Buyer("Senga Muir", "Yard supervisor", "user", date(2025, 3, 6)),
        ),
        first={"seller_close_on": date(2025, 6, 30)},
        talks=(
            Talk(date(2025, 2, 10), "call", "both", "How the yard works today", 40, 0, 25),
            Talk(date(2025, 3, 6), "meeting", "both", "A look at the yard on a Thursday peak", 90, 1),
            Talk(date(2025, 3, 20), "meeting", "both", "Waits, and roughly what they cost", 60, 0, 35),
            Talk(date(2025, 4, 3), "email", "out", "Our proposal"),
            Talk(date(2025, 5, 15), "call", "both", "He likes it; the budget round is in summer", 20, 0, 14),
            Talk(date(2025, 7, 10), "email", "in", "The round has moved to autumn"),
            Talk(date(2025, 9, 30), "call", "both", "Nothing new; he will come back", 10, 0, 7),
            *(Talk(on, "email", "out", "Following up on our proposal") for on in silence),
        ),
        moves=(
            Move(date(2025, 3, 6), 2),
            Move(date(2025, 3, 20), 3),
            Move(date(2025, 3, 31), 4),
            Move(date(2025, 4, 3), 5),
        ),
        edits=(
            *(Edit(on, {"seller_close_on": until}) for on, until in pushes),
            Edit(date(2025, 9, 30), {"next_step": "follow up"}),
        ),
    )


def _t4() -> Deal:
    """A forced quarter end."""
    return Deal(
        key="T4",
        title="Everleigh Biologics: docks ready for the audit",
        account=Account("Everleigh Biologics", "Pharmaceuticals", "Ireland", 1_900),
        rep="DA",
        segment="ent",
        value=265,
        source="Referral",
        opened_on=date(2025, 6, 22),
        people=(
            Buyer("Maeve Corrigan", "Director of quality", "owner"),
            Buyer("Tomas Ravel", "Head of distribution", "user"),
            Buyer("Una Whelan", "Finance partner", "finance", date(2025, 9, 30)),
            Buyer("Conall Daly", "Chief operating officer", "decider", date(2025, 11, 27)),
        ),
        first={"seller_close_on": date(2026, 2, 27), "amount_minor": 340_000_00, "list_amount_minor": 340_000_00},
        talks=(
            Talk(
                date(2025, 6, 22), "email", "in", "After the talk at the customer day: could you help before our audit?"
            ),
            Talk(date(2025, 7, 3), "call", "both", "Which findings the last audit had at the docks", 45, 0, 15),
            Talk(date(2025, 7, 24), "meeting", "both", "Cold doors open for 31 minutes on average", 120, 1, 45),
            Talk(date(2025, 8, 21), "email", "in", "Their own door log of six weeks", None, 1),
            Talk(
                date(2025, 9, 11), "meeting", "both", "The audit is on 27 April, and docks are on its list", 60, 0, 20
            ),
            Talk(date(2025, 9, 30), "meeting", "both", "What a repeated finding would cost", 75, 2, 28),
            Talk(date(2025, 10, 23), "meeting", "both", "Must-haves, one by one", 90, 1, 40),
            Talk(date(2025, 11, 13), "call", "both", "45 days to the first full week, agreed", 30, 0, 10),
            Talk(
                date(2025, 11, 27), "email", "out", "Proposal, price and steps, as agreed with Una and Conall", None, 3
            ),
            Talk(date(2025, 12, 8), "email", "out", "22 % off if you sign by 31 December", None, 0),
            Talk(date(2025, 12, 9), "call", "both", "«Why December? Our audit is in April.»", 15, 0, 9),
        ),
        moves=(
            Move(date(2025, 7, 24), 2),
            Move(date(2025, 9, 30), 3),
            Move(date(2025, 10, 23), 4),
            Move(date(2025, 11, 27), 5),
        ),
        edits=(
            Edit(date(2025, 9, 11), {"buyer_by_when_on": date(2026, 4, 27)}),
            Edit(date(2025, 11, 13), {"lead_time_days": 45}),
            Edit(date(2025, 12, 8), {"seller_close_on": date(2025, 12, 30)}, by="GR"),
            Edit(date(2025, 12, 8), {"amount_minor": 265_000_00, "offer_ends_on": date(2025, 12, 31)}),
            Edit(
                date(2025, 12, 9),
                {
                    "next_step": "Maeve and Una tell Dana what their board needs to decide",
                    "next_step_on": date(2025, 12, 18),
                },
            ),
        ),
    )


def _t5() -> Deal:
    """The fake sale."""
    return Deal(
        key="T5",
        title="Fenquist Hotels: Quayside for the logo",
        account=Account("Fenquist Hotels", "Hospitality", "Sweden", 900),
        rep="EL",
        segment="mid",
        value=0,
        source="Event",
        opened_on=date(2025, 8, 27),
        people=(Buyer("Sixten Almroth", "Purchasing lead", "procurement"),),
        first={"seller_close_on": date(2025, 11, 28), "amount_minor": 62_000_00, "list_amount_minor": 62_000_00},
        talks=(
            Talk(date(2025, 8, 27), "call", "both", "They take in goods at eleven kitchens", 30),
            Talk(date(2025, 10, 8), "call", "both", "No number for what a late lorry costs them", 20),
            Talk(date(2025, 11, 18), "email", "out", "Free for two years, if we may show your logo"),
            Talk(date(2025, 11, 20), "email", "in", "«It was free, so why not.»"),
        ),
        moves=(
            Move(date(2025, 9, 10), 2),
            Move(date(2025, 10, 8), 3),
            Move(date(2025, 11, 11), 4),
            Move(date(2025, 11, 18), 5),
            Move(date(2025, 11, 20), 6),
        ),
        edits=(Edit(date(2025, 11, 18), {"amount_minor": 0}),),
        outcome="won",
        closed_on=date(2025, 11, 20),
        reason="«It was free.»",
    )


def _t6() -> Deal:
    """No decision, worth another look."""
    return Deal(
        key="T6",
        title="Grangeworth Packaging: two plants, one dock plan",
        account=Account("Grangeworth Packaging", "Manufacturing", "Belgium", 730),
        rep="BO",
        segment="mid",
        value=96,
        source="Inbound",
        opened_on=date(2024, 9, 18),
        people=(
            Buyer("Wout Verhaege", "Plant manager", "decider"),
            Buyer("Lotte Simons", "Logistics supervisor", "user"),
        ),
        first={"seller_close_on": date(2025, 3, 31)},
        talks=(
            Talk(date(2024, 9, 18), "call", "both", "Where lorries wait, and for how long", 40),
            Talk(date(2024, 10, 17), "meeting", "both", "A day at both plants", 240, 1),
            Talk(date(2024, 12, 5), "meeting", "both", "What the waits cost each plant", 75, 0),
            Talk(date(2025, 2, 13), "email", "in", "Two supervisors fear another failed rollout", None, 1),
            Talk(date(2025, 3, 20), "call", "both", "The plant manager leaves in May", 20, 0),
            Talk(date(2025, 4, 29), "call", "both", "Budget frozen until the new plant manager decides", 25, 1),
        ),
        moves=(Move(date(2024, 10, 17), 2), Move(date(2024, 12, 5), 3)),
        edits=(
            Edit(date(2025, 3, 20), {"seller_close_on": date(2025, 5, 30)}),
            Edit(date(2025, 4, 29), {"buyer_by_when_on": date(2026, 6, 15)}),
        ),
        outcome="no_decision",
        closed_on=date(2025, 4, 29),
        reason="Budget frozen until the new plant manager decides, by 15 June 2026",
        handed_to=("FA", date(2025, 8, 4)),
    )


def _t7() -> Deal:
    """A good no."""
    return Deal(
        key="T7",
        title="Hollin Air Cargo: aircraft turnarounds",
        account=Account("Hollin Air Cargo", "Logistics", "Germany", 1_150),
        rep="AM",
        segment="mid",
        value=140,
        source="Inbound",
        opened_on=date(2025, 10, 2),
        people=(Buyer("Sabine Roth", "Director of ground operations", "owner"),),
        first={"seller_close_on": date(2026, 2, 13)},
        talks=(
            Talk(date(2025, 10, 2), "call", "both", "They want live control of aircraft turnarounds", 45, 0, 10),
            Talk(date(2025, 10, 8), "meeting", "both", "Must-have: second-by-second apron data. Ours: no", 90, 0, 30),
            Talk(date(2025, 10, 14), "call", "both", "We are a poor fit for this; who we would ask instead", 20, 0, 12),
            Talk(date(2025, 10, 14), "email", "out", "Introduction to a specialist for turnarounds"),
            Talk(date(2025, 11, 11), "email", "in", "Thank you, and a word to our sister company about you"),
        ),
        moves=(Move(date(2025, 10, 8), 2),),
        outcome="declined",
        closed_on=date(2025, 10, 14),
        reason="No fit: they need second-by-second apron data, and we have none; introduced to a specialist",
    )


def _t8() -> Deal:
    """Won and delivered."""
    return Deal(
        key="T8",
        title="Isenholt Cold Stores: lorries wait 25 minutes",
        account=Account("Isenholt Cold Stores", "Logistics", "Austria", 2_300),
        rep="AM",
        segment="ent",
        value=230,
        source="Referral",
        opened_on=date(2024, 7, 25),
        people=(
            Buyer("Johanna Prugger", "Head of operations", "owner"),
            Buyer("Klaus Ebner", "Chief financial officer", "decider", date(2024, 11, 7)),
            Buyer("Mira Sorg", "Dock planner", "user", date(2024, 9, 5)),
        ),
        first={"seller_close_on": date(2025, 2, 28)},
        talks=(
            Talk(date(2024, 7, 25), "call", "both", "Lorries wait 47 minutes on average", 40, 0, 12),
            Talk(date(2024, 9, 5), "meeting", "both", "Two days at the docks with the planner", 480, 2),
            Talk(date(2024, 10, 10), "email", "in", "Waiting times of a year, by dock", None, 2),
            Talk(
                date(2024, 11, 7), "meeting", "both", "What each minute costs, with the chief financial officer", 90, 1
            ),
            Talk(date(2024, 12, 12), "meeting", "both", "25 minutes by 1 October, and why that day", 60, 0),
            Talk(date(2025, 1, 23), "meeting", "both", "Must-haves: all yes, one with work by May", 90, 2),
            Talk(date(2025, 2, 20), "meeting", "both", "Steps, price and first site", 75, 1),
            Talk(date(2025, 3, 18), "meeting", "both", "Signed, with the outcome in the contract", 45, 0),
            Talk(date(2025, 10, 6), "email", "in", "Mean wait in September: 26 minutes", None, 0),
        ),
        moves=(
            Move(date(2024, 9, 5), 2),
            Move(date(2024, 11, 7), 3),
            Move(date(2025, 1, 23), 4),
            Move(date(2025, 2, 20), 5),
            Move(date(2025, 3, 6), 6),
        ),
        edits=(
            Edit(date(2024, 12, 12), {"buyer_by_when_on": date(2025, 10, 1)}),
            Edit(date(2025, 2, 20), {"lead_time_days": 180, "seller_close_on": date(2025, 3, 28)}),
        ),
        outcome="won",
        closed_on=date(2025, 3, 18),
        reason="The wait costs more than we do, and our word was kept nine times of nine",
        discount=0.05,
    )


LEADS = (
    Lead(
        key="L-104",
        name="Carsten Roth",
        company="Hollin Road Feeder",
        source="Referral",
        rep="AM",
        received_on=date(2025, 11, 11),
        state="working",
        note="L-104. Sabine Roth of Hollin Air Cargo, whom we had told that we are no fit, sent a sister company.",
    ),
    Lead(
        key="L-117",
        name="Runa Veldt",
        company="Kestelby Paper",
        source="Inbound",
        rep="FA",
        received_on=date(2025, 12, 12),
        state="not_yet",
        ready_on=date(2026, 6, 15),
        note="L-117. «Not ready for at least six months.» Farid: leads suck.",
    ),
)
