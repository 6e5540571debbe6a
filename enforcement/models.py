"""The models of every room, named here so that Django finds them."""

from enforcement.appeals.models import Appeal, AppealMessage
from enforcement.cases.models import Case, CaseAssignment, CaseNote, Evidence, Mention
from enforcement.decisions.models import Batch, Decision, Statement
from enforcement.desk.models import Check, CheckAnswer, Macro, SavedView
from enforcement.sanctions.models import Measure, Reconciliation, Sanction, StandingClock, Violation

__all__ = [
    "Appeal",
    "AppealMessage",
    "Batch",
    "Case",
    "CaseAssignment",
    "CaseNote",
    "Check",
    "CheckAnswer",
    "Decision",
    "Evidence",
    "Macro",
    "Measure",
    "Mention",
    "Reconciliation",
    "Sanction",
    "SavedView",
    "StandingClock",
    "Statement",
    "Violation",
]
