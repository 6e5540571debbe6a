"""The whole URL tree on one screen."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

import brands.urls
import enforcement.urls
import governance.urls
import klean.core.web.urls
import legal.urls
import listings.urls
import mystery_shop.urls
import refunds.urls
import reports.urls
import sellers.urls
from klean.core.web.openapi import api_reference
from klean.core.web.views.design import design
from klean.core.web.views.language import choose_language

api = [
    *klean.core.web.urls.api,
    *listings.urls.api,
    *reports.urls.api,
    *refunds.urls.api,
    *mystery_shop.urls.api,
    *enforcement.urls.api,
    *governance.urls.api,
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", api_reference, name="docs"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((klean.core.web.urls.pages, "core"))),
    path("", include((brands.urls.pages, "brands"))),
    path("", include((sellers.urls.pages, "sellers"))),
    path("", include((listings.urls.pages, "listings"))),
    path("", include((reports.urls.pages, "reports"))),
    path("", include((refunds.urls.pages, "refunds"))),
    path("", include((enforcement.urls.pages, "enforcement"))),
    path("inspections/", include((mystery_shop.urls.pages, "inspections"))),
    path("legal/", include((legal.urls.pages, "legal"))),
    path("", include((governance.urls.pages, "governance"))),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", choose_language, name="set_language"),
    path("admin/", admin.site.urls),
    path("api/v1/", include((api, "api"))),
]
if settings.DEBUG:
    urlpatterns.append(path("design/", design))
