"""The field for reasons that somebody writes."""

from typing import Any

from django import forms

from klean.core.rows.validators import refuse_resident_number

MAX_LENGTH = 5000


def reasons_field(label: Any, min_length: int = 10, help_text: Any = "") -> forms.CharField:
    """Plain words of a person, never a resident registration number."""
    return forms.CharField(
        label=label,
        min_length=min_length,
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_resident_number],
        help_text=help_text,
    )
