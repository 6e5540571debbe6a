"""How every form of the project is drawn."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from klean.core.rows.validators import refuse_resident_number


class Renderer(TemplatesSetting):
    """Draws a form with an error summary and fields from templates/django/forms/."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/group.html"


def explanation(**also: Any) -> forms.CharField:
    """A field for several sentences in which no resident number may stand."""
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(max_length=5000, widget=widget, validators=[refuse_resident_number], **also)
