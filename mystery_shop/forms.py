from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mystery_shop.actions.custody import HandOver
from mystery_shop.actions.purchases import Order
from mystery_shop.actions.verdicts import Examination
from mystery_shop.models import CustodyEvent, Programme, TestPurchase, Verdict


class PlanForm(forms.Form):
    programme = forms.ModelChoiceField(Programme.objects.all(), label=_("Programme"))
    listing = forms.CharField(
        label=_("Listing number"), max_length=200, help_text=_("As the marketplace numbers it.")
    )
    draw = forms.ChoiceField(
        label=_("Draw"), choices=TestPurchase.Draw.choices,
        help_text=_("Random draws measure how common fakes are; targeted ones follow a suspicion. They are never counted together."),
    )  # fmt: skip
    stratum = forms.CharField(label=_("Stratum"), max_length=100, required=False)


class OrderForm(forms.Form):
    number = forms.CharField(label=_("Order number"), max_length=100)
    paid = forms.IntegerField(label=_("Paid (won)"), min_value=1)

    def order(self) -> Order:
        return Order(number=self.cleaned_data["number"], paid=self.cleaned_data["paid"])


class CustodyForm(forms.Form):
    kind = forms.ChoiceField(label=_("What happened"), choices=CustodyEvent.Kind.choices)
    from_party = forms.CharField(label=_("From"), max_length=100)
    to_party = forms.CharField(label=_("To"), max_length=100)
    place = forms.CharField(label=_("Place"), max_length=200)
    happened_at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    seal_number = forms.CharField(label=_("Seal number"), max_length=50, required=False)
    is_seal_intact = forms.BooleanField(
        label=_("The seal is intact"), required=False, initial=True,
        help_text=_("A broken seal makes the finding unusable for a penalty. Say so all the same."),
    )  # fmt: skip
    photo = forms.FileField(
        label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def hand_over(self) -> HandOver:
        said: dict[str, Any] = {**self.cleaned_data}
        kind, photo = CustodyEvent.Kind(said.pop("kind")), said.pop("photo")
        return HandOver(kind=kind, photo=photo.read() if photo else None, **said)


class VerdictForm(forms.Form):
    finding = forms.ChoiceField(label=_("Finding"), choices=Verdict.Finding.choices)
    method = forms.CharField(label=_("Method"), max_length=200)
    reasons = forms.CharField(label=_("Reasons"), max_length=5000, widget=forms.Textarea)
    report = forms.FileField(label=_("Report (PDF or picture)"), required=False)

    def examination(self) -> Examination:
        said = self.cleaned_data
        return Examination(
            finding=Verdict.Finding(said["finding"]), method=said["method"], reasons=said["reasons"],
            report=said["report"].read() if said["report"] else None,
        )  # fmt: skip
