"""The settings' pages of currencies with their dated rates, of products, and of holidays."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from earnest.people.requests import Request
from earnest.records.reads import setup as reads
from earnest.records.services import By, setup
from earnest.records.views import settings
from earnest.rulebook import words

CURRENCIES, PRODUCTS, HOLIDAYS = "settings_currencies", "settings_products", "settings_holidays"
_LOOKED_BACK = timedelta(days=366)


@require_GET
def currencies(request: Request) -> HttpResponse:
    """The currencies in use and what they were worth on which day."""
    rows, following = reads.rates(request.actor, before=_day_or_none(request.GET.get("before", "")))
    values = {
        "currencies": reads.currencies(request.actor),
        "codes": reads.currency_codes(request.actor),
        "rates": rows,
        "next": f"{reverse(CURRENCIES)}?before={following}" if following else "",
        "today": request.as_of,
    }
    return settings.shown(request, "records/settings_currencies.html", CURRENCIES, values)


@require_POST
def set_rate(request: Request) -> HttpResponse:
    """Keep a rate of one day, or correct it."""

    def doing(by: By) -> str:
        first, second = request.POST.get("from", "").upper()[:3], request.POST.get("to", "").upper()[:3]
        on = settings.day(request.POST.get("on", ""), "the day")
        rate = settings.decimal(request.POST.get("rate", ""), "the rate")
        row = setup.set_rate(by=by, from_currency=first, to_currency=second, on=on, rate=rate)
        return f"1 {first} was worth {row.rate:f} {second} on {words.long_date(on)}."

    return settings.done(request, doing, CURRENCIES, undo=False)


@require_GET
def products(request: Request) -> HttpResponse:
    """What we sell, and what was retired."""
    after = request.GET.get("after", "")
    rows, following = reads.products(request.actor, after=int(after) if after.isdecimal() else 0)
    values = {
        "products": [{**row, "price": _major(row["list_price_minor"], row["currency_id"])} for row in rows],
        "codes": reads.currency_codes(request.actor),
        "retired": reads.retired(request.actor)["products"],
        "next": f"{reverse(PRODUCTS)}?after={following}" if following else "",
    }
    return settings.shown(request, "records/settings_products.html", PRODUCTS, values)


@require_POST
def add_product(request: Request) -> HttpResponse:
    """Add something we sell."""

    def doing(by: By) -> str:
        price, currency = _price(request)
        made = setup.add_product(
            by=by, name=_product_name(request), code=_code(request), list_price_minor=price, currency=currency
        )
        return f"The product {made.name} can be added to deals."

    return settings.done(request, doing, PRODUCTS)


@require_POST
def product(request: Request, product_id: int) -> HttpResponse:
    """Change something we sell."""

    def doing(by: By) -> str:
        price, currency = _price(request)
        made = setup.edit_product(
            by=by,
            product_id=product_id,
            version=settings.number(request, "version"),
            name=_product_name(request),
            code=_code(request),
            list_price_minor=price,
            currency=currency,
        )
        return f"The product {made.name} was changed. Lines of deals keep the price they were given."

    return settings.done(request, doing, PRODUCTS)


@require_POST
def retire_product(request: Request, product_id: int) -> HttpResponse:
    """Take a product out of what can be chosen."""

    def doing(by: By) -> str:
        version = settings.number(request, "version")
        made = setup.retire_product(by=by, product_id=product_id, version=version)
        return f"The product {made.name} can no longer be chosen. Deals that have it keep it."

    return settings.done(request, doing, PRODUCTS)


@require_POST
def restore_product(request: Request, product_id: int) -> HttpResponse:
    """Make a retired product one that can be chosen again."""

    def doing(by: By) -> str:
        return f"The product {setup.restore_product(by=by, product_id=product_id).name} can be chosen again."

    return settings.done(request, doing, PRODUCTS)


@require_GET
def holidays(request: Request) -> HttpResponse:
    """The days on which nobody works."""
    values = {"holidays": reads.holidays(request.actor, since=request.as_of - _LOOKED_BACK)}
    return settings.shown(request, "records/settings_holidays.html", HOLIDAYS, values)


@require_POST
def set_holiday(request: Request) -> HttpResponse:
    """Say that nobody works on a day."""

    def doing(by: By) -> str:
        on = settings.day(request.POST.get("on", ""), "the day")
        row = setup.set_holiday(by=by, on=on, name=request.POST.get("name", ""))
        return f"{row.name}, {words.long_date(on)}, is no working day."

    return settings.done(request, doing, HOLIDAYS, undo=False)


@require_POST
def remove_holiday(request: Request, holiday_id: int) -> HttpResponse:
    """Make a holiday a day like others."""

    def doing(by: By) -> str:
        row = setup.remove_holiday(by=by, holiday_id=holiday_id)
        return f"{words.long_date(row.on)} is a day like others again. To set it back, add it once more."

    return settings.done(request, doing, HOLIDAYS, undo=False)


def _product_name(request: Request) -> str:
    name = request.POST.get("name", "").strip()[:300]
    if not name:
        raise settings.FormUnread(
            "A product needs a name.", why="People find it by its name.", fix="Give the name that your buyers know."
        )
    return name


def _code(request: Request) -> str:
    return request.POST.get("code", "").strip()[:100]


def _price(request: Request) -> tuple[int | None, str | None]:
    text, currency = request.POST.get("price", "").strip(), request.POST.get("currency", "")
    if not text:
        return None, None
    digits = words.minor_digits(currency)
    return round(settings.decimal(text, "the list price") * 10**digits), currency or None


def _major(minor: int | None, currency: str | None) -> str:
    digits = words.minor_digits(currency or "")
    return "" if minor is None else f"{minor / 10**digits:.{digits}f}"


def _day_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
