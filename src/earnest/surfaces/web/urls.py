"""The addresses of the pages that belong to no room."""

from django.urls import path

from earnest.surfaces.web import views

urlpatterns = [
    path("", views.home, name="home"),
]
