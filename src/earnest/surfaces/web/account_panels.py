"""The pages of accounts, with what only the pipeline knows: what their deals are worth and what is said of them."""

from django.http import HttpResponse

from earnest.people.requests import Request
from earnest.pipeline.reads import accounts as pipeline
from earnest.records.views import accounts


def listed(request: Request) -> HttpResponse:
    """The list of accounts with their open deals, claimed and real."""
    return accounts.listed(request, pipeline.worth)


def page(request: Request, account_id: int) -> HttpResponse:
    """One account with its deals, open and ended."""
    still_open, ended = pipeline.deals_of(request.actor, account_id)
    worth = pipeline.worth(request.actor, [account_id]).get(account_id, [])
    return accounts.page(request, account_id, open_deals=still_open, ended_deals=ended, worth=worth)
