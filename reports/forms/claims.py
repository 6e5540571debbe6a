"""The shapes of what buyers send about their money, and of what the desk decides on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klean.core.validators import refuse_resident_number
from listings.models import Listing
from reports.forms.notices import ORDER, explanation
from reports.models import ReturnParcel
from reports.queries import claim_reasons, listings_named


class ClaimForm(forms.Form):
    """A buyer's refund claim."""

    order = forms.RegexField(
        ORDER,
        label=_("Order number"),
        help_text=_("You find it in your order history."),
        max_length=64,
        error_messages={"invalid": _("An order number has letters, digits and hyphens, like O-1001.")},
    )
    listing = forms.CharField(
        label=_("Which item?"), help_text=_("The link or the number of the listing."), max_length=2000
    )
    reason = forms.ChoiceField(label=_("Why do you doubt it?"), widget=forms.RadioSelect)
    explanation = explanation(
        label=_("Anything we should know"), help_text=_("You need not prove anything."), required=False
    )

    def __init__(self, *args: Any, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason: Any = self.fields["reason"]
        reason.choices = claim_reasons(at=at)

    def clean_listing(self) -> Listing:
        text = self.cleaned_data["listing"].strip()
        found = listings_named([text]).get(text)
        if found is None:
            raise forms.ValidationError(
                _("We do not know this listing. Please check the link or the number.")
            )
        return found


class HeldClaimForm(forms.Form):
    """A person's decision on a held claim."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approve", _("Approve and pay")), ("decline", _("Decline"))],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("The buyer reads them."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_resident_number],
    )


class AppealForm(forms.Form):
    """A buyer asks another person to look again."""

    grounds = explanation(
        label=_("Why should another person look at it again?"),
        help_text=_("Say what we may have overlooked. You still need no proof."),
    )


class AppealDecisionForm(forms.Form):
    """Another person's answer to an appeal."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("overturn", _("Approve after all and pay")), ("uphold", _("The refusal stands"))],
        widget=forms.RadioSelect,
    )
    reasons = explanation(label=_("Reasons"), help_text=_("The buyer reads them."))


class ParcelForm(forms.Form):
    """The buyer has sent the parcel."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60)
    tracking_number = forms.RegexField(
        r"^[A-Za-z0-9-]{6,40}$",
        label=_("Number of the parcel"),
        help_text=_("It stands on the receipt."),
        error_messages={"invalid": _("A parcel number has 6 to 40 letters, digits and hyphens.")},
    )


class SealForm(forms.Form):
    """The parcel is here, under this seal."""

    seal_number = forms.CharField(label=_("Seal number"), max_length=60)


class FindingForm(forms.Form):
    """What the examination found."""

    finding = forms.ChoiceField(
        label=_("Finding"),
        choices=[(one.value, one.label) for one in ReturnParcel.FINDINGS],
        widget=forms.RadioSelect,
    )
    findings = explanation(label=_("How one can tell"))
