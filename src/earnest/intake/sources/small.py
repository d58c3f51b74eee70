"""The smaller systems: EspoCRM, Frappe CRM, Twenty, atomic-crm, SuiteCRM/SugarCRM, DjangoCRM, BottleCRM."""

from earnest.intake.shapes import shape
from earnest.intake.vocabulary import Role

ESPO = shape(
    "espocrm",
    Role.DEALS,
    signs="""
        amountCurrency + stage + closeDate + assignedUserId
        assignedUser + stage + closeDate
        assignedUserName + stage + closeDate
    """,
    names={
        "external_id": "id",
        "title": "name",
        "amount": "amount",
        "currency": "amountCurrency",
        "stage": "stage",
        "pipeline": "pipeline",
        "close_on": "closeDate",
        "probability": "probability",
        "source": "leadSource",
        "owner": "assignedUserName | assignedUser",
        "owner_id": "assignedUserId",
        "account": "accountName | account",
        "account_id": "accountId",
        "opened_on": "createdAt",
        "updated_at": "modifiedAt",
        "deleted": "deleted",
    },
)

FRAPPE = shape(
    "frappe",
    Role.DEALS,
    signs="""
        organization + status + deal_owner
        deal_value + status
    """,
    names={
        "external_id": "name | ID",
        "title": "organization_name",
        "account": "organization",
        "amount": "deal_value | expected_deal_value",
        "currency": "currency",
        "stage": "status",
        "seller_close_on": "expected_closure_date",
        "closed_on": "closed_date",
        "probability": "probability",
        "next_step": "next_step",
        "lost_reason": "lost_reason",
        "source": "source",
        "owner": "deal_owner",
        "opened_on": "creation",
        "updated_at": "modified",
    },
)

TWENTY = shape(
    "twenty",
    Role.DEALS,
    signs="""
        companyId + pointOfContactId + stage
        Point of Contact + Stage + Close date
    """,
    names={
        "external_id": "id",
        "title": "name",
        "amount": "amount | amountAmountMicros",
        "currency": "amountCurrencyCode | currencyCode",
        "stage": "stage",
        "close_on": "closeDate",
        "account": "company | companyName",
        "account_id": "companyId",
        "opened_on": "createdAt | Creation date",
        "updated_at": "updatedAt",
    },
)

ATOMIC_DEALS = shape(
    "atomic-crm",
    Role.DEALS,
    signs="expected_closing_date + stage + sales_id",
    names={
        "external_id": "id",
        "title": "name",
        "amount": "amount",
        "stage": "stage",
        "seller_close_on": "expected_closing_date",
        "owner": "sales",
        "owner_id": "sales_id",
        "account": "company",
        "account_id": "company_id",
        "deal_type": "category",
        "contact_ids": "contact_ids",
        "opened_on": "created_at",
        "updated_at": "updated_at",
        "archived": "archived_at",
    },
)

ATOMIC_CONTACTS = shape(
    "atomic-crm",
    Role.CONTACTS,
    signs="first_name + last_name + first_seen + last_seen",
    names={
        "contact_id": "id",
        "email": "email_work | email_home | email_other",
        "account_id": "company_id",
        "account": "company | company_name",
        "job_title": "title",
    },
)

SUITE = shape(
    "suitecrm",
    Role.DEALS,
    signs="""
        sales_stage + date_closed
        Sales Stage + Expected Close Date
        amount_usdollar + sales_stage
    """,
    names={
        "external_id": "id",
        "title": "name | Opportunity Name",
        "amount": "amount | Opportunity Amount | amount_usdollar",
        "currency": "currency_id | Currency",
        "stage": "sales_stage",
        "close_on": "date_closed | Expected Close Date",
        "probability": "probability",
        "next_step": "next_step",
        "source": "lead_source",
        "deal_type": "opportunity_type",
        "owner": "assigned_user_name | Assigned to",
        "owner_id": "assigned_user_id",
        "account": "account_name",
        "opened_on": "date_entered | Date Created",
        "updated_at": "date_modified",
        "deleted": "deleted",
    },
)

DJANGO_CRM = shape(
    "djangocrm",
    Role.DEALS,
    signs="""
        stages_dates + closing_date
        next_step_date + closing_reason
    """,
    names={
        "external_id": "id",
        "title": "name",
        "amount": "amount",
        "currency": "currency",
        "stage": "stage",
        "seller_close_on": "closing_date",
        "closed_on": "win_closing_date",
        "lost_reason": "closing_reason",
        "next_step": "next_step",
        "next_step_on": "next_step_date",
        "owner": "owner",
        "account": "company",
        "opened_on": "creation_date",
        "updated_at": "update_date",
        "active": "active",
    },
)

BOTTLE_CRM = shape(
    "bottlecrm",
    Role.DEALS,
    signs="closed_on + lead_source + opportunity_type",
    names={
        "external_id": "id",
        "title": "name",
        "amount": "amount",
        "currency": "currency",
        "stage": "stage",
        "close_on": "closed_on",
        "probability": "probability",
        "source": "lead_source",
        "deal_type": "opportunity_type",
        "owner": "assigned_to",
        "account": "account",
        "opened_on": "created_at",
        "updated_at": "updated_at",
    },
)

SHAPES = (ESPO, FRAPPE, TWENTY, ATOMIC_DEALS, ATOMIC_CONTACTS, SUITE, DJANGO_CRM, BOTTLE_CRM)
