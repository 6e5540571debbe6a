from django.urls import path

from legal import views

pages = [
    path("", views.index, name="matters"),
    path("matters", views.create, name="create"),
    path("matters/<int:matter_id>", views.matter, name="matter"),
    path("matters/<int:matter_id>/moves", views.moves, name="moves"),
    path("matters/<int:matter_id>/holds", views.holds, name="holds"),
    path("matters/<int:matter_id>/hold-releases", views.hold_releases, name="hold_releases"),
    path("matters/<int:matter_id>/bundles", views.bundles, name="bundles"),
    path("matters/<int:matter_id>/bundles/<int:bundle_id>", views.bundle, name="bundle"),
]
