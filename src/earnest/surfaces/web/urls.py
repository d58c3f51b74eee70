"""The addresses of the pages that belong to no room."""

from django.urls import path

from earnest.surfaces.web import account_panels, capture, deal, my_day, tour, views

urlpatterns = [
    path("", my_day.page, name="home"),
    path("deals/<int:deal_id>", deal.page, name="deal"),
    path("deals/<int:deal_id>/set-aside/<slug:rule>", deal.set_aside, name="deal_set_aside"),
    path("accounts", account_panels.listed, name="accounts"),
    path("accounts/<int:account_id>", account_panels.page, name="account"),
    path("capture", capture.page, name="capture"),
    path("more", views.more, name="more"),
    path("shortcuts", views.shortcuts, name="shortcuts"),
    path("tour", tour.page, name="tour"),
    path("tour/go", tour.go, name="tour_go"),
]
