"""The forms of a deal's page, one per panel: which fields each has, and which columns they fill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from earnest.people.actors import Actor
from earnest.records.reads import deal as reads
from earnest.records.reads.deal import Facts, OwnField
from earnest.records.views import forms
from earnest.records.views.forms import Field, Kind

# A field of a form, and the column it fills where that has another name.
COLUMNS = {
    "amount": "amount_minor",
    "list_amount": "list_amount_minor",
    "currency": "currency_id",
    "stage": "stage_id",
    "next_step_contact": "next_step_contact_id",
}
FIELDS_OF_COLUMNS = {column: name for name, column in COLUMNS.items()}
OWN = "own-"


@dataclass(frozen=True)
class Part:
    """One panel's form: what its page is called, and what is said once it is written."""

    name: str
    title: str
    said: str
    fields: tuple[Field, ...] = ()


TITLE = Field("title", "What it is about", help="In the buyer's words, such as «Yard slots for the Hull site».")
STAGE = Field("stage", "Stage", Kind.CHOICE)
AMOUNT = Field("amount", "Amount", Kind.MONEY, help="What the buyer last spoke of; leave it empty until they have.")
CURRENCY = Field("currency", "Currency", Kind.CHOICE)

PARTS = {
    part.name: part
    for part in (
        Part(
            "about",
            "What this deal is",
            "The deal is changed.",
            (TITLE, STAGE, Field("segment", "Segment"), Field("source", "Where it came from")),
        ),
        Part(
            "money",
            "Money",
            "The money is changed.",
            (
                AMOUNT,
                Field("list_amount", "List price", Kind.MONEY, help="What its products cost without any agreement."),
                CURRENCY,
                Field("offer_ends_on", "Our offer ends on", Kind.DAY),
            ),
        ),
        Part(
            "dates",
            "Dates",
            "The dates are changed.",
            (
                Field(
                    "buyer_by_when_on",
                    "The buyer needs it by",
                    Kind.DAY,
                    help="Their own day, with what makes it that day. Leave it empty until they have said one.",
                ),
                Field(
                    "lead_time_days", "Lead time, in days", Kind.WHOLE, help="From their signature to the day it works."
                ),
                Field("seller_close_on", "We expect the signature on", Kind.DAY, help="Ours; it binds nobody."),
                Field("opened_on", "Opened on", Kind.DAY),
            ),
        ),
        Part(
            "step",
            "Next step",
            "The next step is changed.",
            (
                Field(
                    "next_step",
                    "What both sides will do next",
                    Kind.LONG,
                    help="A person, an act and a result: «Ines and finance agree the measure».",
                    longest=2000,
                ),
                Field("next_step_on", "On", Kind.DAY),
                Field("next_step_result", "The result hoped for"),
                Field("next_step_side", "Who acts", Kind.CHOICE, choices=reads.SIDES),
                Field("next_step_contact", "Who there agreed to it", Kind.CHOICE),
                Field("next_step_agreed_on", "They agreed on", Kind.DAY),
                Field("next_step_agreed_by", "How", help="In a call, a meeting, by e-mail.", longest=100),
                Field(
                    "next_step_their_day",
                    "The buyer chose the day",
                    Kind.FLAG,
                    choices=[("", "—"), ("yes", "yes"), ("no", "no")],
                ),
            ),
        ),
        Part("own", "Own fields", "The fields are changed."),
    )
}

END = (
    Field("outcome", "How it ended", Kind.CHOICE, choices=reads.ENDS, required=True),
    Field("closed_on", "On which day", Kind.DAY, required=True),
    Field("reason", "Why, in the buyer's own words", Kind.LONG, longest=4000),
)
NEW = (
    Field("account", "Who is the buyer", help="A company that is not here yet is added.", longest=500, required=True),
    TITLE,
    AMOUNT,
    CURRENCY,
    STAGE,
)


def fields_of(actor: Actor, part: Part, facts: Facts) -> tuple[Field, ...]:
    """The fields of a part with what may be chosen in this deal."""
    if part.name == "own":
        return tuple(own_field(each) for each in reads.own_fields(actor, "records.deal", facts.custom))
    people = [("", "—"), *((each.contact_id, each.called) for each in reads.stakes(actor, facts.id))]
    fields = with_choices(actor, part.fields, pipeline_id=facts.pipeline_id)
    return tuple(forms.with_choices(each, people) if each.name == "next_step_contact" else each for each in fields)


def with_choices(actor: Actor, fields: Sequence[Field], *, pipeline_id: int | None) -> tuple[Field, ...]:
    """The fields, with the stages and currencies of this workspace to choose from."""
    choices = {"stage": lambda: reads.stages(actor, pipeline_id), "currency": lambda: reads.currencies(actor)}
    return tuple(
        forms.with_choices(each, [("", "—"), *choices[each.name]()]) if each.name in choices else each
        for each in fields
    )


def own_field(each: OwnField) -> Field:
    """A field that the team added, as a form asks for it."""
    kinds = {
        "whole": Kind.WHOLE,
        "day": Kind.DAY,
        "flag": Kind.FLAG,
        "choice": Kind.CHOICE,
        "choices": Kind.CHOICES,
    }
    kind = kinds.get(each.field_type, Kind.TEXT)
    listed = [(choice, choice) for choice in each.choices]
    choices = {Kind.CHOICE: [("", "—"), *listed], Kind.FLAG: [("", "—"), ("yes", "yes"), ("no", "no")]}
    label = f"{each.label} ({each.unit})" if each.unit else each.label
    return Field(f"{OWN}{each.key}", label, kind, longest=2000, choices=choices.get(kind, listed))


def stored(part: Part, facts: Facts) -> dict[str, Any]:  # a value per field, of its kind
    """What a part's fields hold now."""
    if part.name == "own":
        return {f"{OWN}{key}": value for key, value in facts.custom.items()}
    names = {"amount": facts.amount_minor, "list_amount": facts.list_amount_minor, "stage": facts.stage_id}
    names["next_step_contact"] = facts.next_step_contact_id
    return {each.name: names.get(each.name, getattr(facts, each.name, None)) for each in part.fields}


def columns(part: Part, values: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """The columns that the fields of a part fill; own fields are merged into those that the deal holds."""
    if part.name == "own":
        own = {name.removeprefix(OWN): value for name, value in values.items()}
        return (
            {"custom": {**facts.custom, **{key: None if value == "" else value for key, value in own.items()}}}
            if own
            else {}
        )
    found = {COLUMNS.get(name, name): value for name, value in values.items()}
    return {name: None if name.endswith("_id") and value == "" else value for name, value in found.items()}
