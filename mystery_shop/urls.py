from django.urls import path, register_converter
from django.urls.converters import StringConverter

from mystery_shop import api as operations
from mystery_shop.views import field, programmes, purchases


class CustodyFile(StringConverter):
    regex = "photo|video|certificate"


register_converter(CustodyFile, "custody_file")

pages = [
    path("", purchases.purchases, name="purchases"),
    path("plan", purchases.plan, name="plan"),
    path("field", field.field, name="field"),
    path("field/<int:purchase_id>", field.field_purchase, name="field_purchase"),
    path("field-worker.js", field.field_worker, name="field_worker"),
    path("programmes", programmes.programmes, name="programmes"),
    path("programmes/new", programmes.programme, name="programme"),
    path("programmes/<int:programme_id>", programmes.plans, name="plans"),
    path("programmes/<int:programme_id>/targets", programmes.programme_targets, name="targets"),
    path("agreements", programmes.agreements, name="agreements"),
    path("funds", programmes.funds, name="funds"),
    path("plans/<int:plan_id>", programmes.plan_page, name="plan_page"),
    path("plans/<int:plan_id>/draws", programmes.draws, name="draws"),
    path("plans/<int:plan_id>/approvals", programmes.approve_draw, name="approve_draw"),
    path("plans/<int:plan_id>/strata/<int:number>/draws", programmes.more_draws, name="more_draws"),
    path("<int:purchase_id>", purchases.purchase, name="purchase"),
    path("<int:purchase_id>/approvals", purchases.approvals, name="approvals"),
    path("<int:purchase_id>/orders", purchases.orders, name="orders"),
    path("<int:purchase_id>/ends", purchases.ends, name="ends"),
    path("<int:purchase_id>/custody-events", purchases.custody_events, name="custody_events"),
    path(
        "<int:purchase_id>/custody-events/<int:number>/<custody_file:which>",
        purchases.custody_file,
        name="custody_file",
    ),
    path("<int:purchase_id>/verdicts", purchases.verdicts, name="verdicts"),
    path("<int:purchase_id>/countersignatures", purchases.countersignatures, name="countersignatures"),
    path("<int:purchase_id>/report-returns", purchases.report_returns, name="report_returns"),
    path("<int:purchase_id>/pictures/<slug:key>", purchases.picture, name="picture"),
    path("<int:purchase_id>/report", purchases.report, name="report"),
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
