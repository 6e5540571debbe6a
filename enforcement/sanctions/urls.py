from django.urls import path

from enforcement.sanctions import views
from enforcement.sanctions.api import Reconciliations

pages = [
    path("penalties/effects/", views.effects, name="effects"),
    path("penalties/effects/retries", views.retries, name="retries"),
]
api = [path("effects/reconciliations", Reconciliations.as_view(), name="reconciliations")]
