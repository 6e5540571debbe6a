"""How forms are drawn, and the forms of pages that belong to no app."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from klean.core.access.models import Organisation
from klean.core.access.scopes import scopes_open_to
from klean.core.rows.validators import refuse_resident_number


class Renderer(TemplatesSetting):
    """Draws a form with an error summary and fields from templates/django/forms/."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/group.html"


def explanation(**also: Any) -> forms.CharField:
    """A field for several sentences in which no resident number may stand."""
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(max_length=5000, widget=widget, validators=[refuse_resident_number], **also)


class KeyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("What will use the key."))
    scopes = forms.MultipleChoiceField(
        label=_("May"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(scope, scope) for scope in scopes_open_to(organisation)]  # type: ignore[attr-defined]


class EndpointForm(forms.Form):
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    names = forms.CharField(
        label=_("Events"),
        max_length=1000,
        help_text=_("Names of events, separated by spaces; a name may end in *."),
    )


class SigningKeyForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Everybody reads it: a regular change, or that somebody may have seen the old key."),
    )


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Your name"), help_text=_("As it stands on your account."))
    email = forms.EmailField(label=_("E-mail address"))
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=[("fake", _("It is a counterfeit")), ("other", _("Something else"))],
        widget=forms.RadioSelect,
    )
    brand = forms.ChoiceField(
        label=_("Brand"), choices=[("", "–"), ("miraero", "미래로 Miraero")], required=False
    )
    words = forms.CharField(label=_("Tell us more"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    picture = forms.FileField(label=_("Picture"), help_text=_("JPEG or PNG, up to 10 MB."), required=False)
    honest = forms.BooleanField(label=_("I believe that what I say is true."))
