from django import forms
from django.utils.translation import gettext_lazy as _

from klean.core.rows.validators import refuse_resident_number
from legal.actions.support import Asking
from legal.models import SupportApplication


class SupportForm(forms.Form):
    firm = forms.CharField(label=_("Name of your firm, or your own as a designer"), max_length=200)
    size = forms.ChoiceField(label=_("Who you are"), choices=SupportApplication.Size.choices)
    right = forms.ChoiceField(label=_("Your right"), choices=SupportApplication.Right.choices)
    revenue = forms.IntegerField(label=_("Last year's revenue (won)"), min_value=0, max_value=10**15)
    story = forms.CharField(
        label=_("What happened"),
        max_length=5000,
        widget=forms.Textarea,
        validators=[refuse_resident_number],
        help_text=_("Which product was copied, where it is sold, and what you want to do about it."),
    )
    asked = forms.IntegerField(label=_("Amount you ask for (won)"), min_value=1, max_value=10**12)

    def asking(self) -> Asking:
        return Asking(**self.cleaned_data)


class GrantForm(forms.Form):
    granted = forms.IntegerField(
        label=_("Grant (won)"),
        min_value=1,
        required=False,
        help_text=_("Left empty, the application is declined."),
    )
    reasons = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea)
