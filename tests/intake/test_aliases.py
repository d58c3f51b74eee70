"""Which system a file comes from, what its rows are, and what its headers mean."""

from pathlib import Path

import pytest

from earnest.intake import aliases
from earnest.intake.vocabulary import Role, column_of
from tests.intake import exports

_FIVETRAN_DEALS = (
    "_fivetran_synced,account_id,amount,close_date,created_date,id,is_closed,is_deleted,is_won,name,stage_name"
)


@pytest.mark.parametrize(
    ("headers", "system", "role"),
    [
        ("Opportunity Name,Stage,Amount,Close Date,Opportunity Owner", "salesforce", Role.DEALS),
        ("Id,Name,StageName,CloseDate,IsClosed,IsWon", "salesforce", Role.DEALS),
        (_FIVETRAN_DEALS, "salesforce", Role.DEALS),
        (f"_fivetran_active,_fivetran_start,_fivetran_end,{_FIVETRAN_DEALS}", "salesforce", Role.CHANGES),
        ("Id,OpportunityId,StageName,Amount,Probability,CloseDate,CreatedDate", "salesforce", Role.CHANGES),
        ("OpportunityId,Field,OldValue,NewValue,CreatedById,CreatedDate", "salesforce", Role.CHANGES),
        ("MasterLabel,ApiName,SortOrder,IsClosed,IsWon", "salesforce", Role.STAGES),
        ("OpportunityId,Quantity,UnitPrice,TotalPrice", "salesforce", Role.LINES),
        ("Id,Subject,WhoId,WhatId,ActivityDate,Status", "salesforce", Role.ACTIVITIES),
        ("Record ID,Deal Name,Deal Stage,Amount", "hubspot", Role.DEALS),
        ("deal_id,is_deleted,property_dealname,property_amount,property_closedate", "hubspot", Role.DEALS),
        ("ID de registro,Nombre del negocio,Etapa del negocio,Importe", "hubspot", Role.DEALS),
        ("deal_id,timestamp,source,name,source_id,value", "hubspot", Role.CHANGES),
        ("_fivetran_start,deal_id,date_entered,value", "hubspot", Role.CHANGES),
        ("deal_id,merged_deal_id", "hubspot", Role.MERGES),
        ("deal_id,contact_id,category", "hubspot", Role.LINKS),
        ("Deal - ID,Deal - Title,Deal - Status,Deal - Value", "pipedrive", Role.DEALS),
        ("field_key,old_value,new_value,actor_user_id,time,deal_id", "pipedrive", Role.CHANGES),
        ("Activity - Subject,Activity - Type,Activity - Due date,Activity - Deal", "pipedrive", Role.ACTIVITIES),
        ("id,name,expected_revenue,stage_id,active,probability", "odoo", Role.DEALS),
        ("id,name,sales_stage,date_closed,amount", "suitecrm", Role.DEALS),
        ("name,organization,status,deal_owner,deal_value", "frappe", Role.DEALS),
        ("id,name,stage,companyId,pointOfContactId", "twenty", Role.DEALS),
        ("first_name,last_name,first_seen,last_seen", "atomic-crm", Role.CONTACTS),
        ("opportunity_id,sales_agent,deal_stage,engage_date,close_date,close_value", "csv", Role.DEALS),
        ("Kunde,Phase,Betrag,Verantwortlich,Abschlussdatum", "csv", Role.DEALS),
        ("product,series,sales_price", "csv", Role.PRODUCTS),
        ("sales_agent,manager,regional_office", "csv", Role.OWNERS),
        ("mql_id,first_contact_date,origin", "csv", Role.LEADS),
        ("Table,Field,Description", "", Role.UNUSED),
    ],
)
def test_a_file_is_recognised_by_its_headers(headers: str, system: str, role: Role) -> None:
    found = aliases.recognise(headers.split(","))
    assert (found.system, found.role) == (system, role)


def test_the_label_of_the_system_is_known_and_a_common_word_is_a_guess() -> None:
    found = aliases.recognise(["Opportunity Name", "Stage", "Close Date", "Territory", "Shoe Size"])
    assert found.columns == {
        "Opportunity Name": "title",
        "Stage": "stage",
        "Close Date": "close_on",
        "Territory": "region",
    }
    assert found.certainty["Stage"] == "known"
    assert found.certainty["Territory"] == "guessed"


def test_one_column_has_one_header_the_best_of_those_in_the_file() -> None:
    found = aliases.recognise(["Id", "Opportunity ID", "Opportunity Name", "Stage"])
    assert found.columns["Opportunity ID"] == "external_id"
    assert "Id" not in found.columns


def test_the_currency_beside_the_amount_is_its_currency() -> None:
    found = aliases.recognise(
        ["Opportunity ID", "Opportunity Name", "Currency", "Total_Amount_Currency", "Total_Amount", "Stage"]
    )
    assert found.columns["Total_Amount"] == "line_amount"
    assert found.columns["Total_Amount_Currency"] == "line_currency"
    assert found.columns["Currency"] == "currency"


def test_the_pair_of_the_deal_amount_wins_over_a_loose_currency() -> None:
    found = aliases.recognise(["Opportunity Name", "Stage", "Currency", "Amount Currency", "Amount"])
    assert found.columns["Amount Currency"] == "currency"
    assert "Currency" not in found.columns


@pytest.mark.parametrize(
    "header",
    [
        'Date entered "Demo (Sales Pipeline)"',
        "Date entered 'Demo (Sales Pipeline)'",
        "Date entered “Demo (Sales Pipeline)”",
    ],
)
def test_hubspots_stage_columns_name_their_stage_whatever_the_quotes(header: str) -> None:
    found = aliases.recognise(["Record ID", "Deal Name", header])
    assert found.columns[header] == "entered:Demo"


def test_hubspots_internal_stage_columns_keep_the_id() -> None:
    found = aliases.recognise(["hs_object_id", "dealname", "hs_v2_date_entered_12345"])
    assert found.columns["hs_v2_date_entered_12345"] == "entered:12345"


def test_tickets_are_not_deals() -> None:
    headers = ["stage_id", "label", "display_order", "is_closed", "pipeline_id"]
    assert aliases.recognise(headers, "ticket_pipeline_stage_data.csv").role is Role.UNUSED


def test_a_nameless_table_of_teams_is_told_by_its_file_name() -> None:
    assert aliases.recognise(["id", "name"], "team_data.csv").role is Role.TEAMS
    assert aliases.recognise(["id", "name"], "role_data.csv").role is Role.UNUSED


def test_every_alias_fills_a_column_that_its_role_has() -> None:
    for shape in aliases.SHAPES:
        for column, _rank in shape.names.values():
            assert column_of(shape.role, column).name == column


def test_every_sign_names_headers_that_can_occur() -> None:
    for shape in aliases.SHAPES:
        assert shape.signs
        assert all(header for sign in shape.signs for header in sign)


@pytest.mark.parametrize(
    ("export", "system"),
    [
        (exports.salesforce_report, "salesforce"),
        (exports.hubspot_export, "hubspot"),
        (exports.pipedrive_export, "pipedrive"),
        (exports.odoo_export, "odoo"),
    ],
)
def test_look_alikes_are_taken_for_what_they_look_like(export: object, system: str) -> None:
    made = export(exports.facts(3))  # type: ignore[operator]
    assert aliases.recognise(made.headers, made.name).system == system


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("path", "system", "role"),
    [
        ("maven_crm/sales_pipeline.csv", "csv", Role.DEALS),
        ("maven_crm/accounts.csv", "csv", Role.ACCOUNTS),
        ("maven_crm/data_dictionary.csv", "", Role.UNUSED),
        ("friofrio/Test_TP2_Datos_2020-2C.csv", "salesforce", Role.DEALS),
        ("fivetran_salesforce/sf_opportunity_data.csv", "salesforce", Role.DEALS),
        ("fivetran_salesforce/sf_opportunity_history_data.csv", "salesforce", Role.CHANGES),
        ("fivetran_salesforce/sf_user_data.csv", "salesforce", Role.OWNERS),
        ("fivetran_salesforce/sf_order_data.csv", "", Role.UNUSED),
        ("fivetran_hubspot/deal_data.csv", "hubspot", Role.DEALS),
        ("fivetran_hubspot/deal_stage_data.csv", "hubspot", Role.CHANGES),
        ("fivetran_hubspot/contact_property_history_data.csv", "", Role.UNUSED),
        ("atomic_crm_contacts/contacts_export.csv", "atomic-crm", Role.CONTACTS),
    ],
)
def test_real_files_are_recognised(real_data: Path, path: str, system: str, role: Role) -> None:
    first_line = (real_data / path).read_text("utf-8-sig").splitlines()[0]
    headers = [header.strip('"') for header in first_line.split(",")]
    found = aliases.recognise(headers, Path(path).name)
    assert (found.system, found.role) == (system, role)
