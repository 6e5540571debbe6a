from django.urls import path
from django.urls.resolvers import URLPattern

from klean.core.web.api import EventFeed
from klean.core.web.views import developers, health, home, signing_keys

pages: list[URLPattern] = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("signing-keys", signing_keys.signing_keys, name="signing_keys"),
    path("signing-keys.txt", signing_keys.signing_keys_text, name="signing_keys_text"),
    path("signing-keys/changes", signing_keys.signing_key_changes, name="signing_key_changes"),
    path("developers/", developers.overview, name="developers"),
    path("developers/keys", developers.keys, name="keys"),
    path("developers/keys/<int:key_id>/revocations", developers.key_revocations, name="key_revocations"),
    path("developers/webhooks", developers.endpoints, name="endpoints"),
    path("developers/webhooks/<int:endpoint_id>/stops", developers.endpoint_stops, name="endpoint_stops"),
]

api: list[URLPattern] = [
    path("events", EventFeed.as_view(), name="events"),
]
