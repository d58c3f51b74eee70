"""The addresses of the API."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from earnest.surfaces.api import mounted

urlpatterns = [
    path("api/v1/", mounted.addresses()),
    re_path(r"^api/", login_not_required(mounted.missing), name="api_missing"),
]
