"""All addresses. Pages have Swedish addresses; /en/ before one gives it in English."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from tillit.accounts.urls import for_providers
from tillit.config.api import ROOT, api
from tillit.config.api_page import api_page
from tillit.config.health import health
from tillit.kit.files.urls import urlpatterns as file_urls
from tillit.site.urls import logo_urls

handler400 = "tillit.kit.errors.bad_request"
handler403 = "tillit.kit.errors.forbidden"
handler404 = "tillit.config.api.not_found"
handler429 = "tillit.accounts.answers.too_many"
handler500 = "tillit.kit.errors.server_error"

urlpatterns = [
    path("healthz", health, name="health"),
    path(ROOT.lstrip("/"), api.urls),
    *for_providers,
    *logo_urls,
    *file_urls,
    *i18n_patterns(
        path("api/", api_page, name="api-page"),
        path("", include("tillit.kit.documents.urls")),
        path("", include("tillit.site.urls")),
        path("", include("tillit.privacy.urls")),
        path("", include("tillit.letters.urls")),
        path("", include("tillit.intake.urls")),
        path("", include("tillit.duplicates.urls")),
        path("", include("tillit.enquiries.urls")),
        path("", include("tillit.agreements.urls")),
        path("", include("tillit.records.urls")),
        path("", include("tillit.register.urls")),
        path("", include("tillit.accounts.urls")),
        path("", include("tillit.post.urls")),
        prefix_default_language=False,
    ),
]
