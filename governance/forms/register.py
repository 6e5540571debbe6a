from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import Meeting, Stakeholder
from klean.core.access.models import Organisation, Role, User

DAY = {"type": "date"}


class StakeholderForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Stakeholder.Kind.choices)
    contact = forms.EmailField(label=_("Contact e-mail"), required=False)
    organisation = forms.ModelChoiceField(
        label=_("Organisation in Klean"), required=False, queryset=Organisation.objects.order_by("name")
    )


class AgreementForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    signed_on = forms.DateField(label=_("Signed on"), widget=forms.DateInput(attrs=DAY))
    ends_on = forms.DateField(label=_("Ends on"), required=False, widget=forms.DateInput(attrs=DAY))
    document = forms.FileField(
        label=_("Signed paper"), required=False, help_text=_("PDF or picture, up to 10 MB.")
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        signed_on, ends_on = self.cleaned_data.get("signed_on"), self.cleaned_data.get("ends_on")
        if signed_on and ends_on and ends_on < signed_on:
            self.add_error("ends_on", _("It ends before it was signed."))
        return cleaned


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    held_on = forms.DateField(label=_("Held on"), widget=forms.DateInput(attrs=DAY))
    stakeholders = forms.ModelMultipleChoiceField(
        label=_("Who took part"), queryset=Stakeholder.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.CharField(label=_("Minutes"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))


class ItemForm(forms.Form):
    task = forms.CharField(label=_("What is to be done"), max_length=500)
    owner = forms.ModelChoiceField(
        label=_("By whom"),
        queryset=User.objects.filter(is_active=True, memberships__role=Role.GOVERNANCE).distinct(),
    )
    due_on = forms.DateField(label=_("By when"), widget=forms.DateInput(attrs=DAY))
    meeting = forms.ModelChoiceField(
        label=_("Out of the meeting"), required=False, queryset=Meeting.objects.all()
    )
