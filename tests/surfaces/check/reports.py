"""Whole reports for tests: a large one with figures like a real export, and the extreme ones."""

import math

import msgspec

from earnest.forecast.figures import AgeBand
from earnest.intake.figures import Dirt, FileRead, MappedColumn, Proposal
from earnest.learn.figures import Ended, Trend, ValueRate
from earnest.measures.figures import CurvePoint, Money, SegmentCycle
from earnest.pipeline.figures import AgeCount, Claimed, OwnerLine
from earnest.surfaces.check.report import SCHEMA_VERSION, Report
from tests.surfaces.check import parts
from tests.surfaces.check.parts import TODAY, rate, usd

OWNERS = (
    "Amara Okoye", "Bo Lindqvist", "Chidi Nwosu", "Dana Petrescu", "Elif Aydın", "Farid Haddad", "Greta Holm",
    "Hana Novak", "Ines Duarte", "Jonas Weber", "Kaito Mori", "Lena Fischer", "Marek Dvořák", "Nadia Rahman",
    "Oskar Nyman", "Priya Nair", "Quentin Roux", "Rosa Marín", "Sven Aalto", "Tara Byrne",
)  # fmt: skip
BUYERS = (
    "Brackenfold Foods", "Castellane Retail", "Dunmoor Freight", "Everleigh Biologics", "Fenquist Hotels",
    "Grangeworth Packaging", "Hollin Air Cargo", "Isenholt Cold Stores", "Jarrow & Sons", "Kestrel Pumps",
)  # fmt: skip


def report(**changes) -> Report:
    """An empty report with these parts in it."""
    values = {
        "schema_version": SCHEMA_VERSION,
        "earnest_version": "0.1.0",
        "as_of_day": TODAY,
        "as_of_reason": "the newest date in the file",
        "replayed": False,
        "headline": "No deal is open in this export.",
        "sublines": (),
        "believed_cycle_days": None,
        "files": (FileRead("pipeline.csv", "deals", "CSV", 0, 8, "utf-8", ","),),
        "reconciled": parts.reconciled(0),
        "claimed": parts.no_claims(),
        "cycle": parts.cycle(),
        "past_every_win": parts.past(),
        "deals": parts.deals(),
        "ended": parts.nothing_ended(),
        "forecast": parts.forecast(too_few="No deal has ended, so there is nothing to learn a share from."),
        "dirt": (),
        "proposals": (),
        "mapping": (),
        "next_acts": (),
    }
    return Report(**{**values, **changes})


def large(*, lines: int = 300) -> Report:
    """Figures like those of a real export of 8,800 rows: many old deals, no amounts, no dates on some, no histories."""
    return report(
        headline="Of USD 5,186 k you call open, USD 1,318 k is left when each deal has to show that it is alive.",
        sublines=(
            "1,291 of 1,589 dated open deals are older than any deal you ever won (138 days).",
            "Half of what you win is won within 57 days, nine tenths within 108.",
        ),
        believed_cycle_days=122,
        files=(
            FileRead("sales_pipeline.csv", "deals", "CSV", 8_800, 8, "utf-8", ","),
            FileRead("accounts.csv", "accounts", "CSV", 85, 7, "utf-8", ","),
            FileRead("products.csv", "products", "CSV", 7, 3, "utf-8", ","),
        ),
        reconciled=parts.reconciled(8_800),
        claimed=_large_claimed(),
        cycle=_large_cycle(),
        past_every_win=parts.past(
            longest_win_days=138,
            past_longest=rate(1_291, 1_589),
            won_p95_days=116.0,
            past_p95=rate(1_393, 1_589),
            undated_count=500,
            ages=_large_ages(),
        ),
        deals=parts.deals(*(_large_deal(number) for number in range(lines)), total=2_089),
        ended=_large_ended(),
        forecast=_large_forecast(),
        dirt=_large_dirt(),
        proposals=_large_proposals(),
        mapping=_large_mapping(),
        next_acts=(
            "1,412 deals · past its date: Get the buyer's own date with its reason, or close it as no decision.",
            "«GTXPro» and «GTX Pro»: confirm that they are one product.",
        ),
    )


def _large_claimed() -> Claimed:
    unknown = {
        "no_next_step": ("the next step", "the next step's date"),
        "close_date_passed": ("the seller's expected close date",),
        "often_pushed": ("the changes of the close date",),
        "buyer_quiet": ("the buyer's latest answer",),
        "no_activity": ("the latest activity the CRM states",),
        "only_we_write": ("the activities",),
        "one_person": ("the number of contacts on the deal",),
        "stuck": ("the day the stage last changed",),
        "no_buyer_date": ("the buyer's own by-when date",),
        "forced_date": ("the buyer's own by-when date", "the seller's expected close date"),
        "gap_unknown": ("what the buyer said",),
        "promise_overdue": ("the promises made",),
    }
    found = (
        parts.reason(
            "past_good_through", deal_count=1_412, value=(usd(3_868_210),), only_reason_count=1_412,
            only_reason_value=(usd(3_868_210),), clear_count=177, unknown_count=500,
        ),
        parts.reason(
            "past_every_win", deal_count=1_291, value=(usd(3_512_004),), only_reason_count=0, clear_count=298,
            unknown_count=500,
        ),
        parts.reason("amount_missing", deal_count=2_089, only_reason_count=500, clear_count=0),
        parts.reason("unusually_large", clear_count=2_089),
    )  # fmt: skip
    return Claimed(
        open_count=2_089,
        hard_count=1_412,
        soft_count=0,
        unflagged_count=0,
        values=(parts.claimed_value("USD", 518_632_800, 386_821_000, open_count=2_089, list_priced_count=2_089),),
        reasons=(
            *found,
            *(
                parts.reason(rule, unknown_count=2_089, absent=("x",), absent_labels=labels)
                for rule, labels in unknown.items()
            ),
        ),
        owners=tuple(
            OwnerLine(name, 60 + 7 * i % 90, 30 + 5 * i % 60, (usd(120_000 + 9_000 * i),), (usd(80_000 + 5_000 * i),))
            for i, name in enumerate(OWNERS)
        ),
    )


def _large_cycle():
    def share(day: int) -> float:
        return 0.56 * (1 - math.exp(-((day / 66) ** 1.7)))

    curve = [CurvePoint(day, share(day), share(day) - 0.012, share(day) + 0.012) for day in range(139)]
    return parts.cycle(
        win_count=4_238,
        ended_count=6_711,
        open_count=1_589,
        days=(57, 90, 108),
        won_share=0.56,
        naive_days=(57.0, 88.0, 106.0),
        naive_mean_days=51.8,
        naive_p95_days=116.0,
        longest_win_days=138,
        history_days=437,
        observed_from_day=TODAY - 437,
        outlived=rate(388, 2_104),
        curve=tuple(curve),
        segments=(
            SegmentCycle("GTX Basic", 915, 1_436, 430, (55.0, 87.0, 106.0), (55, 88, 107), 55.0, 0.989),
            SegmentCycle("GTK 500", 15, 25, 15, (63.0, 100.0, 121.0), (61, 96, 116), 61.0, 0.6),
            SegmentCycle("MG Special", 793, 1_223, 428, (58.0, 89.0, 108.0), (58, 89, 108), 58.0, 0.987),
            SegmentCycle("New line", 2, 3, 9, (None, None, None), (None, None, None), None, 0.17),
        ),
        undated_count=500,
    )


def _large_ages() -> tuple[AgeCount, ...]:
    counts = (12, 15, 29, 35, 42, 78, 105, 339, 201, 80, 90, 71, 81, 78, 91, 84, 53, 41, 33, 19, 11, 1)
    return tuple(AgeCount(20 * i, 20 * i + 19, count) for i, count in enumerate(counts))


def _large_deal(number: int):
    age = 423 - number
    late = age > 108
    rules = [rule for rule, is_so in (("past_good_through", late), ("past_every_win", age > 138)) if is_so]
    verdicts = [parts.verdict(rule, age=age, limit=108) for rule in [*rules, "amount_missing"]]
    return parts.deal(
        number,
        account=BUYERS[number % len(BUYERS)] if number % 3 else "",
        title=("GTK 500", "GTX Plus Pro", "GTX Pro")[number % 3],
        external_id=f"1C{number:03}A6R",
        owner=OWNERS[number % len(OWNERS)],
        segment="GTX",
        amount=usd(26_768 - 71 * number),
        amount_is_list_price=True,
        opened_day=TODAY - age,
        age_days=age,
        good_through_day=TODAY - age + 108,
        days_past=max(0, age - 108),
        seller_close_day=None,
        verdicts=tuple(verdicts),
        unknown_titles=(
            "no next step", "date passed", "often pushed", "buyer quiet", "no activity", "only we write", "one person",
            "stuck", "no buyer date", "forced date", "gap unknown", "promise overdue",
        ),
        ask_next=parts.RULES[verdicts[0].rule][4],
        ask_why=verdicts[0].sentence,
    )  # fmt: skip


def _large_ended() -> Ended:
    overall = rate(4_238, 6_711)
    quarters = (
        parts.quarter("2017 Q1", 531, 647, outside=True),
        parts.quarter("2017 Q2", 1_254, 2_032),
        parts.quarter("2017 Q3", 1_257, 2_047),
        parts.quarter("2017 Q4", 1_196, 1_985),
    )
    sizes = [180 + 37 * i % 190 for i in range(len(OWNERS))]
    owners = [
        parts.group(name, round(size * (0.60 + 0.013 * (i * 7 % 6))), size)
        for i, (name, size) in enumerate(zip(OWNERS, sizes, strict=True))
    ]
    products = [
        parts.group("GTX Basic", 915, 1_436),
        parts.group("GTK 500", 15, 25),
        parts.group("MG Special", 793, 1_223),
        parts.group("New line", 2, 3),
    ]
    return Ended(
        won_count=4_238,
        lost_count=2_473,
        no_decision_count=0,
        declined_count=0,
        all_in=overall,
        competitive=overall,
        decision=rate(6_711, 6_711),
        no_decision=rate(0, 6_711),
        by_value=(ValueRate("USD", usd(10_005_534), usd(15_812_400), 0.633, 0.614, 0.651, 2_690.4, False),),
        noes_per_yes=0.58,
        dry_run=3,
        trend=Trend(quarters, 0.6315, "Four quarters are too few to tell a trend from chance", signal=False),
        comparisons=(
            parts.comparison("owner", "Owner", *owners, sizes=(10, 20, 40, 80, 120, 180, 250, 360)),
            parts.comparison("product", "Product", *products, sizes=(5, 25, 100, 400, 800, 1_450)),
        ),
        no_decision_known=False,
    )


def _large_forecast():
    bands = (
        AgeBand(0, 29, rate(1_480, 2_610), 0.567, 74, 42.0),
        AgeBand(30, 59, rate(1_204, 2_242), 0.537, 131, 70.3),
        AgeBand(60, 89, rate(801, 1_611), 0.497, 190, 94.4),
        AgeBand(90, 138, rate(322, 1_390), 0.232, 402, 93.1),
        AgeBand(139, None, rate(0, 912), 0.001, 792, 0.4),
    )
    checks = tuple(
        parts.backcheck(17_318 + 30 * i, 190_000_000 + 9_000_000 * i, 170_000_000 + 16_000_000 * i) for i in range(5)
    )
    return parts.forecast(
        ranges=(
            parts.expected(
                "USD", 71_000_000, 92_400_000, 114_000_000, deal_count=2_089, open_value=usd(5_186_328),
                stage_default=usd(2_074_531),
            ),
        ),
        bands=bands,
        backchecks=checks,
        backcheck_error=0.19,
        stage_default_error=0.88,
    )  # fmt: skip


def _large_dirt() -> tuple[Dirt, ...]:
    return (
        Dirt(
            "no_dates", "Open deals without any date", 500, ("line 8302: UP409DSB", "line 8303: EG7OFLFR"),
            "They are listed, and counted as unknown wherever age matters.", "Write down the day the talk began.",
        ),
        Dirt(
            "unmatched_product", "Product that is not in the product list", 1_480, ("line 3: GTXPro",),
            "Joined to «GTX Pro», which differs by one space.", "Use one spelling in the CRM.",
        ),
        Dirt(
            "probability_range", "Probability that cannot be", 2, ("line 4011: 1000",),
            "The two rows are refused.", "Correct them and run the check again.", refused=True,
        ),
    )  # fmt: skip


def _large_proposals() -> tuple[Proposal, ...]:
    return (
        Proposal(
            "join_repair", "«GTXPro» may be «GTX Pro»", "1,480 deals name a product that differs by one space.", 1_480,
            applied=True, how="Put «products: GTXPro = GTX Pro» into the mapping to confirm it.",
        ),
        Proposal(
            "lost_reason", "«Went silent» may mean no decision", "212 lost deals give this reason.", 212,
            applied=False, how="Answer once in the mapping: lost or no decision.",
        ),
    )  # fmt: skip


def _large_mapping() -> tuple[MappedColumn, ...]:
    file = "sales_pipeline.csv"
    return (
        MappedColumn(file, "opportunity_id", "deals", "external_id", "1C1I7A6R", "known"),
        MappedColumn(file, "sales_agent", "deals", "owner", "Amara Okoye", "known"),
        MappedColumn(file, "engage_date", "deals", "opened_on", "2016-10-20", "guessed"),
        MappedColumn("accounts.csv", "subsidiary_of", "", "", "Acme Corporation", "unused"),
    )


def tiny() -> Report:
    """One open deal, one win: nearly everything is too few."""
    return report(
        headline="1 open deal, and nothing this file can tell speaks against it.",
        reconciled=parts.reconciled(2),
        claimed=Claimed(1, 0, 0, 1, (parts.claimed_value("EUR", 7_100_000, 0, open_count=1),), (
            parts.reason("past_good_through", unknown_count=1),
            parts.reason("no_next_step", clear_count=1),
        ), (OwnerLine("Amara", 1, 0, (Money(7_100_000, "EUR"),), ()),)),
        cycle=parts.cycle(win_count=1, ended_count=1, open_count=1, history_days=90, naive_days=(88.0, 88.0, 88.0)),
        deals=parts.deals(
            parts.deal(
                1, amount=Money(7_100_000, "EUR"), age_days=1, opened_day=TODAY - 1, good_through_day=None,
                days_past=None,
                verdicts=(), unknown_titles=("past its date",), ask_next="", ask_why="",
            )
        ),
        ended=msgspec.structs.replace(
            parts.nothing_ended(), won_count=1, all_in=rate(1, 1), competitive=rate(1, 1), decision=rate(1, 1),
            no_decision=rate(0, 1), no_decision_known=True,
        ),
        forecast=parts.forecast(too_few="1 deal has ended; 30 are needed before a share means anything."),
    )  # fmt: skip


def four_currencies() -> Report:
    """Four currencies, of two, none and three digits, with amounts of twelve digits."""
    amounts = {"EUR": 999_999_999_999, "JPY": 123_456_789_012, "KWD": 987_654_321_098, "": 5_000}
    values = tuple(parts.claimed_value(name, minor, minor // 3) for name, minor in amounts.items())
    monies = tuple(Money(minor // 3, name) for name, minor in amounts.items())
    lines = [
        parts.deal(number, amount=Money(minor, name), account=f"Buyer {name or 'without currency'}")
        for number, (name, minor) in enumerate(amounts.items())
    ]
    return report(
        headline="13 of 40 open deals fail the test of being alive.",
        claimed=Claimed(40, 13, 5, 2, values, (
            parts.reason(
                "past_good_through", deal_count=13, value=monies, only_reason_count=9, only_reason_value=monies[:2]
            ),
        ), (OwnerLine("Amara", 40, 13, monies, monies[:1]),)),
        deals=parts.deals(*lines),
        forecast=parts.forecast(
            ranges=tuple(parts.expected(name, minor // 9, minor // 6, minor // 4) for name, minor in amounts.items())
        ),
    )  # fmt: skip


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "safe\u202egpj.exe",
    "zero\u200bwidth\ufeff\u2060",
    "\x1b[31mred\x1b[0m\x07",
    "שלום עולם Ltd.",
    "مؤسسة الخليج للتجارة",
    "A" * 50,
    "👩‍🔧 Werkstatt & Söhne",
    "=HYPERLINK(\"http://evil.example\")",
    "\ud800 lone",
)  # fmt: skip


def hostile() -> Report:
    """What strangers wrote, in every field that can hold it."""
    lines = [
        parts.deal(
            number,
            account=text, title=text[::-1], owner=text, segment=text, stage=text, next_step=text, external_id=text,
            ask_next=text, ask_why=f"because {text}",
            verdicts=(msgspec.structs.replace(parts.verdict("no_next_step"), title=text, sentence=text, clears=text),),
            unknown_titles=(text,),
        )
        for number, text in enumerate(HOSTILE)
    ]  # fmt: skip
    owners = tuple(OwnerLine(text, 1, 1, (usd(10),), (usd(10),)) for text in HOSTILE)
    groups = [parts.group(text, 5 + number, 12 + number, differs=number < 3) for number, text in enumerate(HOSTILE)]
    big = large(lines=0)
    told = " ".join(HOSTILE)
    return msgspec.structs.replace(
        big,
        headline=told,
        sublines=HOSTILE,
        as_of_reason=told,
        next_acts=HOSTILE,
        files=tuple(FileRead(text, text, text, 1, 1, text, text) for text in HOSTILE),
        claimed=msgspec.structs.replace(
            big.claimed,
            owners=owners,
            reasons=tuple(
                parts.reason(text, title=text, clears=text, deal_count=1, unknown_count=1, absent_labels=(text,))
                for text in HOSTILE
            ),
        ),
        cycle=msgspec.structs.replace(
            big.cycle,
            segments=tuple(
                SegmentCycle(text, 9, 9, 9, (1.0, 2.0, 3.0), (1, 2, 3), 1.0, 0.5) for text in HOSTILE
            ),
        ),
        deals=parts.deals(*lines),
        ended=msgspec.structs.replace(
            big.ended,
            trend=msgspec.structs.replace(big.ended.trend, finding=told),
            comparisons=(parts.comparison(HOSTILE[1], HOSTILE[0], *groups, finding=told),),
        ),
        forecast=msgspec.structs.replace(big.forecast, too_few="", method=told),
        dirt=tuple(Dirt(text, text, 3, HOSTILE, text, text) for text in HOSTILE),
        proposals=tuple(Proposal(text, text, text, 3, applied=False, how=text) for text in HOSTILE),
        mapping=tuple(MappedColumn(text, text, "deals", text, text, "guessed") for text in HOSTILE),
    )  # fmt: skip


def every() -> dict[str, Report]:
    """Each report by its name."""
    return {
        "empty": report(),
        "tiny": tiny(),
        "large": large(lines=40),
        "four_currencies": four_currencies(),
        "hostile": hostile(),
    }
