"""The shapes of reports and notices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brands.models import IPRight
from klean.core.files.store import PICTURES, media_type_of
from klean.core.web.forms import explanation
from listings.models import Listing
from listings.queries.catalogue import search_by_picture
from listings.queries.named import listings_named
from reports.models.notices import Notice
from reports.queries.notices import faults_of_notice, notice_reasons
from reports.queries.orders import listing_bought_under
from reports.rules.notices import NoticeElements
from screening.images.decode import BadPicture

MAX_ERRORS = 20
MAX_FOUND = 12
PICTURE_TYPES = "image/jpeg,image/png,image/webp,image/gif"
UNREADABLE_PICTURE = _("We cannot read this picture. Upload a JPEG, PNG, WebP or GIF.")


class ReportForm(forms.Form):
    """A report by anybody; ``at`` chooses the catalogue of reasons in force."""

    listing = forms.CharField(
        label=_("What do you want to report?"),
        help_text=_(
            "The link or number of the listing, or your order number. If you only have a picture, leave "
            "this empty and add it below."
        ),
        max_length=2000,
        error_messages={"required": _("Enter the listing, or add a picture below.")},
    )
    reason = forms.ChoiceField(label=_("What is wrong with it?"), widget=forms.RadioSelect)
    explanation = explanation(label=_("Anything else we should know?"), required=False)
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("Of the listing or of the item you received. JPEG, PNG, WebP or GIF, up to 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURE_TYPES}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We will send you the result. The seller will not know who reported."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = ""
        self.found: list[Listing] = []
        self.fields["listing"].required = not self.files.get("picture")
        reason: Any = self.fields["reason"]
        reason.choices = notice_reasons(Notice.NotifierType.CONSUMER, at=at)

    def clean_listing(self) -> Listing | None:
        text = self.cleaned_data["listing"].strip()
        if not text:
            return None
        found = listings_named([text]).get(text) or self._bought_under(text)
        if found is None:
            raise forms.ValidationError(_("We could not find this listing. Paste its link or its number."))
        return found

    def _bought_under(self, number: str) -> Listing | None:
        """The one item of the order of this number."""
        found = listing_bought_under(number)
        self.order = number if found else ""
        return found

    def clean_picture(self) -> bytes | None:
        upload = self.cleaned_data["picture"]
        if not upload:
            return None
        data: bytes = upload.read()
        if media_type_of(data) not in PICTURES:
            raise forms.ValidationError(UNREADABLE_PICTURE)
        return data

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("picture") and "listing" in given and not given["listing"]:
            given["listing"] = self._shown_in(given["picture"])
        return given

    def _shown_in(self, picture: bytes) -> Listing | None:
        """The one listing that shows the picture; of several, the reporter is asked which is meant."""
        try:
            self.found = search_by_picture(picture, limit=MAX_FOUND)
        except BadPicture:
            self.add_error("picture", UNREADABLE_PICTURE)
            return None
        if len(self.found) == 1:
            return self.found[0]
        self.add_error(
            "listing",
            _("Several listings use this picture. Choose the one you mean.")
            if self.found
            else _("We found no listing with this picture. Paste the link of the listing instead."),
        )
        return None

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""


class NoticeForm(forms.Form):
    """A rights holder's notice, complete as DSA Article 16(2) asks; ``listings`` come from the search or are pasted."""

    right = forms.ModelChoiceField(IPRight.objects.none(), label=_("Which right is infringed?"))
    reason = forms.ChoiceField(label=_("How is it infringed?"), widget=forms.RadioSelect)
    explanation = explanation(
        label=_("Explanation"),
        help_text=_("Why do these listings infringe the right? What is copied, and how can you tell?"),
    )
    claims_illegal = forms.BooleanField(
        label=_("I believe these listings are illegal, not only against marketplace rules"), required=False
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that this information is accurate and complete"),
        help_text=_(
            "Required by law. If you report something you know is false, you can lose the right to report."
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, rights: Any, notifier_type: str, at: Any, listings: list[Listing], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.notifier_type, self.at, self.listings = notifier_type, at, listings
        right: Any = self.fields["right"]
        reason: Any = self.fields["reason"]
        right.queryset = rights
        reason.choices = notice_reasons(notifier_type, at=at)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        elements = NoticeElements(
            notifier_type=self.notifier_type,
            listings=len(self.listings),
            reason=given.get("reason", ""),
            explanation=given.get("explanation", ""),
            has_right=bool(given.get("right")),
            good_faith=given.get("good_faith", False),
        )
        for field, words in faults_of_notice(elements, at=self.at).items():
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, words)
        return given


class SelectionForm(forms.Form):
    """Which listings a notice is about: ticked in the search, and pasted."""

    q = forms.CharField(label=_("Search listings"), max_length=200, required=False)
    shown = forms.FileField(
        label=_("Or search by picture"),
        help_text=_("Finds listings with the same photo, even if it was resized, rotated or mirrored."),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURE_TYPES}),
    )
    draft_name = forms.CharField(label=_("Draft or template name"), max_length=100, required=False)
    pasted = forms.CharField(
        label=_("Or paste listing numbers or links"),
        help_text=_("One per line."),
        max_length=100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    listings = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        ticked = data.getlist("listings")[:1000] if data else []
        field: Any = self.fields["listings"]
        field.choices = [(one, one) for one in ticked]

    def clean_pasted(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["pasted"].splitlines() if line.strip()]
        if len(lines) > 1000:
            raise forms.ValidationError(_("Paste up to 1,000 lines."))
        return lines

    def clean_shown(self) -> bytes:
        upload = self.cleaned_data["shown"]
        data: bytes = upload.read() if upload else b""
        if upload and media_type_of(data) not in PICTURES:
            raise forms.ValidationError(UNREADABLE_PICTURE)
        return data

    def chosen(self) -> list[Listing]:
        """The listings so far; pasted lines that name none become errors of their field."""
        if not self.is_valid():
            return []
        lines = self.cleaned_data["pasted"]
        named = listings_named([*self.cleaned_data["listings"], *lines])
        for line in [line for line in lines if line not in named][:MAX_ERRORS]:
            self.add_error("pasted", _("No listing found for “%(line)s”.") % {"line": line[:100]})
        return list({listing.pk: listing for listing in named.values()}.values())
