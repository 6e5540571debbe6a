from enforcement.models.appeals import Appeal
from enforcement.models.cases import Case, CaseClaim, CaseNote, Evidence, Source
from enforcement.models.decisions import Decision, Statement, Violation
from enforcement.models.sanctions import Rung, Sanction, StandingClock

__all__ = [
    "Appeal",
    "Case",
    "CaseClaim",
    "CaseNote",
    "Decision",
    "Evidence",
    "Rung",
    "Sanction",
    "Source",
    "StandingClock",
    "Statement",
    "Violation",
]
