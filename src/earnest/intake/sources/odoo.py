"""Odoo `crm.lead`: technical names and export labels. A lost deal is inactive with probability 0; a won one has 100."""

from earnest.intake.shapes import shape
from earnest.intake.vocabulary import Role

SYSTEM = "odoo"

DEALS = shape(
    SYSTEM,
    Role.DEALS,
    signs="""
        expected_revenue + stage_id
        Opportunity + Expected Revenue + Stage
        name + stage_id + date_deadline + probability
        Opportunity + Expected Closing
        Verkaufschance + Erwarteter Umsatz
    """,
    names={
        "external_id": "id | External ID | ID",
        "title": "name | Opportunity | Verkaufschance",
        "amount": "expected_revenue | Expected Revenue | Erwarteter Umsatz",
        "currency": "company_currency | Currency | Company Currency",
        "stage": "stage_id/name | Stage | stage_id | Stufe | Phase",
        "pipeline": "team_id/name | Sales Team | team_id | Verkaufsteam",
        "seller_close_on": "date_deadline | Expected Closing | Erwarteter Abschluss",
        "closed_on": "date_closed | Closed Date | Abschlussdatum",
        "active": "active | Active | Aktiv",
        "probability": "probability | Probability | Wahrscheinlichkeit",
        "next_step": "activity_summary | Next Activity Summary",
        "next_step_on": "activity_date_deadline | Next Activity Deadline",
        "stage_changed_on": "date_last_stage_update | Last Stage Update",
        "lost_reason": "lost_reason_id/name | lost_reason_id | Lost Reason | Verlustgrund",
        "source": "source_id/name | source_id | Source | Quelle",
        "owner": "user_id/name | user_id | Salesperson | Verkäufer",
        "account": "partner_id/name | partner_name | partner_id | Customer | Company Name | Kunde",
        "deal_type": "type | Type",
        "opened_on": "create_date | Created on | Angelegt am",
        "updated_at": "write_date | Last Updated on",
    },
)

SHAPES = (DEALS,)
