"""The addresses of the pages that belong to no room."""

from django.urls import path

from earnest.surfaces.web import account_panels, capture, deal, exporting, my_day, thresholds, tokens, tour, views

urlpatterns = [
    path("", my_day.page, name="home"),
    path("deals/<int:deal_id>", deal.page, name="deal"),
    path("deals/<int:deal_id>/set-aside/<slug:rule>", deal.set_aside, name="deal_set_aside"),
    path("accounts", account_panels.listed, name="accounts"),
    path("accounts/<int:account_id>", account_panels.page, name="account"),
    path("account/keys", tokens.page, name="tokens"),
    path("account/keys/<int:token_id>/revoke", tokens.revoke, name="token_revoke"),
    path("account/api", tokens.docs, name="api_docs"),
    path("capture", capture.page, name="capture"),
    path("more", views.more, name="more"),
    path("shortcuts", views.shortcuts, name="shortcuts"),
    path("tour", tour.page, name="tour"),
    path("tour/go", tour.go, name="tour_go"),
    path("settings/thresholds", thresholds.thresholds, name="settings_thresholds"),
    path("settings/thresholds/<slug:name>", thresholds.set_threshold, name="threshold_set"),
    path("settings/export", exporting.page, name="settings_export"),
    path("settings/export/send", exporting.send, name="export_send"),
]
