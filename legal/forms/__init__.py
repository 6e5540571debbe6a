from legal.forms.matters import (
    CostForm,
    CounselForm,
    HoldForm,
    LetterForm,
    MatterForm,
    MoveForm,
    PartyForm,
    StampForm,
    TaskForm,
)
from legal.forms.requests import DiscloseForm, ReasonForm, RequestForm, ScopeForm, VerifyForm
from legal.forms.support import GrantForm, SupportForm

__all__ = [
    "CostForm",
    "CounselForm",
    "DiscloseForm",
    "GrantForm",
    "HoldForm",
    "LetterForm",
    "MatterForm",
    "MoveForm",
    "PartyForm",
    "ReasonForm",
    "RequestForm",
    "ScopeForm",
    "StampForm",
    "SupportForm",
    "TaskForm",
    "VerifyForm",
]
