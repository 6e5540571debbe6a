from enforcement.actions.alarms import answer_alarm
from enforcement.actions.appeals import assign_appeal, file_appeal, overturn_appeal, uphold_appeal
from enforcement.actions.batches import decide_batch, reverse_batch
from enforcement.actions.cases import Target, join_evidence, rank_due_cases, take_up_notice
from enforcement.actions.claims import (
    add_note,
    claim_case,
    escalate_case,
    hand_over_case,
    hold_case,
    release_case,
)
from enforcement.actions.decisions import (
    annul_decision,
    approve_decision,
    carry_out_due_decisions,
    issue_decision,
    withdraw_decision,
)
from enforcement.actions.hearings import write_message
from enforcement.actions.keeping import forget_macro, forget_view, keep_macro, keep_view
from enforcement.actions.quality import answer_check, close_golden, make_golden
from enforcement.actions.reconciling import reconcile_effects, retry_effects
from enforcement.actions.rulings import Ruling
from enforcement.actions.sanctions import lift_sanction, settle_due_standings
from enforcement.actions.sisters import meet_new_sisters

__all__ = [
    "Ruling",
    "Target",
    "add_note",
    "annul_decision",
    "answer_alarm",
    "answer_check",
    "approve_decision",
    "assign_appeal",
    "carry_out_due_decisions",
    "claim_case",
    "close_golden",
    "decide_batch",
    "escalate_case",
    "file_appeal",
    "forget_macro",
    "forget_view",
    "hand_over_case",
    "hold_case",
    "issue_decision",
    "join_evidence",
    "keep_macro",
    "keep_view",
    "lift_sanction",
    "make_golden",
    "meet_new_sisters",
    "overturn_appeal",
    "rank_due_cases",
    "reconcile_effects",
    "release_case",
    "retry_effects",
    "reverse_batch",
    "settle_due_standings",
    "take_up_notice",
    "uphold_appeal",
    "withdraw_decision",
    "write_message",
]
