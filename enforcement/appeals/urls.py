from django.urls import path

from enforcement.appeals.api import DecisionAppeals, NoticeAppeals
from enforcement.appeals.views import appeals, reporters, sellers

MESSAGE = "messages/<int:message_id>"

pages = [
    path("desk/appeals/", appeals.appeals, name="appeals"),
    path("desk/appeals/<int:appeal_id>", appeals.appeal, name="appeal"),
    path("desk/appeals/<int:appeal_id>/assignments", appeals.assignments, name="appeal_assignments"),
    path("desk/appeals/<int:appeal_id>/outcomes", appeals.outcomes, name="appeal_outcomes"),
    path("desk/appeals/<int:appeal_id>/messages", appeals.messages, name="appeal_messages"),
    path(f"desk/appeals/<int:appeal_id>/{MESSAGE}", appeals.document, name="appeal_document"),
    path("seller/decisions/", sellers.decisions, name="seller_decisions"),
    path("seller/decisions/<int:decision_id>", sellers.decision, name="seller_decision"),
    path("seller/decisions/<int:decision_id>/appeals", sellers.appeals, name="seller_appeals"),
    path("seller/decisions/<int:decision_id>/statement.pdf", sellers.statement, name="seller_statement"),
    path("seller/appeals/<int:appeal_id>/messages", sellers.messages, name="seller_messages"),
    path(f"seller/appeals/<int:appeal_id>/{MESSAGE}", sellers.document, name="seller_document"),
    path("appeals/<str:reference>", reporters.notice, name="reporter_appeals"),
    path("appeals/<str:reference>/<int:decision_id>", reporters.appeals, name="reporter_appeal"),
    path("appeals/<str:reference>/<int:appeal_id>/messages", reporters.messages, name="reporter_messages"),
    path(
        f"appeals/<str:reference>/<int:appeal_id>/{MESSAGE}",
        reporters.document,
        name="reporter_document",
    ),
]
api = [
    path("decisions/<int:decision_id>/appeals", DecisionAppeals.as_view(), name="decision_appeals"),
    path("notices/<str:reference>/appeals", NoticeAppeals.as_view(), name="notice_appeals"),
]
