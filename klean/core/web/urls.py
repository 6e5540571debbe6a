from django.urls import path
from django.urls.resolvers import URLPattern

from klean.core.web import api as feed
from klean.core.web.views import developers
from klean.core.web.views import home as views
from klean.core.web.views import signing_keys as signing_pages

pages: list[URLPattern] = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("signing-keys", signing_pages.signing_keys, name="signing_keys"),
    path("signing-keys.txt", signing_pages.signing_keys_text, name="signing_keys_text"),
    path("signing-keys/changes", signing_pages.signing_key_changes, name="signing_key_changes"),
    path("developers/", developers.overview, name="developers"),
    path("developers/keys", developers.keys, name="keys"),
    path("developers/keys/<int:key_id>/revocations", developers.key_revocations, name="key_revocations"),
    path("developers/webhooks", developers.endpoints, name="endpoints"),
    path("developers/webhooks/<int:endpoint_id>/stops", developers.endpoint_stops, name="endpoint_stops"),
]

api: list[URLPattern] = [
    path("events", feed.EventFeed.as_view(), name="events"),
]
