from django.urls import path

from mystery_shop import api as operations
from mystery_shop import views

pages = [
    path("", views.purchases, name="purchases"),
    path("plan", views.plan, name="plan"),
    path("<int:purchase_id>", views.purchase, name="purchase"),
    path("<int:purchase_id>/approvals", views.approvals, name="approvals"),
    path("<int:purchase_id>/orders", views.orders, name="orders"),
    path("<int:purchase_id>/custody-events", views.custody_events, name="custody_events"),
    path("<int:purchase_id>/custody-events/<int:number>/photo", views.custody_photo, name="custody_photo"),
    path("<int:purchase_id>/verdicts", views.verdicts, name="verdicts"),
]

api = [
    path(
        "test-purchases/<int:purchase_id>/custody-events",
        operations.CreateCustodyEvent.as_view(),
        name="custody_events",
    ),
    path("test-purchases/<int:purchase_id>/verdicts", operations.CreateVerdict.as_view(), name="verdicts"),
]
