from enforcement.actions.alarms import answer_alarm
from enforcement.actions.appeals import assign_appeal, file_appeal, overturn_appeal, uphold_appeal
from enforcement.actions.cases import Target, join_evidence, rank_due_cases, take_up_notice
from enforcement.actions.claims import add_note, claim_case, escalate_case, hand_over_case, release_case
from enforcement.actions.decisions import Ruling, issue_decision
from enforcement.actions.sanctions import lift_sanction, settle_due_standings

__all__ = [
    "Ruling",
    "Target",
    "add_note",
    "answer_alarm",
    "assign_appeal",
    "claim_case",
    "escalate_case",
    "file_appeal",
    "hand_over_case",
    "issue_decision",
    "join_evidence",
    "lift_sanction",
    "overturn_appeal",
    "rank_due_cases",
    "release_case",
    "settle_due_standings",
    "take_up_notice",
    "uphold_appeal",
]
