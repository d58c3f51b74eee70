"""Salesforce: API and Bulk names, warehouse names (snake case), and the labels of reports.

`CloseDate` is one field with two meanings: expected while the deal is open, actual once it has ended. History comes as
OpportunityHistory (whole rows), OpportunityFieldHistory (one field, old and new) or versions with `_fivetran_start`.
"""

from earnest.intake.shapes import shape
from earnest.intake.vocabulary import Role

SYSTEM = "salesforce"

STAGES = (
    "Prospecting",
    "Qualification",
    "Needs Analysis",
    "Value Proposition",
    "Id. Decision Makers",
    "Perception Analysis",
    "Proposal/Price Quote",
    "Negotiation/Review",
    "Closed Won",
    "Closed Lost",
)

DEALS = shape(
    SYSTEM,
    Role.DEALS,
    signs="""
        StageName + CloseDate
        StageName + IsClosed + IsWon
        Opportunity Name + Stage
        Opportunity Name + Close Date
        Opportunity Name + Opportunity Owner
        Opportunity ID + Opportunity Name
        Opportunity Owner + Stage
        Opportunity Name + Stage + Close Date
        Opportunity Name + Stage + Amount
        Opportunity Name + Stage + Close Date + Opportunity Owner
    """,
    names={
        "external_id": "Opportunity ID | Id | Opportunity ID 18 | Case Safe ID",
        "title": "Opportunity Name | Name",
        "account": "Account Name | Account: Account Name",
        "account_id": "Account ID",
        "owner": "Opportunity Owner | Opportunity Owner: Full Name | Owner Name | Owner Full Name",
        "owner_id": "Owner ID | Opportunity Owner ID",
        "amount": "Amount | Total Taxable Amount | Opportunity Amount | Amount (converted)",
        "line_amount": "Total Price | Total Amount",
        "currency": "Currency Iso Code | Opportunity Currency | Amount Currency | Currency",
        "quantity": "Quantity",
        "stage": "Stage Name | Stage",
        "close_on": "Close Date",
        "is_won": "Is Won | Won",
        "is_closed": "Is Closed | Closed",
        "probability": "Probability | Probability (%)",
        "forecast_category": "Forecast Category Name | Forecast Category",
        "next_step": "Next Step",
        "latest_activity_on": "Last Activity Date | Last Activity",
        "stage_changed_on": "Last Stage Change Date",
        "lost_reason": "Loss Reason | Lost Reason | Closed Lost Reason | Reason Lost | Closed Reason",
        "source": "Lead Source | Source",
        "deal_type": "Type | Opportunity Type",
        "opened_on": "Created Date | Opportunity Created Date",
        "updated_at": "System Modstamp | Last Modified Date",
        "pushes_stated": "Push Count",
        "deleted": "Is Deleted | Deleted",
        "current": "_fivetran_active",
        "product": "Product Name | Product: Product Name",
        "team": "Opportunity Owner Role | Owner Role",
        "pipeline": "Opportunity Record Type | Record Type ID",
        "region": "Region",
        "segment": "Segment | Market Segment",
        "sector": "Industry",
        "delivery_on": "Planned Delivery Start Date | Delivery Date",
        "quote_expires_on": "Quote Expiry Date | Expiration Date",
    },
)

VERSIONS = shape(
    SYSTEM,
    Role.CHANGES,
    signs="""
        _fivetran_start + _fivetran_end + StageName + CloseDate
        OpportunityId + StageName + CreatedDate
        OpportunityId + StageName + CloseDate + CreatedDate
        Opportunity ID + Stage + Last Modified + Close Date
    """,
    names={
        "deal": "Opportunity ID | Id",
        "at": "_fivetran_start | Created Date | Last Modified",
        "stage": "Stage Name | Stage | To Stage",
        "amount": "Amount",
        "currency": "Currency Iso Code",
        "close_on": "Close Date",
        "owner_id": "Owner ID",
        "next_step": "Next Step",
        "changed_by": "Created By ID | Last Modified By ID | Last Modified By",
        "deleted": "Is Deleted",
    },
)

FIELD_CHANGES = shape(
    SYSTEM,
    Role.CHANGES,
    signs="""
        OpportunityId + Field + OldValue + NewValue
        Field / Event + Old Value + New Value + Edit Date
    """,
    names={
        "deal": "Opportunity ID | Opportunity Name",
        "at": "Created Date | Edit Date",
        "field": "Field | Field / Event",
        "from_text": "Old Value",
        "to_text": "New Value",
        "changed_by": "Created By ID | Edited By",
        "deleted": "Is Deleted",
    },
)

ACCOUNTS = shape(
    SYSTEM,
    Role.ACCOUNTS,
    signs="""
        Name + Industry + NumberOfEmployees
        Name + Industry + BillingCity + AnnualRevenue
        Account Name + Industry
        Account ID + Account Name + Account Owner
    """,
    names={
        "account_id": "Account ID | Id",
        "account": "Account Name | Name",
        "sector": "Industry",
        "region": "Billing Country",
        "segment": "Segment",
        "deleted": "Is Deleted",
        "current": "_fivetran_active",
    },
)

CONTACTS = shape(
    SYSTEM,
    Role.CONTACTS,
    signs="""
        FirstName + LastName + Email + AccountId
        First Name + Last Name + Account Name
        MailingCity + Email + LastName
    """,
    names={
        "contact_id": "Contact ID | Id",
        "name": "Full Name | Name",
        "email": "Email",
        "account_id": "Account ID",
        "account": "Account Name",
        "job_title": "Title",
        "deleted": "Is Deleted",
    },
)

LEADS = shape(
    SYSTEM,
    Role.LEADS,
    signs="""
        IsConverted + Company + Status + LastName + Email
        Lead ID + Company + Lead Status
    """,
    names={
        "lead_id": "Lead ID | Id",
        "title": "Name",
        "account": "Company | Company / Account",
        "owner": "Lead Owner",
        "owner_id": "Owner ID",
        "source": "Lead Source",
        "opened_on": "Created Date | Create Date",
        "status": "Lead Status | Status",
        "converted": "Is Converted | Converted",
        "deleted": "Is Deleted",
    },
)

LINES = shape(
    SYSTEM,
    Role.LINES,
    signs="""
        OpportunityId + Quantity + UnitPrice + TotalPrice
        OpportunityId + Product2Id + Quantity
    """,
    names={
        "deal": "Opportunity ID",
        "product_id": "Product2 ID | Product ID",
        "product": "Product Name | Name",
        "amount": "Total Price",
        "list_price": "List Price",
        "unit_price": "Unit Price | Sales Price",
        "quantity": "Quantity",
        "currency": "Currency Iso Code",
        "deleted": "Is Deleted",
    },
)

PRODUCTS = shape(
    SYSTEM,
    Role.PRODUCTS,
    signs="""
        ProductCode + Family + IsActive
        Product Name + List Price
    """,
    names={
        "product_id": "Id | Product ID",
        "product": "Product Name | Name",
        "list_price": "List Price | Unit Price",
        "currency": "Currency Iso Code",
        "deleted": "Is Deleted",
    },
)

STAGE_TABLE = shape(
    SYSTEM,
    Role.STAGES,
    signs="MasterLabel + SortOrder + IsClosed + IsWon",
    names={
        "stage": "MasterLabel",
        "stage_id": "ApiName",
        "stage_position": "SortOrder",
        "is_won": "IsWon",
        "is_closed": "IsClosed",
        "probability": "DefaultProbability",
    },
)

OWNERS = shape(
    SYSTEM,
    Role.OWNERS,
    signs="""
        Username + ProfileId + UserRoleId + Email + LastName
        Username + IsActive + Name
        User ID + Full Name
    """,
    names={
        "owner_id": "User ID | Id",
        "owner": "Full Name | Name",
        "first_name": "First Name",
        "last_name": "Last Name",
        "email": "Email",
        "team_id": "User Role ID",
    },
)

TEAMS = shape(
    SYSTEM,
    Role.TEAMS,
    signs="Name + ParentRoleId + RollupDescription",
    names={"team_id": "Id", "team": "Name"},
)

ACTIVITIES = shape(
    SYSTEM,
    Role.ACTIVITIES,
    signs="""
        WhatId + WhoId + Subject + ActivityDate
        WhatId + Subject + ActivityDateTime
        Activity ID + Subject + Opportunity
    """,
    names={
        "external_id": "Activity ID | Id",
        "deal": "What ID | Opportunity",
        "contact_ids": "Who ID",
        "owner_id": "Owner ID",
        "owner": "Assigned",
        "at": "Start Date Time | Activity Date Time | Completed Date Time",
        "on": "Activity Date | Date",
        "channel": "Event Subtype | Task Subtype | Type",
        "direction": "Call Type",
        "subject": "Subject",
        "duration_minutes": "Duration In Minutes",
        "duration_seconds": "Call Duration In Seconds",
        "status": "Status",
        "done": "Is Closed",
        "deleted": "Is Deleted",
    },
)

SHAPES = (
    DEALS,
    VERSIONS,
    FIELD_CHANGES,
    ACCOUNTS,
    CONTACTS,
    LEADS,
    LINES,
    PRODUCTS,
    STAGE_TABLE,
    OWNERS,
    TEAMS,
    ACTIVITIES,
)
