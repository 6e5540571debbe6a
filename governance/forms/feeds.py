from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import ExternalFeed
from klean.core.importing.feeds import SHAPES


class FeedForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it lists"), choices=ExternalFeed.Kind.choices)
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("Who publishes it, and where."))
    dated_on = forms.DateField(label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, TSV, JSONL or Parquet with the columns <code>number</code>, <code>date</code>, "
            "<code>brand</code>, <code>goods</code>, <code>country</code> and <code>quantity</code>."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().removesuffix(".gz").endswith(tuple(SHAPES)):
            raise forms.ValidationError(_("It is none of CSV, TSV, JSONL and Parquet."), code="shape")
        return file
