from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.rules.months import parse_month
from klean.core.policy.queries import zone_at


class EditionForm(forms.Form):
    month = forms.CharField(label=_("Month"), max_length=7, help_text=_("Like 2026-03; it must be over."))
    reason = forms.CharField(
        label=_("What it corrects"),
        max_length=500,
        required=False,
        help_text=_("Only where an edition of the month is out already."),
    )

    def clean_month(self) -> datetime:
        begin = parse_month(self.cleaned_data["month"], zone_at(timezone.now()))
        if begin is None:
            raise forms.ValidationError(_("Write the month like 2026-03."), code="month")
        return begin
