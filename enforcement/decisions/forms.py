"""The form that decides a case."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enforcement.cases.forms import reasons_field
from enforcement.decisions.actions.rulings import USUAL, Ruling, fitting_ground
from enforcement.decisions.models import Decision
from enforcement.decisions.rules.policy import Decisions
from klean.core.policy.queries import policy_at

Outcome = Decision.Outcome


class DecisionForm(forms.Form):
    """One of the buttons decides; the ground matters only where something infringes."""

    CHOICES = (
        ("SERIOUS", _("Counterfeit (serious)")),
        ("GENERAL", _("General infringement")),
        ("ADVICE", _("Take down, advice only")),
        ("NOT_INFRINGING", _("Not infringing")),
        ("EXTREME", _("Extreme or malicious")),
        ("PROHIBITED", _("Prohibited goods")),
        ("QUALITY", _("Misleading listing")),
        ("TRANSACTION", _("Breach in a transaction")),
    )
    choice = forms.ChoiceField(choices=CHOICES, widget=forms.HiddenInput)
    ground = forms.ChoiceField(
        label=_("Ground"), choices=Decision.Ground.choices, initial=Decision.Ground.COUNTERFEIT
    )
    reasons = reasons_field(_("Reasons"), help_text=_("The seller reads them in the statement of reasons."))
    keep_listing = forms.BooleanField(label=_("Only a part infringes: the listing stays"), required=False)
    also = forms.MultipleChoiceField(
        label=_("And also"),
        choices=[
            (action.value, action.label)
            for action in (Decision.Action.HOLD_SETTLEMENT, Decision.Action.NO_NEW_GOODS)
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_emergency = forms.BooleanField(
        label=_("Emergency: at once, reviewed by a second person after"), required=False
    )
    takes_effect = forms.DateTimeField(
        label=_("Takes effect on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Empty: as soon as it can no longer be undone."),
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
            self.add_error("takes_effect", _("An emergency takes effect at once."))
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
