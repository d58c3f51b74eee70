"""The only writers of the shared nouns: one verb, one transaction, with its history, version and audit event."""

from earnest.records.services.bin import discard, empty, restore
from earnest.records.services.custom import add_custom_field
from earnest.records.services.deals import (
    add_stakeholder,
    edit_deal,
    end_deal,
    hand_over,
    open_deal,
    reopen_deal,
)
from earnest.records.services.lines import add_line, change_line, remove_line
from earnest.records.services.parties import (
    add_account,
    add_contact,
    add_lead,
    edit_account,
    edit_activity,
    edit_contact,
    edit_lead,
    log_activity,
)
from earnest.records.services.setup import (
    add_pipeline,
    add_product,
    add_stage,
    edit_stage,
    set_quota,
    set_rate,
)
from earnest.records.services.writing import By, KeyReused, StaleVersion

__all__ = [
    "By",
    "KeyReused",
    "StaleVersion",
    "add_account",
    "add_contact",
    "add_custom_field",
    "add_lead",
    "add_line",
    "add_pipeline",
    "add_product",
    "add_stage",
    "add_stakeholder",
    "change_line",
    "discard",
    "edit_account",
    "edit_activity",
    "edit_contact",
    "edit_deal",
    "edit_lead",
    "edit_stage",
    "empty",
    "end_deal",
    "hand_over",
    "log_activity",
    "open_deal",
    "remove_line",
    "reopen_deal",
    "restore",
    "set_quota",
    "set_rate",
]
