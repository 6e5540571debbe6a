from datetime import date

import pytest

from brands.models import IPRight, RightsHolder
from brands.rules.numbers import normal_number
from klean.core.access.models import Organisation
from klean.core.events.models import Event
from klean.core.rows.refusals import Refused
from tests import make
from tests.fixtures import NOON, TESTER

Kind = IPRight.Kind


@pytest.mark.parametrize(
    ("kind", "written", "normal"),
    [
        ("TRADEMARK", "40-1234567", "40-1234567"),
        ("TRADEMARK", " 제40-1234567호 ", "40-1234567"),
        ("TRADEMARK", "4012345670000", "40-1234567"),
        ("TRADEMARK", "4020123450000", "40-2012345"),
        ("TRADEMARK", "40-1234567-0000", "40-1234567"),
        ("TRADEMARK", "40-2026-0012345", "40-2026-0012345"),
        ("TRADEMARK", "4020260012345", "40-2026-0012345"),
        ("DESIGN", "30-0654321", "30-0654321"),
        ("DESIGN", "30-0654321 유사1", "30-0654321유사1"),
        ("PATENT", "10-1234567-00-00", "10-1234567"),
        ("UTILITY_MODEL", "20-0123456", "20-0123456"),
        ("COPYRIGHT", "C-2026-012345", "C-2026-012345"),
        ("COPYRIGHT", "c-2026-012345-2", "C-2026-012345-2"),
        ("COPYRIGHT", "", ""),
        ("UNREGISTERED", " ", ""),
        ("TRADEMARK", "", None),
        ("TRADEMARK", "10-1234567", None),
        ("TRADEMARK", "40-123456", None),
        ("TRADEMARK", "40-12345678", None),
        ("TRADEMARK", "40-1826-0012345", None),
        ("TRADEMARK", "40-1234567유사1", None),
        ("TRADEMARK", "ㄱ0-1234567", None),
        ("DESIGN", "40-1234567", None),
        ("PATENT", "10-2026-12345", None),
        ("UTILITY_MODEL", "10-1234567", None),
        ("COPYRIGHT", "40-1234567", None),
        ("UNREGISTERED", "40-1234567", None),
    ],
)
def test_a_number_has_the_form_of_its_kind(kind, written, normal):
    assert normal_number(kind, written) == normal


@pytest.mark.django_db
def test_a_right_is_noted_as_the_register_writes_it():
    right = make.ip_right(number="제40-1234567호", nice_classes=[25, 18, 25], registered_on=date(2020, 1, 1))

    assert (right.number, right.nice_classes) == ("40-1234567", [18, 25])
    assert Event.objects.get(name="brands.ip_right.registered").data == {
        "ip_right_id": right.pk,
        "rights_holder_id": right.rights_holder_id,
        "kind": "TRADEMARK",
        "number": "40-1234567",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("also", "words"),
    [
        ({"number": "10-1234567"}, "no number of a"),
        ({"number": ""}, "has a number, like 40-1234567"),
        ({"kind": Kind.UNREGISTERED}, "has no number"),
        ({"kind": Kind.COPYRIGHT}, "leave it empty if you have none"),
        ({"nice_classes": [25, 46, 0]}, "from 1 to 45, not 0, 46"),
        ({"registered_on": date(2026, 1, 1), "expires_on": date(2025, 1, 1)}, "expires before"),
    ],
)
def test_a_right_that_cannot_be_is_refused(settings, also, words):
    settings.LANGUAGE_CODE = "en"
    holder = make.rights_holder()
    before = Event.objects.count()

    with pytest.raises(Refused, match=words):
        make.ip_right(holder, **also)

    assert not IPRight.objects.exists()
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_the_same_number_is_registered_once_by_a_holder():
    holder = make.rights_holder()
    make.ip_right(holder)

    with pytest.raises(Refused, match="already registered"):
        make.ip_right(holder, "4012345670000")
    make.ip_right(make.rights_holder("Baram Works"))

    assert IPRight.objects.count() == 2


@pytest.mark.django_db
def test_only_a_rights_holders_organisation_speaks_for_brands():
    shop = Organisation.objects.create(name="Moonlight", kind="SELLER")

    with pytest.raises(Refused, match="no rights holder"):
        make.register_rights_holder(shop, name="Moonlight", at=NOON, actor=TESTER)

    assert not RightsHolder.objects.exists()
    assert not Event.objects.exists()
