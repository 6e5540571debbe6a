from governance.models.consultations import Comment, PolicyDraft
from governance.models.editions import Edition
from governance.models.feeds import ExternalFeed, ExternalRecord
from governance.models.register import ActionItem, Agreement, Meeting, Stakeholder
from governance.models.requests import SubjectRequest

__all__ = [
    "ActionItem",
    "Agreement",
    "Comment",
    "Edition",
    "ExternalFeed",
    "ExternalRecord",
    "Meeting",
    "PolicyDraft",
    "Stakeholder",
    "SubjectRequest",
]
