"""The shared nouns as they are stored; each module holds one subject."""

from earnest.records.models.activities import Activity
from earnest.records.models.base import Origin, Record
from earnest.records.models.custom import CustomField
from earnest.records.models.deals import BuyerRole, Deal, DealLine, EndReason, Outcome, Product, Side, Stakeholder
from earnest.records.models.desk import Attachment, Holiday, Merge, Note, SavedView, UndoStep
from earnest.records.models.history import Change, VoidedImport
from earnest.records.models.money import Currency, ExchangeRate, Quota
from earnest.records.models.parties import Account, Contact, Lead
from earnest.records.models.pipelines import Meaning, Pipeline, Stage
from earnest.records.models.references import ExternalReference, IdempotencyKey, SourceObject, ToldColumn
from earnest.records.models.search import SearchEntry

__all__ = [
    "Account",
    "Activity",
    "Attachment",
    "BuyerRole",
    "Change",
    "Contact",
    "Currency",
    "CustomField",
    "Deal",
    "DealLine",
    "EndReason",
    "ExchangeRate",
    "ExternalReference",
    "Holiday",
    "IdempotencyKey",
    "Lead",
    "Meaning",
    "Merge",
    "Note",
    "Origin",
    "Outcome",
    "Pipeline",
    "Product",
    "Quota",
    "Record",
    "SavedView",
    "SearchEntry",
    "Side",
    "SourceObject",
    "Stage",
    "Stakeholder",
    "ToldColumn",
    "UndoStep",
    "VoidedImport",
]
