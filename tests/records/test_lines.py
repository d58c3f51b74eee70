"""The products in a deal: added, changed, taken out, each against the deal's version, and each taken back."""

import pytest

from earnest.people import visibility
from earnest.people.authority import NotAllowed, NotFound
from earnest.records import services
from earnest.records.models import Change, Deal, DealLine, Origin
from earnest.records.services import StaleVersion, undoing
from earnest.records.services.lines import LineChanged, LineRefused
from tests.workspace import LATER, Workspace

Told = list[tuple[int, str, int, int | None]]


def opened(company: Workspace, *names: str) -> tuple[Deal, list[DealLine]]:
    """Bo's deal with a line of each product."""
    by = company.by(company.bo)
    deal = services.open_deal(by=by, title="Lines", currency_id="EUR")
    admin = company.by(company.admin)
    products = [services.add_product(by=admin, name=name, list_price_minor=482_100, currency="EUR") for name in names]
    return deal, [services.add_line(by=by, deal_id=deal.pk, product_id=product.pk) for product in products]


def held(company: Workspace) -> Told:
    rows = visibility.visible(company.actor(company.bo), DealLine).order_by("position")
    return list(rows.values_list("position", "product__name", "quantity", "price_minor"))


def told(deal: Deal) -> list[tuple[str, str]]:
    rows = Change.objects.unscoped(reason="a test looks").filter(record_id=deal.pk, field="line", kind="records.deal")
    return list(rows.order_by("id").values_list("old_text", "new_text"))


def version(deal: Deal) -> int:
    return Deal.objects.unscoped(reason="a test looks").get(pk=deal.pk).version


def test_a_line_is_changed_against_its_deal_with_its_history(company: Workspace) -> None:
    deal, (line,) = opened(company, "GTX Pro")
    by = company.by(company.bo)
    services.change_line(by=by, line_id=line.pk, version=2, quantity=3, price_minor=450_050)
    assert held(company) == [(1, "GTX Pro", 3, 450_050)]
    assert told(deal)[1:] == [("1: 1 × GTX Pro", "1: 3 × GTX Pro at 4,500.50 EUR")]
    services.change_line(by=by, line_id=line.pk, version=3, quantity=3)
    assert version(deal) == 3


def test_a_line_is_taken_out_and_the_next_one_is_the_first(company: Workspace) -> None:
    deal, (first, _second, third) = opened(company, "A", "B", "C")
    by = company.by(company.bo)
    services.remove_line(by=by, line_id=first.pk, version=4)
    assert held(company) == [(1, "B", 1, None), (3, "C", 1, None)]
    assert told(deal)[-1] == ("1: 1 × A", "1:")
    services.remove_line(by=by, line_id=third.pk, version=5)
    services.add_line(by=by, deal_id=deal.pk, product_id=third.product_id)
    assert held(company) == [(1, "B", 1, None), (2, "C", 1, None)]


def test_a_new_line_stands_after_the_last_one(company: Workspace) -> None:
    deal, (_first, second, third) = opened(company, "A", "B", "C")
    by = company.by(company.bo)
    services.remove_line(by=by, line_id=second.pk, version=4)
    services.add_line(by=by, deal_id=deal.pk, product_id=third.product_id, quantity=9)
    assert held(company) == [(1, "A", 1, None), (3, "C", 1, None), (4, "C", 9, None)]


def test_a_stale_write_is_refused_and_two_who_touch_different_things_both_hold(company: Workspace) -> None:
    deal, (line,) = opened(company, "A")
    by = company.by(company.bo)
    services.edit_deal(by=by, deal_id=deal.pk, version=2, title="Renamed")
    over_the_api = company.by(company.bo, origin=Origin.API.value)
    with pytest.raises(StaleVersion):
        services.change_line(by=over_the_api, line_id=line.pk, version=2, quantity=2)
    services.change_line(by=by, line_id=line.pk, version=2, quantity=2)
    with pytest.raises(StaleVersion):
        services.change_line(by=by, line_id=line.pk, version=2, quantity=5)
    with pytest.raises(StaleVersion):
        services.remove_line(by=by, line_id=line.pk, version=2)
    assert held(company) == [(1, "A", 2, None)]


def test_each_write_of_a_line_can_be_taken_back(company: Workspace) -> None:
    deal, (_first, _second, line) = opened(company, "A", "B", "C")
    by = company.by(company.bo, at=LATER)
    before = held(company)
    services.change_line(by=by, line_id=line.pk, version=4, quantity=7)
    undoing.undo_act(by=by, group=undoing.latest_group(by))
    assert held(company) == before
    services.remove_line(by=by, line_id=_first.pk, version=6)
    assert held(company) == [(1, "B", 1, None), (3, "C", 1, None)]
    undoing.undo_act(by=by, group=undoing.latest_group(by))
    assert held(company) == before
    assert told(deal)[-1] == ("1:", "1: 1 × A")
    # What was taken back before stands no more in the way: next is that C was added.
    undoing.undo_act(by=by, group=undoing.latest_group(by))
    assert held(company) == before[:2]


def test_what_somebody_wrote_since_is_not_undone(company: Workspace) -> None:
    _deal, (line,) = opened(company, "A")
    by, grete = company.by(company.bo), company.by(company.grete)
    services.change_line(by=by, line_id=line.pk, version=2, quantity=2)
    services.change_line(by=grete, line_id=line.pk, version=3, quantity=3)
    with pytest.raises(LineChanged):
        undoing.undo_act(by=by, group=undoing.latest_group(by))
    assert held(company) == [(1, "A", 3, None)]


def test_only_whoever_may_write_the_deal_writes_its_lines(company: Workspace) -> None:
    _deal, (line,) = opened(company, "A")
    with pytest.raises(NotFound):
        services.change_line(by=company.by(company.dana), line_id=line.pk, version=2, quantity=2)
    for write in (services.remove_line, services.change_line):
        with pytest.raises(NotAllowed):
            write(by=company.by(company.ann), line_id=line.pk, version=2)
    assert held(company) == [(1, "A", 1, None)]


@pytest.mark.parametrize("quantity", [0, 1_000_001])
def test_a_line_needs_a_quantity_that_can_be(company: Workspace, quantity: int) -> None:
    deal, (line,) = opened(company, "A")
    by = company.by(company.bo)
    with pytest.raises(LineRefused):
        services.change_line(by=by, line_id=line.pk, version=2, quantity=quantity)
    with pytest.raises(LineRefused):
        services.add_line(by=by, deal_id=deal.pk, product_id=line.product_id, quantity=quantity)
    assert (held(company), version(deal)) == ([(1, "A", 1, None)], 2)


def test_one_key_adds_one_line(company: Workspace) -> None:
    deal, (line,) = opened(company, "A")
    by = company.by(company.bo)
    asked = {"deal_id": deal.pk, "product_id": line.product_id, "quantity": 4}
    made = [services.add_line(by=by, key="k1", **asked).pk for _ in range(2)]
    assert made[0] == made[1]
    assert held(company) == [(1, "A", 1, None), (2, "A", 4, None)]
