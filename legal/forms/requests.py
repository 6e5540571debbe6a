from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enforcement.cases.models import Case
from legal.actions.requests import Asked
from legal.models import AuthorityRequest


class RequestForm(forms.Form):
    authority = forms.CharField(label=_("Authority"), max_length=200)
    file_number = forms.CharField(label=_("Its file number"), max_length=100)
    officer = forms.CharField(label=_("Officer and how to reach them"), max_length=300)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    case = forms.IntegerField(label=_("Case number"), min_value=1)
    letter = forms.FileField(label=_("The authority's letter (PDF)"), required=False)

    def clean_case(self) -> Case:
        case = Case.objects.filter(pk=self.cleaned_data["case"]).first()
        if case is None:
            raise ValidationError(_("There is no case with this number."), code="unknown")
        return case

    def asked(self) -> Asked:
        cleaned, letter = self.cleaned_data, self.cleaned_data["letter"]
        return Asked(
            authority=cleaned["authority"],
            file_number=cleaned["file_number"],
            officer=cleaned["officer"],
            legal_basis=cleaned["legal_basis"],
            letter=letter.read() if letter else None,
        )


class VerifyForm(forms.Form):
    how = forms.CharField(
        label=_("How it was verified"),
        max_length=300,
        help_text=_("For example: called back under the number in the public directory."),
    )


class ScopeForm(forms.Form):
    items = forms.MultipleChoiceField(
        label=_("Data that is needed"),
        choices=AuthorityRequest.Item.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    purpose = forms.CharField(label=_("What it is needed for"), max_length=500)


class DiscloseForm(forms.Form):
    items = forms.MultipleChoiceField(
        label=_("Data that is given out"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reasons = forms.CharField(
        label=_("Why the rest is not given out"), max_length=2000, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: object, request: AuthorityRequest, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["items"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  it is declared above
        field.choices = [(item, AuthorityRequest.Item(item).label) for item in request.items]


class ReasonForm(forms.Form):
    reasons = forms.CharField(label=_("Reasons"), max_length=2000, widget=forms.Textarea)
