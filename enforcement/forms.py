"""Shapes of input of the desks and of sellers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enforcement.actions import Ruling
from enforcement.models import Decision
from klean.core.models import User
from klean.core.validators import refuse_resident_number

LONGEST = 5000


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
    )
    choice = forms.ChoiceField(choices=CHOICES, widget=forms.HiddenInput)
    ground = forms.ChoiceField(
        label=_("Ground"), choices=Decision.Ground.choices, initial=Decision.Ground.COUNTERFEIT
    )
    reasons = reasons_field(_("Reasons"), help_text=_("The seller reads them in the statement of reasons."))

    def ruling(self) -> Ruling:
        """What the form says, for the action."""
        data = self.cleaned_data
        if data["choice"] == Decision.Outcome.NOT_INFRINGING:
            return Ruling(outcome=Decision.Outcome.NOT_INFRINGING, reasons=data["reasons"])
        return Ruling(
            outcome=Decision.Outcome.INFRINGING,
            reasons=data["reasons"],
            severity=data["choice"],
            ground=data["ground"],
        )


class NoteForm(forms.Form):
    text = reasons_field(_("Note"), least=2)


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


class AppealOutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        choices=[("UPHELD", _("The decision stands")), ("OVERTURNED", _("Overturn it"))]
    )
    reasons = reasons_field(_("Reasons"), help_text=_("The seller reads them."))
