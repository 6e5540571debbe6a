"""What the protection team fills in about notices and about those who file them."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klean.core.web.forms import explanation
from reports.queries.intake import refusal_grounds


class LiftForm(forms.Form):
    """Why a measure was wrong."""

    reasons = explanation(label=_("Reasons"), help_text=_("Shown to the reporter."))


class RefusalForm(forms.Form):
    """Why a notice cannot be taken up: what it lacks, and what the notifier can do about it."""

    ground = forms.ChoiceField(label=_("What is missing?"), widget=forms.RadioSelect)
    words = explanation(
        label=_("What can the reporter do?"),
        help_text=_(
            "The reporter sees both and can report again. What is missing is shown in their own language."
        ),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ground: Any = self.fields["ground"]
        ground.choices = refusal_grounds(at=at)
