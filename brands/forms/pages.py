"""What a rights holder fills in."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from brands.actions.catalogue import NewBrand
from brands.models import Brand, IPRight, ReferenceImage, RightsHolder
from brands.rules.numbers import wrong_nice_classes
from brands.rules.prices import price_range_of, written
from klean.core.rows.validators import refuse_resident_number


class HolderForm(forms.Form):
    """Asks for whom, unless there is only one."""

    holder = forms.ModelChoiceField(RightsHolder.objects.none(), label=_("Rights holder"))

    def __init__(self, *args: Any, holders: QuerySet[RightsHolder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["holder"]
        field.queryset = holders  # type: ignore[attr-defined]
        known = list(holders[:2])
        if len(known) == 1:
            field.initial, field.widget = known[0].pk, forms.HiddenInput()


class NiceClassesField(forms.CharField):
    """Nice classes with commas between, as a list of numbers."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        words = re.split(r"[\s,]+", super().clean(value).strip())
        numbers = [int(word) if re.fullmatch(r"\d{1,3}", word, re.ASCII) else 0 for word in words if word]
        if wrong_nice_classes(numbers):
            raise forms.ValidationError(_("Nice classes are numbers from 1 to 45, like 18, 25."))
        return numbers


class ApplicationForm(forms.Form):
    """An organisation asks to speak for brands."""

    name = forms.CharField(
        label=_("Name of the owner"),
        max_length=200,
        help_text=_("As the register of trademarks writes it."),
        validators=[refuse_resident_number],
    )
    country = forms.CharField(label=_("Country"), max_length=100, initial="KR")
    contact_email = forms.EmailField(label=_("Contact e-mail"))
    representative = forms.CharField(
        label=_("Who speaks for it"), max_length=100, validators=[refuse_resident_number]
    )
    is_agent = forms.BooleanField(label=_("We are the owner's agent"), required=False)
    power_of_attorney = forms.FileField(
        label=_("Power of attorney"),
        required=False,
        help_text=_(
            "Agents show one. PDF, JPEG, PNG, WebP or GIF, at most 10 MB. Black out resident registration numbers."
        ),
    )


class IPRightForm(HolderForm):
    kind = forms.TypedChoiceField(
        label=_("Kind"), choices=IPRight.Kind.choices, coerce=IPRight.Kind, initial=IPRight.Kind.TRADEMARK
    )
    number = forms.CharField(
        label=_("Registration or application number"),
        max_length=30,
        required=False,
        help_text=_(
            "Like 40-1234567, or 40-2026-1234567 while it is pending. Leave it empty for an unregistered right."
        ),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("The mark, or a name for the work.")
    )
    nice_classes = NiceClassesField(
        label=_("Nice classes"),
        max_length=200,
        required=False,
        help_text=_("Numbers from 1 to 45, like 18, 25."),
    )
    registered_on = forms.DateField(
        label=_("Registered on"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    expires_on = forms.DateField(
        label=_("Expires on"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        help_text=_(
            "For a right that is pending or that no register holds: drawings, first sales, publications. PDF or picture."
        ),
    )
    brands = forms.ModelMultipleChoiceField(
        Brand.objects.none(),
        label=_("Brands that it stands behind"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Letters of authorisation for a brand count only while a right behind it is in force."),
    )

    def __init__(self, *args: Any, holders: QuerySet[RightsHolder], **kwargs: Any) -> None:
        super().__init__(*args, holders=holders, **kwargs)
        self.fields["brands"].queryset = Brand.objects.filter(rights_holder__in=holders)  # type: ignore[attr-defined]


class AliasesField(forms.CharField):
    """Names with commas between, as a list."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Other names"),
            required=False,
            max_length=1000,
            help_text=_("Spellings and short forms that buyers and sellers use, with commas between."),
        )

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        names = [" ".join(part.split()) for part in super().clean(value).split(",")]
        if any(len(name) > 150 for name in names):
            raise forms.ValidationError(_("One of the names is longer than 150 characters."))
        return list(dict.fromkeys(name for name in names if name))


class PriceRangesField(forms.CharField):
    """Price ranges, one a line, as a list."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Price ranges"),
            required=False,
            max_length=4000,
            widget=forms.Textarea({"rows": 4}),
            help_text=_(
                "What your goods cost new, one kind of goods a line, like bag: 90,000 - 150,000. "
                "A line without a kind speaks of all goods."
            ),
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(written(value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        ranges = [price_range_of(line) for line in lines]
        for line, found in zip(lines, ranges, strict=True):
            if found is None:
                words = _("“%(line)s” is no price range. Write it like bag: 90,000 - 150,000.")
                raise forms.ValidationError(words % {"line": line.strip()[:60]})
        found_ranges = [found for found in ranges if found]
        if len({category for category, *_rest in found_ranges}) < len(found_ranges):
            raise forms.ValidationError(_("Write each kind of goods once."))
        return found_ranges


class BrandDetailsForm(forms.Form):
    korean_name = forms.CharField(label=_("Korean name"), max_length=150, required=False)
    aliases = AliasesField()
    category = forms.CharField(label=_("Category"), max_length=100, required=False)
    list_price = forms.IntegerField(
        label=_("List price (KRW)"),
        min_value=0,
        max_value=10**12,
        required=False,
        help_text=_("What a typical item costs new. Far lower prices are looked at."),
    )
    price_ranges = PriceRangesField()

    def new_brand(self, name: str) -> NewBrand:
        cleaned = self.cleaned_data
        return NewBrand(
            name=name,
            korean_name=cleaned["korean_name"],
            aliases=cleaned["aliases"],
            category=cleaned["category"],
            list_price=cleaned["list_price"] or 0,
            price_ranges=cleaned["price_ranges"],
        )


class BrandForm(HolderForm, BrandDetailsForm):
    name = forms.CharField(label=_("Name"), max_length=150)
    field_order = ("holder", "name")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class TiesForm(forms.Form):
    """Which of the holder's rights stand behind a brand."""

    ip_rights = forms.ModelMultipleChoiceField(
        IPRight.objects.none(),
        label=_("Rights"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["ip_rights"] = brand.ip_rights.all()
        rows = IPRight.objects.filter(rights_holder=brand.rights_holder_id)
        self.fields["ip_rights"].queryset = rows  # type: ignore[attr-defined]


class ReferenceForm(forms.Form):
    kind = forms.TypedChoiceField(
        label=_("What it shows"), choices=ReferenceImage.Kind.choices, coerce=ReferenceImage.Kind
    )
    label = forms.CharField(label=_("Label"), max_length=300, required=False)
    picture = forms.FileField(label=_("Picture"), help_text=_("JPEG, PNG, WebP or GIF, at most 10 MB."))
