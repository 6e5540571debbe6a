"""Shapes of input of appeals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enforcement.cases.forms import reasons_field
from enforcement.decisions.actions.rulings import Ruling
from enforcement.decisions.models import Decision
from enforcement.sanctions.rules.severities import KINDS

Outcome = Decision.Outcome
_SEVERITIES = [(kind.name, _(kind.label)) for kind in sorted(KINDS, key=lambda kind: kind.gravity)]


class AppealForm(forms.Form):
    grounds = reasons_field(
        _("Why is the decision wrong?"),
        min_length=20,
        help_text=_(
            "Where do the goods come from, and what proves it? For example, invoices, authorisation "
            "letters or order numbers."
        ),
    )


class ReporterAppealForm(forms.Form):
    grounds = reasons_field(
        _("Why is the decision wrong?"),
        min_length=20,
        help_text=_(
            "What shows that the goods are fake? For example, what the seller wrote, the item you "
            "received, or a comparison with the real product."
        ),
    )


class AppealOutcomeForm(forms.Form):
    """Overturning a decision for a reporter, or in part for a seller, needs the severity that holds instead."""

    outcome = forms.ChoiceField(
        choices=[
            ("UPHELD", _("Uphold the decision")),
            ("PARTLY", _("Reduce the decision")),
            ("OVERTURNED", _("Overturn the decision")),
        ]
    )
    reasons = reasons_field(_("Reasons"), help_text=_("Shown to the person who appealed."))
    severity = forms.ChoiceField(label=_("New severity"), choices=[("", "–"), *_SEVERITIES], required=False)
    ground = forms.ChoiceField(
        label=_("Ground"), choices=[("", "–"), *Decision.Ground.choices], required=False
    )
    keep_listing = forms.BooleanField(label=_("Keep the listing on sale"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "PARTLY" and not data.get("severity"):
            self.add_error("severity", _("Choose the new severity."))
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
