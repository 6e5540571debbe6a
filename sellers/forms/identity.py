"""What a seller fills in about where its money goes and what it may sell."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klean.core.rows.validators import refuse_resident_number
from sellers.models import SalesPermit
from sellers.models.identity import words_of_category

# As the account says it, and the bank's name for readers.
BANKS = {
    "KB국민": _("KB Kookmin Bank"),
    "신한": _("Shinhan Bank"),
    "우리": _("Woori Bank"),
    "하나": _("Hana Bank"),
    "NH농협": _("NH NongHyup Bank"),
    "IBK기업": _("Industrial Bank of Korea"),
    "SC제일": _("SC First Bank"),
    "카카오뱅크": _("KakaoBank"),
    "토스뱅크": _("Toss Bank"),
    "케이뱅크": _("K bank"),
    "새마을금고": _("MG Community Credit Cooperatives"),
    "신협": _("Credit Unions (Shinhyup)"),
    "우체국": _("Korea Post"),
    "수협": _("Suhyup Bank"),
    "iM뱅크": _("iM Bank"),
    "부산": _("Busan Bank"),
    "경남": _("Kyongnam Bank"),
    "광주": _("Kwangju Bank"),
    "전북": _("Jeonbuk Bank"),
    "제주": _("Jeju Bank"),
}


class PayoutForm(forms.Form):
    bank = forms.ChoiceField(label=_("Bank"), choices=[*BANKS.items()])
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
