from django.urls import path

from enforcement import api as operations
from enforcement.views import appeals, desk, penalties, sellers

app_name = "enforcement"
pages = [
    path("desk/", desk.desk, name="desk"),
    path("desk/cases/<int:case_id>", desk.case, name="case"),
    path("desk/cases/<int:case_id>/decisions", desk.decisions, name="decisions"),
    path("desk/cases/<int:case_id>/claims", desk.claims, name="claims"),
    path("desk/cases/<int:case_id>/releases", desk.releases, name="releases"),
    path("desk/cases/<int:case_id>/hand-overs", desk.hand_overs, name="hand_overs"),
    path("desk/cases/<int:case_id>/escalations", desk.escalations, name="escalations"),
    path("desk/cases/<int:case_id>/notes", desk.notes, name="notes"),
    path("desk/appeals/", appeals.appeals, name="appeals"),
    path("desk/appeals/<int:appeal_id>", appeals.appeal, name="appeal"),
    path("desk/appeals/<int:appeal_id>/assignments", appeals.assignments, name="assignments"),
    path("desk/appeals/<int:appeal_id>/outcomes", appeals.outcomes, name="outcomes"),
    path("penalties/", penalties.penalties, name="penalties"),
    path("penalties/sellers/<path:external_id>", penalties.dossier, name="dossier"),
    path("penalties/sanctions/<int:sanction_id>/liftings", penalties.liftings, name="liftings"),
    path("seller/decisions/", sellers.decisions, name="seller_decisions"),
    path("seller/decisions/<int:decision_id>", sellers.decision, name="seller_decision"),
    path("seller/decisions/<int:decision_id>/appeals", sellers.appeals, name="seller_appeals"),
]
api = [
    path("cases", operations.Cases.as_view(), name="cases"),
    path("cases/<int:case_id>/decisions", operations.CaseDecisions.as_view(), name="case_decisions"),
    path(
        "decisions/<int:decision_id>/appeals", operations.DecisionAppeals.as_view(), name="decision_appeals"
    ),
    path("sellers/<path:external_id>/standing", operations.SellerStanding.as_view(), name="seller_standing"),
]
