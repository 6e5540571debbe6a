from django.urls import path

from enforcement.api import appeals as appeal_api
from enforcement.api import cases as case_api
from enforcement.api import standings as standing_api
from enforcement.views import (
    appeals,
    approvals,
    batches,
    desk,
    hands,
    keeping,
    penalties,
    quality,
    replays,
    reporters,
    search,
    sellers,
)

app_name = "enforcement"
pages = [
    path("desk/", desk.desk, name="desk"),
    path("desk/queue", desk.queue, name="queue"),
    path("desk/search", search.search, name="search"),
    path("desk/decisions/<int:decision_id>/withdrawals", desk.withdrawals, name="withdrawals"),
    path("desk/cases/<int:case_id>", desk.case, name="case"),
    path("desk/cases/<int:case_id>/decisions", desk.decisions, name="decisions"),
    path("desk/cases/<int:case_id>/claims", hands.claims, name="claims"),
    path("desk/cases/<int:case_id>/releases", hands.releases, name="releases"),
    path("desk/cases/<int:case_id>/hand-overs", hands.hand_overs, name="hand_overs"),
    path("desk/cases/<int:case_id>/holds", hands.holds, name="holds"),
    path("desk/cases/<int:case_id>/escalations", hands.escalations, name="escalations"),
    path("desk/cases/<int:case_id>/notes", hands.notes, name="notes"),
    path("desk/grants", keeping.grants, name="grants"),
    path("desk/kept/", keeping.kept, name="kept"),
    path("desk/kept/views", keeping.views, name="views"),
    path("desk/kept/views/<int:view_id>/removals", keeping.view_removals, name="view_removals"),
    path("desk/kept/texts", keeping.macros, name="macros"),
    path("desk/kept/texts/<int:macro_id>/removals", keeping.macro_removals, name="macro_removals"),
    path("desk/batches/", batches.batches, name="batches"),
    path("desk/batches/new", batches.new, name="new_batch"),
    path("desk/batches/decisions", batches.create, name="create_batch"),
    path("desk/batches/<int:batch_id>", batches.batch, name="batch"),
    path("desk/batches/<int:batch_id>/reversals", batches.reversals, name="reversals"),
    path("desk/checks/", quality.checks, name="checks"),
    path("desk/checks/<int:check_id>/answers", quality.answers, name="check_answers"),
    path("desk/appeals/", appeals.appeals, name="appeals"),
    path("desk/appeals/<int:appeal_id>", appeals.appeal, name="appeal"),
    path("desk/appeals/<int:appeal_id>/assignments", appeals.assignments, name="assignments"),
    path("desk/appeals/<int:appeal_id>/outcomes", appeals.outcomes, name="outcomes"),
    path("desk/appeals/<int:appeal_id>/messages", appeals.messages, name="appeal_messages"),
    path("desk/appeals/<int:appeal_id>/messages/<int:message_id>", appeals.document, name="appeal_document"),
    path("penalties/approvals/", approvals.approvals, name="approvals"),
    path("penalties/approvals/<int:decision_id>/agreements", approvals.agreements, name="agreements"),
    path("penalties/approvals/<int:decision_id>/refusals", approvals.refusals, name="refusals"),
    path("penalties/quality/", quality.quality, name="quality"),
    path("penalties/quality/<int:decision_id>/goldens", quality.goldens, name="goldens"),
    path("penalties/quality/checks/<int:check_id>/closings", quality.closings, name="closings"),
    path("penalties/effects/", penalties.effects, name="effects"),
    path("penalties/effects/retries", penalties.retries, name="retries"),
    path("penalties/replays/", replays.replays, name="replays"),
    path("penalties/", penalties.penalties, name="penalties"),
    path("penalties/sellers/<path:external_id>", penalties.dossier, name="dossier"),
    path("penalties/sanctions/<int:sanction_id>/liftings", penalties.liftings, name="liftings"),
    path("seller/decisions/", sellers.decisions, name="seller_decisions"),
    path("seller/decisions/<int:decision_id>", sellers.decision, name="seller_decision"),
    path("seller/decisions/<int:decision_id>/appeals", sellers.appeals, name="seller_appeals"),
    path("seller/decisions/<int:decision_id>/statement.pdf", sellers.statement, name="seller_statement"),
    path("seller/appeals/<int:appeal_id>/messages", sellers.messages, name="seller_messages"),
    path(
        "seller/appeals/<int:appeal_id>/messages/<int:message_id>", sellers.document, name="seller_document"
    ),
    path("appeals/<str:reference>", reporters.notice, name="reporter_appeals"),
    path("appeals/<str:reference>/<int:decision_id>", reporters.appeals, name="reporter_appeal"),
    path("appeals/<str:reference>/<int:appeal_id>/messages", reporters.messages, name="reporter_messages"),
    path(
        "appeals/<str:reference>/<int:appeal_id>/messages/<int:message_id>",
        reporters.document,
        name="reporter_document",
    ),
]
api = [
    path("cases", case_api.Cases.as_view(), name="cases"),
    path("cases/<int:case_id>/decisions", case_api.CaseDecisions.as_view(), name="case_decisions"),
    path(
        "decisions/<int:decision_id>/appeals", appeal_api.DecisionAppeals.as_view(), name="decision_appeals"
    ),
    path("notices/<str:reference>/appeals", appeal_api.NoticeAppeals.as_view(), name="notice_appeals"),
    path("effects/reconciliations", standing_api.Reconciliations.as_view(), name="reconciliations"),
    path(
        "sellers/<path:external_id>/standing", standing_api.SellerStanding.as_view(), name="seller_standing"
    ),
]
