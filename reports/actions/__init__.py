from reports.actions.answers import (
    admit_notice,
    close_notices,
    refuse_notice,
    reopen_notices,
    withdraw_notice,
)
from reports.actions.claim_appeals import appeal_claim, decide_claim_appeal, may_appeal
from reports.actions.claims import (
    Claimant,
    approve_claim,
    check_due_claims,
    decline_claim,
    open_claim,
    settle_claim,
)
from reports.actions.counters import accept_counter, answer_counter, forfeit_due_counters, reject_counter
from reports.actions.drafts import drop_draft, save_draft
from reports.actions.interim import settle_stops
from reports.actions.notices import Filed, Notifier, file_notice
from reports.actions.parcels import examine_parcel, miss_due_parcels, post_parcel, receive_parcel
from reports.actions.payments import hear_payment, pay_due_refunds, retry_payment
from reports.actions.reconciliation import reconcile_days, reconcile_refunds
from reports.actions.recovery import recover_refunds, release_recovery
from reports.actions.reporters import impose_measure, lift_measure, review_reporters
from reports.actions.uploads import file_rows
from reports.actions.warnings import send_due_warnings
from reports.actions.watchlist import (
    alert_holders,
    confirm_watched,
    take_back_watched,
    watch_listing,
    wave_off_watched,
)

__all__ = [
    "Claimant",
    "Filed",
    "Notifier",
    "accept_counter",
    "admit_notice",
    "alert_holders",
    "answer_counter",
    "appeal_claim",
    "approve_claim",
    "check_due_claims",
    "close_notices",
    "confirm_watched",
    "decide_claim_appeal",
    "decline_claim",
    "drop_draft",
    "examine_parcel",
    "file_notice",
    "file_rows",
    "forfeit_due_counters",
    "hear_payment",
    "impose_measure",
    "lift_measure",
    "may_appeal",
    "miss_due_parcels",
    "open_claim",
    "pay_due_refunds",
    "post_parcel",
    "receive_parcel",
    "reconcile_days",
    "reconcile_refunds",
    "recover_refunds",
    "refuse_notice",
    "reject_counter",
    "release_recovery",
    "reopen_notices",
    "retry_payment",
    "review_reporters",
    "save_draft",
    "send_due_warnings",
    "settle_claim",
    "settle_stops",
    "take_back_watched",
    "watch_listing",
    "wave_off_watched",
    "withdraw_notice",
]
