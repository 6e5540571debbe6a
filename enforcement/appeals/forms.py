"""Shapes of input of appeals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enforcement.cases.forms import reasons_field
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision

Outcome = Decision.Outcome


class AppealForm(forms.Form):
    grounds = reasons_field(
        _("Why the decision is wrong"),
        min_length=20,
        help_text=_("Tell where the goods come from, and what shows it: invoices, letters, order numbers."),
    )


class ReporterAppealForm(forms.Form):
    grounds = reasons_field(
        _("Why the decision is wrong"),
        min_length=20,
        help_text=_("Tell what shows that the goods are fake: the seller's words, the parcel, a comparison."),
    )


class AppealOutcomeForm(forms.Form):
    """Overturning a decision for a reporter, or in part for a seller, needs the severity that holds instead."""

    outcome = forms.ChoiceField(
        choices=[
            ("UPHELD", _("The decision stands")),
            ("PARTLY", _("Make it milder")),
            ("OVERTURNED", _("Overturn it")),
        ]
    )
    reasons = reasons_field(_("Reasons"), help_text=_("Whoever appealed reads them."))
    severity = forms.ChoiceField(
        label=_("Severity instead"), choices=[("", "–"), *Decision.Severity.choices], required=False
    )
    ground = forms.ChoiceField(
        label=_("Ground"), choices=[("", "–"), *Decision.Ground.choices], required=False
    )
    keep_listing = forms.BooleanField(label=_("The listing may stay"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "PARTLY" and not data.get("severity"):
            self.add_error("severity", _("Say which severity holds instead."))
        return data

    def ruling(self, decision: Decision) -> Ruling | None:
        """The ruling that takes the decision's place, or None when nothing does."""
        data = self.cleaned_data
        if not data["severity"] or data["outcome"] == "UPHELD":
            return None
        outcome = Outcome.PARTLY if data["keep_listing"] else Outcome.INFRINGING
        return Ruling(
            outcome=outcome,
            reasons=data["reasons"],
            severity=data["severity"],
            ground=data["ground"] or decision.ground or Decision.Ground.COUNTERFEIT,
            actions=() if data["keep_listing"] else None,
        )


class MessageForm(forms.Form):
    text = reasons_field(_("Message"), min_length=2)
    document = forms.FileField(label=_("Document"), required=False)
