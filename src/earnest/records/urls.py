"""The addresses of the shared nouns' pages."""

from django.urls import path

from earnest.records.views import (
    accounts,
    acts,
    beginning,
    contacts,
    deals,
    files,
    handover,
    leads,
    lines,
    merging,
    notes,
    parties,
    search,
    settings_addresses,
    stakeholders,
)
from earnest.records.views import bin as bins

urlpatterns = [
    path("set-up", beginning.set_up, name="set_up"),
    path("undo", acts.undo, name="undo"),
    path("deals/new", deals.new, name="deal_new"),
    path("deals/<int:deal_id>/edit/<slug:part>", deals.edit, name="deal_edit"),
    path("deals/<int:deal_id>/end", deals.end, name="deal_end"),
    path("deals/<int:deal_id>/reopen", deals.reopen, name="deal_reopen"),
    path("deals/<int:deal_id>/lines", lines.add, name="deal_line_add"),
    path("deals/<int:deal_id>/lines/<int:line_id>", lines.change, name="deal_line_change"),
    path("deals/<int:deal_id>/lines/<int:line_id>/out", lines.take_out, name="deal_line_out"),
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
    path("accounts/new", accounts.new, name="account_new"),
    path("accounts/<int:account_id>/edit", accounts.edit, name="account_edit"),
    path("contacts", contacts.listed, name="contacts"),
    path("contacts/new", contacts.new, name="contact_new"),
    path("contacts/<int:contact_id>", contacts.page, name="contact"),
    path("contacts/<int:contact_id>/edit", contacts.edit, name="contact_edit"),
    path("leads", leads.listed, name="leads"),
    path("leads/new", leads.new, name="lead_new"),
    path("leads/<int:lead_id>", leads.page, name="lead"),
    path("leads/<int:lead_id>/edit", leads.edit, name="lead_edit"),
    path("leads/<int:lead_id>/not-yet", leads.not_yet, name="lead_not_yet"),
    path("leads/<int:lead_id>/deal", leads.become, name="lead_become"),
    *(
        path(f"{kind}s/<int:record_id>/{act}", view, {"kind": kind}, name=f"{kind}_{act}")
        for kind in ("account", "contact", "lead")
        for act, view in (("discard", parties.discard), ("notes", parties.add_note), ("files", parties.add_file))
    ),
    path("duplicates/<slug:kind>", merging.listed, name="duplicates"),
    path("duplicates/<slug:kind>/<int:kept_id>/<int:merged_id>", merging.merge, name="merge"),
    path("bin", bins.page, name="bin"),
    path("bin/empty", bins.empty, name="bin_empty"),
    path("bin/<slug:kind>/<int:record_id>", bins.restore, name="bin_restore"),
    path("search", search.page, name="search"),
    path("search/palette", search.palette, name="palette"),
    path("settings/people/<int:user_id>/hand-over", handover.hand_over, name="hand_over"),
    *settings_addresses.ADDRESSES,
]
