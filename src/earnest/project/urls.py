"""The addresses of the site; each room and surface adds its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("earnest.surfaces.web.urls")),
    path("", include("earnest.surfaces.api.urls")),
    path("", include("earnest.people.urls")),
    path("", include("earnest.records.urls")),
    path("", include("earnest.intake.urls")),
    path("", include("earnest.need.urls")),
    path("", include("earnest.pipeline.urls")),
    path("login/", include("earnest.surfaces.web.login_urls")),
]

handler400 = "earnest.surfaces.web.views.bad_request"
handler403 = "earnest.surfaces.web.views.forbidden"
handler404 = "earnest.surfaces.web.views.not_found"
handler429 = "earnest.surfaces.web.login.too_many"
handler500 = "earnest.surfaces.web.views.failed"
