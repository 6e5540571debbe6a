from django.urls import path

from enforcement.decisions import views
from enforcement.decisions.api.decisions import CaseDecisions
from enforcement.decisions.api.standings import SellerStanding

pages = [
    path("penalties/approvals/", views.approvals, name="approvals"),
    path("penalties/approvals/<int:decision_id>/agreements", views.agreements, name="agreements"),
    path("penalties/approvals/<int:decision_id>/refusals", views.refusals, name="refusals"),
]
api = [
    path("cases/<int:case_id>/decisions", CaseDecisions.as_view(), name="case_decisions"),
    path("sellers/<path:external_id>/standing", SellerStanding.as_view(), name="seller_standing"),
]
