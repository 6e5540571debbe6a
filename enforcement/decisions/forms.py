"""The form that decides a case."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enforcement.cases.forms import reasons_field
from enforcement.decisions.actions.rulings import USUAL, Ruling
from enforcement.decisions.models import Decision
from enforcement.decisions.rules.policy import Decisions
from enforcement.sanctions.rules.severities import KINDS, fitting_ground
from klean.core.policy.queries import policy_at

Outcome = Decision.Outcome
_BUTTONS = [(kind.name, _(kind.button)) for kind in KINDS]


class DecisionForm(forms.Form):
    """One of the buttons decides; the ground matters only where something infringes."""

    CHOICES = (
        *_BUTTONS[:3],
        (Outcome.NOT_INFRINGING.value, _("Not infringing")),  # the fourth, beside the usual kinds
        *_BUTTONS[3:],
    )
    choice = forms.ChoiceField(choices=CHOICES, widget=forms.HiddenInput)
    ground = forms.ChoiceField(
        label=_("Ground"), choices=Decision.Ground.choices, initial=Decision.Ground.COUNTERFEIT
    )
    reasons = reasons_field(_("Reasons"), help_text=_("Shown to the seller in the statement of reasons."))
    keep_listing = forms.BooleanField(
        label=_("Only part of the listing infringes: keep it on sale"), required=False
    )
    also = forms.MultipleChoiceField(
        label=_("Additional measures"),
        choices=[
            (action.value, action.label)
            for action in (Decision.Action.HOLD_SETTLEMENT, Decision.Action.NO_NEW_GOODS)
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_emergency = forms.BooleanField(
        label=_("Emergency: takes effect at once, reviewed afterwards"), required=False
    )
    takes_effect = forms.DateTimeField(
        label=_("Takes effect at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Leave empty to apply it when the time to undo ends."),
    )

    def keep_to(self, orders: Collection[str], *, emergencies: bool) -> None:
        """Offer only what the person may order."""
        also = self.fields["also"]
        also.choices = [choice for choice in also.choices if choice[0] in orders]  # type: ignore[attr-defined]
        if not orders:
            del self.fields["also"]
        if not emergencies:
            del self.fields["is_emergency"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_emergency") and data.get("takes_effect"):
            self.add_error("takes_effect", _("An emergency decision takes effect at once. Leave this empty."))
        return data

    def ruling(self) -> Ruling:
        """What the form says, for the action."""
        data = self.cleaned_data
        if data["choice"] == Outcome.NOT_INFRINGING:
            return Ruling(outcome=Outcome.NOT_INFRINGING, reasons=data["reasons"])
        usual = () if data["keep_listing"] else USUAL[Outcome.INFRINGING]
        return Ruling(
            outcome=Outcome.PARTLY if data["keep_listing"] else Outcome.INFRINGING,
            reasons=data["reasons"],
            severity=data["choice"],
            ground=fitting_ground(data["choice"], data["ground"]),
            actions=(*usual, *data["also"]),
            is_emergency=data["is_emergency"],
        )

    def effective_at(self, at: datetime) -> datetime:
        """When it takes effect: after the time to undo, or later if the form says so."""
        return max(at + policy_at(at)[Decisions].undo, self.cleaned_data["takes_effect"] or at)


class ReasonsForm(forms.Form):
    reasons = reasons_field(_("Reasons"))
