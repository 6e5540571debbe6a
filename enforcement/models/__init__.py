from enforcement.models.appeals import Appeal, AppealMessage
from enforcement.models.cases import Case, CaseClaim, CaseNote, Evidence, Source
from enforcement.models.decisions import Batch, Decision, Statement, Violation
from enforcement.models.desk import Check, CheckAnswer, Macro, Mention, SavedView
from enforcement.models.sanctions import Measure, Reconciliation, Rung, Sanction, StandingClock

__all__ = [
    "Appeal",
    "AppealMessage",
    "Batch",
    "Case",
    "CaseClaim",
    "CaseNote",
    "Check",
    "CheckAnswer",
    "Decision",
    "Evidence",
    "Macro",
    "Measure",
    "Mention",
    "Reconciliation",
    "Rung",
    "Sanction",
    "SavedView",
    "Source",
    "StandingClock",
    "Statement",
    "Violation",
]
