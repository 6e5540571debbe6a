from governance.forms.consultations import AnswerForm, CommentForm, DraftForm
from governance.forms.editions import EditionForm
from governance.forms.feeds import FeedForm
from governance.forms.register import AgreementForm, ItemForm, MeetingForm, StakeholderForm
from governance.forms.requests import ReasonForm, RefusalForm, RequestForm, ViewingSearch

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "CommentForm",
    "DraftForm",
    "EditionForm",
    "FeedForm",
    "ItemForm",
    "MeetingForm",
    "ReasonForm",
    "RefusalForm",
    "RequestForm",
    "StakeholderForm",
    "ViewingSearch",
]
