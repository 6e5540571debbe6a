from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from klean.core.rows.validators import refuse_resident_number


class DraftForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=50,
        help_text=_("Like 2026-07; the file is published under it."),
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Small letters, digits and hyphens."))],
    )
    summary = forms.CharField(
        label=_("What changes, and why"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    text = forms.CharField(
        label=_("Policy file (TOML)"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=5000,
        help_text=_("It is public, with your organisation's name."),
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_resident_number],
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
