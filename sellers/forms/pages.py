"""What a seller, a reviewer and a rights holder fill in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from brands.forms.pages import NiceClassesField
from brands.models import Brand
from brands.queries import brand_named
from klean.core.rows.validators import business_number, refuse_resident_number
from sellers.actions.submissions import Letter
from sellers.models import BrandAuthorisation, Seller
from sellers.queries.checks import TO_TICK
from sellers.queries.shops import in_force
from sellers.rules.lists import Line, line_of
from sellers.rules.territories import KOREA, territory_of

DOCUMENT_HELP = _(
    "PDF, JPEG, PNG, WebP or GIF, at most 10 MB. Black out resident registration numbers: text is checked at once, "
    "pictures by a person, and what shows one is deleted."
)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


def _note(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        validators=[refuse_resident_number],
    )


class SubmissionForm(forms.Form):
    seller = forms.ModelChoiceField(Seller.objects.none(), label=_("Shop"))
    brand = forms.CharField(label=_("Brand"), max_length=150, help_text=_("Its Latin or its Korean name."))
    grantor = forms.CharField(
        label=_("Granted by"),
        max_length=200,
        help_text=_("Who signed the letter: the owner of the brand, or the seller that you buy from."),
        validators=[refuse_resident_number],
    )
    grantee = forms.CharField(
        label=_("Made out to"),
        max_length=200,
        help_text=_("The name in the letter: this shop's, or that of its business."),
        validators=[refuse_resident_number],
    )
    valid_from = _day(_("Valid from"))
    valid_until = _day(_("Valid until"), _("The last day on which the letter holds."))
    territory = forms.CharField(
        label=_("Countries"),
        max_length=1000,
        initial=KOREA,
        help_text=_("Codes like KR, JP, or the word world."),
    )
    nice_classes = NiceClassesField(
        label=_("Nice classes"),
        required=False,
        max_length=200,
        help_text=_("Only when the letter limits them, like 18, 25."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Where the goods may be sold"),
        required=False,
        choices=BrandAuthorisation.Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only when the letter limits it."),
    )
    rests_on = forms.IntegerField(
        label=_("Number of the authorisation it rests on"),
        required=False,
        min_value=1,
        help_text=_("Only when the letter comes from another seller. Ask them for the number."),
    )
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
        cleaned = self.cleaned_data
        cleaned["parent"] = (
            in_force(cleaned["rests_on"], cleaned["brand"])
            if cleaned.get("rests_on") and cleaned.get("brand")
            else None
        )
        if cleaned.get("rests_on") and cleaned.get("brand") and cleaned["parent"] is None:
            self.add_error("rests_on", _("No authorisation for this brand with this number is in force."))
        return cleaned

    def letter(self) -> Letter:
        cleaned = self.cleaned_data
        return Letter(
            valid_from=cleaned["valid_from"],
            valid_until=cleaned["valid_until"],
            territory=cleaned["territory"],
            nice_classes=cleaned["nice_classes"],
            channels=cleaned["channels"],
            grantor=cleaned["grantor"],
            grantee=cleaned["grantee"],
            parent=cleaned["parent"],
            note=cleaned["note"],
        )


class DocumentForm(forms.Form):
    document = forms.FileField(label=_("Letter of authorisation"), help_text=DOCUMENT_HELP)


class TicksForm(forms.Form):
    """One question for each thing that only a person can see in a document."""

    def __init__(self, *args: Any, authorisation: BrandAuthorisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in TO_TICK.items():
            known = authorisation.ticks.get(code, {}).get("is_met")
            self.fields[code] = forms.TypedChoiceField(
                label=words,
                required=False,
                choices=(("yes", _("Yes")), ("no", _("No"))),
                empty_value=None,
                initial={True: "yes", False: "no"}.get(known),
                coerce=lambda word: word == "yes",
                widget=forms.RadioSelect,
            )

    def ticks(self) -> dict[str, bool]:
        return {code: met for code, met in self.cleaned_data.items() if met is not None}


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


class ListForm(forms.Form):
    """A rights holder's list of authorised sellers, one a line."""

    lines = forms.CharField(
        label=_("Authorised sellers"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea({"rows": 12}),
        validators=[refuse_resident_number],
        help_text=_(
            "One a line: the name, and if you know them the business registration number and the last day, "
            "like Moonlight Shop, 116-82-00276, 2026-12-31."
        ),
    )

    def clean_lines(self) -> list[Line]:
        written = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        read = [line_of(line) for line in written]
        for number, (line, found) in enumerate(zip(written, read, strict=True), start=1):
            if found is None or (found.number and not _is_business(found.number)):
                words = _("Line %(number)s cannot be read: “%(line)s”. Check the number and the day.")
                raise forms.ValidationError(words % {"number": number, "line": line.strip()[:60]})
        return [line for line in read if line]


def _is_business(number: str) -> bool:
    try:
        business_number(number)
    except forms.ValidationError:
        return False
    return True


class RevocationForm(forms.Form):
    reasons = _note(_("Reasons, which the seller reads"), required=True)
