"""The shapes of the counter-notice round and of the measures against misuse."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klean.core.files.store import DOCUMENTS, media_type_of
from klean.core.web.forms import explanation
from reports.models.reporters import MisuseMeasure
from reports.queries.counters import grounds


class CounterForm(forms.Form):
    """The seller's answer: a ground, its documents, and what happened in the seller's own words."""

    ground = forms.ChoiceField(label=_("Why is the notice wrong?"), widget=forms.RadioSelect)
    statement = explanation(
        label=_("Explanation"),
        help_text=_(
            "Where do the goods come from, and how can this be checked? The rights holder will see this too."
        ),
    )

    def __init__(self, *args: Any, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = grounds(at=at)
        ground: Any = self.fields["ground"]
        ground.choices = [(one["code"], one["words"]) for one in self.known]
        for code, words in dict(pair for one in self.known for pair in one["documents"]).items():
            self.fields[code] = forms.FileField(
                label=words,
                required=not self.is_bound or self.data.get("ground") in self.grounds_of(code),
                help_text=_("PDF or picture, up to 10 MB."),
                error_messages={"required": _("This document is required for this reason.")},
            )

        self.order_fields(["ground", *(name for name in self.fields if name != "statement")])

    def grounds_of(self, document: str) -> list[str]:
        """The grounds that ask for this document."""
        return [one["code"] for one in self.known if document in dict(one["documents"])]

    @property
    def document_fields(self) -> list[tuple[str, forms.BoundField]]:
        """Each document's field with the grounds that it is shown for."""
        codes = dict(pair for one in self.known for pair in one["documents"])
        return [(" ".join(self.grounds_of(code)), self[code]) for code in codes]

    @property
    def documents(self) -> dict[str, bytes]:
        """The documents of the chosen ground alone."""
        return {code: self.cleaned_data[code] for code in self._wanted() if self.cleaned_data.get(code)}

    def _wanted(self) -> list[str]:
        chosen = self.cleaned_data.get("ground")
        return next(
            ([code for code, _w in one["documents"]] for one in self.known if one["code"] == chosen), []
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for code in self._wanted():
            upload = given.get(code)
            data = upload.read() if upload else b""
            given[code] = data
            if data and media_type_of(data) not in DOCUMENTS:
                self.add_error(code, _("Upload a PDF or a picture (JPEG, PNG, WebP or GIF)."))
        return given


class ReplyForm(forms.Form):
    """The notifier's word on the seller's answer."""

    outcome = forms.ChoiceField(
        label=_("Your reply"),
        choices=[
            ("accept", _("Accept the response: the notice on this listing is closed")),
            ("reject", _("Maintain the notice: the protection team decides")),
        ],
        widget=forms.RadioSelect,
    )
    reply = explanation(
        label=_("Why do you reject the response?"),
        help_text=_("Required if you maintain the notice."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") == "reject" and not given.get("reply", "").strip():
            self.add_error("reply", _("Explain why you reject the seller's response."))
        return given


class MeasureForm(forms.Form):
    """A measure against a reporter."""

    reporter_key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    rung = forms.ChoiceField(label=_("Measure"), choices=MisuseMeasure.Rung.choices)
    reasons = explanation(label=_("Reasons"), help_text=_("Shown to the reporter."))
