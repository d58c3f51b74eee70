"""The addresses of the shared nouns' pages."""

from django.urls import path

from earnest.records.views import acts

urlpatterns = [
    path("undo", acts.undo, name="undo"),
]
