"""Changes of the business calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _

HOLIDAY, WORKING_DAY = "holiday", "working_day"


class CalendarChangeForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    becomes = forms.ChoiceField(
        label=_("It becomes"), choices=[(HOLIDAY, _("a holiday")), (WORKING_DAY, _("a working day"))]
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("What was decided and where it was announced, for example the official gazette."),
    )

    @property
    def is_holiday(self) -> bool:
        return bool(self.cleaned_data["becomes"] == HOLIDAY)
