"""The addresses of the pages that belong to no room."""

from django.urls import path

from earnest.surfaces.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("set-up", views.set_up, name="set_up"),
]
