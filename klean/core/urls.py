from django.urls import path
from django.urls.resolvers import URLPattern

from klean.core import developers, feed, views

pages: list[URLPattern] = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("developers/", developers.overview, name="developers"),
    path("developers/keys", developers.keys, name="keys"),
    path("developers/keys/<int:key_id>/revocations", developers.key_revocations, name="key_revocations"),
    path("developers/webhooks", developers.endpoints, name="endpoints"),
    path("developers/webhooks/<int:endpoint_id>/stops", developers.endpoint_stops, name="endpoint_stops"),
]

api: list[URLPattern] = [
    path("events", feed.EventFeed.as_view(), name="events"),
]
