from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enforcement.cases.models import Case
from klean.core.rows.validators import refuse_resident_number
from legal.models import Matter, Party


class MatterForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Matter.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    case = forms.IntegerField(
        label=_("Case number"),
        required=False,
        min_value=1,
        help_text=_("The case at the desk whose records belong to this matter."),
    )

    def clean_case(self) -> Case | None:
        number = self.cleaned_data["case"]
        if number is None:
            return None
        case = Case.objects.filter(pk=number).first()
        if case is None:
            raise ValidationError(_("There is no case with this number."), code="unknown")
        return case


class HoldForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class MoveForm(forms.Form):
    state = forms.ChoiceField(label=_("Next step"))

    def __init__(self, *args: object, matter: Matter, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        steps = [Matter.State(state) for state in sorted(matter.STEPS[Matter.State(matter.state)])]
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  it is declared above
        field.choices = [(state.value, state.label) for state in steps]


class PartyForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Party.Role.choices)
    name = forms.CharField(label=_("Name"), max_length=200, validators=[refuse_resident_number])
    contact = forms.CharField(
        label=_("Contact"), max_length=300, required=False, validators=[refuse_resident_number]
    )


class TaskForm(forms.Form):
    what = forms.CharField(label=_("What is to be done"), max_length=300)
    due_on = forms.DateField(label=_("By"), widget=forms.DateInput(attrs={"type": "date"}))
    is_deadline = forms.BooleanField(label=_("Set by law or a court"), required=False)


class CostForm(forms.Form):
    what = forms.CharField(label=_("What for"), max_length=200)
    amount = forms.IntegerField(
        label=_("Amount (won)"),
        min_value=-(10**12),
        max_value=10**12,
        help_text=_("Negative for what the matter brought in."),
    )
    spent_on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}))


class LetterForm(forms.Form):
    text = forms.CharField(
        label=_("Letter"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        validators=[refuse_resident_number],
        help_text=_("The first line is the heading. Fill what stands in brackets."),
    )


class CounselForm(forms.Form):
    name = forms.CharField(label=_("Counsel"), max_length=100)
    email = forms.EmailField(label=_("E-mail"))
    days = forms.IntegerField(label=_("Days until the link ends"), min_value=1, max_value=90, initial=14)
    shows_bundles = forms.BooleanField(label=_("Shows the evidence bundles"), required=False, initial=True)
    shows_letters = forms.BooleanField(label=_("Shows the letters"), required=False, initial=True)


class StampForm(forms.Form):
    stamp = forms.FileField(label=_("Time-stamp (.tsr)"))
