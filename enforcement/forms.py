"""Shapes of input of the desks and of sellers."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enforcement.actions.rulings import USUAL, Ruling, fitting_ground
from enforcement.models import Decision, Macro
from klean.core.models import User
from klean.core.policy import policy_at
from klean.core.validators import refuse_resident_number

LONGEST = 5000
Outcome = Decision.Outcome


def reasons_field(label: Any, least: int = 10, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=least,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_resident_number],
        help_text=help_text,
    )


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
        undo = timedelta(seconds=policy_at(at).section("cases")["undo_seconds"])
        return max(at + undo, self.cleaned_data["takes_effect"] or at)


class HoldForm(forms.Form):
    HOURS = ((1, _("1 hour")), (4, _("4 hours")), (24, _("1 day")), (72, _("3 days")), (168, _("7 days")))
    hours = forms.TypedChoiceField(label=_("Hold for"), choices=HOURS, coerce=int)
    text = reasons_field(_("Why it is held"), least=2)

    def until(self, at: datetime) -> datetime:
        return at + timedelta(hours=self.cleaned_data["hours"])


class NoteForm(forms.Form):
    text = reasons_field(_("Note"), least=2, help_text=_("For the team. @name tells a colleague."))


class EscalationForm(forms.Form):
    text = reasons_field(_("Why a senior should look"), least=2)


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"))

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    how = forms.ChoiceField(choices=[("RELEASED", _("released")), ("SKIPPED", _("skipped"))])


class LiftForm(forms.Form):
    reasons = reasons_field(_("Why it is lifted"))


class AppealForm(forms.Form):
    grounds = reasons_field(
        _("Why the decision is wrong"),
        least=20,
        help_text=_("Tell where the goods come from, and what shows it: invoices, letters, order numbers."),
    )


class ReporterAppealForm(forms.Form):
    grounds = reasons_field(
        _("Why the decision is wrong"),
        least=20,
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
    text = reasons_field(_("Message"), least=2)
    document = forms.FileField(label=_("Document"), required=False)


class ReasonsForm(forms.Form):
    reasons = reasons_field(_("Reasons"))


class ViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=40)


class MacroForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Macro
        fields = ("name", "ground", "reasons")

    def validate_unique(self) -> None:
        """The same name again changes the text."""


class CheckForm(forms.Form):
    choice = forms.ChoiceField(choices=DecisionForm.CHOICES)


class DraftForm(forms.Form):
    PRESETS = ("aliexpress-2026", "lazada", "tiktok-shop", "three-strikes")
    LARGEST = 100_000
    draft = forms.FileField(
        label=_("Draft policy"), required=False, help_text=_("A TOML file with a [ladder] section.")
    )
    preset = forms.ChoiceField(
        label=_("Or a preset"), choices=[("", "–"), *((name, name) for name in PRESETS)], required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        draft = data.get("draft")
        if bool(draft) == bool(data.get("preset")):
            self.add_error(None, _("Give a draft, or choose a preset."))
        if draft and draft.size > self.LARGEST:
            self.add_error("draft", _("A policy file has at most 100 KB."))
        return data
