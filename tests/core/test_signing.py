"""One key signs bundles and published figures; it can be changed, and what the old one signed still verifies."""

import pytest
from cryptography.exceptions import InvalidSignature
from django.db import connection

from klean.core.documents.actions import change_signing_key, signing_key
from klean.core.documents.models import SigningKey
from klean.core.events.models import Event
from tests.fixtures import NOON, TESTER

pytestmark = pytest.mark.django_db


def test_the_first_signature_makes_the_key_and_the_next_takes_it():
    first = signing_key(at=NOON, actor=TESTER)
    assert signing_key(at=NOON, actor=TESTER) == first
    assert Event.objects.filter(name="core.signing_key.generated", data__public_key=first.public).count() == 1


def test_after_a_change_the_new_key_signs_and_the_old_one_still_verifies(client):
    old = signing_key(at=NOON, actor=TESTER)
    signature = old.sign(b"figures")
    new = change_signing_key("a regular change", at=NOON, actor=TESTER)

    assert signing_key(at=NOON, actor=TESTER) == new
    SigningKey.objects.get(public=old.public).verify(signature, b"figures")
    with pytest.raises(InvalidSignature):
        new.verify(signature, b"figures")
    page, text = client.get("/signing-keys").text, client.get("/signing-keys.txt").text
    assert [line.split()[0] for line in text.splitlines()] == [new.public, old.public]
    assert all(key.public in page for key in (old, new))
    assert "a regular change" in page


def test_governance_changes_the_key_with_a_reason_that_everybody_reads(person, browser_of):
    browser = browser_of(person("governance"))
    assert browser.post("/signing-keys/changes", {"reason": ""}).status_code == 422
    assert not SigningKey.objects.exists()
    assert browser.post("/signing-keys/changes", {"reason": "The first."}).status_code == 302
    assert SigningKey.objects.get().reason == "The first."


def test_the_private_half_is_in_the_database_only_encrypted():
    secret = signing_key(at=NOON, actor=TESTER).secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM core_signingkey")
        assert secret not in cursor.fetchone()[0]
