from django.urls import path

from governance import api as operations
from governance import views

pages = [
    path("transparency", views.transparency, name="transparency"),
    path("transparency.csv", views.transparency_csv, name="transparency_csv"),
    path("transparency.json", views.transparency_json, name="transparency_json"),
    path("transparency/statements", views.public_statements, name="statements"),
    path("transparency/statements/<str:puid>", views.public_statement, name="statement"),
    path("governance/", views.overview, name="overview"),
    path("governance/policies/<str:name>", views.policy, name="policy"),
]

api = [path("statements-of-reasons", operations.StatementsOfReasons.as_view(), name="statements_of_reasons")]
