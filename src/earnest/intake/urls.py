"""The addresses of the pages of imports."""

from django.urls import path

from earnest.intake import views

urlpatterns = [
    path("imports", views.imports, name="imports"),
    path("imports/upload", views.upload, name="import_upload"),
    path("imports/under-way/<int:job_id>", views.job, name="import_job"),
    path("imports/under-way/<int:job_id>/meaning", views.read_otherwise, name="import_meaning"),
    path("imports/under-way/<int:job_id>/write", views.write, name="import_write"),
    path("imports/under-way/<int:job_id>/go-on", views.go_on, name="import_go_on"),
    path("imports/under-way/<int:job_id>/drop", views.drop, name="import_drop"),
    path("imports/under-way/<int:job_id>/held.csv", views.held_back, name="import_would_hold"),
    path("imports/<int:run_id>", views.run, name="import_run"),
    path("imports/<int:run_id>/held.csv", views.held, name="import_held"),
    path("imports/<int:run_id>/take-back", views.take_back, name="import_take_back"),
]
