"""What a seller, a reviewer and a rights holder fill in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from brands.models import Brand
from brands.queries import brand_named
from klean.core.validators import refuse_resident_number
from sellers.models import BrandAuthorisation, Seller
from sellers.queries import in_force
from sellers.rules.territories import KOREA, territory_of

DOCUMENT_HELP = _("PDF, JPEG, PNG, WebP or GIF, at most 10 MB.")


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


def _note(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=2000, widget=forms.Textarea({"rows": 4}),
        validators=[refuse_resident_number],
    )  # fmt: skip


class SubmissionForm(forms.Form):
    seller = forms.ModelChoiceField(Seller.objects.none(), label=_("Shop"))
    brand = forms.CharField(label=_("Brand"), max_length=150, help_text=_("Its Latin or its Korean name."))
    document = forms.FileField(label=_("Letter of authorisation"), help_text=DOCUMENT_HELP)
    valid_from = _day(_("Valid from"))
    valid_until = _day(_("Valid until"), _("The last day on which the letter holds."))
    territory = forms.CharField(
        label=_("Countries"),
        max_length=1000,
        initial=KOREA,
        help_text=_("Codes like KR, JP, or the word world."),
    )
    rests_on = forms.IntegerField(
        label=_("Number of the authorisation it rests on"), required=False, min_value=1,
        help_text=_("Only when the letter comes from another seller. Ask them for the number."),
    )  # fmt: skip
    note = _note(_("Note to the reviewer"), required=False)

    def __init__(self, *args: Any, sellers: QuerySet[Seller], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["seller"]
        field.queryset = sellers  # type: ignore[attr-defined]
        known = list(sellers[:2])
        if len(known) == 1:
            field.initial, field.widget = known[0].pk, forms.HiddenInput()

    def clean_brand(self) -> Brand:
        brand = brand_named(" ".join(self.cleaned_data["brand"].split()))
        if brand is None:
            raise forms.ValidationError(
                _("No brand is registered under this name. Look at its exact spelling.")
            )
        return brand

    def clean_territory(self) -> list[str]:
        territory = territory_of(self.cleaned_data["territory"])
        if not territory:
            raise forms.ValidationError(
                _("Give country codes of two letters, like KR, JP, or the word world.")
            )
        return list(territory)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        said["parent"] = (
            in_force(said["rests_on"], said["brand"]) if said.get("rests_on") and said.get("brand") else None
        )
        if said.get("rests_on") and said.get("brand") and said["parent"] is None:
            self.add_error("rests_on", _("No authorisation for this brand with this number is in force."))
        return said


class AnswerForm(forms.Form):
    note = _note(_("Your answer"), required=True)
    document = forms.FileField(label=_("Another document"), required=False, help_text=DOCUMENT_HELP)


class DecisionForm(forms.Form):
    """What a reviewer may do from the state that the authorisation is in."""

    OUTCOMES = (
        (BrandAuthorisation.State.APPROVED, _("Approve")),
        (BrandAuthorisation.State.INFO_REQUESTED, _("Ask the seller")),
        (BrandAuthorisation.State.REJECTED, _("Reject")),
        (BrandAuthorisation.State.REJECTED_FORGED, _("Reject as forged")),
        (BrandAuthorisation.State.REVOKED, _("Revoke")),
    )
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reasons = _note(_("Reasons or question, which the seller reads"), required=False)

    def __init__(self, *args: Any, authorisation: BrandAuthorisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(to, words) for to, words in self.OUTCOMES if authorisation.may_step(to)]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]


class RevocationForm(forms.Form):
    reasons = _note(_("Reasons, which the seller reads"), required=True)
