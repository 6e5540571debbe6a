"""Shapes of input of the desk and the penalty desk."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enforcement.cases.forms import reasons_field
from enforcement.decisions.forms import DecisionForm
from enforcement.desk.models import Macro
from klean.core.access.models import User


class ExtensionForm(forms.Form):
    HOURS = ((1, _("1 hour")), (4, _("4 hours")), (24, _("1 day")), (72, _("3 days")), (168, _("7 days")))
    hours = forms.TypedChoiceField(label=_("On hold for"), choices=HOURS, coerce=int)
    text = reasons_field(_("Reason for the hold"), min_length=2)

    def until(self, at: datetime) -> datetime:
        return at + timedelta(hours=self.cleaned_data["hours"])


class NoteForm(forms.Form):
    text = reasons_field(
        _("Note"), min_length=2, help_text=_("Only the team sees this. Write @name to notify a colleague.")
    )


class EscalationForm(forms.Form):
    text = reasons_field(_("Why does this need a senior?"), min_length=2)


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"))

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    ending = forms.ChoiceField(choices=[("RELEASED", _("unassigned")), ("SKIPPED", _("skipped"))])


class LiftForm(forms.Form):
    reasons = reasons_field(_("Reason for lifting"))


class ViewForm(forms.Form):
    name = forms.CharField(label=_("View name"), max_length=40)


class MacroForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Macro
        fields = ("name", "ground", "reasons")

    def validate_unique(self) -> None:
        """The same name again changes the text."""


class CheckForm(forms.Form):
    choice = forms.ChoiceField(choices=DecisionForm.CHOICES)


class DraftForm(forms.Form):
    PRESETS = (
        ("aliexpress-2026", "AliExpress 2026"),
        ("lazada", "Lazada"),
        ("tiktok-shop", "TikTok Shop"),
        ("three-strikes", _("Three strikes")),
    )
    LARGEST = 100_000
    draft = forms.FileField(
        label=_("Draft policy"),
        required=False,
        help_text=_("A TOML file with a <code>[ladder]</code> section."),
    )
    preset = forms.ChoiceField(label=_("Or a preset"), choices=[("", "–"), *PRESETS], required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        draft = data.get("draft")
        if bool(draft) == bool(data.get("preset")):
            self.add_error(None, _("Upload a draft or choose a preset."))
        if draft and draft.size > self.LARGEST:
            self.add_error("draft", _("The file must be 100 KB or smaller."))
        return data
