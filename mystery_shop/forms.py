from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import Organisation
from listings.models import Listing
from mystery_shop.actions.custody import HandOver
from mystery_shop.actions.plans import NewStratum
from mystery_shop.actions.programmes import Terms
from mystery_shop.actions.purchases import Order
from mystery_shop.actions.verdicts import Examination
from mystery_shop.models import Agreement, CustodyEvent, Fund, Programme, Verdict

CAMERA = {"accept": "image/*", "capture": "environment"}


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AgreementForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(kind=Organisation.Kind.INSPECTION_BODY), label=_("Inspection body")
    )
    accreditation = forms.CharField(label=_("Accreditation"), max_length=200, required=False)
    scope = forms.CharField(label=_("Scope"), max_length=2000, widget=forms.Textarea)
    fee = forms.IntegerField(label=_("Fee for each examination (won)"), min_value=0)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    conflict_of_interest = forms.CharField(
        label=_("Declared conflicts of interest"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("What the body has declared in its own words, also when it is “none”."),
    )
    document = forms.FileField(label=_("Signed agreement (PDF)"), required=False)

    def terms(self) -> Terms:
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "organisation"}
        return Terms(**{**cleaned, "document": _bytes(cleaned["document"])})


class FundForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Fund.Purpose.choices)
    amount = forms.IntegerField(label=_("Amount (won)"), min_value=0)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("At most three years after the first."))


class ProgrammeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    agreement = forms.ModelChoiceField(
        Agreement.objects.select_related("body__organisation"), label=_("Agreement")
    )
    fund = forms.ModelChoiceField(Fund.objects.filter(purpose=Fund.Purpose.MYSTERY_SHOP), label=_("Fund"))
    budget = forms.IntegerField(label=_("Budget (won)"), min_value=0)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))


class DrawForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    strata = forms.CharField(
        label=_("Strata"),
        widget=forms.Textarea,
        help_text=_(
            "One a line: name; purchases; brand; category begins with; price from; price below. An offer belongs to the"
            " first line that fits it; a line with no condition takes the rest. Example: Bags; 20; ; Bags; ; 300000"
        ),
    )
    seed = forms.CharField(
        label=_("Seed"), max_length=64, required=False, help_text=_("Left empty, it is drawn by lot.")
    )

    def clean_strata(self) -> list[NewStratum]:
        lines = [line for line in self.cleaned_data["strata"].splitlines() if line.strip()]
        return [_stratum(number, line) for number, line in enumerate(lines, start=1)]


def _stratum(number: int, line: str) -> NewStratum:
    parts = [part.strip() for part in line.split(";")]
    name, wanted, brand, category, price_from, price_below = parts + [""] * (6 - len(parts))
    try:
        return NewStratum(
            name=name[:100],
            wanted=_whole(wanted),
            brand=brand,
            category=category,
            price_from=_whole(price_from) if price_from else None,
            price_below=_whole(price_below) if price_below else None,
        )
    except ValueError:
        raise ValidationError(
            _("Line %(number)s: numbers are whole and not negative, as in “Bags; 20; ; Bags; ; 300000”."),
            code="stratum",
            params={"number": number},
        ) from None


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number < 2**31:
        raise ValueError(text)
    return number


class MoreForm(forms.Form):
    count = forms.IntegerField(label=_("More purchases"), min_value=1, max_value=100, initial=1)


class PlanForm(forms.Form):
    programme = forms.ModelChoiceField(Programme.objects.all(), label=_("Programme"))
    listing = forms.CharField(
        label=_("Listing number"),
        max_length=200,
        help_text=_(
            "As the marketplace numbers it. What is planned here follows a suspicion and is never counted as a random draw."
        ),
    )

    def clean_listing(self) -> Listing:
        found = Listing.objects.filter(external_id=self.cleaned_data["listing"].strip()).first()
        if found is None:
            raise ValidationError(_("There is no listing with this number."), code="unknown")
        return found


class OrderForm(forms.Form):
    number = forms.CharField(label=_("Order number"), max_length=100)
    paid = forms.IntegerField(label=_("Paid (won)"), min_value=1)

    def order(self) -> Order:
        return Order(number=self.cleaned_data["number"], paid=self.cleaned_data["paid"])


class EndForm(forms.Form):
    """A purchase that ends before or without a verdict, or after it."""

    SHIPPED, LOST, CANCELLED, UNEXAMINED, CLOSED = "SHIPPED", "LOST", "CANCELLED", "UNEXAMINED", "CLOSED"
    CHOICES = [
        (SHIPPED, _("It was shipped")),
        (LOST, _("It never came")),
        (CANCELLED, _("Cancelled")),
        (UNEXAMINED, _("It will not be examined")),
        (CLOSED, _("Nothing is left to do")),
    ]
    end = forms.ChoiceField(label=_("What happened"), choices=CHOICES)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


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
        label=_("The seal is intact"),
        required=False,
        initial=True,
        help_text=_("A broken seal makes the finding unusable for a penalty. Say so all the same."),
    )
    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput(attrs=CAMERA))
    video = forms.FileField(
        label=_("Video"),
        required=False,
        help_text=_("Of the unpacking; MP4 or WebM, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "video/*", "capture": "environment"}),
    )
    weight = forms.IntegerField(label=_("Weight (g)"), required=False, min_value=1, max_value=10_000_000)
    certificate = forms.FileField(
        label=_("Certificate"), required=False, help_text=_("Needed when the exhibit is destroyed.")
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def hand_over(self) -> HandOver:
        cleaned: dict[str, Any] = {**self.cleaned_data}
        cleaned |= {name: _bytes(cleaned[name]) for name in ("photo", "video", "certificate")}
        return HandOver(**{**cleaned, "kind": CustodyEvent.Kind(cleaned["kind"])})


class VerdictForm(forms.Form):
    finding = forms.ChoiceField(label=_("Finding"), choices=Verdict.Finding.choices)
    method = forms.CharField(label=_("Method"), max_length=200)
    reasons = forms.CharField(label=_("Reasons"), max_length=5000, widget=forms.Textarea)
    picture = forms.FileField(label=_("Picture"), required=False, widget=forms.FileInput(attrs=CAMERA))
    report = forms.FileField(label=_("Report (PDF or picture)"), required=False)

    def examination(self) -> Examination:
        cleaned = self.cleaned_data
        picture = _bytes(cleaned["picture"])
        return Examination(
            finding=Verdict.Finding(cleaned["finding"]),
            method=cleaned["method"],
            reasons=cleaned["reasons"],
            report=_bytes(cleaned["report"]),
            pictures=[picture] if picture else [],
        )


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


def _bytes(upload: "UploadedFile[Any] | None") -> bytes | None:
    return upload.read() if upload else None
