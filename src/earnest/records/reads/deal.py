"""One deal as its page shows it: its facts, the buyer's people, its lines, its own fields, and what may be chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from earnest.people import authority, statements, visibility
from earnest.people import reads as people
from earnest.people.actors import Actor
from earnest.people.models import Access, User
from earnest.records import choices
from earnest.records.models import Account, Contact, Currency, CustomField, Deal, DealLine, Product, Stage, Stakeholder
from earnest.records.models.custom import FieldType
from earnest.records.models.deals import BuyerRole, Outcome, Side
from earnest.records.models.money import UNTOLD_CURRENCY

Choices = list[tuple[object, str]]

SIDES: Choices = [("", "—"), *Side.choices]
ROLES: Choices = list(BuyerRole.choices)
ENDS: Choices = [(value, word) for value, word in Outcome.choices if value != Outcome.OPEN]
# Whoever owns the problem is named first, whoever is not known yet last.
_ROLE_ORDER = {role: place for place, role in enumerate([*list(BuyerRole.values)[1:], BuyerRole.UNTOLD.value])}
MOST_CHOICES = 200


@dataclass(frozen=True)
class Facts:
    """What is stored of one deal, and whether the reader may write it."""

    id: int
    version: int
    title: str
    account_id: int | None
    account: str
    owner_id: int | None
    owner: str
    pipeline_id: int | None
    pipeline: str
    stage_id: int | None
    stage: str
    segment: str
    source: str
    outcome: str
    lost_reason: str
    amount_minor: int | None
    list_amount_minor: int | None
    currency: str
    opened_on: date | None
    closed_on: date | None
    seller_close_on: date | None
    buyer_by_when_on: date | None
    lead_time_days: int | None
    next_step: str
    next_step_on: date | None
    next_step_side: str
    next_step_contact_id: int | None
    next_step_agreed_on: date | None
    next_step_agreed_by: str
    next_step_result: str
    next_step_their_day: bool | None
    offer_ends_on: date | None
    may_write: bool
    custom: Mapping[str, Any] = field(default_factory=dict)  # values as the custom fields hold them

    @property
    def name(self) -> str:
        """The buyer's name, else the deal's title."""
        return self.account or self.title or f"Deal {self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.outcome == Outcome.OPEN

    @property
    def side_words(self) -> str:
        """Who acts in the next step, in words; empty where nobody has said."""
        return str(Side(self.next_step_side).label) if self.next_step_side else ""

    @property
    def outcome_words(self) -> str:
        """How it stands or ended, in words."""
        return str(Outcome(self.outcome).label)


@dataclass(frozen=True)
class Stake:
    """One of the buyer's people in a deal; how to reach them only where the reader may see the contact itself."""

    id: int
    version: int
    contact_id: int
    name: str
    job_title: str
    role: str
    seen: bool
    email: str
    phone: str

    @property
    def role_words(self) -> str:
        """Their role, in words."""
        return str(BuyerRole(self.role).label)

    @property
    def called(self) -> str:
        """Their name, or that nobody has written it down."""
        return self.name or "somebody without a name"


@dataclass(frozen=True)
class Line:
    """A product in a deal; money in minor units."""

    id: int
    position: int
    product: str
    quantity: int
    list_price_minor: int | None
    price_minor: int | None


@dataclass(frozen=True)
class OwnField:
    """A field that the team added: its definition and this deal's value, also in words."""

    key: str
    label: str
    field_type: str
    choices: tuple[str, ...]
    unit: str
    value: object
    words: str


def facts(actor: Actor, deal_id: int) -> Facts:
    """The deal's facts, in two queries.

    Raises: NotFound for a deal that is not there or not for this reader.
    """
    rows = statements.rows(_facts, actor, deal_id=deal_id)
    if not rows:
        raise authority.not_found("deal", deal_id)
    found = dict(zip((*_COLUMNS, *_BESIDE), rows[0], strict=True))
    currency = found.pop("currency_id") or ""
    named = found.pop("stage_named")
    stage = found.pop("stage_name") or ""
    return Facts(
        account=found.pop("account_name") or "",
        owner=found.pop("owner_name") or "",
        stage=stage if named else "",
        pipeline=found.pop("pipeline_name") or "",
        currency="" if currency == UNTOLD_CURRENCY else currency,
        may_write=visibility.sees(actor, Deal, deal_id, Access.WRITE),
        **found,
    )


def _facts(actor: Actor, *, deal_id: int) -> statements.Query:
    rows = visibility.visible(actor, Deal).filter(pk=deal_id)
    return rows.values_list(*_COLUMNS, *_BESIDE.values())


_BESIDE = {
    "account_name": "account__name",
    "owner_name": "owner__name",
    "stage_name": "stage__name",
    "stage_named": "stage__named",
    "pipeline_id": "stage__pipeline_id",
    "pipeline_name": "stage__pipeline__name",
}
_COLUMNS = (
    "id",
    "version",
    "title",
    "account_id",
    "owner_id",
    "stage_id",
    "segment",
    "source",
    "outcome",
    "lost_reason",
    "amount_minor",
    "list_amount_minor",
    "currency_id",
    "opened_on",
    "closed_on",
    "seller_close_on",
    "buyer_by_when_on",
    "lead_time_days",
    "next_step",
    "next_step_on",
    "next_step_side",
    "next_step_contact_id",
    "next_step_agreed_on",
    "next_step_agreed_by",
    "next_step_result",
    "next_step_their_day",
    "offer_ends_on",
    "custom",
)


def stakes(actor: Actor, deal_id: int) -> tuple[Stake, ...]:
    """The buyer's people in a deal, whoever owns the problem first; in two queries."""
    return stakes_of(actor, [deal_id]).get(deal_id, ())


def stakes_of(actor: Actor, deal_ids: Iterable[int]) -> dict[int, tuple[Stake, ...]]:
    """The buyer's people of some deals, by deal; in two queries."""
    numbers = tuple(deal_ids)
    listed = (
        statements.rows(_stakes, actor, deals=numbers) if len(numbers) == 1 else list(_stakes(actor, deals=numbers))
    )
    contacts = {row[3] for row in listed}
    seen = set(visibility.visible(actor, Contact).filter(pk__in=contacts).values_list("pk", flat=True))
    found: dict[int, list[Stake]] = {}
    for deal_id, number, version, contact_id, role, name, job_title, email, phone in listed:
        reach = (True, email, phone) if contact_id in seen else (False, "", "")
        stake = Stake(number, version, contact_id, name, job_title, role, *reach)
        found.setdefault(deal_id, []).append(stake)
    return {deal_id: tuple(sorted(each, key=lambda stake: _ROLE_ORDER[stake.role])) for deal_id, each in found.items()}


def _stakes(actor: Actor, *, deals: tuple[int, ...]) -> statements.Query:
    rows = visibility.visible(actor, Stakeholder).filter(deal_id__in=deals, contact__deleted_at=None)
    return rows.order_by("id").values_list(
        "deal_id", "id", "version", "contact_id", "role", "contact__name", "contact__job_title",
        "contact__email", "contact__phone",
    )  # fmt: skip


def lines(actor: Actor, deal_id: int) -> tuple[Line, ...]:
    """The products in a deal, in their order."""
    return tuple(Line(*row) for row in statements.rows(_lines, actor, deal_id=deal_id))


def _lines(actor: Actor, *, deal_id: int) -> statements.Query:
    rows = visibility.beneath(actor, DealLine, deal_id).order_by("position", "id")
    return rows.values_list("id", "position", "product__name", "quantity", "list_price_minor", "price_minor")


def own_fields(actor: Actor, kind: str, values: Mapping[str, object]) -> tuple[OwnField, ...]:
    """The fields that the team added to a kind of record, each with the value it holds here."""
    rows = visibility.visible(actor, CustomField).filter(kind=kind).order_by("position", "id")
    return tuple(
        OwnField(
            each.key,
            each.label,
            each.field_type,
            tuple(each.choices),
            each.unit,
            values.get(each.key),
            _in_words(each, values.get(each.key)),
        )
        for each in rows
    )


def _in_words(each: CustomField, value: object) -> str:
    if value is None or value in ("", []):
        return ""
    if each.field_type == FieldType.FLAG:
        return "yes" if value else "no"
    told = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
    return f"{told} {each.unit}".strip()


def stages(actor: Actor, pipeline_id: int | None = None) -> Choices:
    """The stages that a deal may stand in: those of one pipeline, or of all, each under its pipeline."""
    rows = visibility.visible(actor, Stage).filter(named=True, pipeline__deleted_at=None)
    chosen = rows if pipeline_id is None else rows.filter(pipeline_id=pipeline_id)
    found = chosen.order_by("pipeline__position", "pipeline_id", "position", "id")
    told = list(found.values_list("id", "name", "pipeline__name"))
    several = len({pipeline for _id, _name, pipeline in told}) > 1
    return [(number, f"{pipeline}: {name}" if several else name) for number, name, pipeline in told]


def currencies(actor: Actor) -> Choices:
    """The currencies, by code."""
    rows = visibility.visible(actor, Currency).exclude(code=UNTOLD_CURRENCY).order_by("code")
    return [(code, code) for code in rows.values_list("code", flat=True)]


def minor_digits(actor: Actor, currency: str) -> int:
    """How many decimal digits a currency has; two where nobody named one."""
    found = visibility.visible(actor, Currency).filter(code=currency).values_list("minor_digits", flat=True).first()
    return 2 if found is None else found


def usual_currency(actor: Actor) -> str:
    """The currency of the reader's latest deal with an amount; before there is one, the workspace's."""
    rows = visibility.visible(actor, Deal).filter(currency__isnull=False).exclude(currency_id=UNTOLD_CURRENCY)
    return rows.order_by("-id").values_list("currency_id", flat=True).first() or _chosen_currency()


def _chosen_currency() -> str:
    return str(people.setting(choices.CURRENCY.name) or choices.CURRENCY.default)


def any_deal(actor: Actor) -> bool:
    """Whether the reader sees any deal at all, open or ended."""
    return visibility.visible(actor, Deal).exists()


def latest_accounts(actor: Actor) -> list[str]:
    """Names of accounts to choose from while one is typed: the latest that were written."""
    rows = visibility.visible(actor, Account).order_by("-written_at", "-id").values_list("name", flat=True)
    return sorted(set(rows[:MOST_CHOICES]))


def products(actor: Actor) -> Choices:
    """What we sell, by name."""
    return [(number, name) for number, name in statements.rows(_products, actor)]


def _products(actor: Actor) -> statements.Query:
    return visibility.visible(actor, Product).order_by("name", "id").values_list("id", "name")[:MOST_CHOICES]


def contacts(actor: Actor, *, account_id: int | None) -> Choices:
    """The people of an account, by name."""
    if account_id is None:
        return []
    return [(number, name) for number, name in statements.rows(_contacts, actor, account_id=account_id)]


def _contacts(actor: Actor, *, account_id: int) -> statements.Query:
    rows = visibility.visible(actor, Contact).filter(account_id=account_id).exclude(name="").order_by("name", "id")
    return rows.values_list("id", "name")[:MOST_CHOICES]


def account_named(actor: Actor, name: str) -> int | None:
    """The number of the account of this name, in any letter case; the oldest where there are several."""
    rows = visibility.visible(actor, Account).filter(name__iexact=name.strip()).order_by("id")
    return rows.values_list("id", flat=True).first()


def accounts_like(actor: Actor, words: str) -> Choices:
    """Accounts whose name begins with these words, a few, by name."""
    rows = visibility.visible(actor, Account).filter(name__istartswith=words.strip()).order_by("name", "id")
    return list(rows.values_list("id", "name")[:20])


def colleagues(actor: Actor) -> Choices:
    """The people who work here, by name."""
    rows = visibility.visible(actor, User).filter(is_active=True, email__isnull=False).order_by("name", "id")
    return list(rows.values_list("id", "name")[:MOST_CHOICES])


def numbers_by_title(actor: Actor, titles: Iterable[str]) -> dict[str, int]:
    """The numbers of the deals with these titles, by title."""
    rows = visibility.visible(actor, Deal).filter(title__in=list(titles)).order_by("-id")
    return dict(rows.values_list("title", "id"))


def found(actor: Actor, words: str, *, limit: int = 12) -> list[dict[str, object]]:
    """Open deals to choose from: those whose account or title holds the words, else one's own latest written."""
    rows = visibility.visible(actor, Deal, Access.WRITE).filter(outcome=Outcome.OPEN)
    if words.strip():
        told = words.strip()[:100]
        rows = rows.filter(account__name__icontains=told) | rows.filter(title__icontains=told)
    else:
        rows = rows.filter(owner_id=actor.user_id)
    chosen = rows.order_by("-written_at", "-id").values_list("id", "account__name", "title")[:limit]
    return [{"id": number, "account": account or "", "title": title} for number, account, title in chosen]
