"""What a seller fills in about where its money goes and what it may sell."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klean.core.rows.validators import refuse_resident_number
from sellers.models import SalesPermit
from sellers.models.identity import words_of_category

BANKS = (
    "KB국민",
    "신한",
    "우리",
    "하나",
    "NH농협",
    "IBK기업",
    "SC제일",
    "카카오뱅크",
    "토스뱅크",
    "케이뱅크",
    "새마을금고",
    "신협",
    "우체국",
    "수협",
    "iM뱅크",
    "부산",
    "경남",
    "광주",
    "전북",
    "제주",
)


class PayoutForm(forms.Form):
    bank = forms.ChoiceField(label=_("Bank"), choices=[(name, name) for name in BANKS])
    number = forms.CharField(label=_("Account number"), max_length=30)
    holder = forms.CharField(label=_("Account holder"), max_length=100, validators=[refuse_resident_number])

    def clean_number(self) -> str:
        digits = re.sub(r"[\s-]", "", self.cleaned_data["number"])
        if not re.fullmatch(r"\d{8,16}", digits, re.ASCII):
            raise forms.ValidationError(_("An account number has 8 to 16 digits."))
        return digits


class PermitForm(forms.Form):
    kind = forms.TypedChoiceField(label=_("Kind"), choices=SalesPermit.Kind.choices, coerce=SalesPermit.Kind)
    category = forms.ChoiceField(label=_("Category of goods"))
    number = forms.CharField(label=_("Number"), max_length=40, validators=[refuse_resident_number])
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, categories: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(name, words_of_category(name)) for name in categories]  # type: ignore[attr-defined]
