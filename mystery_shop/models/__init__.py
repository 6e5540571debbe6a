from mystery_shop.models.programmes import Agreement, Fund, InspectionBody, Programme, SamplingPlan, Stratum
from mystery_shop.models.purchases import (
    CustodyEvent,
    TestPurchase,
    Verdict,
    VerdictPicture,
    custody_fault,
    holds_for_penalty,
)

__all__ = [
    "Agreement",
    "CustodyEvent",
    "Fund",
    "InspectionBody",
    "Programme",
    "SamplingPlan",
    "Stratum",
    "TestPurchase",
    "Verdict",
    "VerdictPicture",
    "custody_fault",
    "holds_for_penalty",
]
