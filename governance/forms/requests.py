from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import SubjectRequest


class RequestForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What the person wants"), choices=SubjectRequest.Kind.choices, widget=forms.RadioSelect
    )
    address = forms.EmailField(label=_("E-mail address"))
    known_as = forms.CharField(
        label=_("Names, phone numbers and addresses of the person"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, as far as you know them. An erasure looks for them in every text."),
    )
    identity = forms.ChoiceField(
        label=_("How we know that it is this person"), choices=SubjectRequest.Identity.choices
    )


class RefusalForm(forms.Form):
    reasons = forms.CharField(label=_("Why not"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why you need to see it"), min_length=5, max_length=200)


class ViewingSearch(forms.Form):
    subject = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    email = forms.CharField(label=_("Who looked (e-mail address)"), max_length=254, required=False)
