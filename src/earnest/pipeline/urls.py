"""The addresses of the pages of deals, of the board, and of the rules."""

from django.urls import path

from earnest.pipeline.views import boards, cells, lists, many, rules, saved, signs

urlpatterns = [
    path("deals", lists.deals_list, name="deals"),
    path("deals/panel/<slug:name>", lists.panel, name="deals_panel"),
    path("deals/export", lists.export, name="deals_export"),
    path("deals/many", many.many, name="deals_many"),
    path("deals/views", saved.save, name="deals_view_save"),
    path("deals/views/<int:view_id>", saved.edit, name="deals_view_edit"),
    path("deals/views/<int:view_id>/remove", saved.remove, name="deals_view_remove"),
    path("deals/<int:deal_id>/row", cells.row, name="deals_row"),
    path("deals/<int:deal_id>/cells/<slug:name>", cells.cell, name="deals_cell"),
    path("deals/<int:deal_id>/move", boards.move, name="board_move"),
    path("deals/<int:deal_id>/signs/<slug:name>", signs.note, name="deal_sign"),
    path("board", boards.board, name="board"),
    path("board/<int:stage_id>", boards.column, name="board_column"),
    path("rules", rules.rules, name="rules"),
    path("rules/<slug:name>", rules.rule, name="rule"),
]
