from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enforcement.models import Case
from legal.models import Matter


class MatterForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Matter.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    case = forms.IntegerField(
        label=_("Case number"), required=False, min_value=1,
        help_text=_("The case at the desk whose records belong to this matter."),
    )  # fmt: skip

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
