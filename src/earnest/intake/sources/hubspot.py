"""HubSpot: export labels (English, German, Spanish, French), property names, and warehouse tables (`property_…`).

The close date is set to the end of the month in which the deal was made and is nobody's promise until somebody changes
it; it is overwritten when the deal ends. Stages are opaque ids: their meaning is in the stage table.
"""

from earnest.intake.shapes import shape
from earnest.intake.vocabulary import Role

SYSTEM = "hubspot"

STAGES = (
    "appointmentscheduled",
    "qualifiedtobuy",
    "presentationscheduled",
    "decisionmakerboughtin",
    "contractsent",
    "closedwon",
    "closedlost",
)

STAGE_LABELS = (
    "Appointment Scheduled",
    "Qualified To Buy",
    "Presentation Scheduled",
    "Decision Maker Bought-In",
    "Contract Sent",
    "Closed Won",
    "Closed Lost",
)

DEALS = shape(
    SYSTEM,
    Role.DEALS,
    signs="""
        Deal Name + Deal Stage
        Record ID + Deal Name
        dealname + dealstage + createdate
        deal_id + property_dealname
        hs_object_id + dealname
        Name des Deals + Deal-Phase
        Nombre del negocio + Etapa del negocio
        Nom de la transaction + Phase de la transaction
    """,
    names={
        "external_id": (
            "Record ID | hs_object_id | deal_id | Deal ID | id | Datensatz-ID | ID de registro | ID de fiche"
        ),
        "title": "Deal Name | Name des Deals | Nombre del negocio | Nom de la transaction",
        "amount": "Amount | Betrag | Importe | Valor | Montant",
        "currency": "Currency | deal_currency_code | Währung | Moneda | Devise",
        "stage": "Deal Stage | Deal-Phase | Etapa del negocio | Phase de la transaction",
        "stage_id": "deal_pipeline_stage_id | hs_pipeline_stage",
        "pipeline": "Pipeline | Proceso de ventas",
        "pipeline_id": "deal_pipeline_id",
        "close_on": "Close Date | Abschlussdatum | Fecha de cierre | Date de fermeture",
        "is_closed": "hs_is_closed | Is Deal Closed? | Is Deal Closed",
        "is_won": "hs_is_closed_won | Is Closed Won | Is closed won?",
        "is_lost": "hs_is_closed_lost | Is Closed Lost",
        "probability": "hs_deal_stage_probability | Deal probability | Deal Stage Probability",
        "forecast_category": "hs_manual_forecast_category | Forecast category",
        "next_step": "hs_next_step | Next step | Nächster Schritt",
        "next_step_on": "notes_next_activity_date | Next Activity Date",
        "latest_activity_on": "notes_last_contacted | Last Contacted | notes_last_updated | Last Activity Date",
        "lost_reason": "closed_lost_reason | Closed Lost Reason",
        "source": "hs_analytics_source | Original Source Type | Original Source | Original Traffic Source",
        "owner": "Deal owner | Propietario del negocio | Zuständiger Mitarbeiter",
        "owner_id": "hubspot_owner_id | owner_id",
        "team": "HubSpot Team | hubspot_team_id",
        "account": "Associated Company | Associated Company (Primary) | Primary Associated Company",
        "account_id": "Associated Company IDs (Primary) | Associated Company IDs",
        "contact_count": "num_associated_contacts | Number of Associated Contacts",
        "contact_ids": "Associated Contact IDs",
        "deal_type": "Deal Type | dealtype | Tipo de negocio",
        "opened_on": (
            "Create Date | createdate | Erstelldatum | Erstellungsdatum | Fecha de creación | Date de création"
        ),
        "updated_at": "hs_lastmodifieddate | Last Modified Date",
        "merged_ids": "hs_merged_object_ids | Merged Deal IDs | Merged object IDs",
        "deleted": "is_deleted | _fivetran_deleted",
        "archived": "archived",
        "segment": "Segment",
    },
)

STAGE_VERSIONS = shape(
    SYSTEM,
    Role.CHANGES,
    signs="deal_id + value + date_entered",
    names={"deal": "deal_id", "at": "date_entered | _fivetran_start", "stage_id": "value", "changed_by": "source_id"},
)

PROPERTY_VERSIONS = shape(
    SYSTEM,
    Role.CHANGES,
    signs="deal_id + timestamp + name + value",
    names={"deal": "deal_id", "at": "timestamp", "field": "name", "value": "value", "changed_by": "source_id"},
)

COMPANIES = shape(
    SYSTEM,
    Role.ACCOUNTS,
    signs="""
        Company name + Record ID
        Company name + Industry
        id + property_name + property_industry + property_createdate
        hs_object_id + domain + numberofemployees
    """,
    names={
        "account_id": "Record ID | hs_object_id | id",
        "account": "Company name | property_name | name",
        "sector": "Industry",
        "region": "Country/Region | Country",
        "deleted": "is_deleted",
    },
)

CONTACTS = shape(
    SYSTEM,
    Role.CONTACTS,
    signs="""
        First Name + Last Name + Email + Record ID
        property_firstname + property_lastname + property_email
        firstname + lastname + email + lifecyclestage
    """,
    names={
        "contact_id": "Record ID | hs_object_id | id",
        "email": "Email | property_email",
        "account": "Company Name | company",
        "account_id": "Associated Company IDs (Primary)",
        "job_title": "Job Title",
        "deleted": "_fivetran_deleted",
    },
)

OWNERS = shape(
    SYSTEM,
    Role.OWNERS,
    signs="""
        owner_id + email + first_name + last_name
        id + primary_team_id + email
    """,
    names={
        "owner_id": "owner_id | id",
        "user_id": "active_user_id | userId",
        "email": "email",
        "first_name": "first_name",
        "last_name": "last_name",
        "team_id": "primary_team_id",
    },
)

TEAMS = shape(
    SYSTEM,
    Role.TEAMS,
    signs="team_id + team_name",
    names={"team_id": "team_id | id", "team": "team_name | name"},
)

PIPELINES = shape(
    SYSTEM,
    Role.PIPELINES,
    signs="pipeline_id + label + display_order + active",
    names={"pipeline_id": "pipeline_id", "pipeline": "label"},
)

STAGE_TABLE = shape(
    SYSTEM,
    Role.STAGES,
    signs="""
        stage_id + label + display_order + closed_won + is_closed
        stage_id + label + displayOrder
    """,
    names={
        "stage_id": "stage_id | id",
        "stage": "label",
        "pipeline_id": "pipeline_id",
        "stage_position": "display_order | displayOrder",
        "is_won": "closed_won",
        "is_closed": "is_closed | metadata.isClosed",
        "probability": "probability | metadata.probability",
        "deleted": "_fivetran_deleted",
    },
)

ACTIVITIES = shape(
    SYSTEM,
    Role.ACTIVITIES,
    signs="""
        engagement_id + property_hs_timestamp
        engagement_id + start_time + end_time + title
        hs_timestamp + hs_object_id + hs_activity_type
    """,
    names={
        "external_id": "engagement_id | hs_object_id",
        "at": "start_time | property_hs_timestamp | hs_timestamp",
        "end_at": "end_time | hs_meeting_end_time",
        "channel": "type | hs_activity_type",
        "direction": "hs_call_direction | hs_email_direction",
        "subject": "title | hs_email_subject | hs_meeting_title | hs_task_subject | hs_call_title",
        "owner_id": "hubspot_owner_id",
        "status": "hs_task_status",
        "deleted": "_fivetran_deleted",
    },
)

LINKS = shape(
    SYSTEM,
    Role.LINKS,
    signs="""
        deal_id + contact_id
        deal_id + company_id
        deal_id + engagement_id
        owner_id + team_id
        user_id + team_id
    """,
    names={
        "deal": "deal_id",
        "contact_id": "contact_id",
        "account_id": "company_id",
        "activity_id": "engagement_id",
        "owner_id": "owner_id",
        "user_id": "user_id",
        "team_id": "team_id",
    },
)

MERGES = shape(
    SYSTEM, Role.MERGES, signs="deal_id + merged_deal_id", names={"deal": "deal_id", "merged_deal": "merged_deal_id"}
)

SHAPES = (
    DEALS,
    STAGE_VERSIONS,
    PROPERTY_VERSIONS,
    COMPANIES,
    CONTACTS,
    OWNERS,
    TEAMS,
    PIPELINES,
    STAGE_TABLE,
    ACTIVITIES,
    LINKS,
    MERGES,
)
