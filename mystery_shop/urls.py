from django.urls import path, register_converter
from django.urls.converters import StringConverter

from mystery_shop import api as operations
from mystery_shop import views


class CustodyFile(StringConverter):
    regex = "photo|video|certificate"


register_converter(CustodyFile, "custody_file")

pages = [
    path("", views.purchases, name="purchases"),
    path("plan", views.plan, name="plan"),
    path("field", views.field, name="field"),
    path("field/<int:purchase_id>", views.field_purchase, name="field_purchase"),
    path("field-worker.js", views.field_worker, name="field_worker"),
    path("programmes", views.programmes, name="programmes"),
    path("programmes/new", views.programme, name="programme"),
    path("programmes/<int:programme_id>", views.plans, name="plans"),
    path("programmes/<int:programme_id>/targets", views.programme_targets, name="targets"),
    path("agreements", views.agreements, name="agreements"),
    path("funds", views.funds, name="funds"),
    path("plans/<int:plan_id>", views.plan_page, name="plan_page"),
    path("plans/<int:plan_id>/draws", views.draws, name="draws"),
    path("plans/<int:plan_id>/approvals", views.approve_draw, name="approve_draw"),
    path("plans/<int:plan_id>/strata/<int:number>/draws", views.more_draws, name="more_draws"),
    path("<int:purchase_id>", views.purchase, name="purchase"),
    path("<int:purchase_id>/approvals", views.approvals, name="approvals"),
    path("<int:purchase_id>/orders", views.orders, name="orders"),
    path("<int:purchase_id>/ends", views.ends, name="ends"),
    path("<int:purchase_id>/custody-events", views.custody_events, name="custody_events"),
    path(
        "<int:purchase_id>/custody-events/<int:number>/<custody_file:which>",
        views.custody_file,
        name="custody_file",
    ),
    path("<int:purchase_id>/verdicts", views.verdicts, name="verdicts"),
    path("<int:purchase_id>/countersignatures", views.countersignatures, name="countersignatures"),
    path("<int:purchase_id>/report-returns", views.report_returns, name="report_returns"),
    path("<int:purchase_id>/pictures/<slug:key>", views.picture, name="picture"),
    path("<int:purchase_id>/report", views.report, name="report"),
]

api = [
    path("test-purchases", operations.ListTestPurchases.as_view(), name="test_purchases"),
    path("test-purchases/<int:purchase_id>", operations.ShowTestPurchase.as_view(), name="test_purchase"),
    path(
        "test-purchases/<int:purchase_id>/custody-events",
        operations.CreateCustodyEvent.as_view(),
        name="custody_events",
    ),
    path("test-purchases/<int:purchase_id>/verdicts", operations.CreateVerdict.as_view(), name="verdicts"),
    path(
        "test-purchases/<int:purchase_id>/countersignatures",
        operations.CreateCountersignature.as_view(),
        name="countersignatures",
    ),
]
