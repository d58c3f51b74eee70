"""The addresses of the need room."""

from django.urls import path

from earnest.need.views import evidence

urlpatterns = [path("deals/<int:deal_id>/evidence", evidence.add, name="evidence_add")]
