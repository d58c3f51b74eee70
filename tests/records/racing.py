"""One of several processes that write the same deal at the same time. Run by test_races.py."""

import json
import sys
from datetime import UTC, date, datetime

from earnest.surfaces import workspace

workspace.connect()

from earnest.people import actors, visibility  # noqa: E402  # models need Django to be ready
from earnest.people import services as people  # noqa: E402
from earnest.records import services  # noqa: E402
from earnest.records.models import Deal  # noqa: E402
from earnest.records.services import By, StaleVersion  # noqa: E402

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def by_admin() -> By:
    """The admin of this machine, as every process of the race acts."""
    return By(actors.actor_of(people.local_admin(at=AT), today=date(2026, 1, 5)), AT)


def race(rounds: str) -> None:
    """Raise a deal's lead time by one, so many times, reading it anew whenever somebody else was faster."""
    by, stale = by_admin(), 0
    for _ in range(int(rounds)):
        while True:
            deal = visibility.visible(by.actor, Deal).get()
            try:
                services.edit_deal(
                    by=by, deal_id=deal.pk, version=deal.version, lead_time_days=(deal.lead_time_days or 0) + 1
                )
            except StaleVersion:
                stale += 1
                continue
            break
    sys.stdout.write(json.dumps(stale))


def create(key: str) -> None:
    """Open one deal under a key that other processes use as well."""
    deal = services.open_deal(by=by_admin(), title="Once", key=key)
    sys.stdout.write(json.dumps(deal.pk))
