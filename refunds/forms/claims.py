"""The shapes of what buyers send about their money, and of what the desk decides on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klean.core.rows.validators import refuse_resident_number
from klean.core.web.forms import explanation
from listings.models import Listing
from listings.queries.named import listings_named
from refunds.gateways.marketplace import GatewayDown
from refunds.gateways.orders import order_of
from refunds.models.parcels import ReturnParcel
from refunds.queries.reasons import claim_reasons
from refunds.rules.eligibility import ORDER_NUMBER, hashed_address


class ClaimForm(forms.Form):
    """A buyer's refund claim."""

    order = forms.RegexField(
        rf"^{ORDER_NUMBER}$",
        label=_("Order number"),
        help_text=_("You can find it in your order history."),
        max_length=64,
        error_messages={"invalid": _("An order number has letters, digits or hyphens, for example O-1001.")},
    )
    listing = forms.CharField(
        label=_("Which item?"),
        help_text=_(
            "The link or number of the listing. Leave it empty if it was the only item in the order."
        ),
        max_length=2000,
        required=False,
    )
    reason = forms.ChoiceField(label=_("Why do you want a refund?"), widget=forms.RadioSelect)
    explanation = explanation(
        label=_("Anything else we should know?"), help_text=_("You do not need proof."), required=False
    )

    def __init__(self, *args: Any, at: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.found: list[Listing] = []
        reason: Any = self.fields["reason"]
        reason.choices = claim_reasons(at=at)

    def clean_listing(self) -> Listing | None:
        text = self.cleaned_data["listing"].strip()
        if not text:
            return None
        found = listings_named([text]).get(text)
        if found is None:
            raise forms.ValidationError(_("We could not find this listing. Check the link or the number."))
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "order" in given and "listing" in given and not given["listing"]:
            given["listing"] = self._only_item(given["order"])
        return given

    def _only_item(self, number: str) -> Listing | None:
        """The one item of the buyer's own order; of several, the buyer is asked which."""
        try:
            order = order_of(number)
        except GatewayDown:
            order = None
        own = order.lines if order and order.buyer_email_sha256 == hashed_address(self.email) else ()
        self.found = list(listings_named(line.listing for line in own).values())
        if len(self.found) == 1:
            return self.found[0]
        self.add_error(
            "listing",
            _("This order has several items. Choose the one you mean.")
            if self.found
            else _("We could not find the item from the order number alone. Enter the listing."),
        )
        return None


class HeldClaimForm(forms.Form):
    """A person's decision on a held claim."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approve", _("Approve and pay")), ("decline", _("Decline"))],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("Shown to the buyer."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_resident_number],
    )


class ReviewRequestForm(forms.Form):
    """A buyer asks another person to look again."""

    grounds = explanation(
        label=_("Why should we review it again?"),
        help_text=_("Tell us what we may have missed. You do not need proof."),
    )


class ReviewDecisionForm(forms.Form):
    """Another person's answer to an appeal."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("overturn", _("Approve and pay")), ("uphold", _("Uphold the decision"))],
        widget=forms.RadioSelect,
    )
    reasons = explanation(label=_("Reasons"), help_text=_("Shown to the buyer."))


class ParcelForm(forms.Form):
    """The buyer has sent the parcel."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60)
    tracking_number = forms.RegexField(
        r"^[A-Za-z0-9-]{6,40}$",
        label=_("Tracking number"),
        help_text=_("You can find it on the receipt."),
        error_messages={"invalid": _("A tracking number has 6 to 40 letters, digits or hyphens.")},
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
    findings = explanation(label=_("How can you tell?"))
