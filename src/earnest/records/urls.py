"""The addresses of the shared nouns' pages."""

from django.urls import path

from earnest.records.views import acts, handover

urlpatterns = [
    path("undo", acts.undo, name="undo"),
    path("settings/people/<int:user_id>/hand-over", handover.hand_over, name="hand_over"),
]
