from django.urls import path

from reports.api import notices as notices_api
from reports.views import counters, intake, portal, public, reporters, rights

app_name = "reports"
pages = [
    path("report", public.report, name="report"),
    path("report/<slug:reference>", public.followed_report, name="followed_report"),
    path("rights/notices/", rights.notices, name="notices"),
    path("rights/notices/new", rights.new_notice, name="new_notice"),
    path("rights/notices/upload", portal.upload, name="upload"),
    path("rights/notices/drafts/", portal.drafts, name="drafts"),
    path("rights/notices/drafts/<int:draft_id>/deletions", portal.draft_deletions, name="draft_deletions"),
    path("rights/watchlist/", portal.watchlist, name="watchlist"),
    path("rights/watchlist/<int:item_id>/answers", portal.watch_answers, name="watch_answers"),
    path("rights/watchlist/<int:item_id>/withdrawals", portal.watch_withdrawals, name="watch_withdrawals"),
    path("rights/pictures/<int:picture_id>", portal.picture, name="picture"),
    path("rights/impact", portal.impact, name="impact"),
    path("rights/notices/export.csv", rights.export, name="export"),
    path("rights/notices/<slug:reference>", rights.notice, name="notice"),
    path("rights/notices/<slug:reference>/withdrawals", rights.withdrawals, name="withdrawals"),
    path("seller/notices/", counters.seller_notices, name="seller_notices"),
    path("seller/notices/<int:counter_id>", counters.seller_notice, name="seller_notice"),
    path("seller/notices/<int:counter_id>/answers", counters.answers, name="counter_answers"),
    path("rights/counter-notices/<int:counter_id>", counters.counter, name="counter"),
    path("rights/counter-notices/<int:counter_id>/replies", counters.replies, name="counter_replies"),
    path("desk/counter-notices/<int:counter_id>", counters.desk_counter, name="desk_counter"),
    path(
        "counter-notices/<int:counter_id>/documents/<int:document_id>",
        counters.document,
        name="counter_document",
    ),
    path("accuracy", reporters.accuracy, name="accuracy"),
    path("desk/reporters/", reporters.reporters, name="reporters"),
    path("desk/reporters/measures", reporters.measures, name="measures"),
    path("desk/reporters/measures/<int:measure_id>/liftings", reporters.liftings, name="measure_liftings"),
    path("desk/notices/<int:notice_id>", intake.desk_notice, name="desk_notice"),
    path("desk/notices/<int:notice_id>/refusals", intake.refusals, name="notice_refusals"),
    path("desk/clocks/", reporters.clocks, name="clocks"),
]
api = [
    path("notices", notices_api.Notices.as_view(), name="notices"),
    path("notices/batch", notices_api.NoticeBatch.as_view(), name="notice_batch"),
    path("notices/<slug:reference>", notices_api.OneNotice.as_view(), name="one_notice"),
]
