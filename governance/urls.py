from django.urls import path

from governance import api as operations
from governance.views import calendar, consultations, desk, personal, public, register

pages = [
    path("transparency", public.transparency, name="transparency"),
    path("transparency.csv", public.transparency_csv, name="transparency_csv"),
    path("transparency.json", public.transparency_json, name="transparency_json"),
    path("transparency/editions", public.all_editions, name="editions"),
    path("transparency/editions/<int:number>", public.edition, name="edition"),
    path("transparency/editions/<int:number>.csv", public.edition_csv, name="edition_csv"),
    path("transparency/editions/<int:number>.json", public.edition_json, name="edition_json"),
    path("transparency/editions/<int:number>.sig", public.edition_signature, name="edition_signature"),
    path("transparency/editions/<int:number>.pem", public.edition_key, name="edition_key"),
    path("transparency/statements", public.public_statements, name="statements"),
    path("transparency/statements.csv", public.statements_csv, name="statements_csv"),
    path("transparency/statements.jsonl", public.statements_jsonl, name="statements_jsonl"),
    path("transparency/statements/<str:puid>", public.public_statement, name="statement"),
    path("transparency/policies", consultations.index, name="policies"),
    path("transparency/policies/<str:name>", consultations.policy, name="policy"),
    path("transparency/drafts/<int:draft_id>", consultations.draft, name="draft"),
    path("transparency/drafts/<int:draft_id>/comments", consultations.comments, name="comments"),
    path("governance/", desk.overview, name="overview"),
    path("governance/calendar", calendar.calendar, name="calendar"),
    path(
        "governance/calendar/<int:change_id>/confirmations",
        calendar.calendar_confirmations,
        name="calendar_confirmations",
    ),
    path(
        "governance/calendar/<int:change_id>/withdrawals",
        calendar.calendar_withdrawals,
        name="calendar_withdrawals",
    ),
    path("governance/editions", desk.publications, name="publications"),
    path("governance/drafts", desk.drafts, name="drafts"),
    path("governance/drafts/<int:draft_id>/publications", desk.draft_publications, name="draft_publications"),
    path("governance/drafts/<int:draft_id>/withdrawals", desk.draft_withdrawals, name="draft_withdrawals"),
    path("governance/comments/<int:comment_id>/answers", desk.answers, name="answers"),
    path("governance/stakeholders", register.index, name="stakeholders"),
    path("governance/stakeholders/<int:stakeholder_id>", register.stakeholder, name="stakeholder"),
    path("governance/agreements/<int:agreement_id>/document", register.document, name="agreement_document"),
    path("governance/meetings", register.meetings, name="meetings"),
    path("governance/items", register.items, name="items"),
    path("governance/items/<int:item_id>/completions", register.completions, name="completions"),
    path("governance/feeds", register.feeds, name="feeds"),
    path("governance/feeds/<int:feed_id>", register.feed, name="feed"),
    path("governance/personal-data", personal.record, name="personal_data"),
    path("governance/requests", personal.requests, name="requests"),
    path("governance/requests/<int:request_id>", personal.request_page, name="request"),
    path("governance/requests/<int:request_id>/exports", personal.exports, name="exports"),
    path("governance/requests/<int:request_id>/erasures", personal.erasures, name="erasures"),
    path("governance/requests/<int:request_id>/refusals", personal.refusals, name="refusals"),
    path("governance/viewings", personal.viewings, name="viewings"),
    path("governance/viewings/<str:label>/<int:pk>", personal.unmask, name="unmask"),
]

api = [path("statements-of-reasons", operations.StatementsOfReasons.as_view(), name="statements_of_reasons")]
