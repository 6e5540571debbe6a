from django.urls import path
from django.urls.resolvers import URLPattern

from klean.core import feed, views

pages: list[URLPattern] = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

api: list[URLPattern] = [
    path("events", feed.EventFeed.as_view(), name="events"),
]
