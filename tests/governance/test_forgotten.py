"""Erased means erased: after it a search of the whole database finds nothing of the person, and the chains hold."""

import pytest
from django.apps import apps
from django.db import connection

from governance.actions.requests import erase_person, receive_request
from klean.core.events.actors import person as acting
from klean.core.events.chain import walk_chain
from klean.core.events.models import Event
from klean.core.rows.encryption import EncryptedTextField
from klean.core.rows.refusals import Refused
from legal.actions.matters import add_party, place_hold, release_hold
from legal.models import Party
from mystery_shop.actions.custody import HandOver, record_custody
from mystery_shop.models import CustodyEvent, custody_fault
from tests import make
from tests.fixtures import NOON, TESTER
from tests.governance.planted import (
    ABOUT,
    ADDRESS,
    BUYER,
    EMAIL,
    NAME,
    PHONE,
    close_everything,
    name_everywhere,
    seal,
    world,
)

pytestmark = pytest.mark.usefixtures("policy")
COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables "
    "USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
)


def places_with(*texts):
    """Every column of every table dumped as text, bytes as text and as hex, what is encrypted decrypted."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT string_agg("{column}"::text, chr(10)) FROM "{table}"')
            dump = (cursor.fetchone()[0] or "").lower()
            forms = [form for text in texts for form in (text.lower(), text.encode().hex())]
            found |= {f"{table}.{column}"} if any(form in dump for form in forms) else set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                texts_stored = "\n".join(
                    filter(None, model._default_manager.values_list(field.name, flat=True))
                ).lower()
                if any(text.lower() in texts_stored for text in texts):
                    found.add(f"{model._meta.db_table}.{field.column}")
    return found


def asked():
    known_as = f"{NAME}\n{PHONE}\n{ADDRESS}"
    return receive_request("ERASURE", EMAIL, identity="ACCOUNT", known_as=known_as, at=NOON, actor=TESTER)


@pytest.fixture
def governor(person):
    return acting(person("governance").pk)


@pytest.fixture
def matter(settings, tmp_path, policy):
    """The planted world, the exhibit's chain naming the buyer in each of its texts."""
    settings.MEDIA_ROOT = tmp_path / "media"
    matter = world()
    add_party(matter, Party.Role.WITNESS, NAME, EMAIL, at=NOON, actor=TESTER)
    name_everywhere()
    handover = HandOver(
        kind=CustodyEvent.Kind.STORED,
        from_party=NAME,
        to_party=EMAIL,
        place=ADDRESS,
        happened_at=make.LATER,
        note=f"Ask {PHONE}.",
    )
    record_custody(matter.case.listing.test_purchases.get(), handover, at=make.LATER, actor=TESTER)
    seal()
    return matter


def chain_fault(matter):
    return custody_fault(list(matter.case.listing.test_purchases.get().custody.order_by("number")))


def test_under_a_hold_nothing_goes_and_without_it_nothing_is_left_and_the_chains_hold(matter, governor):
    hold = place_hold(matter, "court order", at=NOON, actor=TESTER)
    close_everything()
    request, before = asked(), places_with(*BUYER)
    assert len(before) > 40
    assert {"mystery_shop_custodyevent.note", "enforcement_statement.texts", "core_user.email"} <= before

    with pytest.raises(Refused) as refusal:
        erase_person(request, at=NOON, actor=governor)
    seal()
    assert refusal.value.code == "held"
    assert places_with(*BUYER) >= before
    release_hold(hold.matter, at=NOON, actor=TESTER)

    erase_person(request, at=NOON, actor=governor)
    seal()
    assert places_with(*BUYER) == set()
    assert request.left == {}
    assert walk_chain().fault == ""
    assert chain_fault(matter) == ""
    last = CustodyEvent.objects.get(number=6)
    assert [getattr(last, name) for name in CustodyEvent.TEXTS] == ["", "", "", ""]
    assert last.salts == {}
    erased = Event.objects.filter(
        name="governance.text.erased", subject=f"mystery_shop.custodyevent:{last.pk}"
    )
    assert sorted(event.data["field"] for event in erased) == sorted(CustodyEvent.TEXTS)


def test_what_names_nobody_stays(matter, governor):
    close_everything()
    erase_person(asked(), at=NOON, actor=governor)
    first = CustodyEvent.objects.get(number=1)
    assert (first.from_party, first.place, sorted(first.salts)) == (
        "courier",
        "Seoul",
        sorted(CustodyEvent.TEXTS),
    )
    assert matter.case.notes.get().text.startswith("So said [erased], [erased]")


def test_a_mention_in_a_record_under_hold_is_enough_to_keep_it(matter, governor):
    place_hold(matter, "court order", at=NOON, actor=TESTER)
    close_everything()
    request = receive_request(
        "ERASURE", "nobody@here.example", identity="DOCUMENT", known_as=NAME, at=NOON, actor=TESTER
    )
    with pytest.raises(Refused) as refusal:
        erase_person(request, at=NOON, actor=governor)
    assert refusal.value.code == "held"
    assert ABOUT in matter.case.notes.get().text
