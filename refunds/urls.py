from django.urls import path

from refunds.api import callbacks
from refunds.api import claims as claims_api
from refunds.views import buyer, desk, parcels

app_name = "refunds"
pages = [
    path("refunds", buyer.refunds, name="refunds"),
    path("refunds/<slug:reference>", buyer.claim, name="claim"),
    path("refunds/<slug:reference>/parcels", buyer.parcels, name="claim_parcels"),
    path("refunds/<slug:reference>/appeals", buyer.appeals, name="claim_appeals"),
    path("desk/claims/", desk.held_claims, name="held_claims"),
    path("desk/claims/<slug:reference>", desk.held_claim, name="held_claim"),
    path("desk/claims/<slug:reference>/decisions", desk.decisions, name="claim_decisions"),
    path("desk/claims/<slug:reference>/payments", desk.payments, name="claim_payments"),
    path("desk/claims/<slug:reference>/appeals", desk.appeals, name="claim_appeal_decisions"),
    path("desk/parcels/", parcels.parcels, name="parcels"),
    path("desk/parcels/<slug:reference>/receipts", parcels.receipts, name="parcel_receipts"),
    path("desk/parcels/<slug:reference>/findings", parcels.findings, name="parcel_findings"),
    path("desk/reconciliations/", parcels.reconciliations, name="reconciliations"),
]
api = [
    path("refund-claims", claims_api.Claims.as_view(), name="claims"),
    path("refund-callbacks", callbacks.PaymentCallbacks.as_view(), name="refund_callbacks"),
    path("refund-claims/<slug:reference>", claims_api.OneClaim.as_view(), name="one_claim"),
]
