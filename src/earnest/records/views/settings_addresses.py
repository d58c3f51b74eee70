"""The addresses of the settings' pages that belong to the shared nouns."""

from django.urls import path

from earnest.records.views import settings, settings_fields, settings_money, settings_pipelines

ADDRESSES = [
    path("settings", settings.overview, name="settings"),
    path("settings/workspace", settings.workspace, name="settings_workspace"),
    path("settings/fiscal-periods", settings.fiscal, name="settings_fiscal"),
    path("settings/segments", settings.segments, name="settings_segments"),
    path("settings/choose/<slug:name>", settings.choose, name="settings_choose"),
    path("settings/pipelines", settings_pipelines.pipelines, name="settings_pipelines"),
    path("settings/pipelines/add", settings_pipelines.add_pipeline, name="pipeline_add"),
    path("settings/pipelines/<int:pipeline_id>", settings_pipelines.pipeline, name="pipeline_change"),
    path("settings/pipelines/<int:pipeline_id>/retire", settings_pipelines.retire_pipeline, name="pipeline_retire"),
    path("settings/pipelines/<int:pipeline_id>/restore", settings_pipelines.restore_pipeline, name="pipeline_restore"),
    path("settings/pipelines/<int:pipeline_id>/stages", settings_pipelines.add_stage, name="stage_add"),
    path("settings/stages/<int:stage_id>", settings_pipelines.stage, name="stage_change"),
    path("settings/stages/<int:stage_id>/move", settings_pipelines.move_stage, name="stage_move"),
    path("settings/stages/<int:stage_id>/retire", settings_pipelines.retire_stage, name="stage_retire"),
    path("settings/stages/<int:stage_id>/restore", settings_pipelines.restore_stage, name="stage_restore"),
    path("settings/fields", settings_fields.fields, name="settings_fields"),
    path("settings/fields/add", settings_fields.add, name="field_add"),
    path("settings/fields/<int:field_id>", settings_fields.edit, name="field_change"),
    path("settings/fields/<int:field_id>/retire", settings_fields.retire, name="field_retire"),
    path("settings/fields/<int:field_id>/restore", settings_fields.restore, name="field_restore"),
    path("settings/currencies", settings_money.currencies, name="settings_currencies"),
    path("settings/currencies/rate", settings_money.set_rate, name="rate_set"),
    path("settings/products", settings_money.products, name="settings_products"),
    path("settings/products/add", settings_money.add_product, name="product_add"),
    path("settings/products/<int:product_id>", settings_money.product, name="product_change"),
    path("settings/products/<int:product_id>/retire", settings_money.retire_product, name="product_retire"),
    path("settings/products/<int:product_id>/restore", settings_money.restore_product, name="product_restore"),
    path("settings/holidays", settings_money.holidays, name="settings_holidays"),
    path("settings/holidays/set", settings_money.set_holiday, name="holiday_set"),
    path("settings/holidays/<int:holiday_id>/remove", settings_money.remove_holiday, name="holiday_remove"),
]
