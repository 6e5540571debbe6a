"""The shapes of the rights holder's desk."""

from pathlib import Path

from django import forms
from django.utils.translation import gettext_lazy as _


class WatchForm(forms.Form):
    """A fake, or harmless."""

    answer = forms.ChoiceField(choices=[("confirm", _("It is a fake")), ("wave", _("It is harmless"))])


class UploadForm(forms.Form):
    """A file of notices, one listing a line."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "Columns: <code>listing</code>, <code>right</code>, <code>reason</code>, <code>explanation</code>, "
            "<code>good_faith</code>. One listing per line. Lines that differ only in the listing become one notice."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def written_to(self, path: Path) -> Path:
        """The upload as a file at that path."""
        with path.open("wb") as out:
            for chunk in self.cleaned_data["file"].chunks():
                out.write(chunk)
        return path
