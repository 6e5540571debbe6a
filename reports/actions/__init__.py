from reports.actions.answers import (
    admit_notice,
    close_notices,
    refuse_notice,
    reopen_notices,
    withdraw_notice,
)
from reports.actions.claims import (
    Claimant,
    approve_claim,
    check_due_claims,
    decline_claim,
    open_claim,
    settle_claim,
)
from reports.actions.notices import Filed, Notifier, file_notice
from reports.actions.payments import pay_due_refunds, retry_payment
from reports.actions.recovery import recover_refunds, release_recovery

__all__ = [
    "Claimant",
    "Filed",
    "Notifier",
    "admit_notice",
    "approve_claim",
    "check_due_claims",
    "close_notices",
    "decline_claim",
    "file_notice",
    "open_claim",
    "pay_due_refunds",
    "recover_refunds",
    "refuse_notice",
    "release_recovery",
    "reopen_notices",
    "retry_payment",
    "settle_claim",
    "withdraw_notice",
]
