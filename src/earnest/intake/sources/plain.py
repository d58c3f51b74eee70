"""Any other table: the words people use in their own spreadsheets, in English, German, Spanish and French.

These are guesses, and are shown as guesses. Signs are kept to words that say what the rows are.
"""

from earnest.intake.shapes import shape
from earnest.intake.vocabulary import Role

SYSTEM = "csv"

DEALS = shape(
    SYSTEM,
    Role.DEALS,
    signs="""
        opportunity_id + deal_stage
        deal id + stage
        deal + stage
        deal + amount
        opportunity + stage
        opportunity + amount
        id + stage + amount
        name + stage + amount
        title + stage + amount
        account + stage + amount
        account + stage + owner
        customer + stage + amount
        company + stage + amount
        mql_id + won_date
        lead_id + won_date
        stage + close_date
        deal_stage + close_date
        status + amount + owner
        status + amount + close_date
        Phase + Betrag
        Phase + Wert
        Verkaufsphase + Betrag
        Etapa + Importe
        Etapa + Valor
        Étape + Montant
        Phase + Montant
    """,
    names={
        "external_id": "opportunity_id | deal_id | opp_id | record_id | id | deal number | no | nr | seller_id | ID",
        "lead_id": "mql_id | lead_id",
        "title": (
            "deal_name | opportunity_name | deal | opportunity | title | name | Bezeichnung | Titel | Nombre | "
            "Título | Nom | Titre | Verkaufschance | Oportunidad | Opportunité"
        ),
        "account": (
            "account | account_name | company | company_name | customer | client | organization | organisation | "
            "Kunde | Firma | Unternehmen | Cliente | Empresa | Cuenta | Client | Entreprise | Société | Compte"
        ),
        "account_id": "account_id | company_id | customer_id | org_id",
        "owner": (
            "owner | deal_owner | opportunity_owner | sales_agent | sales_rep | salesperson | sales rep name | rep "
            "| seller | agent | assigned_to | sr_id | Besitzer | Verkäufer | Zuständig | Verantwortlich | "
            "Propietario | Vendedor | Comercial | Responsable | Propriétaire | Commercial"
        ),
        "owner_id": "owner_id | user_id",
        "team": "team | sales_team | owner_team | Vertriebsteam | Equipo | Équipe",
        "segment": "segment | business_segment | customer_segment | market_segment | deal_size | Segmento",
        "sector": "sector | industry | vertical | Branche | Sector | Secteur",
        "region": "region | regional_office | territory | office | Region | Región | Région",
        "product": "product | product_name | service | Produkt | Producto | Produit",
        "source": (
            "source | lead_source | origin | channel | deal_source | Quelle | Origen | Fuente | Origine | Canal"
        ),
        "deal_type": "deal_type | type | new_or_existing | Art | Typ | Tipo",
        "pipeline": "pipeline | funnel | process",
        "stage": (
            "deal_stage | stage | sales_stage | stage_name | phase | step | Verkaufsphase | Phase | Stufe | Etapa | "
            "Fase | Étape"
        ),
        "status": "status | outcome | result | deal_status | state | Estado | Statut | Ergebnis",
        "lost_reason": (
            "lost_reason | loss_reason | reason_lost | closed_lost_reason | close_reason | reason | Verlustgrund | "
            "Grund | Motivo de pérdida | Raison de la perte"
        ),
        "amount": (
            "amount | deal_amount | deal_value | close_value | value | revenue | deal_size_amount | contract_value "
            "| acv | arr | tcv | Betrag | Wert | Umsatz | Auftragswert | Importe | Valor | Monto | Montant | Valeur"
        ),
        "line_amount": "line_amount | line_total | total_price",
        "quantity": "quantity | qty | Menge | Cantidad | Quantité",
        "currency": "currency | currency_code | deal_currency | Währung | Moneda | Divisa | Devise",
        "probability": (
            "probability | probability (%) | win_probability | confidence | Wahrscheinlichkeit | Probabilidad | "
            "Probabilité"
        ),
        "forecast_category": "forecast_category | forecast",
        "opened_on": (
            "created | created_date | created_at | created_on | create_date | date_created | opened | opened_on | "
            "open_date | engage_date | start_date | first_contact_date | Erstellt | Erstellt am | Angelegt am | "
            "Erstelldatum | Fecha de creación | Creado | Date de création | Créé le"
        ),
        "close_on": (
            "close_date | closing_date | closed_date_or_expected | Abschlussdatum | Abschluss | Fecha de cierre | "
            "Date de clôture | Date de fermeture"
        ),
        "seller_close_on": (
            "expected_close_date | expected_close | estimated_close_date | target_close_date | forecast_close_date "
            "| Erwartetes Abschlussdatum | Fecha de cierre prevista | Date de clôture prévue"
        ),
        "closed_on": "closed_on | closed_at | actual_close_date | closed_date | end_date | Abgeschlossen am",
        "won_on": "won_date | won_on | won_at | won_time | date_won",
        "lost_on": "lost_date | lost_on | lost_at | lost_time | date_lost",
        "buyer_by_when_on": "buyer_by_when | by_when | needed_by | buyer_date | customer_need_date | go_live_date",
        "is_won": "is_won | won",
        "is_closed": "is_closed | closed",
        "is_lost": "is_lost | lost",
        "next_step": "next_step | next_steps | next_action | Nächster Schritt | Próximo paso | Prochaine étape",
        "next_step_on": "next_step_date | next_step_on | next_action_date | next_activity_date",
        "latest_activity_on": (
            "last_activity | last_activity_date | last_contact | last_contacted | last_touch | Letzte Aktivität"
        ),
        "stage_changed_on": "stage_changed | stage_change_date | last_stage_change | last_stage_change_date",
        "pushes_stated": "push_count | pushes | times_pushed",
        "contact_count": "contact_count | contacts | number_of_contacts",
        "updated_at": (
            "updated_at | updated | modified | last_modified | last_modified_date | modified_at | Geändert am"
        ),
        "deleted": "deleted | is_deleted",
        "archived": "archived | is_archived",
    },
    certain=False,
)

ACCOUNTS = shape(
    SYSTEM,
    Role.ACCOUNTS,
    signs="""
        account + sector
        account + industry
        account_name + industry
        company + industry
        company_name + industry
        company + employees
    """,
    names={
        "account_id": "account_id | company_id | id",
        "account": "account | account_name | company | company_name | name",
        "sector": "sector | industry",
        "region": "office_location | country | region | location",
        "segment": "segment | tier",
    },
    certain=False,
)

PRODUCTS = shape(
    SYSTEM,
    Role.PRODUCTS,
    signs="""
        product + sales_price
        product + price
        product + list_price
        product_name + price
        product_name + list_price
        product_name + unit_price
    """,
    names={
        "product_id": "product_id | sku | id",
        "product": "product | product_name | name",
        "list_price": "list_price | sales_price | price | unit_price",
        "currency": "currency",
    },
    certain=False,
)

OWNERS = shape(
    SYSTEM,
    Role.OWNERS,
    signs="""
        sales_agent + manager
        sales_rep + manager
        owner + manager
        owner + team
        full_name + team
        name + team
        rep + team
        rep + manager
        user + team
        user_id + team
    """,
    names={
        "owner_id": "owner_id | user_id | id",
        "owner": "sales_agent | owner | sales_rep | rep | user | name | full_name",
        "email": "email",
        "team": "team | sales_team | manager",
        "region": "regional_office | region | office | territory",
    },
    certain=False,
)

LEADS = shape(
    SYSTEM,
    Role.LEADS,
    signs="""
        mql_id + first_contact_date
        lead_id + created_at
        lead_id + first_contact_date
        lead_id + created_date
    """,
    names={
        "lead_id": "mql_id | lead_id",
        "title": "name | lead_name",
        "account": "company | account",
        "owner": "owner | lead_owner",
        "source": "origin | source | lead_source | channel",
        "opened_on": "first_contact_date | created_at | created_date | created",
        "status": "status | lead_status",
    },
    certain=False,
)

LINES = shape(
    SYSTEM,
    Role.LINES,
    signs="""
        opportunity_id + product + quantity
        deal_id + product + quantity
    """,
    names={
        "deal": "opportunity_id | deal_id",
        "product_id": "product_id",
        "product": "product | product_name",
        "amount": "amount | total | total_price | line_total",
        "list_price": "list_price",
        "unit_price": "unit_price | price",
        "quantity": "quantity | qty",
        "currency": "currency",
    },
    certain=False,
)

ACTIVITIES = shape(
    SYSTEM,
    Role.ACTIVITIES,
    signs="""
        deal_id + activity_type + date
        opportunity_id + activity_type + date
        deal_id + type + date + subject
        deal_id + channel + at
    """,
    names={
        "external_id": "activity_id | id",
        "deal": "deal_id | opportunity_id | deal",
        "on": "date | activity_date",
        "at": "at | timestamp | datetime",
        "channel": "activity_type | type | channel",
        "direction": "direction",
        "subject": "subject | title",
        "owner": "owner | user",
        "duration_minutes": "duration | duration_minutes | minutes",
        "done": "done | completed",
    },
    certain=False,
)

CHANGES = shape(
    SYSTEM,
    Role.CHANGES,
    signs="""
        deal_id + field + old_value + new_value
        opportunity_id + field + old_value + new_value
    """,
    names={
        "deal": "deal_id | opportunity_id",
        "at": "changed_at | at | timestamp | date | created_at",
        "field": "field",
        "from_text": "old_value",
        "to_text": "new_value",
        "changed_by": "changed_by | user",
    },
    certain=False,
)

SHAPES = (DEALS, ACCOUNTS, PRODUCTS, OWNERS, LEADS, LINES, ACTIVITIES, CHANGES)
