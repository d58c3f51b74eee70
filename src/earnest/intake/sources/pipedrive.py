"""Pipedrive: `Deal - Title` labels of exports, and the names of the API. Status is a field beside the stage."""

from earnest.intake.shapes import shape
from earnest.intake.vocabulary import Role

SYSTEM = "pipedrive"

DEALS = shape(
    SYSTEM,
    Role.DEALS,
    signs="""
        Deal - Title
        Deal - Title + Deal - Status
        Deal - Stage + Deal - Value
        title + stage_id + add_time + status
        Title + Value + Stage + Expected close date + Status
    """,
    names={
        "external_id": "Deal - Pipedrive System ID | Deal - ID | id | ID",
        "title": "Deal - Title | title",
        "amount": "Deal - Value | value",
        "currency": "Deal - Currency of Value | Deal - Currency | currency",
        "stage": "Deal - Stage | Stage | stage",
        "stage_id": "stage_id",
        "stage_position": "stage_order_nr",
        "pipeline": "Deal - Pipeline | Pipeline",
        "pipeline_id": "pipeline_id",
        "status": "Deal - Status | status",
        "seller_close_on": "Deal - Expected close date | expected_close_date",
        "closed_on": "Deal - Deal closed on | close_time",
        "won_on": "Deal - Won time | won_time",
        "lost_on": "Deal - Lost time | lost_time",
        "probability": "Deal - Probability | probability",
        "next_step_on": "Deal - Next activity date | next_activity_date",
        "next_step": "next_activity_subject",
        "latest_activity_on": "Deal - Last activity date | last_activity_date",
        "stage_changed_on": "Deal - Last stage change | stage_change_time",
        "lost_reason": "Deal - Lost reason | lost_reason",
        "source": "Deal - Source origin | Deal - Source channel | channel | origin",
        "owner": "Deal - Owner | Owner | owner_name",
        "owner_id": "owner_id | user_id",
        "account": "Deal - Organization | Organization | org_name",
        "account_id": "Deal - Organization ID | org_id",
        "deal_type": "Deal - Label | label",
        "product": "Deal - Product name",
        "opened_on": "Deal - Deal created | Deal - Creation date | add_time",
        "updated_at": "Deal - Update time | update_time",
        "deleted": "is_deleted | deleted",
        "archived": "is_archived | Deal - Archive status",
    },
)

CHANGES = shape(
    SYSTEM,
    Role.CHANGES,
    signs="field_key + old_value + new_value + time",
    names={
        "deal": "deal_id | item_id",
        "at": "time | log_time",
        "field": "field_key",
        "from_text": "old_value",
        "to_text": "new_value",
        "changed_by": "actor_user_id | user_id",
    },
)

ORGANIZATIONS = shape(
    SYSTEM,
    Role.ACCOUNTS,
    signs="""
        Organization - Name
        Organization - Name + Organization - ID
    """,
    names={
        "account_id": "Organization - ID | Organization - Pipedrive System ID",
        "account": "Organization - Name",
        "sector": "Organization - Industry",
        "region": "Organization - Country of Address",
        "segment": "Organization - Label",
    },
)

PERSONS = shape(
    SYSTEM,
    Role.CONTACTS,
    signs="Person - Name",
    names={
        "contact_id": "Person - ID | Person - Pipedrive System ID",
        "name": "Person - Name",
        "email": "Person - Email - Work | Person - Email (Work) | Person - Email",
        "account": "Person - Organization",
        "account_id": "Person - Organization ID",
    },
)

ACTIVITIES = shape(
    SYSTEM,
    Role.ACTIVITIES,
    signs="""
        Activity - Subject
        subject + due_date + done + deal_id
    """,
    names={
        "external_id": "Activity - ID | id",
        "deal": "Activity - Deal ID | deal_id | Activity - Deal",
        "on": "Activity - Due date | due_date",
        "at": "Activity - Marked as done time | marked_as_done_time",
        "channel": "Activity - Type | type",
        "subject": "Activity - Subject | subject",
        "owner": "Activity - Assigned to user | owner_name",
        "owner_id": "owner_id | user_id",
        "status": "Activity - Done",
        "done": "done",
    },
)

PRODUCTS = shape(
    SYSTEM,
    Role.PRODUCTS,
    signs="Product - Name",
    names={
        "product_id": "Product - ID | Product - Pipedrive System ID",
        "product": "Product - Name",
        "list_price": "Product - Unit price | Product - Price",
        "currency": "Product - Currency",
    },
)

STAGE_TABLE = shape(
    SYSTEM,
    Role.STAGES,
    signs="""
        id + name + order_nr + pipeline_id
        id + name + order_nr + pipeline_id + deal_probability
    """,
    names={
        "stage_id": "id",
        "stage": "name",
        "pipeline_id": "pipeline_id",
        "stage_position": "order_nr",
        "deleted": "is_deleted",
    },
)

OWNERS = shape(
    SYSTEM,
    Role.OWNERS,
    signs="id + name + email + active_flag",
    names={"owner_id": "id", "owner": "name", "email": "email"},
)

SHAPES = (DEALS, CHANGES, ORGANIZATIONS, PERSONS, ACTIVITIES, PRODUCTS, STAGE_TABLE, OWNERS)
