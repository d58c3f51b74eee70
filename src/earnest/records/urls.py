"""The addresses of the shared nouns' pages."""

from django.urls import path

from earnest.records.views import acts, deals, files, handover, notes, stakeholders

urlpatterns = [
    path("undo", acts.undo, name="undo"),
    path("deals/new", deals.new, name="deal_new"),
    path("deals/<int:deal_id>/edit/<slug:part>", deals.edit, name="deal_edit"),
    path("deals/<int:deal_id>/end", deals.end, name="deal_end"),
    path("deals/<int:deal_id>/reopen", deals.reopen, name="deal_reopen"),
    path("deals/<int:deal_id>/lines", deals.add_line, name="deal_line_add"),
    path("deals/<int:deal_id>/people", stakeholders.add, name="stakeholder_add"),
    path("deals/<int:deal_id>/people/<int:stakeholder_id>", stakeholders.change, name="stakeholder_change"),
    path("deals/<int:deal_id>/people/<int:stakeholder_id>/out", stakeholders.take_out, name="stakeholder_out"),
    path("deals/<int:deal_id>/notes", notes.add, name="note_add"),
    path("notes/<int:note_id>", notes.edit, name="note_edit"),
    path("notes/<int:note_id>/discard", notes.discard, name="note_discard"),
    path("deals/<int:deal_id>/files", files.add, name="file_add"),
    path("files/<int:file_id>", files.send, name="file"),
    path("files/<int:file_id>/discard", files.discard, name="file_discard"),
    path("files/<int:file_id>/restore", files.restore, name="file_restore"),
    path("settings/people/<int:user_id>/hand-over", handover.hand_over, name="hand_over"),
]
